//! Asking the provider whether an order is paid, and taking in what it says.

use crate::ports::payment::{CapturedPayment, CheckoutState};
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::orders::Order;
use farline_domain::payments::Capture;

fn no_answer(cause: String) -> Problem {
    Problem::provider_unavailable(cause).money(crate::problem::MoneyWord::Unknown)
}

/// Reads the order's checkout from the provider and books a payment found there.
pub async fn settle(app: &App, order: &Order) -> Result<Order, Problem> {
    let Some(checkout) = &order.checkout else { return Ok(order.clone()) };
    let provider = app.providers.of(&checkout.provider)?;
    let state = provider.checkout_state(&checkout.id).await;
    take_in(app, (order, provider.name()), state.map_err(|unknown| no_answer(unknown.to_string()))?)
        .await
}

/// Ends the order's checkout at the provider; a payment that came first is booked.
pub async fn close(app: &App, order: &Order) -> Result<Order, Problem> {
    let Some(checkout) = &order.checkout else { return Ok(order.clone()) };
    let provider = app.providers.of(&checkout.provider)?;
    let state = provider.expire_checkout(&checkout.id).await;
    take_in(app, (order, provider.name()), state.map_err(|unknown| no_answer(unknown.to_string()))?)
        .await
}

async fn take_in(
    app: &App,
    (order, name): (&Order, &str),
    state: CheckoutState,
) -> Result<Order, Problem> {
    let CheckoutState::Captured(payment) = state else { return Ok(order.clone()) };
    if payment.order != order.id.to_string() {
        let said = format!("the payment at {}'s checkout echoes another order", order.id);
        tracing::error!(order = %order.id, "{said}");
        return Err(no_answer(said));
    }
    let capture = capture_of(name, payment, app.now());
    let actor = Actor::Provider(name.to_owned());
    app.run(order.line, LineCommand::Capture(order.id, capture), actor).await
}

fn capture_of(
    provider: &str,
    payment: CapturedPayment,
    at: farline_domain::kernel::Instant,
) -> Capture {
    Capture {
        provider: provider.to_owned(),
        payment: payment.payment,
        amount: payment.amount,
        method: payment.method,
        at,
    }
}
