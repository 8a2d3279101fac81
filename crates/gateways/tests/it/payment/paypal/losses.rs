//! Answers that are lost at any step of any call, before or after PayPal has done what it was asked: one retry makes
//! one page, one capture, one end and one refund.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fmt::Debug;

use farline_app::ports::payment::{
    ChargeState, CheckoutState, PaymentProvider, PaymentUnknown, RefundState, SetupState,
};
use farline_domain::payments::DeclineAdvice;

use super::counterpart::Side;
use crate::payment::contract::{Counterpart, PRICE, Payer, refund_of, request};
use crate::payment::disputes::{Bank, Complaint};
use crate::payment::keeping::{Keeper, Later, charge, kept, setup};
use crate::payment::losses::{Effect, FAULTS, Fault};

struct Cell<'a> {
    side: &'a Side,
    effect: Effect,
    fault: Fault,
    /// How many of our calls are done before the retry, when the answer of the one that does it is lost.
    done: usize,
}

impl Cell<'_> {
    fn lose(&self, calls_before: usize) {
        self.side.lose(calls_before, self.effect, self.fault);
    }

    /// A token that is said to be no good is renewed, and nothing is lost.
    fn survives(&self) -> bool {
        self.fault == Fault::Status(401)
    }

    fn judge<T: Debug>(&self, what: &str, answered: &Result<T, PaymentUnknown>) {
        let name = format!("{what}: {:?} {:?}: {answered:?}", self.fault, self.effect);
        assert_eq!(answered.is_ok(), self.survives(), "{name}");
        self.side.nothing_is_left_to_lose();
    }

    async fn makes_one_page(&self, order: &str) {
        let asked = request(order, self.side.now());
        self.lose(0);
        self.judge("a page", &self.side.hasty.checkout(&asked).await);
        assert_eq!(self.side.pages(order).await, self.done, "{order}");
        self.side.provider.checkout(&asked).await.unwrap().unwrap();
        assert_eq!(self.side.pages(order).await, 1, "{order}");
    }

    async fn captures_once(&self, order: &str) {
        let (side, asked) = (self.side, request(order, self.side.now()));
        let page = side.provider.checkout(&asked).await.unwrap().unwrap();
        self.lose(0);
        self.judge("an open state", &side.hasty.checkout_state(&page.id).await);
        let before = side.captures();
        side.approve(&page, Payer::PaysByPaypal);
        if !self.survives() {
            self.lose(0);
            self.judge("an approved state", &side.hasty.checkout_state(&page.id).await);
            assert_eq!(side.captures(), before, "{order}");
        }
        self.lose(1);
        self.judge("a capture", &side.hasty.checkout_state(&page.id).await);
        assert_eq!(side.captures(), before + self.done, "{order}");
        let state = side.provider.checkout_state(&page.id).await.unwrap();
        assert!(matches!(state, CheckoutState::Captured(_)), "{order}: {state:?}");
        assert_eq!(side.captures(), before + 1, "{order}");
    }

    async fn ends_for_good(&self, order: &str) {
        let (side, asked) = (self.side, request(order, self.side.now()));
        let page = side.provider.checkout(&asked).await.unwrap().unwrap();
        for (step, what) in [(0, "before the end"), (2, "after the end")] {
            self.lose(step);
            self.judge(what, &side.hasty.expire_checkout(&page.id).await);
            if self.survives() {
                break;
            }
        }
        let other = side.provider.checkout(&request(&format!("{order}b"), side.now())).await;
        let other = other.unwrap().unwrap();
        self.lose(1);
        // The answer to the end itself has no words; whether it was done is read.
        match side.hasty.expire_checkout(&other.id).await {
            Ok(state) => assert!(
                state == CheckoutState::Expired && (self.survives() || self.effect == Effect::Done),
                "{order}: {state:?}"
            ),
            Err(_) => assert!(!self.survives(), "{order}"),
        }
        side.nothing_is_left_to_lose();
        let before = side.captures();
        for page in [page, other] {
            let ended = side.provider.expire_checkout(&page.id).await;
            assert_eq!(ended, Ok(CheckoutState::Expired), "{order}");
            side.approve(&page, Payer::PaysByPaypal);
            let after = side.provider.checkout_state(&page.id).await;
            assert_eq!(after, Ok(CheckoutState::Expired), "{order}");
        }
        assert_eq!(side.captures(), before, "{order}");
    }

    async fn gives_back_once(&self, order: &str) {
        let side = self.side;
        let payment = crate::payment::contract::paid(side, order, Payer::PaysByCredit).await;
        let whole = refund_of(&payment, &format!("rf-{order}"), PRICE);
        let steps: &[usize] = if self.survives() { &[2] } else { &[0, 1, 2] };
        for step in steps {
            self.lose(*step);
            self.judge("a refund", &side.hasty.refund(&whole).await);
            let made = if *step == 2 { self.done } else { 0 };
            assert_eq!(side.refunds(&whole.key).await, made, "{order} {step}");
        }
        let state = side.provider.refund(&whole).await.unwrap().unwrap();
        let RefundState::Done { refund } = &state else { panic!("{order}: {state:?}") };
        assert_eq!(side.refunds(&whole.key).await, 1, "{order}");
        self.lose(0);
        self.judge("a refund's state", &side.hasty.refund_state(refund).await);
        assert_eq!(side.provider.refund_state(refund).await, Ok(state), "{order}");
    }
}

