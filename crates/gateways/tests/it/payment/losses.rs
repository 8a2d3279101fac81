//! Answers that are lost on the way, before or after the other side has done what it was asked: one retry under the
//! same key makes one page, one payment and one refund.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use farline_app::ports::payment::{
    ChargeRequest, ChargeState, CheckoutState, PaymentProvider, RefundState, SetupState,
};
use farline_domain::kernel::Money;
use farline_domain::payments::DeclineAdvice;

use super::contract::{Counterpart, Payer, refund_of, request};
use super::disputes::{Bank, Complaint};
use super::keeping::{Keeper, Later, charge, kept, setup};

/// What becomes of the answer to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Status(u16),
    Empty,
    Garbage,
    HalfBody,
    BrokenBody,
    Silence,
}

/// Every fault.
pub(super) const FAULTS: [Fault; 10] = [
    Fault::Status(500),
    Fault::Status(503),
    Fault::Status(429),
    Fault::Status(401),
    Fault::Status(302),
    Fault::Empty,
    Fault::Garbage,
    Fault::HalfBody,
    Fault::BrokenBody,
    Fault::Silence,
];

/// Whether the other side does what it is asked before the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    NotDone,
    Done,
}

/// What is planned for one call; without a plan it is answered soundly.
type Plan = Option<(Effect, Fault)>;

/// What is planned for the next calls.
#[derive(Clone, Default)]
pub(super) struct Losses(Arc<Mutex<VecDeque<Plan>>>);

impl Losses {
    /// After so many sound answers, one is lost in this way.
    pub(super) fn plan(&self, passed: usize, effect: Effect, fault: Fault) {
        let mut planned = self.0.lock().unwrap();
        planned.extend(std::iter::repeat_n(None, passed));
        planned.push_back(Some((effect, fault)));
    }
}

/// A counterpart whose answers can be lost.
pub(super) trait Lossy: Counterpart {
    /// How many calls come before the one that makes a refund.
    const LOOKS_BEFORE_REFUND: usize;
    /// How many calls come after the one that charges, until a decline is told, and until a wait.
    const CALLS_AFTER_DECLINE: usize;
    const CALLS_AFTER_WAIT: usize;
    /// The same provider, which does not wait long.
    fn hasty(&self) -> &dyn PaymentProvider;
    fn losses(&self) -> &Losses;
}

/// Lets what is planned happen to a call of the machine API.
pub(super) async fn lose(State(losses): State<Losses>, request: Request, next: Next) -> Response {
    let is_call = request.uri().path().contains("/v1/");
    let planned = if is_call { losses.0.lock().unwrap().pop_front() } else { None };
    let Some((effect, fault)) = planned.flatten() else { return next.run(request).await };
    let answer = match effect {
        Effect::Done => next.run(request).await,
        Effect::NotDone => r#"{"id":"cs_never","status":"open"}"#.into_response(),
    };
    spoiled(answer, fault).await
}

/// What arrives of an answer.
pub(super) async fn spoiled(answer: Response, fault: Fault) -> Response {
    let status = answer.status();
    match fault {
        Fault::Status(status) => {
            // Final to one adapter or another, under another status.
            let words = r#"{"error":{"type":"invalid_request_error","code":"invalid_request","message":"not to be believed"},
                "name":"UNPROCESSABLE_ENTITY","details":[{"issue":"INVALID_PARAMETER_VALUE"}]}"#;
            (StatusCode::from_u16(status).unwrap(), words).into_response()
        }
        Fault::Empty => status.into_response(),
        Fault::Garbage => (status, "<html>It works!</html>").into_response(),
        Fault::HalfBody => {
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, body.slice(..body.len() / 2)).into_response()
        }
        Fault::BrokenBody => {
            let parts = [Ok(Bytes::from_static(b"{\"id\":")), Err(io::Error::other("broken"))];
            (status, Body::from_stream(futures_util::stream::iter(parts))).into_response()
        }
        Fault::Silence => std::future::pending().await,
    }
}

