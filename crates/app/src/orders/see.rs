//! Looking at an order.

use crate::{App, Problem, payments};
use farline_domain::kernel::OrderId;
use farline_domain::orders::{Order, OrderState};

/// Reads an order. One that waits for its payment is first asked about at the provider, so that a
/// payer who returns sooner than the webhook, or without one, sees the truth.
pub async fn see(app: &App, id: OrderId) -> Result<Order, Problem> {
    let order = app.order(id).await?;
    if matches!(order.state, OrderState::AwaitingPayment { .. }) && order.checkout.is_some() {
        return Ok(payments::settle(app, &order).await.unwrap_or(order));
    }
    Ok(order)
}
