//! What is PayPal's own: money that waits, the end of an order that nobody can cancel, keys that end, and tokens.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::payment::{
    ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState, PaymentProvider,
    PaymentUnknown, RefundState,
};
use farline_domain::kernel::{Instant, Language, Money};
use farline_domain::payments::DeclineAdvice;
use farline_gateways::payment::paypal::{
    PayPalMode, PayPalProvider, PayPalSettings, PayPalSettingsError,
};
use farline_testkit::FrozenClock;
use futures_util::future::{join, join_all};
use serde_json::json;

use super::authority::AUTHORITY;
use super::counterpart::{START_MS, Side, WEBHOOK_ID, settings};
use super::server::{CLIENT_ID, CLIENT_SECRET, Instrument, TOKEN_SECONDS};
use crate::payment::contract::{Counterpart, PRICE, Payer, opened, paid, refund_of, request};
use crate::payment::keeping::{Keeper, Later, account, charge, kept};
use crate::payment::losses::{Effect, Fault};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

async fn state(side: &Side, page: &CheckoutPage) -> CheckoutState {
    side.provider.checkout_state(&page.id).await.unwrap()
}

fn is_captured(state: &CheckoutState) -> bool {
    matches!(state, CheckoutState::Captured(_))
}

#[tokio::test]
async fn an_order_tells_paypal_all_that_it_is_to_know() {
    let side = Side::open().await;
    for language in Language::ALL {
        let order = format!("ord_{}", language.path());
        let description = "枫".repeat(200);
        let asked = CheckoutRequest { language, description, ..request(&order, side.now()) };
        let page = side.provider.checkout(&asked).await.unwrap().unwrap();
        let book = side.paypal.book();
        let unit = &book.orders[&page.id]["purchase_units"][0];
        let until = asked.expires_at.millis();
        let expected = json!({
            "reference_id": format!("{order}.{until}"), "custom_id": order, "invoice_id": order,
            "description": "枫".repeat(127),
            "amount": {"currency_code": "CAD", "value": "28.25"},
        });
        assert_eq!(*unit, expected);
    }
}

#[tokio::test]
async fn money_that_waits_is_not_captured_until_it_has_come() {
    let side = Side::open().await;
    for (end, comes) in [("COMPLETED", true), ("DECLINED", false), ("FAILED", false)] {
        let page = opened(&side, &format!("ord_{end}")).await;
        side.paypal.approve(&page.id, json!({"paypal": {}}), Instrument::Clears);
        for _ in 0..3 {
            assert_eq!(state(&side, &page).await, CheckoutState::Open, "{end}");
        }
        // Nobody can stop it, so it is not said to be over either.
        side.advance(901);
        assert_eq!(state(&side, &page).await, CheckoutState::Open, "{end}");
        let ended = side.provider.expire_checkout(&page.id).await;
        assert_eq!(ended, Ok(CheckoutState::Open), "{end}");
        side.paypal.book().clear(&page.id, end);
        let after = state(&side, &page).await;
        assert_eq!(is_captured(&after), comes, "{end}: {after:?}");
        assert!(comes || after == CheckoutState::Expired, "{end}: {after:?}");
    }
    assert_eq!(side.captures(), 3);
}

#[tokio::test]
async fn what_was_given_back_had_been_taken() {
    let side = Side::open().await;
    let page = opened(&side, "ord_1").await;
    side.pay(&page, Payer::PaysByPaypal).await;
    let before = state(&side, &page).await;
    for status in ["PARTIALLY_REFUNDED", "REFUNDED"] {
        side.paypal.book().clear(&page.id, status);
        assert_eq!(state(&side, &page).await, before, "{status}");
    }
}

#[tokio::test]
async fn nothing_is_captured_after_it_was_said_to_be_over() {
    let side = Side::open().await;
    // Told, then agreed to.
    let told = opened(&side, "ord_told").await;
    let ended = side.provider.expire_checkout(&told.id).await;
    assert_eq!(ended, Ok(CheckoutState::Expired));
    side.approve(&told, Payer::PaysByPaypal);
    assert_eq!(state(&side, &told).await, CheckoutState::Expired);
    // Agreed to, then told.
    let left = opened(&side, "ord_left").await;
    side.approve(&left, Payer::PaysByPaypal);
    let ended = side.provider.expire_checkout(&left.id).await;
    assert_eq!(ended, Ok(CheckoutState::Expired));
    // Agreed to in time, and seen too late.
    let late = opened(&side, "ord_late").await;
    side.approve(&late, Payer::PaysByPaypal);
    // Agreed to too late.
    let later = opened(&side, "ord_later").await;
    side.advance(900);
    side.approve(&later, Payer::PaysByPaypal);
    for page in [&told, &left, &late, &later] {
        assert_eq!(state(&side, page).await, CheckoutState::Expired);
    }
    // Another process, whose clock is an hour slow, takes nothing either.
    let slow = Arc::new(FrozenClock::at(Instant::from_millis(START_MS - HOUR * 1_000)));
    let process = side.process(slow, Duration::from_secs(30));
    for page in [&told, &left, &late, &later] {
        assert_eq!(process.checkout_state(&page.id).await, Ok(CheckoutState::Expired));
    }
    assert_eq!(side.captures(), 0);
}

