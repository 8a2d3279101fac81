//! Checkout Sessions on which a card is kept without a payment (docs.stripe.com/payments/save-and-reuse).

use farline_app::ports::payment::{CheckoutPage, PaymentUnknown, SetupRequest, SetupState};
use serde::Deserialize;
use serde_json::Value;

use super::api::{Form, Listed};
use super::methods::Method;
use super::sessions::{LINGERS_SECONDS, SessionStatus, locale};
use super::settings::StripeMode;
use crate::payment::answer::unsound;

/// What a session's state is read with: what is kept.
pub(super) const WITH_METHOD: [(&str, &str); 1] = [("expand[]", "setup_intent.payment_method")];

/// Asks for a page. The same request gives the same bytes, which its idempotency key stands for.
pub(super) fn form_of(request: &SetupRequest) -> Form {
    let ends = request.expires_at.plus_seconds(LINGERS_SECONDS).millis() / 1_000;
    vec![
        ("mode", "setup".to_owned()),
        ("client_reference_id", request.key.clone()),
        ("metadata[farline_keep]", request.account.to_string()),
        // Of the ways to pay, cards are what can be charged later.
        ("payment_method_types[]", "card".to_owned()),
        ("customer_creation", "always".to_owned()),
        ("locale", locale(request.language).to_owned()),
        ("success_url", request.return_url.clone()),
        ("cancel_url", request.cancel_url.clone()),
        ("expires_at", ends.to_string()),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Purpose {
    Setup,
    Payment,
    Subscription,
}

#[derive(Deserialize)]
struct Keeping {
    farline_keep: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SetupStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    Canceled,
    Succeeded,
}

#[derive(Deserialize)]
struct SetupIntent {
    status: SetupStatus,
    payment_method: Option<Method>,
}

#[derive(Deserialize)]
pub(super) struct SetupSession {
    id: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    #[serde(rename = "mode")]
    purpose: Purpose,
    status: SessionStatus,
    client_reference_id: Option<String>,
    metadata: Option<Keeping>,
    /// None once it can no longer be used.
    url: Option<String>,
    /// Whole only where it was asked for, and otherwise an id.
    setup_intent: Option<Value>,
}

impl Listed for SetupSession {
    fn id(&self) -> &str {
        &self.id
    }
}

impl SetupSession {
    fn has_key(&self, key: &str, mode: StripeMode) -> bool {
        self.mode == mode
            && self.purpose == Purpose::Setup
            && self.client_reference_id.as_deref() == Some(key)
    }

    pub(super) fn is_for(&self, request: &SetupRequest, mode: StripeMode) -> bool {
        let keeps = self.metadata.as_ref().and_then(|data| data.farline_keep.as_deref());
        self.has_key(&request.key, mode) && keeps == Some(request.account.to_string().as_str())
    }

    /// The page, if this session is what was asked for and leads to one.
    pub(super) fn page(
        self,
        request: &SetupRequest,
        mode: StripeMode,
    ) -> Result<CheckoutPage, PaymentUnknown> {
        let fits = self.is_for(request, mode) && !self.id.is_empty();
        let url = self.url.filter(|url| fits && url.starts_with("https://"));
        Ok(CheckoutPage { id: self.id, url: url.ok_or_else(unsound)? })
    }

    /// The state, if this is the session asked about, under its key.
    pub(super) fn state(
        self,
        id: &str,
        key: &str,
        mode: StripeMode,
    ) -> Result<SetupState, PaymentUnknown> {
        if self.id != id || !self.has_key(key, mode) {
            return Err(unsound());
        }
        let intent = self.setup_intent.map(serde_json::from_value::<SetupIntent>).transpose();
        let intent = intent.map_err(|_| unsound())?;
        match (self.status, intent.as_ref().map(|intent| intent.status)) {
            (SessionStatus::Complete, Some(SetupStatus::Succeeded)) => {
                let method = intent.and_then(|intent| intent.payment_method);
                let method = method.ok_or_else(unsound)?;
                if !method.is_attached() {
                    // What it kept was forgotten since.
                    return Ok(SetupState::Expired);
                }
                method.saved().map(SetupState::Saved).ok_or_else(unsound)
            }
            // The bank may still say either.
            (SessionStatus::Open, _) | (_, Some(SetupStatus::Processing)) => Ok(SetupState::Open),
            (SessionStatus::Complete, None) => Err(unsound()),
            (SessionStatus::Expired, _) | (SessionStatus::Complete, Some(_)) => {
                Ok(SetupState::Expired)
            }
        }
    }
}
