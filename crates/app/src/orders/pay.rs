//! Where an order is paid.

use crate::ports::payment::CheckoutRequest;
use crate::{App, Problem, payments};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::Checkout;

/// Where an order is to be paid, and whether the method is to be kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paying<'a> {
    /// The provider that was chosen; the first, if none was.
    pub provider: Option<&'a str>,
    /// Whether the payer, who is signed in, wants the method kept for later renewals.
    pub keep_method: bool,
}

/// Begins the payment of an order just placed: a saved method is charged at once, anything else has a page. What is not known
/// yet is no error: the order stands, and says so.
pub async fn pay(
    app: &App,
    order: Order,
    paying: Paying<'_>,
) -> Result<(Order, Option<String>), Problem> {
    let order = if order.charge.is_some() {
        match payments::charge(app, &order).await {
            Ok(order) => order,
            Err(problem) => {
                let cause = problem.cause.unwrap_or_default();
                tracing::warn!(order = %order.id, cause, "a charge has no outcome yet");
                app.order(order.id).await?
            }
        }
    } else {
        order
    };
    let url = pay_url(app, &order, paying).await?;
    Ok((order, url))
}

/// What the payment is for, in the payer's language.
pub(crate) fn description(app: &App, order: &Order) -> String {
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&order.offer.plan);
    plan.map_or(order.reference.to_string(), |plan| {
        format!("{} · {}", plan.name.get(order.language), order.reference)
    })
}

/// The provider's page for an order that waits for its payment, made when it is first asked for. Asking the provider
/// twice makes one page; an order that has one keeps it. There is none while a saved method is being charged.
pub async fn pay_url(
    app: &App,
    order: &Order,
    paying: Paying<'_>,
) -> Result<Option<String>, Problem> {
    let OrderState::AwaitingPayment { until } = order.state else { return Ok(None) };
    if let Some(checkout) = &order.checkout {
        return Ok(Some(checkout.url.clone()));
    }
    if order.charge.as_ref().is_some_and(|charge| charge.declined.is_none()) {
        return Ok(None);
    }
    let token = crate::tokens::Seal(&app.keys.tokens).order_token(order.id);
    let page = format!("{}/{}/orders/{token}", app.base_url, order.language.path());
    let account = order.payer.as_ref().and_then(|payer| payer.account);
    let request = CheckoutRequest {
        order: order.id.to_string(),
        amount: order.price.total,
        description: description(app, order),
        language: order.language,
        return_url: page.clone(),
        cancel_url: page,
        expires_at: until,
        save_for: account.filter(|_| paying.keep_method),
    };
    let wanted = paying.provider.and_then(|name| app.providers.find(name));
    let provider = wanted.unwrap_or(app.providers.first());
    let answer = provider.checkout(&request).await;
    let page = answer.map_err(Problem::provider_unavailable)?.map_err(|refusal| {
        Problem::provider_unavailable(format!("{}: {}", refusal.code, refusal.message))
    })?;
    let provider = provider.name().to_owned();
    let checkout = Checkout { provider, id: page.id, url: page.url };
    let command = LineCommand::AttachCheckout(order.id, checkout);
    let order = app.run(order.line, command, Actor::System).await?;
    Ok(order.checkout.map(|checkout| checkout.url))
}
