//! Charges of kept methods: payment intents that are confirmed as they are made (docs.stripe.com/api/payment_intents).

use std::collections::BTreeMap;

use farline_app::ports::payment::{ChargeRequest, ChargeState, PaymentUnknown};
use farline_domain::payments::Decline;
use serde::Deserialize;
use serde_json::Value;

use super::api::{Form, Listed};
use super::declines::decline;
use super::intents::{PaymentIntent, Progress, code_of, money};
use super::sessions::ORDER;
use super::settings::StripeMode;
use crate::payment::answer::unsound;

/// The name under which our key stands in the metadata.
const KEY: &str = "farline_charge";

/// What an intent is read with: how it was paid.
pub(super) const WITH_CHARGE: [(&str, &str); 1] = [("expand[]", "latest_charge")];

/// How long Stripe surely remembers a key, in seconds: an hour less than the day it promises, for clocks that differ.
pub(super) const REMEMBERS_SECONDS: i64 = 23 * 60 * 60;

/// Asks for a charge. The same request gives the same bytes, which its idempotency key stands for.
pub(super) fn form_of(request: &ChargeRequest) -> Form {
    let mut form = vec![
        ("amount", request.amount.minor.to_string()),
        ("currency", code_of(request.amount.currency)),
        ("payment_method", request.method.clone()),
        ("payment_method_types[]", "card".to_owned()),
        ("confirm", "true".to_owned()),
        ("off_session", (!request.is_payer_there).to_string()),
        ("description", request.description.clone()),
        ("metadata[farline_order]", request.order.clone()),
        ("metadata[farline_charge]", request.key.clone()),
    ];
    // A card that nobody keeps has no customer.
    if !request.customer.is_empty() {
        form.push(("customer", request.customer.clone()));
    }
    form.extend(WITH_CHARGE.map(|(name, value)| (name, value.to_owned())));
    form
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
}

/// An intent that charges a kept method.
#[derive(Deserialize)]
pub(super) struct Charge {
    id: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    status: Status,
    amount: i64,
    currency: String,
    metadata: Option<BTreeMap<String, String>>,
    last_payment_error: Option<Failure>,
}

/// Why the last attempt came to nothing.
#[derive(Deserialize)]
struct Failure {
    code: Option<String>,
    decline_code: Option<String>,
    advice_code: Option<String>,
}

impl Listed for Charge {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Charge {
    pub(super) fn name(&self) -> &str {
        &self.id
    }

    pub(super) fn status(&self) -> Status {
        self.status
    }

    fn noted(&self, name: &str) -> Option<&str> {
        self.metadata.as_ref()?.get(name).map(String::as_str)
    }

    pub(super) fn has_key(&self, key: &str) -> bool {
        self.noted(KEY) == Some(key)
    }

    /// Whether this is the charge that was asked for. What was taken by it is told as Stripe tells it.
    pub(super) fn is_for(&self, request: &ChargeRequest, mode: StripeMode) -> bool {
        self.mode == mode
            && self.has_key(&request.key)
            && self.noted(ORDER) == Some(request.order.as_str())
            && !self.id.is_empty()
            && money(self.amount, &self.currency).is_ok_and(|asked| asked == request.amount)
    }

    /// Why nothing was taken.
    pub(super) fn declined(&self) -> Decline {
        let failure = self.last_payment_error.as_ref();
        let word = |of: fn(&Failure) -> Option<&str>| failure.and_then(of);
        // Where nothing failed, the bank wanted to ask the payer; when that is over, nothing else says so.
        let unasked = failure.is_none().then_some("authentication_required");
        decline(
            word(|failure| failure.advice_code.as_deref()),
            word(|failure| failure.decline_code.as_deref()),
            word(|failure| failure.code.as_deref()).or(unasked),
        )
    }
}

/// An intent read whole: what it says of the charge, and of the money.
pub(super) struct Whole {
    pub(super) charge: Charge,
    money: PaymentIntent,
}

impl Whole {
    pub(super) fn of(value: Value) -> Result<Self, PaymentUnknown> {
        let charge = serde_json::from_value(value.clone()).map_err(|_| unsound())?;
        let money = serde_json::from_value(value).map_err(|_| unsound())?;
        Ok(Self { charge, money })
    }

    /// What was taken, for the order that the charge echoes.
    pub(super) fn taken(self, order: &str) -> Result<ChargeState, PaymentUnknown> {
        match self.money.progress()? {
            Progress::Taken(taken) => Ok(ChargeState::Captured(taken.for_order(order.to_owned()))),
            Progress::Waiting | Progress::OnItsWay => Err(unsound()),
        }
    }
}
