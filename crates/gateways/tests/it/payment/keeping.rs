//! The contract of every provider that keeps methods, written against the port. What is asked of the other side beyond
//! the port is in [`Keeper`].

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::payment::{
    CapturedPayment, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState,
    HintAbout, RefundState, SetupRequest, SetupState,
};
use farline_domain::kernel::{AccountId, Cell, Instant, Language, Money};
use farline_domain::payments::{CardExpiry, DeclineAdvice, PaymentMethod, SavedMethod};
use futures_util::future::join_all;

use super::contract::{Counterpart, PRICE, Payer, refund_of, request};

/// What a kept method's bank says to later charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    Captures,
    /// Takes 1.00 less than asked.
    TakesLess,
    /// Is not sure for a while, and then captures.
    Waits,
    Declines(DeclineAdvice),
}

/// A provider that keeps methods, with its other side.
#[async_trait]
pub(super) trait Keeper: Counterpart {
    /// How somebody pays whose method is kept, and what it is then.
    const WAY: (Payer, PaymentMethod);
    /// How its owner knows it again: the name, the hint, and until when it is good.
    const KNOWN_BY: (&'static str, &'static str, Option<CardExpiry>);
    /// What the other side can advise.
    const ADVICES: &'static [DeclineAdvice];
    /// How much longer than asked for a page to keep a method can be used, in seconds.
    const SETUP_LINGERS_SECONDS: i64;
    /// How long a key of a charge is remembered, in seconds.
    const REMEMBERS_SECONDS: i64;
    /// Whether a webhook tells of a charge that was declined.
    const TELLS_OF_DECLINES: bool;
    /// The owner keeps a method on the page.
    async fn keep(&self, page: &CheckoutPage, later: Later);
    /// The owner tries in vain to keep one.
    async fn fail_to_keep(&self, page: &CheckoutPage);
    /// How many pages the other side has under a key.
    async fn setups(&self, key: &str) -> usize;
    /// How many times the other side took money for an order by charging.
    async fn taken(&self, order: &str) -> usize;
}

pub(super) fn account(number: u64) -> AccountId {
    AccountId::mint(Instant::from_millis(1_795_348_800_000), Cell::numbered(7), number)
}

pub(super) fn setup(key: &str, now: Instant) -> SetupRequest {
    SetupRequest {
        key: key.to_owned(),
        account: account(1),
        language: Language::FrCa,
        return_url: format!("http://shop.example/methods/{key}?done=1"),
        cancel_url: "http://shop.example/methods?cancelled=1&x=%C3%A9".to_owned(),
        expires_at: now.plus_seconds(900),
    }
}

pub(super) fn charge(key: &str, order: &str, method: &SavedMethod, now: Instant) -> ChargeRequest {
    ChargeRequest {
        key: key.to_owned(),
        order: order.to_owned(),
        amount: PRICE,
        description: "Maple 5 GB, 30 jours — 枫叶".to_owned(),
        customer: method.customer.clone(),
        method: method.id.clone(),
        is_payer_there: false,
        first_asked_at: now,
        now,
    }
}

/// Keeps a method on a page of its own.
pub(super) async fn kept<K: Keeper>(keeper: &K, key: &str, later: Later) -> SavedMethod {
    let asked = setup(key, keeper.now());
    let page = keeper.provider().set_up(&asked).await.unwrap().unwrap();
    keeper.keep(&page, later).await;
    match keeper.provider().setup_state(&page.id, key).await.unwrap().unwrap() {
        SetupState::Saved(method) => method,
        other => panic!("{later:?}: {other:?}"),
    }
}

pub(super) async fn charged<K: Keeper>(keeper: &K, asked: &ChargeRequest) -> ChargeState {
    keeper.provider().charge(asked).await.unwrap().unwrap()
}

fn payment_of(state: ChargeState) -> CapturedPayment {
    match state {
        ChargeState::Captured(payment) => payment,
        other => panic!("{other:?}"),
    }
}