#[tokio::test]
async fn of_a_capture_and_an_end_at_the_same_moment_one_comes_first() {
    let side = Side::open().await;
    let clock = Arc::new(FrozenClock::at(side.now()));
    let other = side.process(clock, Duration::from_secs(30));
    let (mut captured, mut ended) = (0, 0);
    for number in 0..200 {
        let before = side.captures();
        let page = opened(&side, &format!("ord_{number}")).await;
        side.approve(&page, Payer::PaysByPaypal);
        let (capture, end) =
            (other.checkout_state(&page.id), side.provider.expire_checkout(&page.id));
        // Who begins is each of them in turn, and is given a little start.
        let start = async |turn: bool| {
            for _ in 0..if turn { number } else { 0 } {
                tokio::task::yield_now().await;
            }
        };
        let (first, second) = join(
            async {
                start(number % 2 == 0).await;
                capture.await
            },
            async {
                start(number % 2 == 1).await;
                end.await
            },
        )
        .await;
        let taken = side.captures() - before;
        for said in [&first, &second] {
            match said {
                Ok(CheckoutState::Captured(_)) => assert_eq!(taken, 1, "{first:?} {second:?}"),
                Ok(CheckoutState::Expired) => assert_eq!(taken, 0, "{first:?} {second:?}"),
                Ok(CheckoutState::Open) | Err(_) => panic!("{first:?} {second:?}"),
            }
        }
        captured += taken;
        ended += 1 - taken;
    }
    assert!(captured > 0 && ended > 0, "{captured} captured, {ended} ended");
}

#[tokio::test]
async fn an_order_that_paypal_does_not_let_us_end_is_ended_by_time() {
    let side = Side::open().await;
    let page = opened(&side, "ord_1").await;
    side.paypal.book().is_unyielding = true;
    for later in [0, 900, 599] {
        side.advance(later);
        side.provider.expire_checkout(&page.id).await.unwrap_err();
    }
    side.approve(&page, Payer::PaysByPaypal);
    side.provider.checkout_state(&page.id).await.unwrap_err();
    side.advance(1);
    assert_eq!(state(&side, &page).await, CheckoutState::Expired);
    assert_eq!(side.captures(), 0);
}

