//! The stand-in's objects on the wire, and what they mean at the port. Fields it may add are ignored; a word or an
//! amount that cannot be is an answer that does not fit.

pub(super) mod disputed;
pub(super) mod kept;

use farline_app::ports::payment::{
    CapturedPayment, CheckoutPage, CheckoutRequest, CheckoutState, HintAbout, PaymentUnknown,
    RefundRequest, RefundState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::{Currency, Money};
use farline_domain::payments::PaymentMethod;
use serde::{Deserialize, Serialize};

use crate::payment::answer::unsound;
use kept::Kept;

/// What the stand-in is told of every refund. It is part of the bytes that an idempotency key stands for.
const REFUND_REASON: &str = "the order was not fulfilled";

#[derive(Serialize)]
pub(super) struct OpenCheckout<'a> {
    amount: i64,
    currency: &'a str,
    reference: &'a str,
    description: &'a str,
    language: &'static str,
    return_url: &'a str,
    cancel_url: &'a str,
    expires_at_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_for: Option<String>,
}

impl<'a> OpenCheckout<'a> {
    pub(super) fn of(request: &'a CheckoutRequest) -> Self {
        Self {
            amount: request.amount.minor,
            currency: request.amount.currency.code(),
            reference: &request.order,
            description: &request.description,
            language: request.language.tag(),
            return_url: &request.return_url,
            cancel_url: &request.cancel_url,
            expires_at_ms: request.expires_at.millis(),
            keep_for: request.save_for.map(|account| account.to_string()),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CreateRefund<'a> {
    payment: &'a str,
    amount: i64,
    reference: &'a str,
    reason: &'static str,
}

impl<'a> CreateRefund<'a> {
    pub(super) fn of(request: &'a RefundRequest) -> Self {
        Self {
            payment: &request.payment,
            amount: request.amount.minor,
            reference: &request.key,
            reason: REFUND_REASON,
        }
    }
}

/// Several objects, newest first.
#[derive(Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum CheckoutStatus {
    Open,
    Complete,
    Expired,
}

#[derive(Deserialize)]
pub(super) struct Checkout {
    id: String,
    url: String,
    status: CheckoutStatus,
    amount: i64,
    currency: String,
    reference: String,
    keep_for: Option<String>,
    payment: Option<Payment>,
}

impl Checkout {
    /// The page, if this checkout is for what was asked.
    pub(super) fn page(self, request: &CheckoutRequest) -> Result<CheckoutPage, PaymentUnknown> {
        if !self.is_for(request) || self.id.is_empty() || !leads_somewhere(&self.url) {
            return Err(unsound());
        }
        Ok(CheckoutPage { id: self.id, url: self.url })
    }

    /// A page that would keep the method is not for a payer who does not want that, nor for another; one that keeps
    /// none takes the payment all the same.
    pub(super) fn is_for(&self, request: &CheckoutRequest) -> bool {
        let wanted = request.save_for.map(|account| account.to_string());
        self.reference == request.order
            && (self.keep_for.is_none() || self.keep_for == wanted)
            && money(self.amount, &self.currency).is_ok_and(|amount| amount == request.amount)
    }

