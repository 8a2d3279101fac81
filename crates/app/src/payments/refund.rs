//! Giving money back, and asking how that is going.

use crate::ports::payment::{PaymentProvider, RefundRequest, RefundState};
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand, RefundAnswer};
use farline_domain::kernel::OrderId;
use farline_domain::orders::Order;
use farline_domain::payments::{Refund, RefundProgress};

/// The key of one attempt at a refund: the order, the refund's number, the attempt.
pub fn key_of(order: OrderId, refund: &Refund) -> String {
    format!("{order}-refund-{}-{}", refund.number, refund.attempt)
}

/// The order and refund number that a key names.
pub fn read_key(key: &str) -> Option<(OrderId, u32)> {
    let (order, rest) = key.split_once("-refund-")?;
    let (number, _) = rest.split_once('-')?;
    Some((OrderId::parse(order)?, number.parse().ok()?))
}

/// Asks the provider to give the order's refund back. An unknown outcome is an error: the same key
/// is used again later.
pub async fn refund(app: &App, order: &Order, number: u32) -> Result<Order, Problem> {
    let Some(refund) = order.refund(number) else { return Ok(order.clone()) };
    if refund.progress != RefundProgress::Due {
        return Ok(order.clone());
    }
    // A person gives it back: no provider has it.
    if refund.is_by_hand() {
        return Ok(order.clone());
    }
    // Credit of the line, and a partner's account, are in our own books: no provider is between.
    if refund.is_in_our_books() {
        let answer = RefundAnswer::Done { refund: key_of(order.id, refund) };
        return say(app, order, (number, Actor::System), answer).await;
    }
    let request = RefundRequest {
        key: key_of(order.id, refund),
        payment: refund.capture.payment.clone(),
        amount: refund.amount,
    };
    let provider = app.providers.of(&refund.capture.provider)?;
    let answer = provider.refund(&request).await;
    let answer = match answer.map_err(Problem::provider_unavailable)? {
        Ok(state) => answer_of(state),
        Err(refusal) => RefundAnswer::Failed { reason: refusal.code },
    };
    say(app, order, (number, by(provider)), answer).await
}

/// Asks the provider how a refund is going; it may still fail after it was reported done.
pub async fn ask_refund(app: &App, order: &Order, number: u32) -> Result<Order, Problem> {
    let is_asked = |refund: &&Refund| {
        !refund.is_in_our_books() && !refund.is_by_hand() && !order.is_settled_by_bank(refund)
    };
    let asked = order.refund(number).filter(is_asked);
    let Some(asked) = asked else { return Ok(order.clone()) };
    let theirs = match &asked.progress {
        RefundProgress::Asked { refund } | RefundProgress::Done { refund, .. } => refund,
        RefundProgress::Due | RefundProgress::Failed { .. } => return Ok(order.clone()),
    };
    let provider = app.providers.of(&asked.capture.provider)?;
    let state = provider.refund_state(theirs).await;
    let state = state.map_err(Problem::provider_unavailable)?;
    say(app, order, (number, by(provider)), answer_of(state)).await
}

fn by(provider: &dyn PaymentProvider) -> Actor {
    Actor::Provider(provider.name().to_owned())
}

fn answer_of(state: RefundState) -> RefundAnswer {
    match state {
        RefundState::Pending { refund } => RefundAnswer::Pending { refund },
        RefundState::Done { refund } => RefundAnswer::Done { refund },
        RefundState::Failed { reason } => RefundAnswer::Failed { reason },
    }
}

async fn say(
    app: &App,
    order: &Order,
    (number, actor): (u32, Actor),
    answer: RefundAnswer,
) -> Result<Order, Problem> {
    app.run(order.line, LineCommand::RefundAnswered(order.id, number, answer), actor).await
}