/// What its owner sees of a method, without the provider's names for it.
fn seen(method: &SavedMethod) -> (PaymentMethod, &str, &str, Option<CardExpiry>) {
    (method.method, &method.brand, &method.hint, method.expiry)
}

fn expected<K: Keeper>() -> (PaymentMethod, &'static str, &'static str, Option<CardExpiry>) {
    let (brand, hint, expiry) = K::KNOWN_BY;
    (K::WAY.1, brand, hint, expiry)
}

pub(super) async fn a_method_is_kept_while_paying_only_if_the_payer_wants_that<K: Keeper>() {
    let keeper = K::open().await;
    assert!(keeper.provider().keeps_methods());
    for (number, save_for) in [None, Some(account(1)), None].into_iter().enumerate() {
        let order = format!("ord_{number}");
        let asked = CheckoutRequest { save_for, ..request(&order, keeper.now()) };
        let page = keeper.provider().checkout(&asked).await.unwrap().unwrap();
        keeper.pay(&page, K::WAY.0).await;
        let state = keeper.provider().checkout_state(&page.id).await.unwrap();
        let CheckoutState::Captured(payment) = state else { panic!("{state:?}") };
        let saved = payment.saved.as_ref();
        assert_eq!(saved.map(seen), save_for.map(|_| expected::<K>()), "{save_for:?}");
        let Some(method) = saved else { continue };
        assert!(!method.id.is_empty());
        let asked = charge("ch_1", "ord_later", method, keeper.now());
        let later = payment_of(charged(&keeper, &asked).await);
        assert_eq!((later.order.as_str(), later.amount), ("ord_later", PRICE));
    }
}

pub(super) async fn other_ways_to_pay_are_not_kept_and_still_taken<K: Keeper>() {
    let keeper = K::open().await;
    for (payer, way) in K::WAYS {
        let order = format!("ord_{payer:?}");
        let asked = CheckoutRequest { save_for: Some(account(1)), ..request(&order, keeper.now()) };
        let page = keeper.provider().checkout(&asked).await.unwrap().unwrap();
        keeper.pay(&page, *payer).await;
        let state = keeper.provider().checkout_state(&page.id).await.unwrap();
        let CheckoutState::Captured(payment) = state else { panic!("{state:?}") };
        assert_eq!(
            (payment.order.as_str(), payment.amount, payment.method),
            (&*order, PRICE, *way)
        );
        let is_walletless = matches!(way, PaymentMethod::Alipay | PaymentMethod::WechatPay);
        assert!(!is_walletless || payment.saved.is_none(), "{payer:?}");
    }
}

pub(super) async fn a_page_that_keeps_is_never_given_to_who_does_not_want_that<K: Keeper>() {
    let keeper = K::open().await;
    let plain = |order: &str| request(order, keeper.now());
    let keeping = |order: &str, number| CheckoutRequest {
        save_for: Some(account(number)),
        ..request(order, keeper.now())
    };
    let provider = keeper.provider();
    provider.checkout(&keeping("ord_1", 1)).await.unwrap().unwrap();
    // It was asked for, and the answer may have been lost. Now nobody may keep anything.
    provider.checkout(&plain("ord_1")).await.unwrap_err();
    provider.checkout(&keeping("ord_1", 2)).await.unwrap_err();
    assert_eq!(keeper.pages("ord_1").await, 1);
    // The other way about, what was asked for first takes the payment and keeps nothing.
    let first = provider.checkout(&plain("ord_2")).await.unwrap().unwrap();
    if let Ok(page) = provider.checkout(&keeping("ord_2", 1)).await {
        assert_eq!(page, Ok(first.clone()));
    }
    keeper.pay(&first, K::WAY.0).await;
    let state = provider.checkout_state(&first.id).await.unwrap();
    assert!(matches!(&state, CheckoutState::Captured(payment) if payment.saved.is_none()));
    assert_eq!(keeper.pages("ord_2").await, 1);
}

