//! Orders as PayPal writes them, and what they mean at the port. Fields it may add are ignored; a word or an amount
//! that cannot be is an answer that does not fit.

use farline_app::ports::payment::{
    CapturedPayment, ChargeRequest, CheckoutPage, CheckoutRequest, CheckoutState, PaymentUnknown,
};
use farline_domain::kernel::Instant;
use farline_domain::payments::{Decline, DeclineAdvice, PaymentMethod};
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::refunds::Refund;
use super::vault::Wallet;
use crate::payment::answer::unsound;

/// The most characters of a description that PayPal takes.
const LONGEST_DESCRIPTION: usize = 127;

/// How long after its time an order may still be on its way to be captured: every process of ours, with its clock a
/// little wrong and its request a little slow, has long let go of it by then. In seconds.
const LINGERING_SECONDS: i64 = 600;

/// What is sent to make an order. PayPal knows no time of ours after which an order is not to be paid, so the unit's
/// reference carries it beside our order, for whichever process reads the order later.
pub(super) fn create(request: &CheckoutRequest) -> Value {
    let mut reference = format!("{}.{}", request.order, request.expires_at.millis());
    let mut wallet = json!({"experience_context": {
        "locale": request.language.tag(),
        "return_url": request.return_url,
        "cancel_url": request.cancel_url,
        "shipping_preference": "NO_SHIPPING",
        "landing_page": "NO_PREFERENCE",
        "user_action": "PAY_NOW",
        // Without waiting for a cheque to clear.
        "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
    }});
    if let (Some(account), Some(wallet)) = (request.save_for, wallet.as_object_mut()) {
        // PayPal answers a key with the order that was made first, so the order has to say whether it keeps.
        reference = format!("{reference}.{account}");
        wallet.insert(
            "attributes".to_owned(),
            json!({"vault": {
                "store_in_vault": "ON_SUCCESS",
                "usage_type": "MERCHANT",
                "customer_type": "CONSUMER",
                "usage_pattern": "RECURRING_PREPAID",
            }}),
        );
    }
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": reference,
            "custom_id": request.order,
            "invoice_id": request.order,
            "description": short(&request.description),
            "amount": Amount::of(request.amount),
        }],
        "payment_source": {"paypal": wallet},
    })
}

/// What is sent to charge a kept account: an order that PayPal captures as it makes it. The invoice is our order here
/// too, since PayPal takes no second payment of an invoice.
pub(super) fn charge(request: &ChargeRequest, until: Instant) -> Value {
    let initiator = if request.is_payer_there { "CUSTOMER" } else { "MERCHANT" };
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": format!("{}.{}", request.order, until.millis()),
            "custom_id": request.order,
            "invoice_id": request.order,
            "description": short(&request.description),
            "amount": Amount::of(request.amount),
        }],
        "payment_source": {"paypal": {
            "vault_id": request.method,
            "stored_credential": {"payment_initiator": initiator, "usage": "SUBSEQUENT"},
        }},
    })
}

fn short(description: &str) -> String {
    description.chars().take(LONGEST_DESCRIPTION).collect()
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
    paypal: Option<Wallet>,
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
        let Reference { order, keeps, .. } = unit.reference()?;
        let names = [order, &unit.custom_id, &unit.invoice_id];
        // A page that would keep the account is not for a payer who does not want that, nor for another; one that keeps
        // none takes the payment all the same.
        let wanted = request.save_for.map(|account| account.to_string());
        let is_for = names.iter().all(|name| **name == request.order)
            && keeps.is_none_or(|keeps| wanted.as_deref() == Some(keeps))
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
        if self.id != id || unit.reference()?.order != unit.custom_id {
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
        Ok(now >= self.unit()?.reference()?.until)
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

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether this is the charge that was asked for, and asked for until then.
    pub(super) fn is_charge(
        &self,
        request: &ChargeRequest,
        until: Instant,
    ) -> Result<bool, PaymentUnknown> {
        let unit = self.unit()?;
        let reference = unit.reference()?;
        let names = [reference.order, &unit.custom_id, &unit.invoice_id];
        Ok(names.iter().all(|name| **name == request.order)
            && reference.until == until
            && unit.amount.is(request.amount)
            && !self.id.is_empty())
    }

    /// Why a charge that is over took nothing: its capture came to nothing, or PayPal wanted to ask the payer.
    pub(super) fn declined(&self) -> Result<Decline, PaymentUnknown> {
        let (code, advice) = match self.unit()?.payments.captures.last() {
            Some(_) => ("DECLINED", DeclineAdvice::RetryOnce),
            None => ("PAYER_ACTION_REQUIRED", DeclineAdvice::Authenticate),
        };
        Ok(Decline { code: code.to_owned(), advice })
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
            saved: self.payment_source.paypal.as_ref().and_then(Wallet::saved),
        })
    }
}

/// What the unit's reference says.
struct Reference<'a> {
    order: &'a str,
    /// Until when it may be paid.
    until: Instant,
    /// The account for which the method is kept.
    keeps: Option<&'a str>,
}

impl Unit {
    fn reference(&self) -> Result<Reference<'_>, PaymentUnknown> {
        let (order, rest) = self.reference_id.split_once('.').ok_or_else(unsound)?;
        let (millis, keeps) = match rest.split_once('.') {
            Some((millis, keeps)) => (millis, Some(keeps)),
            None => (rest, None),
        };
        let until = Instant::from_millis(millis.parse().map_err(|_| unsound())?);
        Ok(Reference { order, until, keeps })
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
pub(super) fn is_at_paypal(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let is_theirs =
        |host: &str| host.strip_suffix("paypal.com").is_some_and(|name| name.ends_with('.'));
    url.scheme() == "https" && url.host_str().is_some_and(is_theirs)
}
