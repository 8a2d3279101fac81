//! A webhook of a shop: verified, kept as a trade to be read, and only then answered.

use super::Shop;
use super::take_in::keep_whole;
use crate::ports::shop::{Header, ShopWebhookRefusal};
use crate::{App, Problem};

/// What became of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Taken. What it tells is read from the shop.
    Taken,
    /// Seen before; nothing more to do.
    SeenBefore,
    /// Not from the shop; nothing changed.
    Forged(ShopWebhookRefusal),
}

/// Receives a webhook. The marketplace wants an answer within seconds, so the trade is read afterwards.
pub async fn hear(
    app: &App,
    shop: &Shop,
    header: Header<'_>,
    body: &[u8],
) -> Result<Heard, Problem> {
    let now = app.now();
    let Some(gateway) = &shop.gateway else {
        return Ok(Heard::Forged(ShopWebhookRefusal::NotSpoken));
    };
    let hint = match gateway.webhook(header, body, now) {
        Ok(hint) => hint,
        Err(refusal) => return Ok(Heard::Forged(refusal)),
    };
    let Some(trade) = hint.trade else { return Ok(Heard::Taken) };
    let provider = format!("shop:{}", shop.name);
    if app.store.has_event(&provider, &hint.event).await? {
        return Ok(Heard::SeenBefore);
    }
    keep_whole(app, shop, &trade).await?;
    let is_new = app.store.note_event(&provider, &hint.event, now).await?;
    app.wake.notify_one();
    Ok(if is_new { Heard::Taken } else { Heard::SeenBefore })
}
