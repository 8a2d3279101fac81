//! Refunds (docs.stripe.com/api/refunds).

use std::collections::BTreeMap;

use farline_app::ports::payment::{RefundRequest, RefundState};
use serde::Deserialize;

use super::api::{Form, Listed};
use super::intents::money;

/// The name under which our key stands in a refund's metadata.
pub(super) const KEY: &str = "farline_refund";

/// Asks for a refund. No reason is given: Stripe knows three, and none of them says that an order was not fulfilled.
pub(super) fn form_of(request: &RefundRequest) -> Form {
    vec![
        ("payment_intent", request.payment.clone()),
        ("amount", request.amount.minor.to_string()),
        ("metadata[farline_refund]", request.key.clone()),
    ]
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefundStatus {
    Pending,
    RequiresAction,
    Succeeded,
    Failed,
    Canceled,
}

#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    status: RefundStatus,
    payment_intent: Option<String>,
    metadata: Option<BTreeMap<String, String>>,
    amount: i64,
    currency: String,
    failure_reason: Option<String>,
}

impl Listed for Refund {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Refund {
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.metadata.as_ref().and_then(|data| data.get(KEY)).is_some_and(|given| given == key)
    }

    pub(super) fn is_for(&self, request: &RefundRequest) -> bool {
        self.has_key(&request.key)
            && self.payment_intent.as_deref() == Some(request.payment.as_str())
            && !self.id.is_empty()
            && money(self.amount, &self.currency).is_ok_and(|amount| amount == request.amount)
    }

    pub(super) fn state(self) -> RefundState {
        let reason = |word: &str| self.failure_reason.clone().unwrap_or_else(|| word.to_owned());
        match self.status {
            // Stripe waits for the bank, or for the payer to say where to.
            RefundStatus::Pending | RefundStatus::RequiresAction => {
                RefundState::Pending { refund: self.id }
            }
            RefundStatus::Succeeded => RefundState::Done { refund: self.id },
            RefundStatus::Failed => RefundState::Failed { reason: reason("unspecified") },
            RefundStatus::Canceled => RefundState::Failed { reason: reason("canceled") },
        }
    }
}
