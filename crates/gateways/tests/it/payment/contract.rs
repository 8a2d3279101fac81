//! The contract of every payment provider, written against the port. What is asked of the other side beyond the port
//! is in [`Counterpart`].

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::payment::{
    CapturedPayment, CheckoutPage, CheckoutRequest, CheckoutState, HintAbout, PaymentProvider,
    ProviderMode, RefundRequest, RefundState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::{Instant, Language, Money};
use farline_domain::payments::PaymentMethod;
use futures_util::future::join_all;

/// What a payer does on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payer {
    PaysByCredit,
    PaysByDebit,
    PaysByPaypal,
    PaysByAlipay,
    PaysByWechatPay,
    /// Pays with a card that is neither credit nor debit.
    PaysByPrepaidCard,
    /// Pays in a way that has no name here.
    PaysOtherwise,
    IsDeclined,
    LeavesTheBanksQuestion,
    /// Pays, and the provider takes 1.00 less than asked.
    PaysAlteredAmount,
    /// Pays on a page that can no longer be paid.
    PaysTooLate,
    /// Pays so that every refund is pending and fails within an hour.
    PaysSoThatRefundsFail,
}

/// A request as it came to us.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    pub(super) header: (String, String),
    pub(super) body: Vec<u8>,
}

/// Whose secret a webhook is signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    Ours,
    Another,
}

/// A provider with its other side.
#[async_trait]
pub(super) trait Counterpart: Sized {
    /// Every way to pay that the other side knows.
    const WAYS: &'static [(Payer, PaymentMethod)];
    /// How much longer than asked for a page can be paid, in seconds.
    const LINGERS_SECONDS: i64;
    async fn open() -> Self;
    fn provider(&self) -> &dyn PaymentProvider;
    fn now(&self) -> Instant;
    fn advance(&self, seconds: i64);
    async fn pay(&self, page: &CheckoutPage, payer: Payer);
    /// How many pages the other side has for an order.
    async fn pages(&self, order: &str) -> usize;
    /// How many refunds the other side has under a key.
    async fn refunds(&self, key: &str) -> usize;
    /// The next webhook that came to us.
    async fn webhook(&self) -> Webhook;
    /// A header that signs `body` now, with each of these secrets.
    fn signed(&self, secrets: &[Secret], body: &[u8]) -> Webhook;
    /// Finds a header of a webhook by its name.
    fn header(webhook: &Webhook, asked: &str) -> Option<String> {
        let (name, value) = &webhook.header;
        asked.eq_ignore_ascii_case(name).then(|| value.clone())
    }
}

pub(super) const PRICE: Money = Money::cad(2_825);

pub(super) fn request(order: &str, now: Instant) -> CheckoutRequest {
    CheckoutRequest {
        order: order.to_owned(),
        amount: PRICE,
        description: "Maple 5 GB, 30 jours — 枫叶".to_owned(),
        language: Language::FrCa,
        return_url: format!("http://shop.example/orders/{order}?done=1"),
        cancel_url: "http://shop.example/orders?cancelled=1&x=%C3%A9".to_owned(),
        expires_at: now.plus_seconds(900),
        save_for: None,
    }
}

pub(super) async fn opened<C: Counterpart>(counterpart: &C, order: &str) -> CheckoutPage {
    let request = request(order, counterpart.now());
    counterpart.provider().checkout(&request).await.unwrap().unwrap()
}

async fn state<C: Counterpart>(counterpart: &C, page: &CheckoutPage) -> CheckoutState {
    counterpart.provider().checkout_state(&page.id).await.unwrap()
}

/// Pays an order and returns the payment.
pub(super) async fn paid<C: Counterpart>(
    counterpart: &C,
    order: &str,
    payer: Payer,
) -> CapturedPayment {
    let page = opened(counterpart, order).await;
    counterpart.pay(&page, payer).await;
    match state(counterpart, &page).await {
        CheckoutState::Captured(payment) => payment,
        other => panic!("{other:?}"),
    }
}

pub(super) fn refund_of(payment: &CapturedPayment, key: &str, amount: Money) -> RefundRequest {
    RefundRequest { key: key.to_owned(), payment: payment.payment.clone(), amount }
}