impl Cell<'_> {
    async fn keeps_and_charges_once(&self, order: &str) {
        let (side, asked) = (self.side, setup(order, self.side.now()));
        self.lose(0);
        self.judge("a page to keep", &side.hasty.set_up(&asked).await);
        let page = side.provider.set_up(&asked).await.unwrap().unwrap();
        side.keep(&page, Later::Captures).await;
        for step in if self.survives() { 1..2 } else { 0..2 } {
            self.lose(step);
            self.judge("a kept account", &side.hasty.setup_state(&page.id, order).await);
        }
        let state = side.provider.setup_state(&page.id, order).await.unwrap().unwrap();
        let SetupState::Saved(method) = state else { panic!("{order}: {state:?}") };

        let asked = charge(&format!("ch-{order}"), order, &method, side.now());
        self.lose(0);
        self.judge("a charge", &side.hasty.charge(&asked).await);
        assert_eq!(side.taken(order).await, self.done, "{order}");
        let state = side.provider.charge(&asked).await.unwrap().unwrap();
        assert!(matches!(state, ChargeState::Captured(_)), "{order}: {state:?}");
        assert_eq!(side.taken(order).await, 1, "{order}");
        for step in if self.survives() { 1..2 } else { 0..2 } {
            self.lose(step);
            let answered = side.hasty.forget_method("", &method.id).await;
            // A second forgetting finds nothing, and reads nothing any more.
            if answered.is_err() || self.survives() {
                self.judge("a forgotten account", &answered);
            }
            self.side.clear_losses();
        }
        assert_eq!(side.provider.forget_method("", &method.id).await, Ok(Ok(())), "{order}");
    }

    async fn a_question_is_over(&self, order: &str) {
        let side = self.side;
        let asks = Later::Declines(DeclineAdvice::Authenticate);
        let method = kept(side, &format!("asks-{order}"), asks).await;
        for step in if self.survives() { 2..3 } else { 0..3 } {
            let key = format!("{order}-{step}");
            let asked = charge(&key, &key, &method, side.now());
            self.lose(step);
            // The answer to the end itself has no words; whether it was done is read.
            let first = side.hasty.charge(&asked).await;
            assert!(step == 1 || first.is_ok() == self.survives(), "{key}: {first:?}");
            side.nothing_is_left_to_lose();
            let state = side.provider.charge(&asked).await.unwrap().unwrap();
            assert!(matches!(state, ChargeState::Declined(_)), "{key}: {state:?}");
            // The payer's yes to a question that is over takes nothing.
            assert_eq!(side.provider.charge(&asked).await, Ok(Ok(state)), "{key}");
            assert_eq!(side.taken(&key).await, 0, "{key}");
        }
    }
}

impl Cell<'_> {
    async fn reads_a_dispute(&self, order: &str) {
        let side = self.side;
        let (_, dispute) = side.complain(order, Complaint::Disputes).await;
        let told = side.provider.dispute(&dispute).await.unwrap().unwrap();
        self.lose(0);
        self.judge("a dispute", &side.hasty.dispute(&dispute).await);
        assert_eq!(side.provider.dispute(&dispute).await, Ok(Ok(told)), "{order}");
    }
}

async fn every_answer_is_lost_once(effect: Effect) {
    let side = Side::open().await;
    for provider in [&side.provider, &side.hasty] {
        // Each has its token from here on.
        provider.checkout_state("5O0").await.unwrap_err();
    }
    for (number, fault) in FAULTS.into_iter().enumerate() {
        let is_done = effect == Effect::Done || fault == Fault::Status(401);
        let cell = Cell { side: &side, effect, fault, done: usize::from(is_done) };
        cell.makes_one_page(&format!("ord_page_{number}")).await;
        cell.captures_once(&format!("ord_capture_{number}")).await;
        cell.ends_for_good(&format!("ord_end_{number}")).await;
        cell.gives_back_once(&format!("ord_refund_{number}")).await;
        cell.keeps_and_charges_once(&format!("ord_charge_{number}")).await;
        cell.a_question_is_over(&format!("ord_asked_{number}")).await;
        cell.reads_a_dispute(&format!("ord_disputed_{number}")).await;
    }
}

#[tokio::test]
async fn whatever_is_lost_before_paypal_did_it_one_retry_does_it_once() {
    every_answer_is_lost_once(Effect::NotDone).await;
}

#[tokio::test]
async fn whatever_is_lost_after_paypal_did_it_one_retry_does_not_do_it_again() {
    every_answer_is_lost_once(Effect::Done).await;
}
