//! What every marketplace does for us, whatever goes wrong on the way. Each adapter joins with the other side of its own
//! ([`Side`]).

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::shop::{
    ShopAnswer, ShopGateway, ShopHint, ShopUnknown, ShopWebhookRefusal,
};
use farline_domain::kernel::{Instant, LineNumber, Money};
use farline_domain::shops::{
    Judgement, RefundStanding, SkuMap, TradeState, Waiting, Window, judge,
};

use super::market::{Market, Mishap, START, Trouble};

/// A request as it came to us.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// An adapter with its other side.
#[async_trait]
pub(super) trait Side: Sized {
    /// Words that neither an error nor `Debug` may hold.
    const SECRETS: &'static [&'static str];
    /// The currency that is paid in.
    const CURRENCY: &'static str;
    async fn open() -> Self;
    fn shop(&self) -> &dyn ShopGateway;
    fn debug(&self) -> String;
    fn market(&self) -> &Market;
    /// What the marketplace posts about a trade, signed; nothing from one that posts nothing.
    fn webhook(&self, _trade: u64) -> Option<Webhook> {
        None
    }
    /// The header with the signature, that with the shop's name, and another shop's name.
    const WEBHOOK_HEADERS: [&'static str; 3] = ["", "", ""];
}

const NUMBER: u64 = 190_000_000_000_000_001;

fn hour() -> Window {
    Window::new(START.plus_seconds(-3_600), START).unwrap()
}

fn text(number: u64) -> String {
    number.to_string()
}

async fn sold<S: Side>() -> S {
    let side = S::open().await;
    side.market().book().sell(NUMBER, START.plus_seconds(-60));
    side
}

async fn trade<S: Side>(side: &S) -> farline_domain::shops::Trade {
    side.shop().trade(&text(NUMBER), START).await.unwrap().unwrap()
}

async fn judged<S: Side>(side: &S) -> Judgement {
    let trade = trade(side).await;
    let skus = SkuMap::new([("MAPLE-30".to_owned(), "maple".to_owned())].into());
    judge(&trade, &trade.items[0], &skus)
}

pub(super) async fn a_paid_trade_is_told_in_full<S: Side>() {
    let side = sold::<S>().await;
    let told = trade(&side).await;
    assert_eq!(told.number, text(NUMBER));
    assert_eq!(told.state, TradeState::Paid);
    assert_eq!(told.changed_at, START.plus_seconds(-60));
    assert_eq!(told.items.len(), 1);
    let item = &told.items[0];
    assert_eq!((item.sku.as_str(), item.quantity), ("MAPLE-30", 1));
    let currency = farline_domain::kernel::Currency::parse(S::CURRENCY).unwrap();
    assert_eq!(item.paid, Money { minor: 12_850, currency });
    assert_eq!(item.refund, RefundStanding::Absent);
    let number = LineNumber::parse("+14165550188").unwrap();
    let plan = "maple".to_owned();
    assert_eq!(judged(&side).await, Judgement::Deliver { number, plan });
}

pub(super) async fn several_numbers_are_not_one<S: Side>() {
    let side = sold::<S>().await;
    let say = |message: &str| {
        let mut book = side.market().book();
        message.clone_into(&mut book.trades.get_mut(&NUMBER).unwrap().message);
    };
    say("4165550188 还是 4165550199");
    assert_eq!(judged(&side).await, Judgement::Wait(Waiting::SeveralNumbers));
    say("");
    assert_eq!(judged(&side).await, Judgement::Wait(Waiting::NoNumber));
}

pub(super) async fn a_trade_that_is_not_there_is_refused<S: Side>() {
    let side = S::open().await;
    assert!(matches!(side.shop().trade("7", START).await, Ok(Err(_))));
    assert!(matches!(side.shop().mark_shipped("7", START).await, Ok(Err(_))));
    assert!(matches!(side.shop().add_memo("7", "K7M3", START).await, Ok(Err(_))));
}

pub(super) async fn states_are_told_apart<S: Side>() {
    let side = sold::<S>().await;
    let states = [
        TradeState::NotPaid,
        TradeState::Paid,
        TradeState::Held,
        TradeState::Shipped,
        TradeState::Closed,
    ];
    for state in states {
        side.market().book().trades.get_mut(&NUMBER).unwrap().state = state;
        assert_eq!(trade(&side).await.state, state);
    }
}

