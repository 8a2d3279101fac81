//! Webhooks: signed over the body alone, so the headers are only compared, and what is told is a hint.

use farline_app::ports::shop::{Header, ShopHint, ShopWebhookRefusal};
use serde::Deserialize;

use crate::marketplace::digest::is_signed;

#[derive(Deserialize)]
struct Body {
    id: u64,
}

pub(super) fn hint(
    (secrets, base_url): (&[String], &str),
    header: Header<'_>,
    body: &[u8],
) -> Result<ShopHint, ShopWebhookRefusal> {
    if is_ping(body) {
        return Ok(ShopHint { event: String::new(), trade: None });
    }
    let signature = header("X-WC-Webhook-Signature").ok_or(ShopWebhookRefusal::Signature)?;
    if !is_signed(secrets, &signature, body) {
        return Err(ShopWebhookRefusal::Signature);
    }
    let source = header("X-WC-Webhook-Source").ok_or(ShopWebhookRefusal::OtherShop)?;
    if source.trim_end_matches('/') != base_url.trim_end_matches('/') {
        return Err(ShopWebhookRefusal::OtherShop);
    }
    let event = header("X-WC-Webhook-Delivery-ID").filter(|id| !id.is_empty());
    let event = event.ok_or(ShopWebhookRefusal::Body)?;
    let topic = header("X-WC-Webhook-Topic").ok_or(ShopWebhookRefusal::Body)?;
    if !topic.starts_with("order.") {
        return Ok(ShopHint { event, trade: None });
    }
    let told: Body = serde_json::from_slice(body).map_err(|_| ShopWebhookRefusal::Body)?;
    Ok(ShopHint { event, trade: Some(told.id.to_string()) })
}

/// Sent once when the webhook is saved, without a signature. It says nothing, and wants to be answered well.
fn is_ping(body: &[u8]) -> bool {
    let id = body.strip_prefix(b"webhook_id=");
    id.is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
}
