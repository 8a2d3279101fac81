//! Money on its way back, as the provider tells it.

use super::capture::account_of;
use super::effects::JobKind;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::Bucket;
use crate::catalog::{Allowance, ZoneCode};
use crate::kernel::{AllowanceKind, Instant, OrderId, Units};
use crate::ledger::{Account, EntrySetKind, movement};
use crate::notices::NoticeReason;
use crate::orders::{Order, OrderState, Stage};
use crate::payments::{Refund, RefundProgress, RefundReason};

/// Seconds between two questions about a refund that is under way.
const ASK_AGAIN_SECONDS: i64 = 60;
/// Questions about a refund go on this long after it was reported done, because it may still fail.
const WATCH_SECONDS: i64 = 24 * 60 * 60;

/// What a provider says about a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundAnswer {
    /// Under way.
    Pending {
        /// The provider's id.
        refund: String,
    },
    /// Given back.
    Done {
        /// The provider's id.
        refund: String,
    },
    /// Not given back; it is owed again.
    Failed {
        /// What the provider said.
        reason: String,
    },
}

/// Has a refund that is owed given back: the provider is asked, or a person where no provider took the money.
pub(super) fn have_given_back(state: &mut LineState, order: &mut Order, number: u32, now: Instant) {
    if !order.refund(number).is_some_and(Refund::is_by_hand) {
        state.promise(JobKind::Refund(number), Some(order.id), now);
    } else if order.task.is_none() {
        order.end_task();
    }
}