pub(super) async fn a_probe_finds_the_provider_and_moves_nothing<C: Counterpart>() {
    let counterpart = C::open().await;
    assert_ne!(counterpart.provider().mode(), ProviderMode::Live);
    let page = opened(&counterpart, "ord_1").await;
    assert_eq!(counterpart.provider().probe().await, Ok(()));
    assert_eq!(state(&counterpart, &page).await, CheckoutState::Open);
}

pub(super) async fn asking_twice_gives_one_page<C: Counterpart>() {
    let counterpart = C::open().await;
    let first = opened(&counterpart, "ord_1").await;
    assert!(!first.id.is_empty() && first.url.contains(&first.id), "{first:?}");
    let again = request("ord_1", counterpart.now());
    let answers = join_all((0..8).map(|_| counterpart.provider().checkout(&again))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(Ok(first.clone()))), "{answers:?}");
    // Another day, other words: still the page of this order.
    counterpart.advance(60);
    let mut reworded = request("ord_1", counterpart.now());
    reworded.language = Language::ZhCn;
    reworded.return_url.push_str("&again=1");
    assert_eq!(counterpart.provider().checkout(&reworded).await, Ok(Ok(first.clone())));
    assert_eq!(counterpart.pages("ord_1").await, 1);
    // Another price is not what the page is for, and the page is there: neither done nor refused.
    let dearer =
        CheckoutRequest { amount: Money::cad(2_826), ..request("ord_1", counterpart.now()) };
    counterpart.provider().checkout(&dearer).await.unwrap_err();
    assert_eq!(counterpart.pages("ord_1").await, 1);
    assert_ne!(opened(&counterpart, "ord_2").await.id, first.id);
}

pub(super) async fn what_cannot_be_a_checkout_is_refused<C: Counterpart>() {
    let counterpart = C::open().await;
    let request = request("ord_1", counterpart.now());
    for amount in [Money::cad(0), Money::cad(-1)] {
        let bad = CheckoutRequest { amount, ..request.clone() };
        let refusal = counterpart.provider().checkout(&bad).await.unwrap().unwrap_err();
        assert!(!refusal.code.is_empty() && !refusal.message.is_empty(), "{refusal:?}");
    }
    assert_eq!(counterpart.pages("ord_1").await, 0);
    // A refusal uses nothing up.
    counterpart.provider().checkout(&request).await.unwrap().unwrap();
    assert_eq!(counterpart.pages("ord_1").await, 1);
}

pub(super) async fn each_way_to_pay_is_echoed_exactly<C: Counterpart>() {
    let counterpart = C::open().await;
    let altered = (Payer::PaysAlteredAmount, Money::cad(2_725), PaymentMethod::Credit);
    let ways = C::WAYS.iter().map(|(payer, method)| (*payer, PRICE, *method));
    for (payer, amount, method) in ways.chain([altered]) {
        let order = format!("ord_{payer:?}");
        let page = opened(&counterpart, &order).await;
        assert_eq!(state(&counterpart, &page).await, CheckoutState::Open, "{payer:?}");
        counterpart.pay(&page, payer).await;
        let CheckoutState::Captured(payment) = state(&counterpart, &page).await else {
            panic!("{payer:?}");
        };
        assert_eq!((payment.order, payment.amount, payment.method), (order, amount, method));
        assert!(!payment.payment.is_empty());
    }
}

pub(super) async fn a_declined_attempt_leaves_the_page_open<C: Counterpart>() {
    let counterpart = C::open().await;
    let page = opened(&counterpart, "ord_1").await;
    for payer in [Payer::IsDeclined, Payer::LeavesTheBanksQuestion, Payer::IsDeclined] {
        counterpart.pay(&page, payer).await;
        assert_eq!(state(&counterpart, &page).await, CheckoutState::Open, "{payer:?}");
    }
    counterpart.pay(&page, Payer::PaysByDebit).await;
    let after = state(&counterpart, &page).await;
    assert!(matches!(after, CheckoutState::Captured(_)), "{after:?}");
}

