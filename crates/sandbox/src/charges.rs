//! Charging a kept method: what its bank says when nobody types anything.

use serde::Deserialize;

use crate::{
    card, checkouts, disputes,
    events::{self, Dispatch, EventType},
    numbers::{Advice, Behaviour, DeclineCode},
    payments,
    records::{
        Change, Charge, ChargeStatus, KeptMethod, KeptStatus, Moment, Payment, PaymentStatus,
    },
    refusal::Refusal,
    shapes,
    state::State,
};

/// How long a charge stays pending that is captured in the end, in milliseconds.
const CAPTURED_AFTER_MS: i64 = 60_000;

/// The body of `POST /v1/charges`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateCharge {
    method: String,
    amount: i64,
    currency: String,
    reference: String,
    description: String,
    payer_is_there: bool,
}

/// What a charge came to.
pub(crate) struct Charged {
    pub(crate) changes: Vec<Change>,
    pub(crate) charge: Charge,
    pub(crate) payment: Option<Payment>,
    pub(crate) first_answer: FirstAnswer,
}

/// What the first asking hears of what was done; whoever asks again under the same key hears the
/// answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstAnswer {
    Told,
    Lost,
}

/// A new charge under this key, or why there is none.
pub(crate) fn create(
    moment: &Moment,
    state: &State,
    key: &str,
    request: &CreateCharge,
) -> Result<Charged, Refusal> {
    checkouts::can_be_taken(request.amount, &request.currency)?;
    checkouts::names_something(&request.reference, &request.description)?;
    let method = state.method(&request.method).ok_or(Refusal::NotFound)?;
    let charge = Charge {
        id: moment.id("ch"),
        key: key.to_owned(),
        method: method.id.clone(),
        customer: method.customer.clone(),
        reference: request.reference.clone(),
        description: request.description.clone(),
        payer_is_there: request.payer_is_there,
        status: ChargeStatus::Pending,
        amount: request.amount,
        currency: request.currency.clone(),
        payment: None,
        decline_code: None,
        advice: None,
        captured_at_ms: None,
        created_ms: moment.now_ms,
    };
    let (mut changes, charge, payment) = match verdict(method, moment.now_ms) {
        Verdict::Captured => captured(moment, method, charge),
        Verdict::Pending => pending(moment, charge),
        Verdict::Declined(code, advice) => declined(moment, charge, code, advice),
    };
    let charges = method.charges.saturating_add(1);
    changes.push(Change::Kept(KeptMethod { charges, ..method.clone() }));
    let first_answer = match method.behaviour {
        Behaviour::KeptThenUnknown => FirstAnswer::Lost,
        _ => FirstAnswer::Told,
    };
    Ok(Charged { changes, charge, payment, first_answer })
}

/// The changes when the bank has made up its mind about a pending charge.
pub(crate) fn settled(moment: &Moment, state: &State, charge: &Charge) -> Vec<Change> {
    match state.method(&charge.method) {
        Some(method) => captured(moment, method, charge.clone()).0,
        None => Vec::new(),
    }
}

/// What the bank says.
enum Verdict {
    Captured,
    Pending,
    Declined(DeclineCode, Option<Advice>),
}

fn verdict(method: &KeptMethod, now_ms: i64) -> Verdict {
    if method.status != KeptStatus::Kept {
        return Verdict::Declined(DeclineCode::MethodForgotten, Some(Advice::AskCustomer));
    }
    let is_past = method.expiry.and_then(|expiry| card::is_past(expiry, now_ms));
    if is_past == Some(true) {
        return Verdict::Declined(DeclineCode::ExpiredCard, Some(Advice::AskCustomer));
    }
    match method.behaviour {
        Behaviour::Challenge => {
            // With the payer there too: the merchant has a page for that.
            Verdict::Declined(DeclineCode::AuthenticationRequired, Some(Advice::Authenticate))
        }
        Behaviour::KeptThenDeclined => Verdict::Declined(DeclineCode::GenericDecline, None),
        Behaviour::KeptThenShort if method.charges.is_multiple_of(2) => {
            Verdict::Declined(DeclineCode::InsufficientFunds, Some(Advice::TryAgainLater))
        }
        Behaviour::KeptThenExpired => {
            Verdict::Declined(DeclineCode::ExpiredCard, Some(Advice::AskCustomer))
        }
        Behaviour::KeptThenLost => {
            Verdict::Declined(DeclineCode::LostCard, Some(Advice::DoNotTryAgain))
        }
        Behaviour::KeptThenPending => Verdict::Pending,
        _ => Verdict::Captured,
    }
}

type Done = (Vec<Change>, Charge, Option<Payment>);

fn captured(moment: &Moment, method: &KeptMethod, charge: Charge) -> Done {
    let payment = Payment {
        id: moment.id("pay"),
        checkout: None,
        reference: charge.reference.clone(),
        status: PaymentStatus::Captured,
        amount: payments::captured_amount(method.behaviour, charge.amount),
        currency: charge.currency.clone(),
        method: method.method,
        brand: method.brand,
        last4: method.last4.clone(),
        funding: method.funding,
        behaviour: method.behaviour,
        decline_code: None,
        refunded_amount: 0,
        created_ms: moment.now_ms,
        expiry: None,
        kept: None,
        disputed_at_ms: disputes::due_at_ms(moment, method.behaviour),
    };
    let charge = Charge {
        status: ChargeStatus::Captured,
        payment: Some(payment.id.clone()),
        captured_at_ms: None,
        ..charge
    };
    let shape = shapes::charge(&charge, Some(&payment));
    let dispatch = Dispatch::of(method.behaviour);
    let event = events::new(moment, EventType::ChargeCompleted, &shape, dispatch);
    let mut changes = vec![Change::Payment(payment.clone()), Change::Charge(charge.clone())];
    changes.extend(event);
    (changes, charge, Some(payment))
}

fn pending(moment: &Moment, charge: Charge) -> Done {
    let captured_at_ms = Some(moment.now_ms.saturating_add(CAPTURED_AFTER_MS));
    let charge = Charge { captured_at_ms, ..charge };
    (vec![Change::Charge(charge.clone())], charge, None)
}

fn declined(moment: &Moment, charge: Charge, code: DeclineCode, advice: Option<Advice>) -> Done {
    let charge =
        Charge { status: ChargeStatus::Declined, decline_code: Some(code), advice, ..charge };
    let shape = shapes::charge(&charge, None);
    let event = events::new(moment, EventType::ChargeDeclined, &shape, Dispatch::AtOnce);
    let changes = std::iter::once(Change::Charge(charge.clone())).chain(event).collect();
    (changes, charge, None)
}
