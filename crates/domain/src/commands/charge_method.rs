//! A saved method pays an order, or a bank card that was given for it alone.

use super::effects::JobKind;
use super::place::{FIRST_ASK_SECONDS, PAY_WITHIN_SECONDS};
use super::state::LineState;
use super::{Answer, Context, Refusal, auto_renew_charge};
use crate::kernel::{Instant, OrderId};
use crate::orders::{Order, OrderState, Stage, Task, TaskKind};
use crate::payments::{Decline, KeptMethod, MethodCharge};

/// A charge without an outcome is a person's after this many seconds, who has as long again.
const PERSON_AFTER_SECONDS: i64 = 24 * 60 * 60;

/// A bank card is given for an order that waits. After a refusal another may be: it is another charge, under a key of its own.
pub(super) fn with(
    state: &mut LineState,
    id: OrderId,
    method: &KeptMethod,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let earlier = order.charge.as_ref();
    if earlier.is_some_and(|charge| charge.method.method == method.method) {
        return Ok(Answer::Order(Box::new(order)));
    }
    // What renews itself has a method of its own, and an agreement about it.
    if !matches!(order.state, OrderState::AwaitingPayment { .. }) || order.occasion.is_some() {
        return Err(Refusal::WrongState(order.state.stage()));
    }
    if earlier.is_some_and(|charge| charge.declined.is_none()) {
        return Err(Refusal::PaymentUnderWay);
    }
    let attempt = earlier.map_or(0, |charge| charge.attempt.saturating_add(1));
    let method = method.clone();
    // Nobody can be asked by their bank while they are on the telephone.
    let charge =
        MethodCharge { method, is_payer_there: false, attempt, asked_at: None, declined: None };
    order.charge = Some(charge);
    state.promise(JobKind::Charge, Some(id), now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// The provider is about to be asked: from here on it cannot be called off. An order that is not wanted
/// any more is cancelled instead.
pub(super) fn ask(
    state: &mut LineState,
    id: OrderId,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    let mut order = state.order(id)?.clone();
    let is_awaited = matches!(order.state, OrderState::AwaitingPayment { .. });
    let is_wanted = is_wanted(state, &order);
    let Some(charge) = order.charge.as_mut().filter(|_| is_awaited) else {
        return Ok(Answer::Order(Box::new(order)));
    };
    match charge.asked_at {
        Some(asked_at) => {
            let is_late = now.millis_since(asked_at) >= PERSON_AFTER_SECONDS * 1000;
            if charge.is_unknown() && is_late && order.task.is_none() {
                let by = asked_at.plus_seconds(2 * PERSON_AFTER_SECONDS);
                order.task = Some(Task { kind: TaskKind::UnknownPayment, by });
                state.keep_order(order.clone());
            }
        }
        None if is_wanted => {
            charge.asked_at = Some(now);
            state.keep_order(order.clone());
        }
        None => {
            order.state = OrderState::Cancelled { at: now };
            order.pass(Stage::Cancelled, now);
            state.keep_order(order.clone());
        }
    }
    Ok(Answer::Order(Box::new(order)))
}

/// Whether an order that was placed by itself is still waited for. One that a person placed always is.
pub(super) fn is_wanted(state: &LineState, order: &Order) -> bool {
    let standing = state.auto_renew.as_ref();
    let expires_on = state.line.dates.expires_on;
    order.occasion.is_none()
        || standing.is_some_and(|standing| standing.stands_for(order, expires_on))
}

/// The provider refused: nothing was taken. A payer who is there can pay otherwise.
pub(super) fn declined(
    state: &mut LineState,
    id: OrderId,
    decline: &Decline,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    let mut order = state.order(id)?.clone();
    let is_awaited = matches!(order.state, OrderState::AwaitingPayment { .. });
    let charge = order.charge.as_mut().filter(|charge| is_awaited && charge.is_unknown());
    let Some(MethodCharge { declined, .. }) = charge else {
        return Ok(Answer::Order(Box::new(order)));
    };
    *declined = Some(decline.clone());
    order.end_task();
    if order.occasion.is_some() {
        auto_renew_charge::declined(state, &mut order, decline.advice, now);
    } else {
        // Time anew to choose another way.
        let until = now.plus_seconds(PAY_WITHIN_SECONDS);
        order.state = OrderState::AwaitingPayment { until };
        state.promise(JobKind::AskPayment, Some(id), now.plus_seconds(FIRST_ASK_SECONDS));
        state.promise(JobKind::Expire, Some(id), until);
    }
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}
