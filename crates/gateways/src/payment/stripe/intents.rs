//! `PaymentIntent` and `Charge`: what was taken, and how (docs.stripe.com/api/payment_intents/object).

use farline_app::ports::payment::{CapturedPayment, PaymentUnknown};
use farline_domain::kernel::{Currency, Money};
use farline_domain::payments::{PaymentMethod, SavedMethod};
use serde::Deserialize;
use serde_json::Value;

use super::methods::{self, Method};
use crate::payment::answer::unsound;

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum IntentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
}

/// Where the money of an intent is.
pub(super) enum Progress {
    /// Nothing was taken so far.
    Waiting,
    /// The payer did their part, and the bank has not said yet.
    OnItsWay,
    /// Taken.
    Taken(Taken),
}

/// Money that was taken.
pub(super) struct Taken {
    payment: String,
    amount: Money,
    method: PaymentMethod,
    saved: Option<SavedMethod>,
}

impl Taken {
    /// The payment, for the order that its page echoes.
    pub(super) fn for_order(self, order: String) -> CapturedPayment {
        let Self { payment, amount, method, saved } = self;
        CapturedPayment { payment, order, amount, method, saved }
    }
}

#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    id: String,
    status: IntentStatus,
    amount_received: i64,
    currency: String,
    /// Read only where it was asked for whole; without that, an id stands here.
    latest_charge: Option<Charge>,
    /// As with the charge.
    payment_method: Option<Value>,
}

impl PaymentIntent {
    pub(super) fn progress(self) -> Result<Progress, PaymentUnknown> {
        match self.status {
            IntentStatus::Succeeded => self.taken().map(Progress::Taken),
            IntentStatus::Processing => Ok(Progress::OnItsWay),
            IntentStatus::RequiresPaymentMethod
            | IntentStatus::RequiresConfirmation
            | IntentStatus::RequiresAction
            | IntentStatus::RequiresCapture
            | IntentStatus::Canceled => Ok(Progress::Waiting),
        }
    }

    fn taken(self) -> Result<Taken, PaymentUnknown> {
        let charge = self.latest_charge.ok_or_else(unsound)?;
        if self.id.is_empty() || charge.status != ChargeStatus::Succeeded {
            return Err(unsound());
        }
        let amount = money(self.amount_received, &self.currency)?;
        // Money that was taken is told, whatever is said of the method.
        let saved = self.payment_method.and_then(|value| serde_json::from_value(value).ok());
        let saved = saved.and_then(Method::saved);
        Ok(Taken { payment: self.id, amount, method: charge.method(), saved })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChargeStatus {
    Succeeded,
    Pending,
    Failed,
}

#[derive(Deserialize)]
struct Charge {
    status: ChargeStatus,
    payment_method_details: Option<MethodDetails>,
}

#[derive(Deserialize)]
struct MethodDetails {
    #[serde(rename = "type")]
    kind: String,
    card: Option<CardDetails>,
}

#[derive(Deserialize)]
struct CardDetails {
    funding: Option<String>,
}

impl Charge {
    /// How it was paid. Money that was taken is told whatever the account's owner has switched on at Stripe, so a way
    /// without a name here is another way, and not an answer that does not fit.
    fn method(&self) -> PaymentMethod {
        let Some(details) = &self.payment_method_details else { return PaymentMethod::Other };
        match details.kind.as_str() {
            "card" => {
                methods::funded(details.card.as_ref().and_then(|card| card.funding.as_deref()))
            }
            "alipay" => PaymentMethod::Alipay,
            "wechat_pay" => PaymentMethod::WechatPay,
            "paypal" => PaymentMethod::Paypal,
            _ => PaymentMethod::Other,
        }
    }
}

/// Stripe writes currencies in lower case, and what was taken or given back is more than nothing.
pub(super) fn money(minor: i64, currency: &str) -> Result<Money, PaymentUnknown> {
    if minor < 1 || currency.bytes().any(|letter| !letter.is_ascii_lowercase()) {
        return Err(unsound());
    }
    let currency = Currency::parse(&currency.to_ascii_uppercase()).ok_or_else(unsound)?;
    Ok(Money { minor, currency })
}

/// The currency as Stripe writes it.
pub(super) fn code_of(currency: Currency) -> String {
    currency.code().to_ascii_lowercase()
}