pub(super) async fn one_retry_makes_one_page_one_payment_and_one_refund<L: Lossy>() {
    let other = L::open().await;
    let provider = other.provider();
    for effect in [Effect::NotDone, Effect::Done] {
        for (number, fault) in FAULTS.into_iter().enumerate() {
            let name = format!("{fault:?} {effect:?}");
            let plan = || other.losses().plan(0, effect, fault);
            let order = format!("ord_{effect:?}_{number}");
            let asked = request(&order, other.now());
            plan();
            other.hasty().checkout(&asked).await.expect_err(&name);
            assert_eq!(other.pages(&order).await, usize::from(effect == Effect::Done), "{name}");
            let page = provider.checkout(&asked).await.unwrap().unwrap();
            assert_eq!(other.pages(&order).await, 1, "{name}");

            other.pay(&page, Payer::PaysByCredit).await;
            plan();
            other.hasty().checkout_state(&page.id).await.expect_err(&name);
            plan();
            other.hasty().expire_checkout(&page.id).await.expect_err(&name);
            let ended = provider.expire_checkout(&page.id).await.unwrap();
            let CheckoutState::Captured(payment) = ended else { panic!("{name}: {ended:?}") };

            for passed in 0..=L::LOOKS_BEFORE_REFUND {
                let key = format!("rf_{effect:?}_{number}_{passed}");
                let part = refund_of(&payment, &key, Money::cad(1_000));
                other.losses().plan(passed, effect, fault);
                other.hasty().refund(&part).await.expect_err(&name);
                let is_made = effect == Effect::Done && passed == L::LOOKS_BEFORE_REFUND;
                assert_eq!(other.refunds(&key).await, usize::from(is_made), "{name}");
                let state = provider.refund(&part).await.unwrap().unwrap();
                let RefundState::Done { refund } = &state else { panic!("{name}: {state:?}") };
                assert_eq!(other.refunds(&key).await, 1, "{name}");
                plan();
                other.hasty().refund_state(refund).await.expect_err(&name);
                assert_eq!(provider.refund_state(refund).await, Ok(state), "{name}");
            }
        }
    }
    assert!(other.losses().0.lock().unwrap().is_empty());
}

pub(super) async fn a_page_that_ends_while_the_answer_is_lost_stays_ended<L: Lossy>() {
    let other = L::open().await;
    let provider = other.provider();
    let page = provider.checkout(&request("ord_1", other.now())).await.unwrap().unwrap();
    other.losses().plan(0, Effect::Done, Fault::Garbage);
    provider.expire_checkout(&page.id).await.unwrap_err();
    let ended = provider.expire_checkout(&page.id).await;
    assert_eq!(ended, Ok(CheckoutState::Expired));
    // A fault while the state is read after "it was paid first" is unknown, too.
    let page = provider.checkout(&request("ord_2", other.now())).await.unwrap().unwrap();
    other.pay(&page, Payer::PaysByDebit).await;
    for fault in [Fault::Status(409), Fault::Status(500), Fault::HalfBody] {
        other.losses().plan(1, Effect::Done, fault);
        provider.expire_checkout(&page.id).await.unwrap_err();
    }
    let ended = provider.expire_checkout(&page.id).await.unwrap();
    assert!(matches!(ended, CheckoutState::Captured(_)), "{ended:?}");
}

pub(super) async fn one_retry_keeps_one_method_and_takes_money_once<L: Lossy + Keeper>() {
    let other = L::open().await;
    let provider = other.provider();
    for effect in [Effect::NotDone, Effect::Done] {
        for (number, fault) in FAULTS.into_iter().enumerate() {
            let name = format!("{fault:?} {effect:?}");
            let lose = |passed| other.losses().plan(passed, effect, fault);
            let key = |word: &str| format!("{word}_{effect:?}_{number}");
            let asked = setup(&key("set"), other.now());
            lose(0);
            other.hasty().set_up(&asked).await.expect_err(&name);
            assert_eq!(other.setups(&asked.key).await, usize::from(effect == Effect::Done));
            let page = provider.set_up(&asked).await.unwrap().unwrap();
            assert_eq!(other.setups(&asked.key).await, 1, "{name}");
            other.keep(&page, Later::Captures).await;
            lose(0);
            other.hasty().setup_state(&page.id, &asked.key).await.expect_err(&name);
            let state = provider.setup_state(&page.id, &asked.key).await.unwrap().unwrap();
            let SetupState::Saved(method) = state else { panic!("{name}: {state:?}") };

            let asked = charge(&key("ch"), &key("ord"), &method, other.now());
            lose(0);
            other.hasty().charge(&asked).await.expect_err(&name);
            assert_eq!(other.taken(&asked.order).await, usize::from(effect == Effect::Done));
            let state = provider.charge(&asked).await.unwrap().unwrap();
            assert!(matches!(state, ChargeState::Captured(_)), "{name}: {state:?}");
            assert_eq!(other.taken(&asked.order).await, 1, "{name}");

            lose(0);
            other.hasty().forget_method(&method.customer, &method.id).await.expect_err(&name);
            let gone = provider.forget_method(&method.customer, &method.id).await;
            assert_eq!(gone, Ok(Ok(())), "{name}");
        }
    }
    assert!(other.losses().0.lock().unwrap().is_empty());
}

