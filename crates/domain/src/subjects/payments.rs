//! Payments into an account and out of it, and how much may be taken beyond them.

use super::decide::{Entered, Payment, SubjectAnswer, SubjectRefusal, SubjectState, subject_for};
use super::entry::SubjectEntryKind;
use super::key::Quantity;
use super::tally::Subject;
use crate::commands::Context;
use crate::kernel::Units;

pub(super) fn pay_in(
    state: &mut SubjectState,
    payment: &Payment,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    if was_paid(state, (SubjectEntryKind::PayIn, payment))? {
        return Ok(SubjectAnswer::Paid);
    }
    let subject = subject_for(state, payment.quantity)?;
    let (credit, units) = (subject.credit()?, payment.quantity.units);
    let subject = under(subject.paid_in.plus(units)?, credit, subject)?;
    paid(state, (subject, SubjectEntryKind::PayIn), payment, context);
    Ok(SubjectAnswer::Paid)
}

pub(super) fn pay_out(
    state: &mut SubjectState,
    payment: &Payment,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    if was_paid(state, (SubjectEntryKind::PayOut, payment))? {
        return Ok(SubjectAnswer::Paid);
    }
    let subject = subject_for(state, payment.quantity)?;
    let (credit, units) = (subject.credit()?, payment.quantity.units);
    // What is on credit is not theirs to have back.
    if subject.whole.taken()?.plus(units)? > subject.paid_in {
        return Err(SubjectRefusal::UsedUp);
    }
    let subject = under(subject.paid_in.minus(units)?, credit, subject)?;
    paid(state, (subject, SubjectEntryKind::PayOut), payment, context);
    Ok(SubjectAnswer::Paid)
}

pub(super) fn credit(
    state: &mut SubjectState,
    quantity: Quantity,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let subject = subject_for(state, quantity)?;
    let is_known = state.subject.is_some();
    if is_known && subject.limits.total.is_some() && subject.credit()? == quantity.units {
        return Ok(SubjectAnswer::Limited(subject.limits));
    }
    let subject = under(subject.paid_in, quantity.units, subject)?;
    let limits = subject.limits;
    state.subject = Some(subject);
    let entry = Entered { units: Some(quantity.units), ..Entered::default() };
    state.enter_named(SubjectEntryKind::Credit, entry, context);
    Ok(SubjectAnswer::Limited(limits))
}

/// Whether a payment of this name stands already. Of another kind or amount, it is refused.
fn was_paid(
    state: &SubjectState,
    (kind, payment): (SubjectEntryKind, &Payment),
) -> Result<bool, SubjectRefusal> {
    let Some(entry) = state.named.get(&payment.named) else { return Ok(false) };
    let is_same = entry.kind == kind && entry.units == Some(payment.quantity.units);
    if is_same { Ok(true) } else { Err(SubjectRefusal::OtherPayment) }
}

/// The subject with so much paid in and so much credit.
fn under(paid_in: Units, credit: Units, mut subject: Subject) -> Result<Subject, SubjectRefusal> {
    let limit = paid_in.plus(credit)?;
    (subject.paid_in, subject.limits.total) = (paid_in, Some(limit));
    subject.whole.close_to(Some(limit))?;
    Ok(subject)
}

fn paid(
    state: &mut SubjectState,
    (subject, kind): (Subject, SubjectEntryKind),
    payment: &Payment,
    context: &Context,
) {
    state.subject = Some(subject);
    let entry = Entered {
        reservation: None,
        units: Some(payment.quantity.units),
        named: Some(&payment.named),
        paid_by: payment.paid_by,
    };
    state.enter_named(kind, entry, context);
}
