//! Where an order is paid.

use crate::ports::payment::CheckoutRequest;
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::Checkout;

/// The provider's page for an order that waits for its payment, made when it is first asked for, at the wanted provider
/// or else at the first. Asking the provider twice makes one page; an order that has one keeps it.
pub async fn pay_url(
    app: &App,
    order: &Order,
    wanted: Option<&str>,
) -> Result<Option<String>, Problem> {
    let OrderState::AwaitingPayment { until } = order.state else { return Ok(None) };
    if let Some(checkout) = &order.checkout {
        return Ok(Some(checkout.url.clone()));
    }
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&order.offer.plan);
    let token = crate::tokens::Seal(&app.keys.tokens).order_token(order.id);
    let page = format!("{}/{}/orders/{token}", app.base_url, order.language.path());
    let request = CheckoutRequest {
        order: order.id.to_string(),
        amount: order.price.total,
        description: plan.map_or(order.reference.to_string(), |plan| {
            format!("{} · {}", plan.name.get(order.language), order.reference)
        }),
        language: order.language,
        return_url: page.clone(),
        cancel_url: page,
        expires_at: until,
        save_for: None,
    };
    let wanted = wanted.and_then(|name| app.providers.find(name));
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