pub(super) fn answered(
    state: &mut LineState,
    (id, number): (OrderId, u32),
    answer: &RefundAnswer,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let place = order.refunds.iter().position(|refund| refund.number == number);
    let Some(mut refund) = place.map(|place| order.refunds[place].clone()) else {
        return Err(Refusal::NoSuchRefund);
    };
    // Nobody was asked for it; but a marketplace tells that its shop gave it back.
    if refund.capture.method.by_hand().is_some() && refund.is_by_hand() {
        return Err(Refusal::NoSuchRefund);
    }
    let before = refund.progress.clone();
    let soon = now.plus_seconds(ASK_AGAIN_SECONDS);
    match (answer, &before) {
        (RefundAnswer::Pending { refund: their }, RefundProgress::Due) => {
            refund.progress = RefundProgress::Asked { refund: their.clone() };
            state.promise(JobKind::AskRefund(number), Some(id), soon);
        }
        (RefundAnswer::Pending { .. }, RefundProgress::Asked { .. }) => {
            state.promise(JobKind::AskRefund(number), Some(id), soon);
        }
        (
            RefundAnswer::Done { refund: their },
            RefundProgress::Due | RefundProgress::Asked { .. },
        ) => {
            refund.progress = RefundProgress::Done { refund: their.clone(), at: now };
            went_back(state, &mut order, &refund, now)?;
            state.promise(JobKind::AskRefund(number), Some(id), soon);
        }
        (RefundAnswer::Done { .. }, RefundProgress::Done { at, .. }) => {
            let watched = now.millis_since(*at) / 1000;
            if watched < WATCH_SECONDS {
                let wait = watched.max(ASK_AGAIN_SECONDS);
                state.promise(JobKind::AskRefund(number), Some(id), now.plus_seconds(wait));
            }
        }
        (RefundAnswer::Failed { reason }, _)
            if !matches!(before, RefundProgress::Failed { .. })
                && !is_written(&refund)
                && !order.is_settled_by_bank(&refund) =>
        {
            refund.progress = RefundProgress::Failed { reason: reason.clone(), at: now };
            came_back(state, &mut order, (&refund, &before), now)?;
        }
        // A late or repeated word about something already known changes nothing.
        (
            RefundAnswer::Failed { .. } | RefundAnswer::Pending { .. } | RefundAnswer::Done { .. },
            _,
        ) => return Ok(Answer::Order(Box::new(order))),
    }
    if let Some(place) = place {
        order.refunds[place] = refund;
    }
    // What a person is already asked about comes first; a failed refund is theirs after it.
    if order.task.is_none_or(|task| task.kind.is_of_refund()) {
        order.end_task();
    }
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// What was only written down cannot come back: no provider is between.
fn is_written(refund: &Refund) -> bool {
    refund.is_in_our_books() && matches!(refund.progress, RefundProgress::Done { .. })
}

/// The account that gives: held money, or a loss where the value had been delivered.
pub(super) fn giving_account(refund: &Refund) -> Account {
    match refund.reason {
        RefundReason::Goodwill => Account::Loss,
        RefundReason::Declined
        | RefundReason::Cancelled
        | RefundReason::CancelledBeforeStart
        | RefundReason::LateCapture
        | RefundReason::AmountDiffers
        | RefundReason::PaidTwice
        | RefundReason::NotWanted
        | RefundReason::WrongNumber
        | RefundReason::Reversed
        | RefundReason::ChargedBack
        | RefundReason::AtShop => Account::Held,
    }
}

/// The account that it goes to.
fn taking_account(refund: &Refund) -> Account {
    if refund.is_credit() { Account::LineCredit } else { account_of(&refund.capture) }
}

/// The money of a refund went back: that is booked, and the order knows.
pub(super) fn went_back(
    state: &mut LineState,
    order: &mut Order,
    refund: &Refund,
    now: Instant,
) -> Result<(), Refusal> {
    let entries = movement(taking_account(refund), giving_account(refund), refund.amount)?;
    state.post(EntrySetKind::Refund, order.id, entries, now);
    if refund.is_credit() {
        credit_again(state, order, refund, now)?;
    }
    is_back(state, order, refund, now);
    Ok(())
}

/// The money went back, whoever gave it: the order's state says so, and the payer is told.
pub(super) fn is_back(state: &mut LineState, order: &mut Order, refund: &Refund, now: Instant) {
    if let OrderState::Refunding { refund: number, refusal } = order.state
        && number == refund.number
    {
        order.state = OrderState::Refunded { refund: number, refusal };
        order.pass(Stage::Refunded, now);
    }
    state.tell_payer(order, NoticeReason::Refunded, now);
}

/// What goes back as credit of the line is that in the same decision. It does not expire: from which buckets it was drawn is not kept.
fn credit_again(
    state: &mut LineState,
    order: &Order,
    refund: &Refund,
    now: Instant,
) -> Result<(), Refusal> {
    let credit = state.buckets.iter().rev().find(|bucket| bucket.kind == AllowanceKind::Credit);
    let of_plan = order.offer.allowances.first();
    let place = credit.map(|bucket| (bucket.zone.clone(), bucket.breadth));
    let place =
        place.or_else(|| of_plan.map(|allowance| (allowance.zone.clone(), allowance.breadth)));
    // A line without any credit bucket, renewed with a plan that grants nothing: the plan names it.
    let (zone, breadth) = match place {
        Some(place) => place,
        None => (ZoneCode::parse(order.offer.plan.as_str()).map_err(|_| Refusal::NoSuchRefund)?, 0),
    };
    let units = Units::new(refund.amount.minor)?;
    let kind = AllowanceKind::Credit;
    let allowance = Allowance { kind, units, zone, breadth, window: None, bonus: false };
    let bucket = Bucket::granted(state.next_bucket(), &allowance, (now, None), None);
    state.add_bucket(bucket, now);
    Ok(())
}

fn came_back(
    state: &mut LineState,
    order: &mut Order,
    (refund, before): (&Refund, &RefundProgress),
    now: Instant,
) -> Result<(), Refusal> {
    if matches!(before, RefundProgress::Done { .. }) {
        let entries = movement(giving_account(refund), taking_account(refund), refund.amount)?;
        state.post(EntrySetKind::RefundReturned, order.id, entries, now);
    }
    is_owed_again(state, order, refund, now);
    Ok(())
}

/// The money is with us again, and owed.
pub(super) fn is_owed_again(
    state: &mut LineState,
    order: &mut Order,
    refund: &Refund,
    now: Instant,
) {
    if let OrderState::Refunded { refund: number, refusal } = order.state
        && number == refund.number
    {
        order.state = OrderState::Refunding { refund: number, refusal };
        order.pass(Stage::Refunding, now);
    }
    state.tell_payer(order, NoticeReason::RefundFailed, now);
}
