//! Orders as PayPal writes them, and what they mean at the port. Fields it may add are ignored; a word or an amount
//! that cannot be is an answer that does not fit.

use farline_app::ports::payment::{
    CapturedPayment, CheckoutPage, CheckoutRequest, CheckoutState, PaymentUnknown,
};
use farline_domain::kernel::Instant;
use farline_domain::payments::PaymentMethod;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::refunds::Refund;
use crate::payment::answer::unsound;

/// The most characters of a description that PayPal takes.
const LONGEST_DESCRIPTION: usize = 127;

/// How long after its time an order may still be on its way to be captured: every process of ours, with its clock a
/// little wrong and its request a little slow, has long let go of it by then. In seconds.
const LINGERING_SECONDS: i64 = 600;

/// What is sent to make an order. PayPal knows no time of ours after which an order is not to be paid, so the unit's
/// reference carries it beside our order, for whichever process reads the order later.
pub(super) fn create(request: &CheckoutRequest) -> Value {
    let description: String = request.description.chars().take(LONGEST_DESCRIPTION).collect();
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": format!("{}.{}", request.order, request.expires_at.millis()),
            "custom_id": request.order,
            "invoice_id": request.order,
            "description": description,
            "amount": Amount::of(request.amount),
        }],
        "payment_source": {"paypal": {"experience_context": {
            "locale": request.language.tag(),
            "return_url": request.return_url,
            "cancel_url": request.cancel_url,
            "shipping_preference": "NO_SHIPPING",
            "landing_page": "NO_PREFERENCE",
            "user_action": "PAY_NOW",
            // Without waiting for a cheque to clear.
            "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
        }}},
    })
}

