//! Sending renewals to suppliers and asking what became of them.

use crate::ports::delivery::{DeliveryRequest, DeliverySupplier};
use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::commands::{Actor, Answered, DeliveryAnswer, LineCommand};
use farline_domain::kernel::Instant;
use farline_domain::lines::Line;
use farline_domain::orders::routing::goes_on;
use farline_domain::orders::{Order, OrderState, Sending};
use std::sync::Arc;

/// Seconds after delivery at which the supplier is asked once more, because it may have taken it
/// back.
const REVERSAL_CHECKS_SECONDS: [i64; 3] = [10 * 60, 60 * 60, 24 * 60 * 60];

/// How long after delivery a question that gets no answer is asked again, in seconds: the last one must
/// not be lost on the way.
const ASK_ON_SECONDS: i64 = 7 * 24 * 60 * 60;

/// Sends an order's delivery. It is marked as sent before the supplier hears of it, so that a crash
/// in between leaves a question, never a second delivery.
pub async fn send(app: &App, order: &Order) -> Result<Order, Problem> {
    let earlier = sending_of(order).and_then(|sending| sending.sent_at);
    route(app, order).await?;
    let order = app.run(order.line, LineCommand::Send(order.id), Actor::System).await?;
    let OrderState::Delivering { sending, .. } = &order.state else { return Ok(order) };
    hand_over(app, &order, (sending.reference.clone(), earlier)).await
}

/// Lets an order that nobody has heard of yet start at another supplier than the operator's first, where that one is
/// paused or does not sell the plan.
async fn route(app: &App, order: &Order) -> Result<(), Problem> {
    let OrderState::Delivering { sending, .. } = &order.state else { return Ok(()) };
    if sending.sent_at.is_some() || !order.attempts.is_empty() {
        return Ok(());
    }
    if let Some(supplier) = suppliers::first(app, &order.offer.plan).await? {
        let route = LineCommand::Route(order.id, supplier);
        app.run(order.line, route, Actor::System).await?;
    }
    Ok(())
}

/// Sends a delivery once more, under the reference that it has for ever: a supplier that knows it says how it stands, and one that
/// never got it delivers it now.
pub async fn send_again(app: &App, order: &Order) -> Result<Order, Problem> {
    let Some(sending) = sending_of(order) else { return Ok(order.clone()) };
    // What is sent may have arrived, whatever we noted.
    let earlier = sending.sent_at.or(Some(app.now()));
    hand_over(app, order, (sending.reference.clone(), earlier)).await
}

async fn hand_over(
    app: &App,
    order: &Order,
    (reference, earlier): (String, Option<Instant>),
) -> Result<Order, Problem> {
    let (supplier, line) = supplier_of(app, order).await?;
    let request =
        DeliveryRequest { sent_at: earlier, ..request_of((order, &line), reference, app.now()) };
    let answer = supplier.send(&request).await;
    suppliers::sent(app, supplier.name(), &answer).await;
    told(app, (order, &line), (supplier.name(), request.reference), answer).await
}

/// Asks about a delivery under the same reference. No answer about one that stands is a problem: the
/// question is asked again, as it may have been the last.
pub async fn ask(app: &App, order: &Order) -> Result<Order, Problem> {
    let (reference, sent_at, supplier_reference) = match &order.state {
        // The next supplier has not heard of it: the question was about the one before.
        OrderState::Delivering { sending, .. }
            if sending.sent_at.is_none() && order.refusals().next().is_some() =>
        {
            return Ok(order.clone());
        }
        OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } => {
            (sending.reference.clone(), sending.sent_at, None)
        }
        OrderState::Delivered { delivered, .. } => {
            let theirs = delivered.supplier_reference.clone();
            (order.sent_under(), Some(delivered.at), theirs)
        }
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => return Ok(order.clone()),
    };
    let (supplier, line) = supplier_of(app, order).await?;
    let now = app.now();
    // What was asked about once may have been sent, whatever we noted.
    let sent_at = sent_at.or(Some(now));
    let request = DeliveryRequest {
        sent_at,
        supplier_reference,
        ..request_of((order, &line), reference, now)
    };
    let answer = supplier.ask(&request).await;
    if answer == DeliveryAnswer::Unknown && may_be_reversed(order, now) {
        let mut problem = Problem::of(ProblemCode::Unavailable);
        problem.cause = Some("the supplier says nothing of what it delivered".to_owned());
        return Err(problem);
    }
    told(app, (order, &line), (supplier.name(), request.reference), answer).await
}

/// When a delivered order is to be asked about once more, if at all.
pub fn next_reversal_check(order: &Order, now: Instant) -> Option<Instant> {
    let OrderState::Delivered { delivered, .. } = &order.state else { return None };
    let checks = REVERSAL_CHECKS_SECONDS.map(|seconds| delivered.at.plus_seconds(seconds));
    checks.into_iter().find(|at| *at > now)
}

/// Whether an order stands as delivered for so short a time that its supplier may yet take it back.
fn may_be_reversed(order: &Order, now: Instant) -> bool {
    let OrderState::Delivered { delivered, .. } = &order.state else { return false };
    now.millis_since(delivered.at) < ASK_ON_SECONDS * 1000
}

/// The supplier that has the order; the operator's first, where none was noted.
async fn supplier_of(
    app: &App,
    order: &Order,
) -> Result<(Arc<dyn DeliverySupplier>, Line), Problem> {
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator);
    let first = operator.and_then(|operator| operator.suppliers().next());
    let noted = order.attempts.last().map(|attempt| attempt.supplier.as_str());
    let Some(name) = noted.or(first) else {
        return Err(Problem::of(ProblemCode::Internal));
    };
    let supplier = app.suppliers.get(name).cloned();
    let mut missing = Problem::of(ProblemCode::Internal);
    missing.cause = Some(format!("no supplier named {name} is configured"));
    Ok((supplier.ok_or(missing)?, view.line))
}

fn sending_of(order: &Order) -> Option<&Sending> {
    match &order.state {
        OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } => {
            Some(sending)
        }
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => None,
    }
}

fn request_of((order, line): (&Order, &Line), reference: String, now: Instant) -> DeliveryRequest {
    let number = line.msisdn.as_ref().map_or(line.iccid.as_str(), |msisdn| msisdn.as_str());
    DeliveryRequest {
        reference,
        number: number.to_owned(),
        iccid: line.iccid.as_str().to_owned(),
        plan: order.offer.plan.to_string(),
        sent_at: None,
        supplier_reference: None,
        now,
    }
}

/// Takes in what a supplier says about an attempt. After a known refusal the next one that could be asked is named in the
/// same breath.
async fn told(
    app: &App,
    (order, line): (&Order, &Line),
    (supplier, reference): (&str, String),
    answer: DeliveryAnswer,
) -> Result<Order, Problem> {
    let then = if goes_on(&answer) {
        suppliers::next(app, (&line.operator, order), supplier).await?
    } else {
        None
    };
    if let Some(next) = &then {
        tracing::info!(order = %order.id, supplier, next, "refused by a supplier, and goes on");
    }
    let actor = Actor::Supplier(supplier.to_owned());
    let said = Box::new(Answered { reference, answer, then });
    app.run(order.line, LineCommand::DeliveryAnswered(order.id, said), actor).await
}
