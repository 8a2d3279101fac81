//! A provider's webhook: verified, the truth read from the provider, and then noted as seen.

use super::{ask_refund, settle};
use crate::ports::payment::{HintAbout, PaymentProvider, WebhookRefusal};
use crate::{App, Problem};
use farline_domain::kernel::OrderId;

/// For so long a provider's event is remembered, in seconds: 60 days. Stripe and PayPal repeat by themselves for three days, and
/// what went wrong can be sent again by hand for 30; one that comes later still only makes us ask the provider once more.
pub const REMEMBERED_SECONDS: i64 = 60 * 24 * 60 * 60;

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

/// Receives a webhook. One that cannot be judged or acted on yet is answered as our own fault, so that it comes again:
/// it counts as seen once it is acted on, as no job asks after a second payment or a dispute that nobody knows of.
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
    if app.store.has_event(provider.name(), &hint.event).await? {
        return Ok(Received::SeenBefore);
    }
    act_on((app, provider), hint.about).await?;
    let is_new = app.store.note_event(provider.name(), &hint.event, now).await?;
    Ok(if is_new { Received::Taken } else { Received::SeenBefore })
}

async fn act_on(
    (app, provider): (&App, &dyn PaymentProvider),
    about: HintAbout,
) -> Result<(), Problem> {
    let (order, refund) = match about {
        HintAbout::Nothing => (None, None),
        HintAbout::Dispute(id) => return super::dispute(app, provider, &id).await,
        HintAbout::Order(order) => (OrderId::parse(&order), None),
        HintAbout::Refund(key) => super::refund::read_key(&key).unzip(),
        HintAbout::Payment(payment) => {
            // No order can be found by it; `farline reconcile` names what was given back there.
            tracing::warn!(payment, "somebody gave money back on the provider's own pages");
            (None, None)
        }
    };
    let Some(order) = order else { return Ok(()) };
    let Some(order) = app.store.order(order).await? else { return Ok(()) };
    match refund {
        Some(number) => ask_refund(app, &order, number).await.map(|_| ()),
        None => settle(app, &order).await.map(|_| ()),
    }
}

/// Forgets events that no provider repeats any more. Returns how many.
pub async fn forget_events(app: &App) -> Result<u64, Problem> {
    Ok(app.store.forget_events(app.now().plus_seconds(-REMEMBERED_SECONDS)).await?)
}