pub(super) async fn what_changed_in_a_window_is_told_and_nothing_else<S: Side>() {
    let side = S::open().await;
    for (number, seconds) in [(1, -3_601), (2, -3_600), (3, -1_800), (4, 0), (5, 1)] {
        side.market().book().sell(number, START.plus_seconds(seconds));
    }
    let told = side.shop().changed(hour(), START).await.unwrap().unwrap();
    assert_eq!(told, ["2", "3", "4"]);
    let none = Window::new(START.plus_seconds(-90_000), START.plus_seconds(-80_000)).unwrap();
    let told = side.shop().changed(none, START).await.unwrap().unwrap();
    assert_eq!(told, Vec::<String>::new());
}

pub(super) async fn a_change_while_pages_are_read_is_not_lost<S: Side>() {
    // Three pages at least, whatever the marketplace's size of a page.
    const TRADES: u64 = 620;
    for pages in 1..=3 {
        let side = S::open().await;
        for number in 1..=TRADES {
            let seconds = -i64::try_from(number).unwrap();
            side.market().book().sell(number, START.plus_seconds(seconds));
        }
        // The newest trade, on the first page, changes while the pages are read, and all others move up.
        side.market().book().changes_after = Some((pages, 1));
        let first = side.shop().changed(hour(), START).await.unwrap().unwrap();
        let later = Window::new(START, START.plus_seconds(60)).unwrap();
        let second = side.shop().changed(later, START).await.unwrap().unwrap();
        let mut told: Vec<u64> =
            first.iter().chain(&second).map(|number| number.parse().unwrap()).collect();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told, (1..=TRADES).collect::<Vec<_>>(), "a change after page {pages}");
    }
}

pub(super) async fn a_refund_opened_just_before_delivery_is_seen<S: Side>() {
    let side = sold::<S>().await;
    assert!(matches!(judged(&side).await, Judgement::Deliver { .. }));
    for refund in [RefundStanding::Open, RefundStanding::Part, RefundStanding::Done] {
        side.market().book().trades.get_mut(&NUMBER).unwrap().refund = refund;
        let judgement = judged(&side).await;
        assert!(!matches!(judgement, Judgement::Deliver { .. }), "{refund:?}: {judgement:?}");
    }
}

fn ships<S: Side>(side: &S) -> usize {
    side.market().book().ships.get(&NUMBER).copied().unwrap_or(0)
}

pub(super) async fn shipping_twice_is_shipping_once<S: Side>() {
    let side = sold::<S>().await;
    for _ in 0..3 {
        assert_eq!(side.shop().mark_shipped(&text(NUMBER), START).await, Ok(Ok(())));
    }
    assert_eq!(ships(&side), 1);
    assert_eq!(trade(&side).await.state, TradeState::Shipped);
}

pub(super) async fn a_lost_answer_to_shipping_is_unknown_and_then_done<S: Side>() {
    for mishap in [Mishap::Silence, Mishap::Half] {
        let side = sold::<S>().await;
        // Somewhere between looking and shipping: as far as it takes until the trade is shipped.
        for calls_before in 0..4 {
            side.market().fail(calls_before, mishap);
            let answer = side.shop().mark_shipped(&text(NUMBER), START).await;
            if ships(&side) == 1 {
                assert!(matches!(answer, Err(ShopUnknown::NoAnswer(_))), "{mishap:?} {answer:?}");
                break;
            }
        }
        assert_eq!(side.shop().mark_shipped(&text(NUMBER), START).await, Ok(Ok(())));
        assert_eq!(ships(&side), 1, "{mishap:?}");
    }
}

pub(super) async fn what_the_seller_shipped_is_done<S: Side>() {
    let side = sold::<S>().await;
    side.market().book().trades.get_mut(&NUMBER).unwrap().state = TradeState::Shipped;
    assert_eq!(side.shop().mark_shipped(&text(NUMBER), START).await, Ok(Ok(())));
    assert_eq!(ships(&side), 0);
    // Between our look and our word.
    let side = sold::<S>().await;
    side.market().book().seller_ships = Some(NUMBER);
    assert_eq!(side.shop().mark_shipped(&text(NUMBER), START).await, Ok(Ok(())));
}

pub(super) async fn what_is_closed_or_not_paid_is_not_shipped<S: Side>() {
    let side = sold::<S>().await;
    for state in [TradeState::NotPaid, TradeState::Closed] {
        side.market().book().trades.get_mut(&NUMBER).unwrap().state = state;
        let answer = side.shop().mark_shipped(&text(NUMBER), START).await;
        assert!(matches!(answer, Ok(Err(_))), "{answer:?}");
    }
    assert_eq!(ships(&side), 0);
}

