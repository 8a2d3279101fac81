//! Webhooks: signed over the body alone, so the headers are only compared, and what is told is a hint.

use farline_app::ports::shop::{Header, ShopHint, ShopWebhookRefusal};
use farline_domain::kernel::Instant;
use serde::Deserialize;

use crate::marketplace::client::instant;
use crate::marketplace::digest::is_signed;

/// Shopify repeats a webhook for four hours.
const REPEATED_SECONDS: i64 = 5 * 60 * 60;

#[derive(Deserialize)]
struct Body {
    id: Option<u64>,
    /// In what is told of a refund.
    order_id: Option<u64>,
}

pub(super) fn hint(
    (secrets, domain): (&[String], &str),
    header: Header<'_>,
    body: &[u8],
    now: Instant,
) -> Result<ShopHint, ShopWebhookRefusal> {
    let signature = header("X-Shopify-Hmac-Sha256").ok_or(ShopWebhookRefusal::Signature)?;
    if !is_signed(secrets, &signature, body) {
        return Err(ShopWebhookRefusal::Signature);
    }
    // The secret is the application's, which other shops may have as well.
    let of = header("X-Shopify-Shop-Domain").ok_or(ShopWebhookRefusal::OtherShop)?;
    if !of.eq_ignore_ascii_case(domain) {
        return Err(ShopWebhookRefusal::OtherShop);
    }
    if let Some(text) = header("X-Shopify-Triggered-At") {
        let at = instant(&text).ok_or(ShopWebhookRefusal::Body)?;
        if at.plus_seconds(REPEATED_SECONDS) < now {
            return Err(ShopWebhookRefusal::TooOld);
        }
    }
    let event = header("X-Shopify-Webhook-Id").filter(|id| !id.is_empty());
    let event = event.ok_or(ShopWebhookRefusal::Body)?;
    let topic = header("X-Shopify-Topic").ok_or(ShopWebhookRefusal::Body)?;
    let told: Body = serde_json::from_slice(body).map_err(|_| ShopWebhookRefusal::Body)?;
    let trade = match topic.split_once('/') {
        Some(("orders", _)) => Some(told.id.ok_or(ShopWebhookRefusal::Body)?),
        Some(("refunds", _)) => Some(told.order_id.ok_or(ShopWebhookRefusal::Body)?),
        // About the application or something else; acknowledged, so that it does not come again.
        _ => None,
    };
    Ok(ShopHint { event, trade: trade.map(|number| number.to_string()) })
}
