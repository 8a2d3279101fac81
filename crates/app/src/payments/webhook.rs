//! A provider's webhook: verified, noted once, and then the truth is read from the provider.

use super::{ask_refund, settle};
use crate::ports::payment::{PaymentProvider, WebhookHint, WebhookRefusal};
use crate::{App, Problem};
use farline_domain::kernel::OrderId;

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// Taken and acted on.
    Taken,
    /// Seen before; nothing more to do.
    SeenBefore,
    /// Not from the provider; nothing changed.
    Forged(WebhookRefusal),
}

/// Receives a webhook. One that cannot be judged yet is answered as our own fault, so that it comes again. Whatever
/// it fails to bring about, the polling jobs bring about later.
pub async fn receive(
    (app, provider): (&App, &dyn PaymentProvider),
    header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
    body: &[u8],
) -> Result<Received, Problem> {
    let now = app.now();
    provider.prepare_webhook(header, now).await.map_err(Problem::provider_unavailable)?;
    let hint = match provider.webhook(header, body, now) {
        Ok(hint) => hint,
        Err(refusal) => return Ok(Received::Forged(refusal)),
    };
    if !app.store.first_sight(provider.name(), &hint.event, now).await? {
        return Ok(Received::SeenBefore);
    }
    act_on(app, &hint).await?;
    Ok(Received::Taken)
}

async fn act_on(app: &App, hint: &WebhookHint) -> Result<(), Problem> {
    let (order, refund) = match (&hint.order, &hint.refund_key) {
        (Some(order), _) => (OrderId::parse(order), None),
        (None, Some(key)) => super::refund::read_key(key).unzip(),
        (None, None) => (None, None),
    };
    if order.is_none() && hint.payment.is_some() {
        // A person has to look: no order can be found by the provider's id of a payment.
        tracing::warn!(event = hint.event, "the provider tells of a payment without its order");
    }
    let Some(order) = order else { return Ok(()) };
    let Some(order) = app.store.order(order).await? else { return Ok(()) };
    match refund {
        Some(number) => ask_refund(app, &order, number).await.map(|_| ()),
        None => settle(app, &order).await.map(|_| ()),
    }
}