#[tokio::test]
async fn asking_often_captures_once_and_a_captured_order_is_only_read() {
    let side = Side::open().await;
    let page = opened(&side, "ord_1").await;
    side.approve(&page, Payer::PaysByPaypal);
    let answers = join_all((0..8).map(|_| side.provider.checkout_state(&page.id))).await;
    assert!(answers[0].as_ref().is_ok_and(is_captured), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(side.captures(), 1);
    // The keys have ended long ago.
    side.advance(7 * HOUR);
    side.asked();
    assert_eq!(side.provider.checkout_state(&page.id).await, answers[0]);
    assert_eq!(side.asked(), [format!("GET /v2/checkout/orders/{}", page.id)]);
}

#[tokio::test]
async fn a_capture_whose_answer_was_lost_is_seen_when_its_key_has_ended() {
    let side = Side::open().await;
    let page = opened(&side, "ord_1").await;
    side.approve(&page, Payer::PaysByPaypal);
    side.provider.checkout_state("5O0").await.unwrap_err();
    side.lose(1, Effect::Done, Fault::Status(500));
    side.provider.checkout_state(&page.id).await.unwrap_err();
    side.advance(7 * HOUR);
    assert!(is_captured(&state(&side, &page).await));
    assert_eq!(side.captures(), 1);
}

#[tokio::test]
async fn no_page_is_asked_for_once_the_time_to_pay_is_over() {
    let side = Side::open().await;
    let asked = request("ord_1", side.now());
    side.provider.checkout_state("5O0").await.unwrap_err();
    side.asked();
    side.advance(900);
    let said = side.provider.checkout(&asked).await.unwrap_err();
    assert_eq!(said.0, "the time to pay is over");
    assert_eq!(side.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_refund_is_looked_up_when_its_key_may_have_ended() {
    let side = Side::open().await;
    let payment = paid(&side, "ord_1", Payer::PaysByPaypal).await;
    let part = refund_of(&payment, "rf_1", Money::cad(1_000));
    let answers = join_all((0..8).map(|_| side.provider.refund(&part))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.is_ok()), "{answers:?}");
    assert_eq!(side.refunds("rf_1").await, 1);
    // The lost answer of a first try, and a second try when PayPal has forgotten the key.
    side.lose(2, Effect::Done, Fault::Status(500));
    let second = refund_of(&payment, "rf_2", Money::cad(500));
    side.provider.refund(&second).await.unwrap_err();
    side.advance(46 * DAY);
    for request in [&part, &second] {
        let state = side.provider.refund(request).await.unwrap().unwrap();
        assert!(matches!(state, RefundState::Done { .. }), "{state:?}");
        assert_eq!(side.refunds(&request.key).await, 1);
    }
    // What is left is given back under a key of its own; then nothing is left.
    let rest = refund_of(&payment, "rf_3", Money::cad(PRICE.minor - 1_500));
    side.provider.refund(&rest).await.unwrap().unwrap();
    let refusal = side.provider.refund(&refund_of(&payment, "rf_4", Money::cad(1))).await;
    assert_eq!(refusal.unwrap().unwrap_err().code, "CAPTURE_FULLY_REFUNDED");
}

#[tokio::test]
async fn what_paypal_only_agreed_to_keep_is_not_kept_yet() {
    let side = Side::open().await;
    for (status, is_kept) in [("VAULTED", true), ("APPROVED", false), ("CREATED", false)] {
        let order = format!("ord_{status}");
        let asked = CheckoutRequest { save_for: Some(account(1)), ..request(&order, side.now()) };
        let page = side.provider.checkout(&asked).await.unwrap().unwrap();
        side.pay(&page, Payer::PaysByPaypal).await;
        side.paypal.say_of_the_vault(&page.id, status);
        let CheckoutState::Captured(payment) = state(&side, &page).await else {
            panic!("{status}");
        };
        assert_eq!(payment.saved.is_some(), is_kept, "{status}");
    }
}

#[tokio::test]
async fn a_charge_whose_key_has_ended_is_for_a_person_and_asks_nothing() {
    let side = Side::open().await;
    let method = kept(&side, "set_1", Later::Captures).await;
    let asked = charge("ch_1", "ord_1", &method, side.now());
    side.lose(0, Effect::NotDone, Fault::Status(500));
    side.provider.charge(&asked).await.unwrap_err();
    side.asked();
    for later in [6 * HOUR - 600, 600, 30 * DAY] {
        side.advance(later);
        let again = ChargeRequest { now: side.now(), ..asked.clone() };
        let said = side.provider.charge(&again).await.unwrap_err();
        assert!(said.0.contains("a person has to look in PayPal"), "{said}");
    }
    assert_eq!(side.asked(), Vec::<String>::new());
    assert_eq!(side.taken("ord_1").await, 0);
}

#[tokio::test]
async fn a_charge_that_waits_and_does_not_come_is_declined() {
    let side = Side::open().await;
    for status in ["DECLINED", "FAILED"] {
        let method = kept(&side, &format!("set_{status}"), Later::Waits).await;
        let order = format!("ord_{status}");
        let asked = charge(&format!("ch_{status}"), &order, &method, side.now());
        let said = side.provider.charge(&asked).await;
        assert_eq!(said, Ok(Ok(ChargeState::Pending)), "{status}");
        side.paypal.clear_for(&order, status);
        let said = side.provider.charge(&asked).await.unwrap().unwrap();
        let ChargeState::Declined(decline) = said else { panic!("{status}: {said:?}") };
        let said = (decline.code.as_str(), decline.advice);
        assert_eq!(said, ("DECLINED", DeclineAdvice::RetryOnce));
    }
}

#[tokio::test]
async fn nobody_captures_a_charge_after_the_payer_was_to_be_asked() {
    let side = Side::open().await;
    let asks = Later::Declines(DeclineAdvice::Authenticate);
    let method = kept(&side, "set_1", asks).await;
    let asked = charge("ch_1", "ord_1", &method, side.now());
    side.provider.charge(&asked).await.unwrap().unwrap();
    let order = side.paypal.book().orders.keys().next().unwrap().clone();
    side.paypal.approve(&order, json!({"paypal": {}}), Instrument::Pays);
    let said = side.provider.checkout_state(&order).await;
    assert_eq!(said, Ok(CheckoutState::Expired));
    assert_eq!(side.taken("ord_1").await, 0);
}

fn tokens(asked: &[String]) -> usize {
    asked.iter().filter(|one| *one == "POST /v1/oauth2/token").count()
}

#[tokio::test]
async fn a_token_is_fetched_once_kept_until_shortly_before_its_end_and_renewed_once() {
    let side = Side::open().await;
    let page = opened(&side, "ord_1").await;
    assert_eq!(tokens(&side.asked()), 1);
    let ask = || async {
        let answers = join_all((0..8).map(|_| side.provider.checkout_state(&page.id))).await;
        let sound = answers.iter().filter(|answer| answer.is_ok()).count();
        (sound, tokens(&side.asked()))
    };
    assert_eq!(ask().await, (8, 0));
    side.advance(TOKEN_SECONDS - 61);
    assert_eq!(ask().await, (8, 0));
    side.advance(1);
    assert_eq!(ask().await, (8, 1));
    // PayPal no longer knows it.
    side.paypal.book().tokens.clear();
    assert_eq!(ask().await, (8, 1));
    // The fetching fails: nobody who waited for it tries in turn.
    side.paypal.book().tokens.clear();
    side.advance(TOKEN_SECONDS);
    side.lose(0, Effect::NotDone, Fault::Status(500));
    let (sound, asked) = ask().await;
    assert_eq!((sound, asked), (0, 1));
    assert_eq!(ask().await, (8, 1));
}

#[tokio::test]
async fn a_wrong_secret_is_an_operators_affair_and_refuses_nothing() {
    let side = Side::open().await;
    let payment = paid(&side, "ord_1", Payer::PaysByCredit).await;
    let right = settings(&side.base_url, super::authority::AUTHORITY.root.clone(), PATIENT);
    let wrong = PayPalSettings { client_secret: "another".to_owned(), ..right };
    let stranger = PayPalProvider::new(wrong, side.paypal.clock.clone()).unwrap();
    let unknown = PaymentUnknown("status 401".to_owned());
    let asked = request("ord_2", side.now());
    assert_eq!(stranger.checkout(&asked).await.unwrap_err(), unknown);
    let refund = refund_of(&payment, "rf_1", PRICE);
    assert_eq!(stranger.refund(&refund).await.unwrap_err(), unknown);
    assert_eq!(stranger.checkout_state("5O1").await.unwrap_err(), unknown);
    assert_eq!(side.pages("ord_2").await, 0);
}

const PATIENT: Duration = Duration::from_secs(30);

#[test]
fn settings_that_cannot_be_used_are_refused_and_nothing_secret_is_shown() {
    let clock = || Arc::new(FrozenClock::at(Instant::from_millis(START_MS)));
    let root = super::authority::AUTHORITY.root.clone();
    let good = settings("http://127.0.0.1:8080/", root.clone(), PATIENT);
    let made = |settings| PayPalProvider::new(settings, clock());
    let shown = format!("{:?}", made(good.clone()).unwrap());
    assert_eq!(shown, "PayPalProvider { .. }");
    for secret in [CLIENT_ID, CLIENT_SECRET, WEBHOOK_ID] {
        assert!(!shown.contains(secret));
    }
    for mode in [PayPalMode::Sandbox, PayPalMode::Live] {
        made(PayPalSettings { mode, stand_in: None, ..good.clone() }).unwrap();
    }
    let live = PayPalSettings { mode: PayPalMode::Live, ..good.clone() };
    assert!(matches!(made(live), Err(PayPalSettingsError::LiveStandIn)));
    for base_url in [
        "",
        "/paypal",
        "127.0.0.1:8080",
        "file:///paypal",
        "http://user@127.0.0.1/",
        "http://:word@127.0.0.1/",
        "http://127.0.0.1/?x=1",
        "http://127.0.0.1/#x",
    ] {
        let bad = settings(base_url, root.clone(), PATIENT);
        assert!(matches!(made(bad), Err(PayPalSettingsError::BaseUrl)), "{base_url}");
    }
    let nobody = settings("http://127.0.0.1:8080/", b"nobody".to_vec(), PATIENT);
    assert!(matches!(made(nobody), Err(PayPalSettingsError::Authority)));
    for empty in 0..3 {
        let mut bad = good.clone();
        [&mut bad.client_id, &mut bad.client_secret, &mut bad.webhook_id][empty].clear();
        assert!(matches!(made(bad), Err(PayPalSettingsError::EmptySecret)), "{empty}");
    }
}

#[tokio::test]
async fn a_probe_is_not_answered_to_a_stranger() {
    let side = Side::open().await;
    let ours = settings(&side.base_url, AUTHORITY.root.clone(), Duration::from_secs(30));
    let wrong = PayPalSettings { client_secret: "wrong".to_owned(), ..ours };
    let clock = Arc::new(FrozenClock::at(Instant::from_millis(START_MS)));
    let stranger = PayPalProvider::new(wrong, clock).unwrap();
    assert_eq!(stranger.probe().await.unwrap_err().0, "status 401");
}