pub(super) async fn our_memo_is_added_once_and_the_sellers_stays<S: Side>() {
    let side = sold::<S>().await;
    side.market().book().trades.get_mut(&NUMBER).unwrap().notes = vec!["老客户".to_owned()];
    for _ in 0..2 {
        let answer = side.shop().add_memo(&text(NUMBER), "Farline K7M3-QX9T", START).await;
        assert_eq!(answer, Ok(Ok(())));
    }
    let book = side.market().book();
    assert_eq!(book.trades[&NUMBER].memo(), "老客户\nFarline K7M3-QX9T");
    assert_eq!(book.memos, 1);
}

/// Every call there is.
async fn calls<S: Side>(side: &S) -> [ShopAnswer<()>; 4] {
    let shop = side.shop();
    let number = text(NUMBER);
    [
        shop.changed(hour(), START).await.map(|answer| answer.map(|_| ())),
        shop.trade(&number, START).await.map(|answer| answer.map(|_| ())),
        shop.mark_shipped(&number, START).await,
        shop.add_memo(&number, "K7M3", START).await,
    ]
}

pub(super) async fn trouble_of_the_marketplaces_own_is_unknown<S: Side>() {
    let side = sold::<S>().await;
    let table = [
        (Trouble::TooOften, Some(ShopUnknown::TooOften)),
        (Trouble::SignedOut, Some(ShopUnknown::SignedOut)),
        (Trouble::Passing, None),
    ];
    for (trouble, expected) in table {
        side.market().fail_always(Some(Mishap::Trouble(trouble)));
        for answer in calls(&side).await {
            match (&answer, &expected) {
                (Err(unknown), Some(expected)) => assert_eq!(unknown, expected),
                (Err(ShopUnknown::NoAnswer(_)), None) => {}
                _ => panic!("{trouble:?}: {answer:?}"),
            }
        }
    }
    side.market().fail_always(None);
    assert_eq!(ships(&side), 0);
    assert!(calls(&side).await.iter().all(|answer| *answer == Ok(Ok(()))));
}

pub(super) async fn answers_that_say_nothing_are_unknown<S: Side>() {
    let bodies = ["", "null", "{}", "[1]", "\"\"", "<!doctype html><p>It works!", "{\"data\":{}}"];
    let statuses = [301, 302, 408, 425, 500, 502, 503, 504];
    let mishaps = bodies.map(Mishap::Text).into_iter().chain(statuses.map(Mishap::Status));
    for mishap in mishaps.chain([Mishap::Half]) {
        let side = sold::<S>().await;
        side.market().fail_always(Some(mishap));
        for answer in calls(&side).await {
            assert!(matches!(answer, Err(ShopUnknown::NoAnswer(_))), "{mishap:?}: {answer:?}");
        }
    }
}

pub(super) async fn another_trades_answer_is_not_believed<S: Side>() {
    let side = sold::<S>().await;
    side.market().book().sell(7, START);
    side.market().book().swapped = Some(7);
    let answer = side.shop().trade(&text(NUMBER), START).await;
    assert!(matches!(answer, Err(ShopUnknown::NoAnswer(_))), "{answer:?}");
    let answer = side.shop().mark_shipped(&text(NUMBER), START).await;
    assert!(matches!(answer, Err(ShopUnknown::NoAnswer(_))), "{answer:?}");
    assert_eq!(ships(&side), 0);
}

pub(super) async fn nothing_secret_is_shown<S: Side>() {
    let side = sold::<S>().await;
    let mut shown = vec![side.debug(), format!("{:?}", trade(&side).await)];
    let troubles = [Trouble::TooOften, Trouble::SignedOut, Trouble::Passing];
    let mishaps = troubles.map(Mishap::Trouble).into_iter().chain([
        Mishap::Status(500),
        Mishap::Text("cs_secret 4165550188"),
        Mishap::Half,
    ]);
    for mishap in mishaps {
        side.market().fail_always(Some(mishap));
        for answer in calls(&side).await {
            shown.push(format!("{answer:?}"));
            shown.push(answer.map_err(|unknown| unknown.to_string()).unwrap_err());
        }
    }
    for words in shown {
        let never = ["4165550188", "416 555 0188", "127.0.0.1"];
        for secret in S::SECRETS.iter().chain(&never) {
            assert!(!words.contains(secret), "{secret}: {words}");
        }
    }
}

