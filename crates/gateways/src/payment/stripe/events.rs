//! Webhooks: what an event hints at (docs.stripe.com/api/events/types).

use std::collections::BTreeMap;

use farline_app::ports::payment::{WebhookHint, WebhookRefusal};
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
    let nothing = WebhookHint { event: event.id, order: None, refund_key: None, payment: None };
    let Some(subject) = Subject::of(&event.kind) else { return Ok(nothing) };
    let mut object: Object =
        serde_json::from_value(event.data.object).map_err(|_| WebhookRefusal::Body)?;
    Ok(match subject {
        Subject::Page => WebhookHint { order: object.client_reference_id, ..nothing },
        Subject::Attempt => WebhookHint { order: object.noted(sessions::ORDER), ..nothing },
        Subject::Payment => WebhookHint { payment: object.payment_intent, ..nothing },
        Subject::Refund => match object.noted(refunds::KEY) {
            Some(key) => WebhookHint { refund_key: Some(key), ..nothing },
            // Somebody gave money back on Stripe's own pages.
            None => WebhookHint { payment: object.payment_intent, ..nothing },
        },
    })
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
    /// A payment that is disputed, or that the bank warns of.
    Payment,
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
            Some(Self::Payment)
        } else {
            None
        }
    }
}