pub(super) async fn what_is_lost_after_a_charge_was_asked_changes_nothing_of_it<
    L: Lossy + Keeper,
>() {
    let other = L::open().await;
    let provider = other.provider();
    let declines = Later::Declines(DeclineAdvice::RetryOnce);
    let declined = kept(&other, "set_declined", declines).await;
    let waiting = kept(&other, "set_waiting", Later::Waits).await;
    for effect in [Effect::NotDone, Effect::Done] {
        for (number, fault) in FAULTS.into_iter().enumerate() {
            let table = [
                (&declined, L::CALLS_AFTER_DECLINE, "declined"),
                (&waiting, L::CALLS_AFTER_WAIT, "waiting"),
            ];
            for (method, calls, word) in table {
                for passed in 0..=calls {
                    let name = format!("{word}_{fault:?}_{effect:?}_{passed}");
                    let (key, order) = (format!("ch_{number}_{name}"), format!("ord_{name}"));
                    let asked = charge(&key, &order, method, other.now());
                    other.losses().plan(passed, effect, fault);
                    other.hasty().charge(&asked).await.expect_err(&name);
                    let state = provider.charge(&asked).await.unwrap().unwrap();
                    let fits = match state {
                        ChargeState::Declined(_) => word == "declined",
                        ChargeState::Pending => word == "waiting",
                        ChargeState::Captured(_) => false,
                    };
                    assert!(fits, "{name}: {state:?}");
                    assert_eq!(provider.charge(&asked).await, Ok(Ok(state)), "{name}");
                    assert_eq!(other.taken(&order).await, 0, "{name}");
                }
            }
        }
    }
    assert!(other.losses().0.lock().unwrap().is_empty());
}

pub(super) async fn a_lost_charge_is_found_when_its_key_may_be_forgotten<L: Lossy + Keeper>() {
    let other = L::open().await;
    let method = kept(&other, "set_1", Later::Captures).await;
    for (effect, order) in [(Effect::Done, "ord_1"), (Effect::NotDone, "ord_2")] {
        let asked = charge(&format!("ch_{order}"), order, &method, other.now());
        other.losses().plan(0, effect, Fault::Status(500));
        other.hasty().charge(&asked).await.unwrap_err();
        other.advance(L::REMEMBERS_SECONDS + 60);
        let again = ChargeRequest { now: other.now(), ..asked };
        // What is looked for and cannot be seen is not made again.
        other.losses().plan(0, Effect::Done, Fault::HalfBody);
        other.hasty().charge(&again).await.unwrap_err();
        let state = other.provider().charge(&again).await.unwrap().unwrap();
        assert!(matches!(state, ChargeState::Captured(_)), "{order}: {state:?}");
        assert_eq!(other.taken(order).await, 1, "{order}");
    }
}

pub(super) async fn a_dispute_is_read_again_whatever_was_lost<L: Lossy + Bank>() {
    let other = L::open().await;
    for (order, complaint) in [("ord_1", Complaint::Disputes), ("ord_2", Complaint::Warns)] {
        let (_, dispute) = other.complain(order, complaint).await;
        let told = other.provider().dispute(&dispute).await.unwrap().unwrap();
        for effect in [Effect::NotDone, Effect::Done] {
            for fault in FAULTS {
                other.losses().plan(0, effect, fault);
                other.hasty().dispute(&dispute).await.expect_err(&format!("{fault:?} {effect:?}"));
                assert_eq!(other.provider().dispute(&dispute).await, Ok(Ok(told.clone())));
            }
        }
    }
    assert!(other.losses().0.lock().unwrap().is_empty());
}

/// Every story of lost answers, as tests of one counterpart.
macro_rules! losses {
    ($counterpart:ty: $($story:ident)*) => {
        mod losses {
            $(
                #[tokio::test]
                async fn $story() {
                    crate::payment::losses::$story::<$counterpart>().await;
                }
            )*
        }
    };
    ($counterpart:ty) => {
        $crate::payment::losses::losses! { $counterpart:
            one_retry_makes_one_page_one_payment_and_one_refund
            a_page_that_ends_while_the_answer_is_lost_stays_ended
            one_retry_keeps_one_method_and_takes_money_once
            what_is_lost_after_a_charge_was_asked_changes_nothing_of_it
            a_lost_charge_is_found_when_its_key_may_be_forgotten
            a_dispute_is_read_again_whatever_was_lost
        }
    };
}
pub(super) use losses;
