//! Paying a checkout: by card, by PayPal, and the bank's question in between.

use crate::{
    card::Card,
    disputes,
    events::{self, Dispatch, EventType},
    methods,
    numbers::{Behaviour, DeclineCode, Funding},
    records::{Change, Checkout, CheckoutStatus, Method, Moment, Payment, PaymentStatus},
    shapes,
    state::State,
};

/// What a payer said, to PayPal or to the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Approve,
    Refuse,
}

/// What an attempt to pay came to.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// Captured, now or by an earlier submit of the same page.
    Captured,
    Declined(DeclineCode),
    /// The bank asks the payer first.
    Challenge(Box<Payment>),
    /// The checkout expired or was cancelled: nothing was captured.
    Closed,
}

/// How many minor units less the altering number captures.
const ALTERED_BY: i64 = 100;

/// Pays with a card that passed the form's checks.
pub(crate) fn by_card(
    moment: &Moment,
    state: &State,
    checkout: &Checkout,
    card: Card,
) -> (Vec<Change>, Outcome) {
    let late = card.behaviour == Behaviour::CapturedAfterCancellation;
    match checkout.status {
        CheckoutStatus::Complete => return (Vec::new(), Outcome::Captured),
        CheckoutStatus::Expired if !late => return (Vec::new(), Outcome::Closed),
        CheckoutStatus::Expired | CheckoutStatus::Open => {}
    }
    let asked = open_challenge(state, checkout);
    if let Some(asked) = asked.filter(|_| card.behaviour == Behaviour::Challenge) {
        // A second press of the same button: the bank's question is still open.
        return (Vec::new(), Outcome::Challenge(Box::new(asked.clone())));
    }
    let attempt = Payment {
        method: way_of(card.funding),
        brand: Some(card.brand),
        last4: Some(card.last4),
        funding: Some(card.funding),
        behaviour: card.behaviour,
        expiry: checkout.keep_for.is_some().then_some(card.expiry),
        ..attempt(moment, checkout)
    };
    let mut changes = Vec::from_iter(abandoned(state, checkout));
    let (more, outcome) = match (card.behaviour.decline_code(), card.behaviour) {
        (Some(code), _) => declined(moment, checkout, attempt, code),
        (None, Behaviour::Challenge) => challenged(checkout, attempt),
        (None, _) => captured(moment, checkout, attempt),
    };
    changes.extend(more);
    (changes, outcome)
}

/// Pays with PayPal, or refuses there.
pub(crate) fn by_paypal(
    moment: &Moment,
    state: &State,
    checkout: &Checkout,
    decision: Decision,
) -> (Vec<Change>, Outcome) {
    match checkout.status {
        CheckoutStatus::Complete => return (Vec::new(), Outcome::Captured),
        CheckoutStatus::Expired => return (Vec::new(), Outcome::Closed),
        CheckoutStatus::Open => {}
    }
    let mut changes = Vec::from_iter(abandoned(state, checkout));
    let attempt = attempt(moment, checkout);
    let (more, outcome) = match decision {
        Decision::Approve => captured(moment, checkout, attempt),
        Decision::Refuse => declined(moment, checkout, attempt, DeclineCode::PayerRefused),
    };
    changes.extend(more);
    (changes, outcome)
}

/// Answers the bank's question. Without an open question the page's present outcome is given.
pub(crate) fn answer_challenge(
    moment: &Moment,
    state: &State,
    checkout: &Checkout,
    decision: Decision,
) -> (Vec<Change>, Outcome) {
    match checkout.status {
        CheckoutStatus::Complete => return (Vec::new(), Outcome::Captured),
        CheckoutStatus::Expired => return (Vec::new(), Outcome::Closed),
        CheckoutStatus::Open => {}
    }
    let Some(asked) = open_challenge(state, checkout).cloned() else {
        let code = state.payment_of(checkout).and_then(|payment| payment.decline_code);
        return (Vec::new(), Outcome::Declined(code.unwrap_or(DeclineCode::AuthenticationFailed)));
    };
    match decision {
        Decision::Approve => captured(moment, checkout, asked),
        Decision::Refuse => declined(moment, checkout, asked, DeclineCode::AuthenticationFailed),
    }
}