pub(super) async fn a_page_expires_by_itself_and_when_told<C: Counterpart>() {
    let counterpart = C::open().await;
    let (told, alone) = (opened(&counterpart, "ord_1").await, opened(&counterpart, "ord_2").await);
    for _ in 0..2 {
        let ended = counterpart.provider().expire_checkout(&told.id).await;
        assert_eq!(ended, Ok(CheckoutState::Expired));
    }
    assert_eq!(state(&counterpart, &told).await, CheckoutState::Expired);
    assert_eq!(state(&counterpart, &alone).await, CheckoutState::Open);
    counterpart.advance(901 + C::LINGERS_SECONDS);
    assert_eq!(state(&counterpart, &alone).await, CheckoutState::Expired);
    let ended = counterpart.provider().expire_checkout(&alone.id).await;
    assert_eq!(ended, Ok(CheckoutState::Expired));
}

pub(super) async fn ending_a_paid_page_reports_the_payment<C: Counterpart>() {
    let counterpart = C::open().await;
    let page = opened(&counterpart, "ord_1").await;
    counterpart.pay(&page, Payer::PaysByCredit).await;
    let ended = counterpart.provider().expire_checkout(&page.id).await.unwrap();
    assert_eq!(ended, state(&counterpart, &page).await);
    assert!(matches!(ended, CheckoutState::Captured(_)), "{ended:?}");
}

pub(super) async fn money_that_comes_after_the_end_is_seen<C: Counterpart>() {
    let counterpart = C::open().await;
    let page = opened(&counterpart, "ord_1").await;
    let ended = counterpart.provider().expire_checkout(&page.id).await;
    assert_eq!(ended, Ok(CheckoutState::Expired));
    counterpart.pay(&page, Payer::PaysTooLate).await;
    let CheckoutState::Captured(payment) = state(&counterpart, &page).await else {
        panic!("the late money is not seen");
    };
    assert_eq!((payment.order.as_str(), payment.amount), ("ord_1", PRICE));
    let ended = counterpart.provider().expire_checkout(&page.id).await;
    assert_eq!(ended, Ok(CheckoutState::Captured(payment)));
}

pub(super) async fn a_refund_is_made_once_for_each_key<C: Counterpart>() {
    let counterpart = C::open().await;
    let payment = paid(&counterpart, "ord_1", Payer::PaysByCredit).await;
    let provider = counterpart.provider();
    let part = refund_of(&payment, "rf_1", Money::cad(1_000));
    let done = provider.refund(&part).await.unwrap().unwrap();
    let RefundState::Done { refund } = &done else { panic!("{done:?}") };
    let answers = join_all((0..8).map(|_| provider.refund(&part))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(Ok(done.clone()))), "{answers:?}");
    assert_eq!(counterpart.refunds("rf_1").await, 1);
    assert_eq!(provider.refund_state(refund).await, Ok(done.clone()));
    // The key stands for a refund of another amount: neither done nor refused.
    provider.refund(&refund_of(&payment, "rf_1", Money::cad(1_001))).await.unwrap_err();
    assert_eq!(counterpart.refunds("rf_1").await, 1);
    let rest = refund_of(&payment, "rf_2", Money::cad(1_825));
    let second = provider.refund(&rest).await.unwrap().unwrap();
    assert!(matches!(second, RefundState::Done { .. }) && second != done, "{second:?}");
}

pub(super) async fn more_than_was_captured_is_refused<C: Counterpart>() {
    let counterpart = C::open().await;
    let payment = paid(&counterpart, "ord_1", Payer::PaysByDebit).await;
    let provider = counterpart.provider();
    let missing = CapturedPayment { payment: "pay_missing".to_owned(), ..payment.clone() };
    let table = [
        ("over", refund_of(&payment, "over", Money::cad(2_826))),
        ("nothing", refund_of(&payment, "nothing", Money::cad(0))),
        ("missing", refund_of(&missing, "missing", PRICE)),
    ];
    for (key, request) in table {
        let refusal = provider.refund(&request).await.unwrap().unwrap_err();
        assert!(!refusal.code.is_empty(), "{key}");
        assert_eq!(counterpart.refunds(key).await, 0, "{key}");
    }
    provider.refund(&refund_of(&payment, "whole", PRICE)).await.unwrap().unwrap();
    let one_more = refund_of(&payment, "one more", Money::cad(1));
    provider.refund(&one_more).await.unwrap().unwrap_err();
    assert_eq!(counterpart.refunds("one more").await, 0);
}

