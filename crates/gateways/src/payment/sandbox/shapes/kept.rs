//! Kept methods, the pages that keep them, and charges of them, on the wire.

use farline_app::ports::payment::{
    ChargeRequest, ChargeState, CheckoutPage, PaymentUnknown, SetupRequest, SetupState,
};
use farline_domain::payments::{CardExpiry, Decline, DeclineAdvice, SavedMethod};
use serde::{Deserialize, Serialize};

use super::{CheckoutStatus, Method, Payment, leads_somewhere, money};
use crate::payment::answer::unsound;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptStatus {
    Kept,
    Forgotten,
}

/// A method.
#[derive(Deserialize)]
pub(in crate::payment::sandbox) struct Kept {
    id: String,
    customer: String,
    status: KeptStatus,
    method: Method,
    brand: Option<Brand>,
    last4: Option<String>,
    expiry: Option<Expiry>,
    address: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Brand {
    Visa,
    Mastercard,
}

#[derive(Deserialize)]
struct Expiry {
    year: i16,
    month: i8,
}

impl Kept {
    /// The method as its owner will know it again.
    pub(super) fn saved(self) -> Result<SavedMethod, PaymentUnknown> {
        let (id, customer) = (self.id, self.customer);
        if id.is_empty() || !matches!(self.status, KeptStatus::Kept) {
            return Err(unsound());
        }
        let (brand, hint, expiry) = match (self.method, self.brand, self.last4, self.address) {
            (Method::Credit | Method::Debit, Some(brand), Some(last4), _) => {
                let brand = match brand {
                    Brand::Visa => "Visa",
                    Brand::Mastercard => "Mastercard",
                };
                let Expiry { year, month } = self.expiry.ok_or_else(unsound)?;
                let expiry = CardExpiry { year, month };
                expiry.last_day().ok_or_else(unsound)?;
                (brand, last4, Some(expiry))
            }
            (Method::Paypal, _, _, Some(address)) => ("PayPal", address, None),
            _ => return Err(unsound()),
        };
        let (method, brand) = (self.method.named(), brand.to_owned());
        Ok(SavedMethod { id, customer, method, brand, hint, expiry })
    }

    /// Whether this method is forgotten.
    pub(in crate::payment::sandbox) fn is_forgotten(&self, id: &str) -> bool {
        self.id == id && matches!(self.status, KeptStatus::Forgotten)
    }
}

#[derive(Serialize)]
pub(in crate::payment::sandbox) struct OpenSetup<'a> {
    keep_for: String,
    reference: &'a str,
    language: &'static str,
    return_url: &'a str,
    cancel_url: &'a str,
    expires_at_ms: i64,
}

impl<'a> OpenSetup<'a> {
    pub(in crate::payment::sandbox) fn of(request: &'a SetupRequest) -> Self {
        Self {
            keep_for: request.account.to_string(),
            reference: &request.key,
            language: request.language.tag(),
            return_url: &request.return_url,
            cancel_url: &request.cancel_url,
            expires_at_ms: request.expires_at.millis(),
        }
    }
}

#[derive(Deserialize)]
pub(in crate::payment::sandbox) struct Setup {
    id: String,
    url: String,
    status: CheckoutStatus,
    keep_for: String,
    reference: String,
    kept: Option<Kept>,
}

impl Setup {
    pub(in crate::payment::sandbox) fn is_for(&self, request: &SetupRequest) -> bool {
        self.reference == request.key && self.keep_for == request.account.to_string()
    }

    /// The page, if this setup is what was asked for.
    pub(in crate::payment::sandbox) fn page(
        self,
        request: &SetupRequest,
    ) -> Result<CheckoutPage, PaymentUnknown> {
        if !self.is_for(request) || self.id.is_empty() || !leads_somewhere(&self.url) {
            return Err(unsound());
        }
        Ok(CheckoutPage { id: self.id, url: self.url })
    }

    /// The state, if this is the setup asked about, under its key.
    pub(in crate::payment::sandbox) fn state(
        self,
        id: &str,
        key: &str,
    ) -> Result<SetupState, PaymentUnknown> {
        if self.id != id || self.reference != key {
            return Err(unsound());
        }
        match (self.status, self.kept) {
            (CheckoutStatus::Open, None) => Ok(SetupState::Open),
            (CheckoutStatus::Expired, None) => Ok(SetupState::Expired),
            // What it kept was forgotten since.
            (CheckoutStatus::Complete, Some(kept))
                if matches!(kept.status, KeptStatus::Forgotten) =>
            {
                Ok(SetupState::Expired)
            }
            (CheckoutStatus::Complete, Some(kept)) if kept.customer == self.keep_for => {
                kept.saved().map(SetupState::Saved)
            }
            _ => Err(unsound()),
        }
    }
}

#[derive(Serialize)]
pub(in crate::payment::sandbox) struct CreateCharge<'a> {
    method: &'a str,
    amount: i64,
    currency: &'a str,
    reference: &'a str,
    description: &'a str,
    payer_is_there: bool,
}

impl<'a> CreateCharge<'a> {
    pub(in crate::payment::sandbox) fn of(request: &'a ChargeRequest) -> Self {
        Self {
            method: &request.method,
            amount: request.amount.minor,
            currency: request.amount.currency.code(),
            reference: &request.order,
            description: &request.description,
            payer_is_there: request.is_payer_there,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChargeStatus {
    Pending,
    Captured,
    Declined,
}

#[derive(Deserialize)]
pub(in crate::payment::sandbox) struct Charge {
    id: String,
    key: String,
    method: String,
    customer: String,
    reference: String,
    status: ChargeStatus,
    amount: i64,
    currency: String,
    payment: Option<Payment>,
    decline_code: Option<String>,
    advice: Option<String>,
}

impl Charge {
    /// Whether this is the charge that was asked for. What was taken by it is told as the stand-in tells it.
    pub(in crate::payment::sandbox) fn is_for(&self, request: &ChargeRequest) -> bool {
        self.key == request.key
            && self.method == request.method
            && self.customer == request.customer
            && self.reference == request.order
            && !self.id.is_empty()
            && money(self.amount, &self.currency).is_ok_and(|amount| amount == request.amount)
    }

    /// The id of a charge that the stand-in is still working on.
    pub(in crate::payment::sandbox) fn pending(&self) -> Option<&str> {
        matches!(self.status, ChargeStatus::Pending).then_some(&*self.id)
    }

    pub(in crate::payment::sandbox) fn state(
        self,
        request: &ChargeRequest,
    ) -> Result<ChargeState, PaymentUnknown> {
        if !self.is_for(request) {
            return Err(unsound());
        }
        match (self.status, self.payment, self.decline_code) {
            (ChargeStatus::Pending, None, None) => Ok(ChargeState::Pending),
            (ChargeStatus::Captured, Some(payment), None) if payment.is_captured() => {
                payment.captured().map(ChargeState::Captured)
            }
            (ChargeStatus::Declined, None, Some(code)) => {
                let advice = advice(self.advice.as_deref());
                Ok(ChargeState::Declined(Decline { code, advice }))
            }
            _ => Err(unsound()),
        }
    }
}

/// What is not advised may be tried once more.
fn advice(word: Option<&str>) -> DeclineAdvice {
    match word {
        Some("try_again_later") => DeclineAdvice::RetryLater,
        Some("authenticate") => DeclineAdvice::Authenticate,
        Some("ask_customer") => DeclineAdvice::AskCustomer,
        Some("do_not_try_again") => DeclineAdvice::Never,
        _ => DeclineAdvice::RetryOnce,
    }
}
