//! Money that passes from hand to hand: taken for an order, and given back of it.

use super::capture::take_in;
use super::charge_method::is_wanted;
use super::refund::{giving_account, is_back};
use super::state::LineState;
use super::{Answer, Context, Refusal};
use crate::kernel::{Instant, Money, OrderId};
use crate::ledger::{Account, EntrySetKind, movement};
use crate::orders::{OrderState, Stage, TaskKind};
use crate::payments::{ByHand, RefundProgress};

/// Money that a member of the staff took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenByHand {
    /// How, and what names it.
    pub by_hand: ByHand,
    /// How much: what the order costs, to the cent.
    pub amount: Money,
}

/// Money that a member of the staff gave back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// Which refund of the order.
    pub refund: u32,
    /// How, and what names it: not always as it was taken.
    pub by_hand: ByHand,
}

/// Books it, if the order waits for just that. Anything else is still in the hand that took it, and is refused.
pub(super) fn take(
    state: &mut LineState,
    id: OrderId,
    taken: &TakenByHand,
    context: &Context,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?;
    let capture = taken.by_hand.capture(taken.amount, context.now);
    if order.captures().any(|earlier| earlier.is_same_payment(&capture)) {
        return Ok(Answer::Order(Box::new(order.clone())));
    }
    if order.is_charge_unknown() {
        return Err(Refusal::PaymentUnderWay);
    }
    if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
        return Err(Refusal::WrongState(order.state.stage()));
    }
    if taken.amount != order.price.total {
        return Err(Refusal::NotTheTotal(order.price.total));
    }
    // Renewed meanwhile, or called off: it would only go back.
    if !is_wanted(state, order) {
        return Err(Refusal::WrongState(Stage::AwaitingPayment));
    }
    take_in(state, id, capture, context)
}

/// Notes that what is owed of a payment by hand was given back.
pub(super) fn give(
    state: &mut LineState,
    id: OrderId,
    given: &GivenBack,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let place = order.refunds.iter().position(|refund| refund.number == given.refund);
    let place = place.filter(|place| order.refunds[*place].is_by_hand());
    let Some(place) = place else { return Err(Refusal::NoSuchRefund) };
    let theirs = given.by_hand.id();
    match &order.refunds[place].progress {
        RefundProgress::Due => {}
        RefundProgress::Done { refund, .. } if *refund == theirs => {
            return Ok(Answer::Order(Box::new(order)));
        }
        RefundProgress::Asked { .. }
        | RefundProgress::Done { .. }
        | RefundProgress::Failed { .. } => return Err(Refusal::NoSuchRefund),
    }
    order.refunds[place].progress = RefundProgress::Done { refund: theirs, at: now };
    let refund = order.refunds[place].clone();
    let from = Account::ByHand(given.by_hand.method);
    let entries = movement(from, giving_account(&refund), refund.amount)?;
    state.post(EntrySetKind::Refund, id, entries, now);
    is_back(state, &mut order, &refund, now);
    if order.task.is_none_or(|task| task.kind == TaskKind::RefundByHand) {
        order.end_task();
    }
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}
