//! What holds of every platform: who asks is proven, an order is made once, unknown is running, and nothing of another's is seen.

use super::goofish::{APP_SECRET, MCH_SECRET, Steward};
use super::jd::{Jd, KEY};
use super::market::{Market, PLENTY, Surroundings, big, month, number};
use super::scripted::{Scripted, Wish};
use super::taobao::{SECRET, Taobao};
use crate::accounts::world::{MINE, OTHER};
use farline_channels::marketplace::jd_trade::JdSigning;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::DeliveryRefusal;
use farline_testkit::{SUPPLIED_MONTH, ToldPartners};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const PAIRS: Jd = Jd(JdSigning::Pairs);
const PLAIN: Jd = Jd(JdSigning::Plain);

/// Every platform, in an installation of its own with so much paid in.
async fn each(paid_in: i64) -> Vec<(&'static dyn Scripted, Market)> {
    let all: [(&dyn Scripted, JdSigning); 4] = [
        (&Steward, JdSigning::Pairs),
        (&Taobao, JdSigning::Pairs),
        (&PAIRS, JdSigning::Pairs),
        (&PLAIN, JdSigning::Plain),
    ];
    let mut markets = Vec::new();
    for (platform, signing) in all {
        let told = Arc::<ToldPartners>::default();
        let around = Surroundings { signing, ..Surroundings::of(&told) };
        markets.push((platform, Market::with(paid_in, around, told).await));
    }
    markets
}