pub(super) async fn a_page_keeps_one_method_under_its_key<K: Keeper>() {
    let keeper = K::open().await;
    let (provider, asked) = (keeper.provider(), setup("set_1", keeper.now()));
    let page = provider.set_up(&asked).await.unwrap().unwrap();
    assert!(!page.id.is_empty() && page.url.contains(&page.id), "{page:?}");
    let answers = join_all((0..8).map(|_| provider.set_up(&asked))).await;
    assert!(answers.iter().all(|answer| *answer == Ok(Ok(page.clone()))), "{answers:?}");
    // Other words: still the page of this key.
    let mut reworded = asked.clone();
    reworded.language = Language::ZhCn;
    reworded.return_url.push_str("&again=1");
    assert_eq!(provider.set_up(&reworded).await, Ok(Ok(page.clone())));
    assert_eq!(keeper.setups("set_1").await, 1);
    // Somebody else's is neither done nor refused.
    provider.set_up(&SetupRequest { account: account(2), ..asked }).await.unwrap_err();
    assert_eq!(keeper.setups("set_1").await, 1);
    let state = || provider.setup_state(&page.id, "set_1");
    assert_eq!(state().await, Ok(Ok(SetupState::Open)));
    keeper.fail_to_keep(&page).await;
    assert_eq!(state().await, Ok(Ok(SetupState::Open)));
    keeper.keep(&page, Later::Captures).await;
    let saved = state().await.unwrap().unwrap();
    let SetupState::Saved(method) = &saved else { panic!("{saved:?}") };
    assert_eq!(seen(method), expected::<K>());
    assert_eq!(state().await, Ok(Ok(saved.clone())));
    for id in ["set_missing", "", "..", "a/b", "é"] {
        let said = provider.setup_state(id, "set_1").await;
        assert!(matches!(said, Err(_) | Ok(Ok(SetupState::Expired))), "{id}: {said:?}");
    }
}

pub(super) async fn a_page_that_nobody_used_ends_and_keeps_nothing<K: Keeper>() {
    let keeper = K::open().await;
    let asked = setup("set_1", keeper.now());
    let page = keeper.provider().set_up(&asked).await.unwrap().unwrap();
    keeper.advance(901 + K::SETUP_LINGERS_SECONDS);
    let state = keeper.provider().setup_state(&page.id, "set_1").await;
    assert_eq!(state, Ok(Ok(SetupState::Expired)));
}

pub(super) async fn a_charge_takes_money_once_for_each_key<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::Captures).await;
    let provider = keeper.provider();
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    let answers = join_all((0..8).map(|_| provider.charge(&asked))).await;
    let state = charged(&keeper, &asked).await;
    // Of those who ask at the same instant some may be told to ask again; none is told anything else.
    let same = |answer: &Result<_, _>| answer.as_ref().is_ok_and(|said| *said == Ok(state.clone()));
    assert!(answers.iter().all(|answer| answer.is_err() || same(answer)), "{answers:?}");
    assert!(answers.iter().any(same), "{answers:?}");
    assert_eq!(keeper.taken("ord_1").await, 1);
    let payment = payment_of(state.clone());
    assert_eq!((payment.order.as_str(), payment.amount), ("ord_1", PRICE));
    assert_eq!((payment.method, payment.saved.as_ref()), (K::WAY.1, None));
    assert!(!payment.payment.is_empty());
    // An hour later, in other words: what came of it then.
    keeper.advance(3_600);
    let again = ChargeRequest { now: keeper.now(), ..asked.clone() };
    assert_eq!(charged(&keeper, &again).await, state);
    let mut reworded = again.clone();
    reworded.description.push_str(" · encore");
    assert_eq!(charged(&keeper, &reworded).await, state);
    // Another price or order is not what the key stands for: neither done nor refused.
    for other in [
        ChargeRequest { amount: Money::cad(2_826), ..again.clone() },
        ChargeRequest { order: "ord_2".to_owned(), ..again.clone() },
    ] {
        provider.charge(&other).await.unwrap_err();
    }
    assert_eq!((keeper.taken("ord_1").await, keeper.taken("ord_2").await), (1, 0));
    let second = charge("ch_2", "ord_3", &method, keeper.now());
    assert_ne!(payment_of(charged(&keeper, &second).await).payment, payment.payment);
    assert_eq!(keeper.taken("ord_3").await, 1);
    // What was charged can be given back like what was paid.
    let refund = refund_of(&payment, "rf_1", PRICE);
    let done = provider.refund(&refund).await.unwrap().unwrap();
    assert!(matches!(done, RefundState::Done { .. }), "{done:?}");
}

