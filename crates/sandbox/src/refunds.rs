//! Giving money back: never more than was captured, and for one test number not at all.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    checkouts::is_text,
    disputes,
    events::{self, Dispatch, EventType},
    numbers::Behaviour,
    records::{Change, Moment, Payment, PaymentStatus, Refund, RefundStatus},
    refusal::Refusal,
    shapes,
    state::State,
};

/// How long a refund that fails stays pending, in milliseconds.
const FAILS_AFTER_MS: i64 = 60_000;

/// The body of `POST /v1/refunds`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateRefund {
    payment: String,
    amount: i64,
    reference: String,
    reason: String,
}

/// A new refund with its changes, or why there is none.
pub(crate) fn create(
    moment: &Moment,
    state: &State,
    request: &CreateRefund,
) -> Result<(Vec<Change>, Refund), Refusal> {
    if request.amount < 1 {
        return Err(Refusal::Invalid("amount must be at least 1 minor unit"));
    }
    if !is_text(&request.reference, 100) || !is_text(&request.reason, 300) {
        return Err(Refusal::Invalid(
            "reference and reason must be 1 to 100 and 1 to 300 printable characters",
        ));
    }
    let payment = state.payment(&request.payment).ok_or(Refusal::NotFound)?;
    if payment.status != PaymentStatus::Captured {
        return Err(Refusal::PaymentNotCaptured);
    }
    if disputes::is_taken(state, payment) {
        return Err(Refusal::PaymentDisputed);
    }
    let refunded_amount = payment
        .refunded_amount
        .checked_add(request.amount)
        .filter(|sum| *sum <= payment.amount)
        .ok_or(Refusal::RefundExceedsPayment)?;
    let fails = payment.behaviour == Behaviour::RefundFailsLater;
    let refund = Refund {
        id: moment.id("re"),
        payment: payment.id.clone(),
        reference: request.reference.clone(),
        reason: request.reason.clone(),
        amount: request.amount,
        currency: payment.currency.clone(),
        status: if fails { RefundStatus::Pending } else { RefundStatus::Succeeded },
        failure_reason: None,
        fails_at_ms: fails.then(|| moment.now_ms.saturating_add(FAILS_AFTER_MS)),
        created_ms: moment.now_ms,
    };
    let payment = Payment { refunded_amount, ..payment.clone() };
    let mut changes = vec![Change::Refund(refund.clone()), Change::Payment(payment.clone())];
    if payment.refunded_amount == payment.amount {
        changes.extend(disputes::spent(moment, state, &payment));
    }
    if !fails {
        let shape = shapes::refund(&refund);
        changes.extend(events::new(moment, EventType::RefundSucceeded, &shape, Dispatch::AtOnce));
    }
    Ok((changes, refund))
}

/// Payments as they stand in the middle of several changes that are written together.
pub(crate) struct Payments<'a> {
    state: &'a State,
    changed: HashMap<String, Payment>,
}

impl<'a> Payments<'a> {
    pub(crate) fn new(state: &'a State) -> Self {
        Self { state, changed: HashMap::new() }
    }

    fn get(&self, id: &str) -> Option<&Payment> {
        self.changed.get(id).or_else(|| self.state.payment(id))
    }
}

/// The changes when a pending refund turns out to have failed: its amount can be refunded again.
pub(crate) fn failed(moment: &Moment, payments: &mut Payments<'_>, refund: &Refund) -> Vec<Change> {
    let after = Refund {
        status: RefundStatus::Failed,
        failure_reason: Some("expired_or_canceled_card".to_owned()),
        fails_at_ms: None,
        ..refund.clone()
    };
    let shape = shapes::refund(&after);
    let event = events::new(moment, EventType::RefundFailed, &shape, Dispatch::AtOnce);
    let payment = payments.get(&refund.payment).map(|payment| Payment {
        refunded_amount: payment.refunded_amount.saturating_sub(refund.amount),
        ..payment.clone()
    });
    if let Some(payment) = &payment {
        payments.changed.insert(payment.id.clone(), payment.clone());
    }
    let mut changes = vec![Change::Refund(after.clone())];
    changes.extend(payment.map(Change::Payment));
    changes.extend(event);
    changes
}
