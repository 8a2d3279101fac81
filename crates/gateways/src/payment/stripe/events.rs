//! Webhooks: what an event hints at (docs.stripe.com/api/events/types).

use std::collections::BTreeMap;

use farline_app::ports::payment::{HintAbout, WebhookHint, WebhookRefusal};
use serde::Deserialize;
use serde_json::Value;

use super::settings::StripeMode;
use super::{refunds, sessions};

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: Value,
}

#[derive(Deserialize)]
struct Object {
    id: Option<String>,
    client_reference_id: Option<String>,
    metadata: Option<BTreeMap<String, String>>,
    payment_intent: Option<String>,
}

impl Object {
    fn noted(&mut self, name: &str) -> Option<String> {
        self.metadata.as_mut()?.remove(name)
    }
}

/// What a genuine webhook hints at. An event of a kind not known here, or about what others do with the account, hints
/// at nothing, so that it is acknowledged and does not come again for three days.
pub(super) fn hint(body: &[u8], mode: StripeMode) -> Result<WebhookHint, WebhookRefusal> {
    let event: Event = serde_json::from_slice(body).map_err(|_| WebhookRefusal::Body)?;
    if event.id.is_empty() || event.mode != mode {
        return Err(WebhookRefusal::Body);
    }
    let Some(subject) = Subject::of(&event.kind) else {
        return Ok(WebhookHint { event: event.id, about: HintAbout::Nothing });
    };
    let mut object: Object =
        serde_json::from_value(event.data.object).map_err(|_| WebhookRefusal::Body)?;
    let about = match subject {
        Subject::Page => object.client_reference_id.map(HintAbout::Order),
        Subject::Attempt => object.noted(sessions::ORDER).map(HintAbout::Order),
        Subject::Dispute => object.id.map(HintAbout::Dispute),
        Subject::Refund => match object.noted(refunds::KEY) {
            Some(key) => Some(HintAbout::Refund(key)),
            // Somebody gave money back on Stripe's own pages.
            None => object.payment_intent.map(HintAbout::Payment),
        },
    };
    Ok(WebhookHint { event: event.id, about: about.unwrap_or(HintAbout::Nothing) })
}

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A Checkout Session.
    Page,
    /// A `PaymentIntent`, which tells of an attempt at a page that failed.
    Attempt,
    /// A refund.
    Refund,
    /// A dispute, or a warning of one.
    Dispute,
}

impl Subject {
    fn of(kind: &str) -> Option<Self> {
        let starts = |prefix: &str| kind.starts_with(prefix);
        if starts("checkout.session.") {
            Some(Self::Page)
        } else if starts("payment_intent.") {
            Some(Self::Attempt)
        } else if starts("refund.") || kind == "charge.refund.updated" {
            Some(Self::Refund)
        } else if starts("charge.dispute.") || starts("radar.early_fraud_warning.") {
            Some(Self::Dispute)
        } else {
            None
        }
    }
}