pub(super) async fn what_cannot_be_charged_is_refused_and_uses_nothing_up<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::Captures).await;
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    for amount in [Money::cad(0), Money::cad(-1)] {
        let bad = ChargeRequest { amount, ..asked.clone() };
        let refusal = keeper.provider().charge(&bad).await.unwrap().unwrap_err();
        assert!(!refusal.code.is_empty() && !refusal.message.is_empty(), "{refusal:?}");
    }
    assert_eq!(keeper.taken("ord_1").await, 0);
    payment_of(charged(&keeper, &asked).await);
    assert_eq!(keeper.taken("ord_1").await, 1);
}

pub(super) async fn a_declined_charge_is_over_and_says_what_to_do<K: Keeper>() {
    let keeper = K::open().await;
    for (number, advice) in K::ADVICES.iter().enumerate() {
        let method = kept(&keeper, &format!("set_{number}"), Later::Declines(*advice)).await;
        let order = format!("ord_{number}");
        let asked = charge(&format!("ch_{number}"), &order, &method, keeper.now());
        let ChargeState::Declined(decline) = charged(&keeper, &asked).await else {
            panic!("{advice:?}");
        };
        assert_eq!(decline.advice, *advice);
        assert!(!decline.code.is_empty(), "{advice:?}");
        // Under this key nothing will be taken, however often it is asked about.
        for _ in 0..3 {
            keeper.advance(60);
            let again = ChargeRequest { now: keeper.now(), ..asked.clone() };
            let said = charged(&keeper, &again).await;
            assert_eq!(said, ChargeState::Declined(decline.clone()), "{advice:?}");
        }
        assert_eq!(keeper.taken(&order).await, 0, "{advice:?}");
    }
}

pub(super) async fn a_bank_that_asks_the_payer_takes_nothing_though_they_are_there<K: Keeper>() {
    let keeper = K::open().await;
    let later = Later::Declines(DeclineAdvice::Authenticate);
    let method = kept(&keeper, "set_1", later).await;
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    let asked = ChargeRequest { is_payer_there: true, ..asked };
    let said = charged(&keeper, &asked).await;
    let is_asked = |said: &ChargeState| matches!(said, ChargeState::Declined(decline) if decline.advice == DeclineAdvice::Authenticate);
    assert!(is_asked(&said), "{said:?}");
    assert_eq!(charged(&keeper, &asked).await, said);
    assert_eq!(keeper.taken("ord_1").await, 0);
}

pub(super) async fn what_the_provider_works_on_is_pending_and_then_told<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::Waits).await;
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    for _ in 0..3 {
        assert_eq!(charged(&keeper, &asked).await, ChargeState::Pending);
    }
    keeper.advance(3_600);
    let again = ChargeRequest { now: keeper.now(), ..asked };
    let payment = payment_of(charged(&keeper, &again).await);
    assert_eq!((payment.order.as_str(), payment.amount), ("ord_1", PRICE));
    assert_eq!(keeper.taken("ord_1").await, 1);
}

pub(super) async fn money_that_was_taken_is_told_as_the_provider_tells_it<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::TakesLess).await;
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    assert_eq!(payment_of(charged(&keeper, &asked).await).amount, Money::cad(2_725));
}

