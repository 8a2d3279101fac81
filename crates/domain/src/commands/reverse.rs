//! Taking a delivery back: a wrong number, or a supplier's reversal.

use super::capture::give_back;
use super::refund::have_given_back;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::{Bucket, EntryKind};
use crate::catalog::Network;
use crate::kernel::{Instant, Money, OrderId};
use crate::ledger::{self, Account, EntrySetKind, movement};
use crate::lines::LineDates;
use crate::notices::NoticeReason;
use crate::orders::{Delivered, Order, OrderState, Stage, Task, TaskKind};
use crate::payments::{Capture, Refund, RefundProgress, RefundReason, RefundTo};

/// How long after delivery a wrong number can be reported, in milliseconds.
pub const REPORT_WITHIN_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// How long a person has to look into one, in seconds.
const LOOK_INTO_SECONDS: i64 = 2 * 24 * 60 * 60;

pub(super) fn wrong_number(
    state: &mut LineState,
    id: OrderId,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let OrderState::Delivered { capture, delivered } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    if now.millis_since(delivered.at) > REPORT_WITHIN_MILLIS {
        return Err(Refusal::TooLate);
    }
    // Already being looked into, or already being made good.
    if order.task.is_some_and(|task| task.kind == TaskKind::WrongNumber)
        || order.left_of(capture) == 0
    {
        return Ok(Answer::Order(Box::new(order)));
    }
    if state.can_take_back(delivered) {
        let (capture, delivered) = (capture.clone(), delivered.clone());
        return take_back(state, order, (&delivered, capture), (RefundReason::WrongNumber, now));
    }
    let by = now.plus_seconds(LOOK_INTO_SECONDS);
    order.task = Some(Task { kind: TaskKind::WrongNumber, by });
    state.tell_payer(&order, NoticeReason::WrongNumber, now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

pub(super) fn by_supplier(
    state: &mut LineState,
    order: Order,
    now: Instant,
) -> Result<Answer, Refusal> {
    let OrderState::Delivered { capture, delivered } = &order.state else {
        return Ok(Answer::Order(Box::new(order)));
    };
    let (capture, delivered) = (capture.clone(), delivered.clone());
    take_back(state, order, (&delivered, capture), (RefundReason::Reversed, now))
}

impl LineState {
    /// Whether nothing of a delivery is used or held, and nothing was built on its dates.
    pub fn is_untouched(buckets: &[Bucket], dates: LineDates, delivered: &Delivered) -> bool {
        let untouched = |number: &u32| {
            buckets.iter().any(|bucket| {
                bucket.number == *number && bucket.used.is_zero() && bucket.reserved.is_zero()
            })
        };
        // A renewal that came later counts on these dates, even where it did not move them.
        // What came later and was taken back from the end of the queue counts on nothing: it reached beyond the line's end.
        let is_gone = |bucket: &Bucket| {
            bucket.remaining().is_zero()
                && bucket.valid_until.is_some_and(|last| Some(last) > dates.expires_on)
        };
        let later = |bucket: &Bucket| {
            bucket.order.is_some()
                && !is_gone(bucket)
                && match delivered.buckets.iter().max() {
                    Some(last) => bucket.number > *last,
                    None => bucket.valid_from >= delivered.at,
                }
        };
        dates == delivered.after
            && delivered.buckets.iter().all(untouched)
            && !buckets.iter().any(later)
    }

    /// Whether a delivery can simply be undone: on our own network, untouched.
    pub(super) fn can_take_back(&self, delivered: &Delivered) -> bool {
        self.network == Network::Own
            && Self::is_untouched(&self.buckets, self.line.dates, delivered)
    }
}

/// Takes a delivery back: the buckets, the dates, the sale; and owes the payment.
pub(super) fn take_back(
    state: &mut LineState,
    mut order: Order,
    (delivered, capture): (&Delivered, Capture),
    (reason, now): (RefundReason, Instant),
) -> Result<Answer, Refusal> {
    // What running sessions hold of it goes too: it would be left over when they end.
    state.reservations.retain(|held| !delivered.buckets.contains(&held.bucket));
    for number in &delivered.buckets {
        let Some(bucket) = state.bucket_mut(*number) else {
            continue;
        };
        bucket.unreserve(bucket.reserved)?;
        let left = bucket.available();
        bucket.take(left)?;
        if !left.is_zero() {
            state.enter(*number, EntryKind::TakeBack, left, now);
        }
    }
    if state.line.dates == delivered.after {
        state.line.dates = delivered.before;
    }
    let entries = ledger::opposite(&ledger::delivery(&order.price)?)?;
    state.post(EntrySetKind::Reverse, order.id, entries, now);
    order.pass(Stage::Reversed, now);
    let again = no_longer_a_loss(state, &mut order, (reason, now))?;
    let left = Money { minor: order.left_of(&capture), currency: capture.amount.currency };
    let number = match again {
        None => {
            return Ok(Answer::Order(Box::new(give_back(state, order, capture, (reason, now)))));
        }
        Some(number) if left.minor == 0 => number,
        Some(_) => {
            let number = order.owe_part(capture, (left, RefundTo::Source), reason, now);
            have_given_back(state, &mut order, number, now);
            number
        }
    };
    order.pass(Stage::Refunding, now);
    order.state = OrderState::Refunding { refund: number, refusal: None };
    let is_done = |refund: &Refund| matches!(refund.progress, RefundProgress::Done { .. });
    if order.refund(number).is_some_and(is_done) {
        order.state = OrderState::Refunded { refund: number, refusal: None };
        order.pass(Stage::Refunded, now);
    }
    order.end_task();
    // Who gave it back is told of the rest of the money; else what happened comes first.
    let told = match reason {
        RefundReason::CancelledBeforeStart => NoticeReason::Refunding,
        RefundReason::WrongNumber
        | RefundReason::Reversed
        | RefundReason::AtShop
        | RefundReason::Declined
        | RefundReason::Cancelled
        | RefundReason::LateCapture
        | RefundReason::AmountDiffers
        | RefundReason::PaidTwice
        | RefundReason::NotWanted
        | RefundReason::Goodwill
        | RefundReason::ChargedBack => NoticeReason::Reversed,
    };
    state.tell_payer(&order, told, now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// Money was already going back when the value was taken back: those refunds stand for a part of this one or all of it,
/// nothing is paid twice, and what was booked as a loss comes out of the held money. Returns the refund that is
/// furthest from done.
fn no_longer_a_loss(
    state: &mut LineState,
    order: &mut Order,
    (reason, now): (RefundReason, Instant),
) -> Result<Option<u32>, Refusal> {
    let mut last = None;
    for place in 0..order.refunds.len() {
        if order.refunds[place].reason != RefundReason::Goodwill {
            continue;
        }
        order.refunds[place].reason = reason;
        let refund = &order.refunds[place];
        let is_done = matches!(refund.progress, RefundProgress::Done { .. });
        if is_done {
            let entries = movement(Account::Loss, Account::Held, refund.amount)?;
            state.post(EntrySetKind::Reverse, order.id, entries, now);
        }
        if !is_done || last.is_none() {
            last = Some(refund.number);
        }
    }
    Ok(last)
}