pub(super) async fn a_refund_can_fail_later_and_be_made_again<C: Counterpart>() {
    let counterpart = C::open().await;
    let payment = paid(&counterpart, "ord_1", Payer::PaysSoThatRefundsFail).await;
    let provider = counterpart.provider();
    let pending = provider.refund(&refund_of(&payment, "rf_1", PRICE)).await.unwrap().unwrap();
    let RefundState::Pending { refund } = &pending else { panic!("{pending:?}") };
    assert_eq!(provider.refund_state(refund).await, Ok(pending.clone()));
    counterpart.advance(3_600);
    let after = provider.refund_state(refund).await.unwrap();
    assert!(matches!(&after, RefundState::Failed { reason } if !reason.is_empty()), "{after:?}");
    assert_eq!(counterpart.refunds("rf_1").await, 1);
    // The money is with us again, and another attempt has another key.
    let second = provider.refund(&refund_of(&payment, "rf_2", PRICE)).await.unwrap().unwrap();
    assert!(matches!(second, RefundState::Pending { .. }), "{second:?}");
}

pub(super) async fn what_is_not_there_is_unknown<C: Counterpart>() {
    let counterpart = C::open().await;
    let page = opened(&counterpart, "ord_1").await;
    for id in
        ["cs_missing", "", ".", "..", "a/b", "../checkouts", "%2e%2e", "x?reference=ord_1", "é"]
    {
        counterpart.provider().checkout_state(id).await.unwrap_err();
        counterpart.provider().expire_checkout(id).await.unwrap_err();
        counterpart.provider().refund_state(id).await.unwrap_err();
    }
    assert_eq!(state(&counterpart, &page).await, CheckoutState::Open);
}

async fn judged<C: Counterpart>(
    counterpart: &C,
    webhook: &Webhook,
    now: Instant,
) -> Result<WebhookHint, WebhookRefusal> {
    let header = |asked: &str| C::header(webhook, asked);
    counterpart.provider().prepare_webhook(&header, now).await.unwrap();
    counterpart.provider().webhook(&header, &webhook.body, now)
}

/// What the next webhook hints at.
async fn told<C: Counterpart>(counterpart: &C) -> WebhookHint {
    let webhook = counterpart.webhook().await;
    judged(counterpart, &webhook, counterpart.now()).await.unwrap()
}

pub(super) async fn webhooks_hint_at_what_changed<C: Counterpart>() {
    let counterpart = C::open().await;
    let payment = paid(&counterpart, "ord_1", Payer::PaysByCredit).await;
    let hint = told(&counterpart).await;
    assert_eq!(hint.about, HintAbout::Order("ord_1".to_owned()));
    assert!(!hint.event.is_empty());
    counterpart.provider().refund(&refund_of(&payment, "rf_1", PRICE)).await.unwrap().unwrap();
    let second = told(&counterpart).await;
    assert_eq!(second.about, HintAbout::Refund("rf_1".to_owned()));
    assert_ne!(second.event, hint.event);
    let page = opened(&counterpart, "ord_2").await;
    counterpart.pay(&page, Payer::IsDeclined).await;
    let declined = told(&counterpart).await;
    assert_eq!(declined.about, HintAbout::Order("ord_2".to_owned()));
    counterpart.provider().expire_checkout(&page.id).await.unwrap();
    let expired = told(&counterpart).await;
    assert_eq!(expired.about, HintAbout::Order("ord_2".to_owned()));
}