/// What is sent to end an order: PayPal captures none that is to be authorised, and we never authorise.
pub(super) fn end() -> Value {
    json!([{"op": "replace", "path": "/intent", "value": "AUTHORIZE"}])
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Intent {
    Capture,
    /// How an order says that we have ended it.
    Authorize,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum OrderStatus {
    Created,
    Saved,
    PayerActionRequired,
    Approved,
    Voided,
    Completed,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum CaptureStatus {
    Completed,
    PartiallyRefunded,
    Refunded,
    Pending,
    Declined,
    Failed,
}

#[derive(Deserialize)]
pub(super) struct Order {
    id: String,
    intent: Intent,
    status: OrderStatus,
    update_time: Option<String>,
    purchase_units: Vec<Unit>,
    #[serde(default)]
    payment_source: PaymentSource,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Unit {
    reference_id: String,
    custom_id: String,
    invoice_id: String,
    amount: Amount,
    #[serde(default)]
    payments: Payments,
}

#[derive(Default, Deserialize)]
struct Payments {
    #[serde(default)]
    captures: Vec<Capture>,
    #[serde(default)]
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct Capture {
    id: String,
    status: CaptureStatus,
    amount: Amount,
    custom_id: Option<String>,
}

/// A payer with a PayPal account, or one with a bank card and without.
#[derive(Default, Deserialize)]
struct PaymentSource {
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// A way on from an object.
#[derive(Deserialize)]
pub(super) struct Link {
    pub(super) rel: String,
    pub(super) href: String,
}

/// How far an order is.
pub(super) enum Stage {
    /// The payer has not agreed yet.
    Waiting,
    /// The payer has agreed, and taking the money is our affair.
    Approved,
    /// Money is under way and may still not come. It is not taken yet, and nobody can stop it.
    Pending,
    /// It can no longer be paid.
    Over,
    /// Money was taken.
    Captured(CapturedPayment),
}

impl Stage {
    /// What this is at the port, when nothing more is to be done about it.
    pub(super) fn settled(self) -> Option<CheckoutState> {
        match self {
            Self::Waiting | Self::Approved => None,
            Self::Pending => Some(CheckoutState::Open),
            Self::Over => Some(CheckoutState::Expired),
            Self::Captured(payment) => Some(CheckoutState::Captured(payment)),
        }
    }
}

impl Order {
    /// The page to pay on, if this order is for what was asked.
    pub(super) fn page(self, request: &CheckoutRequest) -> Result<CheckoutPage, PaymentUnknown> {
        let unit = self.unit()?;
        let names = [unit.order()?.0, &unit.custom_id, &unit.invoice_id];
        let is_for = names.iter().all(|name| **name == request.order)
            && unit.amount.is(request.amount)
            && !self.id.is_empty();
        let leads_on = |link: &&Link| matches!(link.rel.as_str(), "payer-action" | "approve");
        let page = self.links.iter().find(leads_on).filter(|link| is_at_paypal(&link.href));
        let page = page.filter(|_| is_for).ok_or_else(unsound)?;
        Ok(CheckoutPage { url: page.href.clone(), id: self.id })
    }

    /// How far the order is, if it is the one asked about. Money that was taken counts whatever else is said.
    pub(super) fn stage(&self, id: &str) -> Result<Stage, PaymentUnknown> {
        let unit = self.unit()?;
        if self.id != id || unit.order()?.0 != unit.custom_id {
            return Err(unsound());
        }
        let captures = &unit.payments.captures;
        if let Some(capture) = captures.iter().find(|capture| capture.is_taken()) {
            return self.captured(unit, capture).map(Stage::Captured);
        }
        if captures.iter().any(Capture::is_pending) {
            return Ok(Stage::Pending);
        }
        match (self.status, self.intent) {
            (OrderStatus::Completed, _) if captures.is_empty() => Err(unsound()),
            // Completed by captures that came to nothing.
            (OrderStatus::Completed | OrderStatus::Voided, _) | (_, Intent::Authorize) => {
                Ok(Stage::Over)
            }
            (OrderStatus::Approved, Intent::Capture) => Ok(Stage::Approved),
            (
                OrderStatus::Created | OrderStatus::Saved | OrderStatus::PayerActionRequired,
                Intent::Capture,
            ) => Ok(Stage::Waiting),
        }
    }

    /// Whether the time to pay has passed.
    pub(super) fn is_late(&self, now: Instant) -> Result<bool, PaymentUnknown> {
        Ok(now >= self.unit()?.order()?.1)
    }

    /// Whether it passed so long ago that nobody is still about to capture.
    pub(super) fn is_long_over(&self, now: Instant) -> Result<bool, PaymentUnknown> {
        self.is_late(now.plus_seconds(-LINGERING_SECONDS))
    }

    /// The key of capturing what the payer has agreed to. PayPal answers a key as it did the first time, a decline
    /// too; a payer who then agrees to pay otherwise changes the order, and with it the key. That one order is
    /// captured once is PayPal's own rule.
    pub(super) fn capture_key(&self) -> String {
        format!("capture-{}-{}", self.id, self.update_time.as_deref().unwrap_or_default())
    }

    /// The refund made under a key, if one was.
    pub(super) fn refund(self, key: &str) -> Result<Option<Refund>, PaymentUnknown> {
        self.unit()?;
        let mut refunds = self.purchase_units.into_iter().flat_map(|unit| unit.payments.refunds);
        Ok(refunds.find(|refund| refund.has_key(key)))
    }

    pub(super) fn has_capture(&self, capture: &str) -> bool {
        let mut captures = self.purchase_units.iter().flat_map(|unit| &unit.payments.captures);
        captures.any(|taken| taken.id == capture)
    }

    /// What is bought. We never ask for several things in one order.
    fn unit(&self) -> Result<&Unit, PaymentUnknown> {
        match self.purchase_units.as_slice() {
            [unit] => Ok(unit),
            _ => Err(unsound()),
        }
    }

    /// What was captured, told as PayPal tells it: comparing it with the order is the use case's affair.
    fn captured(&self, unit: &Unit, capture: &Capture) -> Result<CapturedPayment, PaymentUnknown> {
        if capture.id.is_empty() {
            return Err(unsound());
        }
        Ok(CapturedPayment {
            payment: capture.id.clone(),
            order: capture.custom_id.as_ref().unwrap_or(&unit.custom_id).clone(),
            amount: capture.amount.money()?,
            method: self.payment_source.method(),
            saved: None,
        })
    }
}

impl Unit {
    /// Our order and until when it may be paid, from the reference.
    fn order(&self) -> Result<(&str, Instant), PaymentUnknown> {
        let (order, millis) = self.reference_id.rsplit_once('.').ok_or_else(unsound)?;
        let millis = millis.parse().map_err(|_| unsound())?;
        Ok((order, Instant::from_millis(millis)))
    }
}

impl Capture {
    /// What was given back had been taken.
    fn is_taken(&self) -> bool {
        match self.status {
            CaptureStatus::Completed
            | CaptureStatus::PartiallyRefunded
            | CaptureStatus::Refunded => true,
            CaptureStatus::Pending | CaptureStatus::Declined | CaptureStatus::Failed => false,
        }
    }

    fn is_pending(&self) -> bool {
        matches!(self.status, CaptureStatus::Pending)
    }
}

impl PaymentSource {
    fn method(&self) -> PaymentMethod {
        match &self.card {
            None => PaymentMethod::Paypal,
            Some(card) => match card.kind.as_deref() {
                Some("CREDIT") => PaymentMethod::Credit,
                Some("DEBIT") => PaymentMethod::Debit,
                Some(_) | None => PaymentMethod::Card,
            },
        }
    }
}

/// The payer is sent to PayPal's own pages only.
fn is_at_paypal(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let is_theirs =
        |host: &str| host.strip_suffix("paypal.com").is_some_and(|name| name.ends_with('.'));
    url.scheme() == "https" && url.host_str().is_some_and(is_theirs)
}