    /// The state, if this is the checkout asked about. What was captured is told as the stand-in tells it, since
    /// comparing it with the order is the use case's affair.
    pub(super) fn state(self, id: &str) -> Result<CheckoutState, PaymentUnknown> {
        if self.id != id {
            return Err(unsound());
        }
        match (self.status, self.payment) {
            (_, Some(payment)) if payment.is_captured() => {
                if payment.checkout.as_deref() != Some(id) {
                    return Err(unsound());
                }
                payment.captured().map(CheckoutState::Captured)
            }
            (CheckoutStatus::Open, _) => Ok(CheckoutState::Open),
            (CheckoutStatus::Expired, _) => Ok(CheckoutState::Expired),
            (CheckoutStatus::Complete, _) => Err(unsound()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PaymentStatus {
    RequiresAction,
    Captured,
    Declined,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    Credit,
    Debit,
    Paypal,
}

impl Method {
    fn named(self) -> PaymentMethod {
        match self {
            Self::Credit => PaymentMethod::Credit,
            Self::Debit => PaymentMethod::Debit,
            Self::Paypal => PaymentMethod::Paypal,
        }
    }
}

#[derive(Deserialize)]
struct Payment {
    id: String,
    /// None where a kept method was charged.
    checkout: Option<String>,
    reference: String,
    status: PaymentStatus,
    amount: i64,
    currency: String,
    method: Method,
    kept: Option<Kept>,
}

impl Payment {
    /// A declined attempt and one that waits for the bank are no payment.
    fn is_captured(&self) -> bool {
        match self.status {
            PaymentStatus::Captured => true,
            PaymentStatus::Declined | PaymentStatus::RequiresAction => false,
        }
    }

    fn captured(self) -> Result<CapturedPayment, PaymentUnknown> {
        if self.id.is_empty() {
            return Err(unsound());
        }
        let amount = money(self.amount, &self.currency)?;
        let (payment, order, method) = (self.id, self.reference, self.method.named());
        let saved = self.kept.map(Kept::saved).transpose()?;
        Ok(CapturedPayment { payment, order, amount, method, saved })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefundStatus {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    payment: String,
    reference: String,
    status: RefundStatus,
    amount: i64,
    currency: String,
    failure_reason: Option<String>,
}

impl Refund {
    pub(super) fn is_for(&self, request: &RefundRequest) -> bool {
        self.reference == request.key
            && self.payment == request.payment
            && !self.id.is_empty()
            && money(self.amount, &self.currency).is_ok_and(|amount| amount == request.amount)
    }

    pub(super) fn has_id(&self, id: &str) -> bool {
        self.id == id
    }

    pub(super) fn state(self) -> RefundState {
        match self.status {
            RefundStatus::Pending => RefundState::Pending { refund: self.id },
            RefundStatus::Succeeded => RefundState::Done { refund: self.id },
            RefundStatus::Failed => RefundState::Failed {
                reason: self.failure_reason.unwrap_or_else(|| "unspecified".to_owned()),
            },
        }
    }
}

/// Whether a browser may be sent there.
fn leads_somewhere(url: &str) -> bool {
    url.starts_with("http://")
        || url.starts_with("https://")
        || (url.starts_with('/') && !url.starts_with("//"))
}

/// What was captured or given back is more than nothing.
fn money(minor: i64, currency: &str) -> Result<Money, PaymentUnknown> {
    let currency = Currency::parse(currency).ok_or_else(unsound)?;
    if minor < 1 {
        return Err(unsound());
    }
    Ok(Money { minor, currency })
}

#[derive(Deserialize)]
pub(super) struct Problem {
    pub(super) error: ProblemDetail,
}

#[derive(Deserialize)]
pub(super) struct ProblemDetail {
    pub(super) code: String,
    #[serde(default)]
    pub(super) message: String,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    livemode: bool,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Deserialize)]
struct EventObject {
    id: Option<String>,
    reference: Option<String>,
}

/// What a genuine webhook hints at. An event of a kind not known here hints at nothing, so that it is acknowledged
/// and does not come again for three days.
pub(super) fn hint(body: &[u8]) -> Result<WebhookHint, WebhookRefusal> {
    let event: Event = serde_json::from_slice(body).map_err(|_| WebhookRefusal::Body)?;
    // Nothing real comes from a stand-in.
    if event.id.is_empty() || event.livemode {
        return Err(WebhookRefusal::Body);
    }
    let EventObject { id, reference } = event.data.object;
    let about = match event.kind.split_once('.') {
        Some(("checkout" | "payment" | "charge", _)) => {
            HintAbout::Order(reference.ok_or(WebhookRefusal::Body)?)
        }
        Some(("refund", _)) => HintAbout::Refund(reference.ok_or(WebhookRefusal::Body)?),
        Some(("dispute", _)) => HintAbout::Dispute(id.ok_or(WebhookRefusal::Body)?),
        _ => HintAbout::Nothing,
    };
    Ok(WebhookHint { event: event.id, about })
}