pub(super) async fn a_webhook_counts_only_if_it_is_true_and_recent<C: Counterpart>() {
    let counterpart = C::open().await;
    paid(&counterpart, "ord_1", Payer::PaysByCredit).await;
    let genuine = counterpart.webhook().await;
    let now = counterpart.now();
    let hint = judged(&counterpart, &genuine, now).await.unwrap();

    let value: serde_json::Value = serde_json::from_slice(&genuine.body).unwrap();
    let again = Webhook { body: serde_json::to_vec_pretty(&value).unwrap(), ..genuine.clone() };
    let mut altered = genuine.clone();
    let last = altered.body.len() - 3;
    altered.body[last] ^= 1;
    let nameless =
        Webhook { header: ("X".to_owned(), genuine.header.1.clone()), ..genuine.clone() };
    let headed = |text: &str| Webhook {
        header: (genuine.header.0.clone(), text.to_owned()),
        ..genuine.clone()
    };
    let signed = |secrets: &[Secret], body: &[u8]| counterpart.signed(secrets, body);
    let refused = |refusal| Err::<WebhookHint, _>(refusal);
    let forged = || refused(WebhookRefusal::Signature);
    let table = [
        ("as it came", genuine.clone(), 0, Ok(hint.clone())),
        ("replayed at once: the event's id tells", genuine.clone(), 1, Ok(hint.clone())),
        ("just recent", genuine.clone(), 299, Ok(hint.clone())),
        ("old", genuine.clone(), 302, refused(WebhookRefusal::TooOld)),
        ("from the future", genuine.clone(), -302, refused(WebhookRefusal::TooOld)),
        ("one bit of the body", altered, 0, forged()),
        ("written anew", again, 0, forged()),
        ("without a signature", nameless, 0, forged()),
        ("an empty header", headed(""), 0, forged()),
        ("a header of garbage", headed("\u{0}é,=;t==v1"), 0, forged()),
        ("another secret", signed(&[Secret::Another], &genuine.body), 0, forged()),
        (
            "two secrets, the first ours",
            signed(&[Secret::Ours, Secret::Another], &genuine.body),
            0,
            Ok(hint.clone()),
        ),
        (
            "two secrets, the second ours",
            signed(&[Secret::Another, Secret::Ours], &genuine.body),
            0,
            Ok(hint.clone()),
        ),
        (
            "two other secrets",
            signed(&[Secret::Another, Secret::Another], &genuine.body),
            0,
            forged(),
        ),
        ("forged and old", signed(&[Secret::Another], &genuine.body), 302, forged()),
        ("true garbage", signed(&[Secret::Ours], b"garbage"), 0, refused(WebhookRefusal::Body)),
        ("true emptiness", signed(&[Secret::Ours], b""), 0, refused(WebhookRefusal::Body)),
        ("true, not an event", signed(&[Secret::Ours], b"[1]"), 0, refused(WebhookRefusal::Body)),
        ("true, not text", signed(&[Secret::Ours], b"\xff\xfe"), 0, refused(WebhookRefusal::Body)),
    ];
    for (name, webhook, later, expected) in table {
        let judged = judged(&counterpart, &webhook, now.plus_seconds(later)).await;
        assert_eq!(judged, expected, "{name}");
    }
}

/// Every story of the contract, as tests of one counterpart.
macro_rules! contract {
    ($counterpart:ty: $($story:ident)*) => {
        mod contract {
            $(
                #[tokio::test]
                async fn $story() {
                    crate::payment::contract::$story::<$counterpart>().await;
                }
            )*
        }
    };
    ($counterpart:ty) => {
        $crate::payment::contract::contract! { $counterpart:
            a_probe_finds_the_provider_and_moves_nothing
            asking_twice_gives_one_page
            what_cannot_be_a_checkout_is_refused
            each_way_to_pay_is_echoed_exactly
            a_declined_attempt_leaves_the_page_open
            a_page_expires_by_itself_and_when_told
            ending_a_paid_page_reports_the_payment
            money_that_comes_after_the_end_is_seen
            a_refund_is_made_once_for_each_key
            more_than_was_captured_is_refused
            a_refund_can_fail_later_and_be_made_again
            what_is_not_there_is_unknown
            webhooks_hint_at_what_changed
            a_webhook_counts_only_if_it_is_true_and_recent
        }
    };
}
pub(super) use contract;
