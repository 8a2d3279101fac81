//! A plan that waits behind the one that runs, given back by whoever bought it before its first day.
//!
//! Only the newest of what waits can be given back: where another renewal came after it, that one counts on its dates, and
//! goes first. What a supplier delivered only the supplier can take back, and so a person asks it.

use super::reverse::take_back;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::Bucket;
use crate::catalog::{Network, Operator};
use crate::kernel::{Instant, OrderId, Zone};
use crate::lines::{Line, LineDates};
use crate::orders::{Delivered, Order, OrderState};
use crate::payments::RefundReason;

/// What of a line decides whether a waiting plan can be given back, or starts before its first day.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    /// Who delivers to the line.
    pub network: &'a Network,
    /// Its operator's zone, in which a plan starts at the first midnight of its first day.
    pub zone: &'a Zone,
    /// Its dates.
    pub dates: LineDates,
    /// Its open buckets.
    pub buckets: &'a [Bucket],
}

impl<'a> Behind<'a> {
    /// Of a line as it was read.
    pub fn on(operator: &'a Operator, line: &Line, buckets: &'a [Bucket]) -> Self {
        let (network, zone) = (&operator.network, &operator.lifecycle.zone);
        Self { network, zone, dates: line.dates, buckets }
    }

    pub(super) fn of(state: &'a LineState) -> Self {
        let (network, zone) = (&state.network, &state.rule.zone);
        Self { network, zone, dates: state.line.dates, buckets: &state.buckets }
    }
}

impl Delivered {
    /// Whether it waits for its first day.
    pub fn is_waiting(&self, zone: &Zone, now: Instant) -> bool {
        now.date_in(zone) < self.starts_on
    }
}

/// Whether an order's plan waits and can be given back now.
///
/// # Errors
///
/// `WrongState` if it is not delivered, or if its money goes back already; `HasBegun` from its first day on, and where it
/// never waited; `SoldElsewhere` if a partner or a shop sold it; `OfSupplier` if the network is not our own; `ChargedBack`
/// if the payer's bank took the payment; `BuiltUpon` if something of it is used or held, or something later counts on it.
pub fn can_cancel_queued(order: &Order, behind: Behind<'_>, now: Instant) -> Result<(), Refusal> {
    let OrderState::Delivered { capture, delivered } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    if !delivered.is_waiting(behind.zone, now) {
        return Err(Refusal::HasBegun);
    }
    if order.sold_by.is_some() {
        return Err(Refusal::SoldElsewhere);
    }
    if *behind.network != Network::Own {
        return Err(Refusal::OfSupplier);
    }
    if order.charged_back(capture) > 0 {
        return Err(Refusal::ChargedBack);
    }
    if order.left_of(capture) == 0 {
        return Err(Refusal::WrongState(order.state.stage()));
    }
    if !LineState::is_untouched(behind.buckets, behind.dates, delivered) {
        return Err(Refusal::BuiltUpon);
    }
    Ok(())
}

pub(super) fn cancel_queued(
    state: &mut LineState,
    id: OrderId,
    now: Instant,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?.clone();
    // Only once it is taken back is this a reason: asking again changes nothing.
    if order.refunds.iter().any(|refund| refund.reason == RefundReason::CancelledBeforeStart) {
        return Ok(Answer::Order(Box::new(order)));
    }
    can_cancel_queued(&order, Behind::of(state), now)?;
    let OrderState::Delivered { capture, delivered } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    let (capture, delivered) = (capture.clone(), delivered.clone());
    let reason = (RefundReason::CancelledBeforeStart, now);
    take_back(state, order, (&delivered, capture), reason)
}