pub(super) async fn a_key_that_may_be_forgotten_takes_nothing_twice<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::Captures).await;
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    let state = charged(&keeper, &asked).await;
    for later in [K::REMEMBERS_SECONDS, 40 * 86_400] {
        keeper.advance(later);
        let again = ChargeRequest { now: keeper.now(), ..asked.clone() };
        // It is found, or a person has to look.
        if let Ok(said) = keeper.provider().charge(&again).await {
            assert_eq!(said, Ok(state.clone()));
        }
        assert_eq!(keeper.taken("ord_1").await, 1);
    }
}

pub(super) async fn a_forgotten_method_is_gone<K: Keeper>() {
    let keeper = K::open().await;
    let method = kept(&keeper, "set_1", Later::Captures).await;
    let other = kept(&keeper, "set_2", Later::Captures).await;
    let provider = keeper.provider();
    for _ in 0..2 {
        assert_eq!(provider.forget_method(&method.customer, &method.id).await, Ok(Ok(())));
    }
    let asked = charge("ch_1", "ord_1", &method, keeper.now());
    let said = charged(&keeper, &asked).await;
    let ChargeState::Declined(decline) = said else { panic!("{said:?}") };
    assert_eq!(decline.advice, DeclineAdvice::AskCustomer);
    assert_eq!(keeper.taken("ord_1").await, 0);
    let asked = charge("ch_2", "ord_2", &other, keeper.now());
    payment_of(charged(&keeper, &asked).await);
}

pub(super) async fn webhooks_of_charges_hint_at_their_order<K: Keeper>() {
    let keeper = K::open().await;
    let table = [
        (Later::Captures, "ord_taken"),
        (Later::Declines(DeclineAdvice::RetryOnce), "ord_declined"),
    ];
    for (later, order) in table {
        let method = kept(&keeper, &format!("set_{order}"), later).await;
        charged(&keeper, &charge(&format!("ch_{order}"), order, &method, keeper.now())).await;
        if later != Later::Captures && !K::TELLS_OF_DECLINES {
            continue;
        }
        let mut heard = Vec::new();
        while heard
            .last()
            .is_none_or(|about: &HintAbout| *about != HintAbout::Order(order.to_owned()))
        {
            assert!(heard.len() < 8, "{order}: {heard:?}");
            let webhook = keeper.webhook().await;
            let header = |asked: &str| K::header(&webhook, asked);
            keeper.provider().prepare_webhook(&header, keeper.now()).await.unwrap();
            let hint = keeper.provider().webhook(&header, &webhook.body, keeper.now()).unwrap();
            heard.push(hint.about);
        }
    }
}

/// Every story of kept methods, as tests of one counterpart.
macro_rules! keeping {
    ($keeper:ty: $($story:ident)*) => {
        mod keeping {
            $(
                #[tokio::test]
                async fn $story() {
                    crate::payment::keeping::$story::<$keeper>().await;
                }
            )*
        }
    };
    ($keeper:ty) => {
        $crate::payment::keeping::keeping! { $keeper:
            a_method_is_kept_while_paying_only_if_the_payer_wants_that
            other_ways_to_pay_are_not_kept_and_still_taken
            a_page_that_keeps_is_never_given_to_who_does_not_want_that
            a_page_keeps_one_method_under_its_key
            a_page_that_nobody_used_ends_and_keeps_nothing
            a_charge_takes_money_once_for_each_key
            what_cannot_be_charged_is_refused_and_uses_nothing_up
            a_declined_charge_is_over_and_says_what_to_do
            a_bank_that_asks_the_payer_takes_nothing_though_they_are_there
            what_the_provider_works_on_is_pending_and_then_told
            money_that_was_taken_is_told_as_the_provider_tells_it
            a_key_that_may_be_forgotten_takes_nothing_twice
            a_forgotten_method_is_gone
            webhooks_of_charges_hint_at_their_order
        }
    };
}
pub(super) use keeping;