/// The payment whose payer has not answered the bank yet.
pub(crate) fn open_challenge<'a>(state: &'a State, checkout: &Checkout) -> Option<&'a Payment> {
    let latest = state.payment_of(checkout);
    latest.filter(|payment| payment.status == PaymentStatus::RequiresAction)
}

fn attempt(moment: &Moment, checkout: &Checkout) -> Payment {
    Payment {
        id: moment.id("pay"),
        checkout: Some(checkout.id.clone()),
        reference: checkout.reference.clone(),
        status: PaymentStatus::RequiresAction,
        amount: checkout.amount,
        currency: checkout.currency.clone(),
        method: Method::Paypal,
        brand: None,
        last4: None,
        funding: None,
        behaviour: Behaviour::Approved,
        decline_code: None,
        refunded_amount: 0,
        created_ms: moment.now_ms,
        expiry: None,
        kept: None,
        disputed_at_ms: None,
    }
}

/// What a card is called as a way to pay.
pub(crate) fn way_of(funding: Funding) -> Method {
    match funding {
        Funding::Credit => Method::Credit,
        Funding::Debit => Method::Debit,
    }
}

/// What is captured where this was asked.
pub(crate) fn captured_amount(behaviour: Behaviour, asked: i64) -> i64 {
    match behaviour {
        Behaviour::AmountAltered if asked > ALTERED_BY => asked - ALTERED_BY,
        Behaviour::AmountAltered => asked + ALTERED_BY,
        _ => asked,
    }
}

/// Closes an unanswered question when the payer tries another way, so that it cannot be approved
/// afterwards. The merchant hears of the new attempt instead.
fn abandoned(state: &State, checkout: &Checkout) -> Option<Change> {
    let asked = open_challenge(state, checkout)?;
    Some(Change::Payment(Payment {
        status: PaymentStatus::Declined,
        decline_code: Some(DeclineCode::AuthenticationAbandoned),
        ..asked.clone()
    }))
}

fn challenged(checkout: &Checkout, payment: Payment) -> (Vec<Change>, Outcome) {
    let checkout = Checkout { payment: Some(payment.id.clone()), ..checkout.clone() };
    let changes = vec![Change::Payment(payment.clone()), Change::Checkout(checkout)];
    (changes, Outcome::Challenge(Box::new(payment)))
}

fn captured(moment: &Moment, checkout: &Checkout, attempt: Payment) -> (Vec<Change>, Outcome) {
    let kept = methods::kept_by_payment(moment, checkout, &attempt);
    let payment = Payment {
        status: PaymentStatus::Captured,
        amount: captured_amount(attempt.behaviour, checkout.amount),
        kept: kept.as_ref().map(|method| method.id.clone()),
        disputed_at_ms: disputes::due_at_ms(moment, attempt.behaviour),
        ..attempt
    };
    let checkout = Checkout {
        status: CheckoutStatus::Complete,
        payment: Some(payment.id.clone()),
        ..checkout.clone()
    };
    let shown = shapes::payment(&payment, kept.as_ref());
    let shape = shapes::checkout(&moment.base_url, &checkout, Some(shown));
    let dispatch = Dispatch::of(payment.behaviour);
    let event = events::new(moment, EventType::CheckoutCompleted, &shape, dispatch);
    let mut changes = vec![Change::Payment(payment.clone()), Change::Checkout(checkout.clone())];
    changes.extend(kept.map(Change::Kept));
    changes.extend(event);
    (changes, Outcome::Captured)
}

fn declined(
    moment: &Moment,
    checkout: &Checkout,
    attempt: Payment,
    code: DeclineCode,
) -> (Vec<Change>, Outcome) {
    let payment = Payment { status: PaymentStatus::Declined, decline_code: Some(code), ..attempt };
    let checkout = Checkout { payment: Some(payment.id.clone()), ..checkout.clone() };
    let shape = shapes::payment(&payment, None);
    let event = events::new(moment, EventType::PaymentDeclined, &shape, Dispatch::AtOnce);
    let mut changes = vec![Change::Payment(payment.clone()), Change::Checkout(checkout)];
    changes.extend(event);
    (changes, Outcome::Declined(code))
}