/// Everything that is written to the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let said = format!("{field}={value:?} ");
        self.0.lock().unwrap().push_str(&said);
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn what_is_not_signed_as_it_stands_orders_nothing_and_no_secret_is_logged() {
    let log = Log::default();
    let _listening = tracing::subscriber::set_default(log.clone());
    for (platform, market) in each(PLENTY).await {
        let words = platform.words();
        let good = platform.order(&big("P-1", MINE), market.world.app.now());
        let before = market.account(platform.name()).await;
        let unsigned = good.altered("sign=", "sing=");
        let other_number = good.altered("2000000", "2000001");
        let other_sign = good.altered("sign=", "sign=0");
        let mut with_more = good.clone();
        with_more.body.extend_from_slice(if good.body.ends_with(b"}") { b" " } else { b"&x=1" });
        for forged in [unsigned, other_number, other_sign, with_more] {
            let seen = market.seen(platform, &forged).await;
            assert_eq!(
                (seen.says.as_str(), seen.ours.starts_with("ord_")),
                (words.forged, false),
                "{forged:?}"
            );
        }
        if let Some((old, seconds)) = words.old {
            for at in [i64::from(seconds), -i64::from(seconds)] {
                let at = market.world.app.now().plus_seconds(at);
                let seen = market.seen(platform, &platform.order(&big("P-1", MINE), at)).await;
                assert_eq!(seen.says, old);
            }
            let just = market.world.app.now().plus_seconds(1 - i64::from(seconds));
            let seen = market.seen(platform, &platform.look("P-1", just)).await;
            assert_eq!(seen.says, words.unknown_order);
        }
        assert_eq!(market.stands(platform, "P-1").await, words.unknown_order);
        assert_eq!(market.account(platform.name()).await, before);
        let seen = market.seen(platform, &good).await;
        assert!(seen.ours.starts_with("ord_"), "the same request as it was signed is taken");
        market.work().await;
    }
    let log = log.0.lock().unwrap().clone();
    assert!(log.contains("a request to an endpoint is refused"), "{log}");
    for secret in [APP_SECRET, MCH_SECRET, SECRET, KEY, "the-next-one", "2000000", "2000001"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn what_cannot_be_charged_is_refused_by_the_platforms_own_code_and_moves_nothing() {
    for (platform, market) in each(3_300).await {
        let words = platform.words();
        let unknown = |good: &str| Wish { good: good.to_owned(), ..big("P-1", MINE) };
        let account = |account: &str| Wish { account: account.to_owned(), ..big("P-1", MINE) };
        let table = [
            (unknown("no-such-plan"), words.good),
            // In the catalogue, but not among what is sold there.
            (unknown("northlight-1gb-more"), words.good),
            (unknown("../../etc"), words.good),
            (account("+14165550177"), words.account),
            (account("张三"), words.account),
            (Wish { price: 15_899, ..big("P-1", MINE) }, words.price),
            (Wish { quantity: 2, ..big("P-1", MINE) }, words.quantity),
            (Wish { quantity: 0, ..big("P-1", MINE) }, words.quantity),
            (Wish { order: "P 1", ..big("P-1", MINE) }, words.unreadable),
            (Wish { notify: "http://10.0.0.1/".to_owned(), ..big("P-1", MINE) }, words.unreadable),
        ];
        let before = market.account(platform.name()).await;
        for (wish, expected) in table {
            let sent = platform.order(&wish, market.world.app.now());
            let says = market.seen(platform, &sent).await.says;
            // Taobao is told by its own API, so that what it names is not looked at.
            let is_named = platform.name() != "taobao" || !wish.notify.starts_with("http:");
            assert_eq!(says == expected, is_named, "{wish:?}: {says}");
            if is_named {
                assert_eq!(market.account(platform.name()).await, before, "{wish:?}");
                assert_eq!(market.stands(platform, "P-1").await, words.unknown_order);
            }
        }
        if platform.name() != "taobao" {
            market.ordered(platform, &big("P-1", MINE)).await;
        }
        let says = async |wish: Wish| {
            let sent = platform.order(&wish, market.world.app.now());
            market.seen(platform, &sent).await.says
        };
        assert_eq!(says(big("P-2", OTHER)).await, words.used_up);
        assert_eq!(says(big("P-1", OTHER)).await, words.other_order);
        let other = Wish { good: SUPPLIED_MONTH.to_owned(), ..big("P-1", MINE) };
        assert_eq!(says(other).await, words.other_order);
    }
}

#[tokio::test]
async fn the_same_order_again_is_told_as_it_stands_and_another_platform_knows_nothing_of_it() {
    for (platform, market) in each(PLENTY).await {
        let words = platform.words();
        let ours = market.ordered(platform, &big("P-1", MINE)).await;
        // It is the first order still, whatever they say of the price by now.
        let dearer = Wish { price: 1, ..big("P-1", MINE) };
        for wish in [big("P-1", MINE), dearer] {
            assert_eq!(market.ordered(platform, &wish).await, ours);
        }
        market.work().await;
        let account = market.account(platform.name()).await;
        assert_eq!(account.balance.minor, PLENTY - 3_119, "charged once, at the partner's price");
        assert_eq!(market.stands(platform, "P-1").await, words.done);
        let now = market.world.app.now();
        if let Some(by_ours) = platform.look_by_ours(&ours, now) {
            let seen = market.seen(platform, &by_ours).await;
            assert_eq!((seen.says.as_str(), seen.theirs.as_str()), (words.done, "P-1"));
        }
        let others: [&dyn Scripted; 3] = [&Steward, &Taobao, platform];
        for other in others.into_iter().filter(|other| other.name() != platform.name()) {
            let unknown = other.words().unknown_order;
            assert_eq!(market.stands(other, "P-1").await, unknown);
            assert_eq!(market.stands(other, &ours).await, unknown);
            let cancelled = market.seen(other, &other.cancel("P-1", now).unwrap()).await;
            assert_eq!(cancelled.says, unknown);
        }
    }
}

#[tokio::test]
async fn an_unknown_outcome_is_running_until_it_is_known() {
    let refused = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    let delivered = DeliveryAnswer::Delivered { supplier_reference: None };
    for answer in [delivered, refused] {
        for (platform, market) in each(PLENTY).await {
            let words = platform.words();
            let succeeds = matches!(answer, DeliveryAnswer::Delivered { .. });
            market.ordered(platform, &month("P-1")).await;
            assert_eq!(market.stands(platform, "P-1").await, words.running, "not sent yet");
            market.work().await;
            assert_eq!(market.stands(platform, "P-1").await, words.running, "sent, and not known");
            // What is sent is not cancelled, and another renewal waits for it.
            let now = market.world.app.now();
            if let Some(cancel) = platform.cancel("P-1", now) {
                assert_eq!(market.seen(platform, &cancel).await.says, words.running);
            }
            let second = market.seen(platform, &platform.order(&month("P-2"), now)).await;
            assert_eq!(second.says, words.in_progress);
            assert_eq!(market.told.told(), [], "nothing is told on the way");
            market.network.say(answer.clone());
            market.world.wait(60);
            market.work().await;
            let end = if succeeds { words.done } else { words.failed };
            assert_eq!(market.stands(platform, "P-1").await, end);
            let account = market.account(platform.name()).await;
            assert_eq!((account.balance.minor < PLENTY, account.reserved.minor), (succeeds, 0));
            assert_eq!(market.told.told().len(), 1, "the end is told, once");
        }
    }
}

#[tokio::test]
async fn an_order_of_which_nothing_can_be_known_is_running_and_not_refused() {
    for (platform, market) in each(-1).await {
        let words = platform.words();
        let now = market.world.app.now();
        let seen = market.seen(platform, &platform.order(&big("P-1", MINE), now)).await;
        // JD is told no state when it orders.
        let expected = if platform.name() == "jd" { "" } else { words.running };
        assert_eq!((seen.says.as_str(), seen.theirs.as_str()), (expected, "P-1"));
        assert!(!seen.ours.starts_with("ord_"));
        let looked = market.stands(platform, "P-1").await;
        assert!(
            ![words.done, words.failed, words.unknown_order].contains(&looked.as_str()),
            "{looked}"
        );
    }
}

#[tokio::test]
async fn what_was_not_sent_yet_can_be_called_off_and_stays_so() {
    for (platform, market) in each(PLENTY).await {
        let words = platform.words();
        let now = market.world.app.now();
        let Some(cancel) = platform.cancel("P-1", now) else { continue };
        assert_eq!(market.seen(platform, &cancel).await.says, words.unknown_order);
        market.ordered(platform, &month("P-1")).await;
        for _ in 0..2 {
            assert_eq!(market.seen(platform, &cancel).await.says, words.failed);
        }
        market.network.say(DeliveryAnswer::Delivered { supplier_reference: None });
        market.work().await;
        assert_eq!(market.stands(platform, "P-1").await, words.failed);
        assert_eq!(market.account(platform.name()).await.available.minor, PLENTY);
        // What was delivered is not called off.
        market.ordered(platform, &big("P-2", MINE)).await;
        let late = platform.cancel("P-2", now).unwrap();
        assert_eq!(market.seen(platform, &late).await.says, words.done);
        assert_eq!(market.stands(platform, "P-2").await, words.done);
    }
}

#[tokio::test]
async fn whoever_is_nobody_gets_no_data_and_an_address_of_nobody_is_none() {
    let market = Market::open(PLENTY).await;
    let platforms: [&dyn Scripted; 3] = [&Steward, &Taobao, &PAIRS];
    for platform in platforms {
        market.ordered(platform, &big("P-1", MINE)).await;
        market.work().await;
        let good = platform.look("P-1", market.world.app.now());
        for path in
            ["", "/order", "/goofish/user/info", "/goofish/goods/list", "/findDistill", "/%2e%2e"]
        {
            let mut bare = good.clone();
            bare.path = format!("/endpoints/{}/x{path}", platform.name());
            bare.query = String::new();
            bare.body = Vec::new();
            let answer = market.asks(&bare).await;
            assert_eq!(platform.read(&answer).says, platform.words().forged);
            let text = String::from_utf8_lossy(&answer);
            assert!(!text.contains(&number(MINE)) && !text.contains("ord_"), "{text}");
        }
        let mut elsewhere = good.clone();
        elsewhere.path = good.path.replace(platform.name(), "nobody");
        assert_eq!(market.world.answer(elsewhere.request()).await.status(), 404);
    }
}
