//! Ending an order before anything was sent.

use super::capture::give_back;
use super::charge_method::is_wanted;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::kernel::{Instant, OrderId};
use crate::orders::{OrderState, Stage};
use crate::payments::RefundReason;

pub(super) fn cancel(state: &mut LineState, id: OrderId, now: Instant) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    match &order.state {
        OrderState::AwaitingPayment { .. } if order.is_charge_unknown() => {
            Err(Refusal::AlreadySent)
        }
        OrderState::AwaitingPayment { .. } => {
            order.state = OrderState::Cancelled { at: now };
            order.pass(Stage::Cancelled, now);
            state.keep_order(order.clone());
            Ok(Answer::Order(Box::new(order)))
        }
        OrderState::Held { capture } => {
            let capture = capture.clone();
            let reason = (RefundReason::Cancelled, now);
            Ok(Answer::Order(Box::new(give_back(state, order, capture, reason))))
        }
        OrderState::Delivering { capture, sending } if sending.sent_at.is_none() => {
            let capture = capture.clone();
            let reason = (RefundReason::Cancelled, now);
            Ok(Answer::Order(Box::new(give_back(state, order, capture, reason))))
        }
        OrderState::Cancelled { .. } => Ok(Answer::Order(Box::new(order))),
        OrderState::Delivering { .. } | OrderState::Unknown { .. } => Err(Refusal::AlreadySent),
        OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Expired { .. } => Err(Refusal::WrongState(order.state.stage())),
    }
}

pub(super) fn expire(state: &mut LineState, id: OrderId, now: Instant) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let OrderState::AwaitingPayment { until } = order.state else {
        return Ok(Answer::Order(Box::new(order)));
    };
    // What a provider was asked for may have been taken.
    if order.is_charge_unknown() {
        return Ok(Answer::Order(Box::new(order)));
    }
    if now >= until {
        order.state = OrderState::Expired { at: now };
        order.pass(Stage::Expired, now);
        state.keep_order(order.clone());
    } else if !is_wanted(state, &order) {
        order.state = OrderState::Cancelled { at: now };
        order.pass(Stage::Cancelled, now);
        state.keep_order(order.clone());
    }
    Ok(Answer::Order(Box::new(order)))
}