fn heard<S: Side>(
    side: &S,
    webhook: &Webhook,
    now: Instant,
) -> Result<ShopHint, ShopWebhookRefusal> {
    let header = |asked: &str| {
        let found = webhook.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(asked));
        found.map(|(_, value)| value.clone())
    };
    side.shop().webhook(&header, &webhook.body, now)
}

pub(super) async fn a_webhook_is_believed_only_as_it_was_signed<S: Side>() {
    let side = sold::<S>().await;
    let Some(genuine) = side.webhook(NUMBER) else {
        let forged = Webhook { headers: Vec::new(), body: b"{}".to_vec() };
        assert_eq!(heard(&side, &forged, START), Err(ShopWebhookRefusal::NotSpoken));
        return;
    };
    let hint = heard(&side, &genuine, START).unwrap();
    assert_eq!(hint.trade, Some(text(NUMBER)));
    // The same twice has the same id, and another has another.
    assert_eq!(heard(&side, &genuine, START), Ok(hint.clone()));
    let other = side.webhook(NUMBER).unwrap();
    assert_ne!(heard(&side, &other, START).unwrap().event, hint.event);

    let [signature, shop, elsewhere] = S::WEBHOOK_HEADERS;
    let with = |name: &str, value: Option<&str>| {
        let mut webhook = genuine.clone();
        webhook.headers.retain(|(own, _)| *own != name);
        if let (Some(value), Some((own, _))) =
            (value, genuine.headers.iter().find(|(own, _)| *own == name))
        {
            webhook.headers.push((own, value.to_owned()));
        }
        webhook
    };
    let refused = [
        (with(signature, None), ShopWebhookRefusal::Signature),
        (with(signature, Some("")), ShopWebhookRefusal::Signature),
        (with(signature, Some("c2lnbmVk")), ShopWebhookRefusal::Signature),
        (with(shop, None), ShopWebhookRefusal::OtherShop),
        (with(shop, Some(elsewhere)), ShopWebhookRefusal::OtherShop),
    ];
    for (webhook, refusal) in refused {
        assert_eq!(heard(&side, &webhook, START), Err(refusal), "{webhook:?}");
    }
    // Any octet altered, and one more.
    for place in 0..genuine.body.len() {
        let mut altered = genuine.clone();
        altered.body[place] ^= 1;
        assert_eq!(heard(&side, &altered, START), Err(ShopWebhookRefusal::Signature), "{place}");
    }
    let mut longer = genuine.clone();
    longer.body.push(b' ');
    assert_eq!(heard(&side, &longer, START), Err(ShopWebhookRefusal::Signature));
}

/// An old webhook that is sent again tells nothing that is acted upon: the trade is read, and is what it is now.
pub(super) async fn an_old_webhook_changes_nothing<S: Side>() {
    let side = sold::<S>().await;
    let Some(old) = side.webhook(NUMBER) else { return };
    side.market().book().trades.get_mut(&NUMBER).unwrap().refund = RefundStanding::Done;
    match heard(&side, &old, START.plus_seconds(7 * 86_400)) {
        Err(ShopWebhookRefusal::TooOld) => {}
        Ok(hint) => assert_eq!(hint.trade, Some(text(NUMBER))),
        other => panic!("{other:?}"),
    }
    assert!(!matches!(judged(&side).await, Judgement::Deliver { .. }));
}

/// Runs the contract for a side.
macro_rules! contract {
    ($side:ty: $($test:ident)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                $crate::marketplace::contract::$test::<$side>().await;
            }
        )*
    };
    ($side:ty) => {
        contract! { $side:
            a_paid_trade_is_told_in_full
            several_numbers_are_not_one
            a_trade_that_is_not_there_is_refused
            states_are_told_apart
            what_changed_in_a_window_is_told_and_nothing_else
            a_change_while_pages_are_read_is_not_lost
            a_refund_opened_just_before_delivery_is_seen
            shipping_twice_is_shipping_once
            a_lost_answer_to_shipping_is_unknown_and_then_done
            what_the_seller_shipped_is_done
            what_is_closed_or_not_paid_is_not_shipped
            our_memo_is_added_once_and_the_sellers_stays
            trouble_of_the_marketplaces_own_is_unknown
            answers_that_say_nothing_are_unknown
            another_trades_answer_is_not_believed
            nothing_secret_is_shown
            a_webhook_is_believed_only_as_it_was_signed
            an_old_webhook_changes_nothing
        }
    };
}
pub(super) use contract;
