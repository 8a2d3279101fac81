//! A payer disputes a payment with their bank, or the bank warns of it.

use super::capture::{account_of, give_back};
use super::effects::JobKind;
use super::refund::{giving_account, is_back, is_owed_again};
use super::state::LineState;
use super::{Answer, Refusal, auto_renew};
use crate::kernel::{Instant, Money, OrderId};
use crate::ledger::{Account, EntrySetKind, movement};
use crate::orders::{Order, OrderState, Task};
use crate::payments::{
    Capture, Dispute, DisputeStatus, DisputeTold, Refund, RefundProgress, RefundReason,
};

/// Seconds between two questions about a dispute that is not decided: its webhooks may be lost.
pub const ASK_DISPUTE_SECONDS: i64 = 24 * 60 * 60;

pub(super) fn told(
    state: &mut LineState,
    id: OrderId,
    told: &DisputeTold,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let capture = order
        .captures()
        .find(|capture| capture.provider == told.provider && capture.payment == told.payment);
    let Some(capture) = capture.cloned() else { return Err(Refusal::NoSuchPayment) };
    let none = Money::zero(capture.amount.currency);
    let fits = |money: Money| money.currency == none.currency && money.minor >= 0;
    if !fits(told.amount) || !fits(told.withdrawn) {
        return Err(Refusal::NotOfThisPayment);
    }
    let place = order.disputes.iter().position(|known| known.told.id == told.id);
    let before = place.map(|place| order.disputes[place].clone());
    if before.as_ref().is_some_and(|before| before.told == *told) {
        return Ok(Answer::Order(Box::new(order)));
    }
    let had = before.as_ref().map_or(none, |before| before.told.withdrawn);
    keep(state, &mut order, (before, place), (told, now));
    if told.withdrawn.minor > had.minor {
        let more = told.withdrawn.minus(had)?;
        let entries = movement(account_of(&capture), Account::Loss, more)?;
        state.post(EntrySetKind::Chargeback, id, entries, now);
    } else if told.withdrawn.minor < had.minor {
        let again = had.minus(told.withdrawn)?;
        come_back(state, &mut order, told, now)?;
        let entries = movement(Account::Loss, account_of(&capture), again)?;
        state.post(EntrySetKind::ChargebackReturned, id, entries, now);
    }
    // Nobody's method is charged again whose owner told the bank that they did not want it.
    if order.charge.is_some() && (told.status.is_open() || told.status == DisputeStatus::Lost) {
        auto_renew::end(state, now);
    }
    Ok(Answer::Order(Box::new(stop(state, order, capture, now))))
}

fn keep(
    state: &mut LineState,
    order: &mut Order,
    (before, place): (Option<Dispute>, Option<usize>),
    (told, now): (&DisputeTold, Instant),
) {
    let opened_at = before.as_ref().map_or(now, |before| before.opened_at);
    let was_open = before.as_ref().is_some_and(|before| before.told.status.is_open());
    // What was seen as a warning or a question is looked at again as a dispute.
    let seen_at = before.filter(|before| before.told.status == told.status);
    let seen_at = seen_at.and_then(|before| before.seen_at);
    let dispute = Dispute { told: told.clone(), opened_at, seen_at };
    match place {
        Some(place) => order.disputes[place] = dispute,
        None => order.disputes.push(dispute),
    }
    if told.status.is_open() && !was_open {
        let due = now.plus_seconds(ASK_DISPUTE_SECONDS);
        state.promise(JobKind::AskDispute(told.id.clone()), Some(order.id), due);
    }
    if order.task.is_none_or(|task| task.kind.is_of_bank()) {
        order.end_task();
    }
}

/// What was not sent yet is not sent once its payment is gone.
fn stop(state: &mut LineState, order: Order, capture: Capture, now: Instant) -> Order {
    let is_gone = order.charged_back(&capture) > 0;
    match &order.state {
        OrderState::Held { capture: own } if is_gone && *own == capture => {
            give_back(state, order, capture, (RefundReason::ChargedBack, now))
        }
        OrderState::Delivering { capture: own, sending }
            if is_gone && *own == capture && sending.sent_at.is_none() =>
        {
            give_back(state, order, capture, (RefundReason::ChargedBack, now))
        }
        _ => {
            state.keep_order(order.clone());
            order
        }
    }
}

/// What is owed back for a payment that the bank has taken back already is owed no more.
pub(super) fn settle(
    state: &mut LineState,
    answer: Answer,
    now: Instant,
) -> Result<Answer, Refusal> {
    let Answer::Order(mut order) = answer else { return Ok(answer) };
    let mut is_settled = false;
    for dispute in order.disputes.clone() {
        for number in 0..order.refunds.len() {
            let refund = &order.refunds[number];
            let is_due =
                matches!(refund.progress, RefundProgress::Due | RefundProgress::Failed { .. });
            let left = dispute.told.withdrawn.minor - order.settled_by(&dispute.told);
            let is_of = refund.capture.payment == dispute.told.payment;
            if !is_due || !is_of || refund.is_credit() || refund.amount.minor > left {
                continue;
            }
            settle_one(state, &mut order, (number, &dispute.told), now)?;
            is_settled = true;
        }
    }
    if is_settled {
        // What a person is asked about otherwise stays theirs.
        let is_of_money = |task: Task| task.kind.is_of_refund() || task.kind.is_of_bank();
        if order.task.is_none_or(is_of_money) {
            order.end_task();
        }
        state.keep_order((*order).clone());
    }
    Ok(Answer::Order(order))
}

fn settle_one(
    state: &mut LineState,
    order: &mut Order,
    (place, told): (usize, &DisputeTold),
    now: Instant,
) -> Result<(), Refusal> {
    order.refunds[place].progress = RefundProgress::Done { refund: told.id.clone(), at: now };
    let refund = order.refunds[place].clone();
    shift(
        state,
        order.id,
        (EntrySetKind::Chargeback, Account::Loss, giving_account(&refund)),
        (&refund, now),
    )?;
    is_back(state, order, &refund, now);
    Ok(())
}

/// The bank gave back what it had taken: what was settled by that is owed again, and a person sees to it.
fn come_back(
    state: &mut LineState,
    order: &mut Order,
    told: &DisputeTold,
    now: Instant,
) -> Result<(), Refusal> {
    for place in 0..order.refunds.len() {
        if !told.settles(&order.refunds[place]) {
            continue;
        }
        let reason = "dispute_won".to_owned();
        order.refunds[place].progress = RefundProgress::Failed { reason, at: now };
        let refund = order.refunds[place].clone();
        let returned = EntrySetKind::ChargebackReturned;
        shift(state, order.id, (returned, giving_account(&refund), Account::Loss), (&refund, now))?;
        is_owed_again(state, order, &refund, now);
    }
    if order.task.is_none() {
        order.end_task();
    }
    Ok(())
}

/// A chargeback is a loss, unless the money was owed to the payer anyway: then it is held money that went.
fn shift(
    state: &mut LineState,
    order: OrderId,
    (kind, from, to): (EntrySetKind, Account, Account),
    (refund, now): (&Refund, Instant),
) -> Result<(), Refusal> {
    if from != to {
        let entries = movement(from, to, refund.amount)?;
        state.post(kind, order, entries, now);
    }
    Ok(())
}

/// A person says that nothing more is to be done about it.
pub(super) fn see(state: &mut LineState, mut order: Order, now: Instant) -> Answer {
    for dispute in &mut order.disputes {
        if dispute.told.status.wants_answer() {
            dispute.seen_at = dispute.seen_at.or(Some(now));
        }
    }
    order.end_task();
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}
