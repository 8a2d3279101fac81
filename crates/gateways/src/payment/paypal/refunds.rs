//! Refunds and what is needed of captures to find them, as PayPal writes them.

use farline_app::ports::payment::{PaymentUnknown, RefundRequest, RefundState};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::orders::Link;
use crate::payment::answer::unsound;

/// What is sent to give money back; `custom_id` carries our key, by which the refund is found again.
pub(super) fn create(request: &RefundRequest) -> Value {
    json!({"amount": Amount::of(request.amount), "custom_id": request.key})
}

/// A capture, as it is read by its id.
#[derive(Deserialize)]
pub(super) struct Captured {
    id: String,
    #[serde(default)]
    supplementary_data: Supplement,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Default, Deserialize)]
struct Supplement {
    #[serde(default)]
    related_ids: RelatedIds,
}

#[derive(Default, Deserialize)]
struct RelatedIds {
    order_id: Option<String>,
}

impl Captured {
    /// The order that was captured: the only object that lists the refunds.
    pub(super) fn order(&self, capture: &str) -> Result<&str, PaymentUnknown> {
        if self.id != capture {
            return Err(unsound());
        }
        let above = || self.links.iter().find(|link| link.rel == "up").map(|link| last(&link.href));
        let order = self.supplementary_data.related_ids.order_id.as_deref();
        order.or_else(above).filter(|order| !order.is_empty()).ok_or_else(unsound)
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RefundStatus {
    Pending,
    Completed,
    Failed,
    Cancelled,
}

#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    status: RefundStatus,
    amount: Amount,
    custom_id: Option<String>,
    #[serde(default)]
    status_details: StatusDetails,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Default, Deserialize)]
struct StatusDetails {
    reason: Option<String>,
}

impl Refund {
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.custom_id.as_deref() == Some(key)
    }

    pub(super) fn has_id(&self, id: &str) -> bool {
        self.id == id
    }

    /// Whether this is the refund that was asked for. Its capture is named only by the way up to it.
    pub(super) fn is_for(&self, request: &RefundRequest) -> bool {
        let mut above = self.links.iter().filter(|link| link.rel == "up");
        self.has_key(&request.key)
            && !self.id.is_empty()
            && self.amount.is(request.amount)
            && above.all(|link| last(&link.href) == request.payment)
    }

    pub(super) fn state(self) -> RefundState {
        let otherwise = match self.status {
            RefundStatus::Pending => return RefundState::Pending { refund: self.id },
            RefundStatus::Completed => return RefundState::Done { refund: self.id },
            RefundStatus::Failed => "FAILED",
            RefundStatus::Cancelled => "CANCELLED",
        };
        let reason = self.status_details.reason.unwrap_or_else(|| otherwise.to_owned());
        RefundState::Failed { reason }
    }
}

/// The last segment of an address.
fn last(href: &str) -> &str {
    href.rsplit('/').next().unwrap_or_default()
}
