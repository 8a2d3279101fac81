//! A plan that waits behind the one that runs, started before its first day, as the data is used up.
//!
//! Only the newest of what waits is started: what came later counts on its dates. It is asked for whenever data is noted as used
//! up, and so it is decided anew each time, and nothing happens twice.

use super::state::LineState;
use super::{Answer, Behind, Refusal};
use crate::balance::Bucket;
use crate::catalog::{Network, StartRule, Validity};
use crate::kernel::{AllowanceKind, Instant, OrderId, Zone};
use crate::lines::{LineStatus, Renewal, RenewalRefusal, start_early};
use crate::notices::NoticeReason;
use crate::orders::{Order, OrderState};

/// Whether no data is left that can be used at every hour: none free, and none held by a session that may use it yet.
pub fn is_data_used_up(buckets: &[Bucket], zone: &Zone, now: Instant) -> bool {
    let serves = |bucket: &&Bucket| {
        bucket.kind == AllowanceKind::Data
            && bucket.window.is_none()
            && bucket.is_valid_at(now, zone)
    };
    buckets.iter().filter(serves).all(|bucket| bucket.remaining().is_zero())
}

/// What a plan that is delivered now makes of the line's dates: it does not wait for data that is used up already.
pub(super) fn renew(
    state: &LineState,
    (validity, start_rule): (Validity, StartRule),
    now: Instant,
) -> Result<Renewal, RenewalRefusal> {
    let (rule, dates) = (&state.rule, state.line.dates);
    let is_early = start_rule == StartRule::QueueOrUsedUp
        && state.network == Network::Own
        && rule.status_on(dates, rule.today(now)) == LineStatus::Active
        && is_data_used_up(&state.buckets, &rule.zone, now);
    if is_early {
        start_early(rule, dates, validity, now)
    } else {
        crate::lines::renew(rule, dates, (validity, start_rule), now)
    }
}

/// Whether an order's plan waits and starts as soon as the data is used up. While it waits and is the newest, its line is in
/// service: that ends after the plan's first day.
///
/// # Errors
///
/// `WrongState` if it is not delivered; `StartsAtExpiry` if its rule is another; `HasBegun` from its first day on; `OfSupplier`
/// if the network is not our own; `BuiltUpon` if something of it is used or held, or something later counts on its dates.
pub fn can_start_early(order: &Order, behind: Behind<'_>, now: Instant) -> Result<(), Refusal> {
    let OrderState::Delivered { delivered, .. } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    if order.offer.start_rule != StartRule::QueueOrUsedUp {
        return Err(Refusal::StartsAtExpiry);
    }
    if !delivered.is_waiting(behind.zone, now) {
        return Err(Refusal::HasBegun);
    }
    if *behind.network != Network::Own {
        return Err(Refusal::OfSupplier);
    }
    if !LineState::is_untouched(behind.buckets, behind.dates, delivered) {
        return Err(Refusal::BuiltUpon);
    }
    Ok(())
}

pub(super) fn start_queued(
    state: &mut LineState,
    id: OrderId,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let OrderState::Delivered { delivered, .. } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    if delivered.started_early.is_some() {
        return Ok(Answer::Order(Box::new(order)));
    }
    can_start_early(&order, Behind::of(state), now)?;
    if !is_data_used_up(&state.buckets, &state.rule.zone, now) {
        return Err(Refusal::DataLeft);
    }
    let renewal = start_early(&state.rule, delivered.before, order.offer.validity, now)?;
    for number in &delivered.buckets {
        if let Some(bucket) = state.bucket_mut(*number) {
            bucket.valid_from = renewal.starts;
            bucket.valid_until = Some(renewal.usable_until);
        }
    }
    state.line.dates = renewal.dates;
    if let OrderState::Delivered { delivered, .. } = &mut order.state {
        delivered.after = renewal.dates;
        delivered.starts_on = renewal.starts_on;
        delivered.usable_until = renewal.usable_until;
        delivered.started_early = Some(now);
    }
    state.tell_payer(&order, NoticeReason::StartedEarly, now);
    state.tell_line(&order, NoticeReason::StartedEarly, now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}
