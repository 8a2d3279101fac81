//! A webhook of PayPal's: what its headers sign (developer.paypal.com/api/rest/webhooks/rest), and what its event
//! hints at.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::payment::{HintAbout, WebhookHint, WebhookRefusal};
use farline_domain::kernel::Instant;
use jiff::Timestamp;
use serde::Deserialize;

/// How far the transmission's time may be from ours, in milliseconds either way.
const TOLERANCE_MS: u64 = 300_000;

/// The only way that PayPal signs.
const ALGORITHM: &str = "SHA256withRSA";

/// What the headers say, unproven.
pub(super) struct Transmission {
    id: String,
    /// As written, since these characters are what is signed.
    time: String,
    signature: String,
    certificate: String,
}

impl Transmission {
    /// Nothing when a header is missing or names another way to sign.
    pub(super) fn read(
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
    ) -> Option<Self> {
        header("PAYPAL-AUTH-ALGO").filter(|algorithm| algorithm == ALGORITHM)?;
        Some(Self {
            id: header("PAYPAL-TRANSMISSION-ID")?,
            time: header("PAYPAL-TRANSMISSION-TIME")?,
            signature: header("PAYPAL-TRANSMISSION-SIG")?,
            certificate: header("PAYPAL-CERT-URL")?,
        })
    }

    /// Where the certificate is said to be.
    pub(super) fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The text that PayPal signs. Of the body it signs a check sum only, which anybody who has a genuine
    /// transmission can meet with another body: one more reason why a hint is never the truth.
    pub(super) fn signed_text(&self, webhook_id: &str, body: &[u8]) -> String {
        format!("{}|{}|{webhook_id}|{}", self.id, self.time, crc32fast::hash(body))
    }

    pub(super) fn signature(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.signature).ok()
    }

    /// The age counts only for a true signature, so a forger learns nothing about our clock.
    pub(super) fn check_age(&self, now: Instant) -> Result<(), WebhookRefusal> {
        let sent: Timestamp = self.time.parse().map_err(|_| WebhookRefusal::TooOld)?;
        if now.millis().abs_diff(sent.as_millisecond()) > TOLERANCE_MS {
            return Err(WebhookRefusal::TooOld);
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "event_type")]
    kind: String,
    #[serde(default)]
    resource: Resource,
}

/// What of an order, a capture, a refund or a dispute says whose it is.
#[derive(Default, Deserialize)]
struct Resource {
    custom_id: Option<String>,
    #[serde(default)]
    purchase_units: Vec<Named>,
    dispute_id: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    custom_id: Option<String>,
}

/// What a genuine webhook hints at. An event of a kind not known here, and one about something that another program
/// made at the same account, hint at nothing, so that they are acknowledged and do not come again for three days.
pub(super) fn hint(body: &[u8]) -> Result<WebhookHint, WebhookRefusal> {
    let event: Event = serde_json::from_slice(body).map_err(|_| WebhookRefusal::Body)?;
    if event.id.is_empty() {
        return Err(WebhookRefusal::Body);
    }
    let (kind, resource) = (event.kind.as_str(), event.resource);
    let about = if kind.starts_with("CHECKOUT.ORDER.") {
        let named = resource.purchase_units.into_iter().find_map(|unit| unit.custom_id);
        named.map(HintAbout::Order)
    } else if kind == "PAYMENT.CAPTURE.REFUNDED" || kind.starts_with("PAYMENT.REFUND.") {
        // Both are about the refund, whose own id from us is the key.
        resource.custom_id.map(HintAbout::Refund)
    } else if kind.starts_with("PAYMENT.CAPTURE.") {
        resource.custom_id.map(HintAbout::Order)
    } else if kind.starts_with("CUSTOMER.DISPUTE.") {
        resource.dispute_id.map(HintAbout::Dispute)
    } else {
        None
    };
    Ok(WebhookHint { event: event.id, about: about.unwrap_or(HintAbout::Nothing) })
}
