//! Asking the provider whether an order is paid, and taking in what it says.

use crate::ports::payment::{CapturedPayment, CheckoutState};
use crate::{App, Problem, methods, protection};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::orders::Order;
use farline_domain::payments::Capture;

pub(super) fn no_answer(cause: String) -> Problem {
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
    book(app, (order, name), payment).await
}

/// Books a payment that the provider tells of, if it echoes the order; a method that came with it is the payer's.
pub(super) async fn book(
    app: &App,
    (order, name): (&Order, &str),
    payment: CapturedPayment,
) -> Result<Order, Problem> {
    if payment.order != order.id.to_string() {
        let said = format!("the payment for {} echoes another order", order.id);
        tracing::error!(order = %order.id, "{said}");
        return Err(no_answer(said));
    }
    // Told again of a payment, a method that was forgotten or refused since then stays so.
    let saved = payment.saved.clone().filter(|_| order.capture().is_none());
    let capture = capture_of(name, payment, app.now());
    let actor = Actor::Provider(name.to_owned());
    let after = app.run(order.line, LineCommand::Capture(order.id, capture), actor).await?;
    protection::placing::paid(app, (order, &after)).await;
    let account = order.payer.as_ref().and_then(|payer| payer.account);
    if let (Some(account), Some(saved)) = (account, saved) {
        methods::keep(app, account, (name, saved)).await?;
    }
    Ok(after)
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
