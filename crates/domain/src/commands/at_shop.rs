//! A shop gave its buyer's money back. What was not used is taken back from the line; what cannot be is a loss, and a person
//! sees it.

use super::refund::went_back;
use super::reverse::take_back;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::kernel::{Instant, Money, OrderId};
use crate::orders::{Delivered, Order, OrderState, ShopRefund, Task, TaskKind};
use crate::payments::{Capture, RefundProgress, RefundReason, RefundTo};

/// How long a person has to see to it, in seconds.
const SEE_TO_SECONDS: i64 = 2 * 24 * 60 * 60;

pub(super) fn gave_back(
    state: &mut LineState,
    id: OrderId,
    given: ShopRefund,
    now: Instant,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?.clone();
    if !order.is_shop_order() {
        return Err(Refusal::NoSuchPayment);
    }
    match (&order.state, given) {
        (OrderState::Delivered { .. }, ShopRefund::Part) => Ok(ask_a_person(state, order, now)),
        (OrderState::Delivered { capture, delivered }, ShopRefund::Whole) => {
            let (capture, delivered) = (capture.clone(), delivered.clone());
            whole(state, order, (capture, &delivered), now)
        }
        // What the network refused is owed by the shop; now it is known that the buyer has it.
        (OrderState::Refunding { .. }, ShopRefund::Whole) => all_owed(state, order, now),
        (OrderState::Refunding { .. }, ShopRefund::Part) | (OrderState::Refunded { .. }, _) => {
            Ok(Answer::Order(Box::new(order)))
        }
        // The outcome is open, and is waited for.
        (
            OrderState::AwaitingPayment { .. }
            | OrderState::Held { .. }
            | OrderState::Delivering { .. }
            | OrderState::Unknown { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. },
            _,
        ) => Err(Refusal::WrongState(order.state.stage())),
    }
}

fn whole(
    state: &mut LineState,
    mut order: Order,
    (capture, delivered): (Capture, &Delivered),
    now: Instant,
) -> Result<Answer, Refusal> {
    let left = Money { minor: order.left_of(&capture), currency: capture.amount.currency };
    if left.minor == 0 {
        return Ok(Answer::Order(Box::new(order)));
    }
    if state.can_take_back(delivered) {
        let id = order.id;
        take_back(state, order, (delivered, capture), (RefundReason::AtShop, now))?;
        let order = state.order(id)?.clone();
        return all_owed(state, order, now);
    }
    order.owe_part(capture, (left, RefundTo::Source), RefundReason::Goodwill, now);
    pay_owed(state, &mut order, now)?;
    Ok(ask_a_person(state, order, now))
}

fn all_owed(state: &mut LineState, mut order: Order, now: Instant) -> Result<Answer, Refusal> {
    pay_owed(state, &mut order, now)?;
    order.end_task();
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// Writes down that the shop gave back what was owed.
fn pay_owed(state: &mut LineState, order: &mut Order, now: Instant) -> Result<(), Refusal> {
    for place in 0..order.refunds.len() {
        if order.refunds[place].is_owed() {
            let theirs = order.refunds[place].capture.payment.clone();
            order.refunds[place].progress = RefundProgress::Done { refund: theirs, at: now };
            let refund = order.refunds[place].clone();
            went_back(state, order, &refund, now)?;
        }
    }
    Ok(())
}

fn ask_a_person(state: &mut LineState, mut order: Order, now: Instant) -> Answer {
    let by = now.plus_seconds(SEE_TO_SECONDS);
    order.task = Some(Task { kind: TaskKind::RefundedAtShop, by });
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}
