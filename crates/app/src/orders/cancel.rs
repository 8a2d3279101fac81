//! Cancelling while nothing has been sent.

use crate::{App, Problem, payments};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::orders::{Order, OrderState};

/// Cancels an order. One that has just been paid at the provider is settled first, so that the money
/// is known of and goes back.
pub async fn cancel(app: &App, order: &Order, actor: Actor) -> Result<Order, Problem> {
    let awaiting = matches!(order.state, OrderState::AwaitingPayment { .. });
    let cancelled = app.run(order.line, LineCommand::Cancel(order.id), actor).await?;
    if awaiting {
        // From here on the page cannot be paid; a payment that came first is taken in and refunded.
        return Ok(payments::close(app, &cancelled).await.unwrap_or(cancelled));
    }
    Ok(cancelled)
}
