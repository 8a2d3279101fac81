//! Whoever sold an order is told what becomes of it.

use super::Answer;
use super::effects::JobKind;
use super::state::LineState;
use crate::kernel::Instant;

/// Promises to tell the seller of the order that a command was about, if the order is at another stage now.
pub(super) fn tell(before: &LineState, state: &mut LineState, answer: &Answer, now: Instant) {
    let Answer::Order(order) = answer else { return };
    let wants = order.sold_by.as_ref().is_some_and(|sold_by| sold_by.callback.is_some());
    let stage = order.state.stage();
    let was = before.orders.get(&order.id).map(|order| order.state.stage());
    if wants && was != Some(stage) {
        state.promise(JobKind::TellSeller(stage), Some(order.id), now);
    }
}
