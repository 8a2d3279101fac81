//! PayPal accounts that are kept (developer.paypal.com/api/payment-tokens/v3): setup tokens, which their owner agrees to,
//! and the payment tokens that come of them.

use farline_app::ports::payment::{CheckoutPage, PaymentUnknown, SetupRequest};
use farline_domain::payments::{PaymentMethod, SavedMethod};
use serde::Deserialize;
use serde_json::{Value, json};

use super::orders::{Link, is_at_paypal};
use crate::payment::answer::unsound;

/// What stands for the letters of an address that are not shown.
const MASK: &str = "•••";

/// What is sent to make a page on which an account is kept.
pub(super) fn set_up(request: &SetupRequest) -> Value {
    json!({
        "customer": {"merchant_customer_id": request.account.to_string()},
        "payment_source": {"paypal": {
            "usage_type": "MERCHANT",
            "customer_type": "CONSUMER",
            "usage_pattern": "RECURRING_PREPAID",
            "experience_context": {
                "locale": request.language.tag(),
                "return_url": request.return_url,
                "cancel_url": request.cancel_url,
                "shipping_preference": "NO_SHIPPING",
            },
        }},
    })
}

/// What is sent to keep an account whose owner has agreed.
pub(super) fn keep(setup: &str) -> Value {
    json!({"payment_source": {"token": {"id": setup, "type": "SETUP_TOKEN"}}})
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Created,
    PayerActionRequired,
    Approved,
    Tokenized,
    Vaulted,
}

#[derive(Default, Deserialize)]
struct Customer {
    id: Option<String>,
    merchant_customer_id: Option<String>,
}

/// A page on which an account is kept.
#[derive(Deserialize)]
pub(super) struct SetupToken {
    id: String,
    status: Status,
    #[serde(default)]
    customer: Customer,
    #[serde(default)]
    links: Vec<Link>,
}

impl SetupToken {
    /// The page, if this token is what was asked for.
    pub(super) fn page(self, request: &SetupRequest) -> Result<CheckoutPage, PaymentUnknown> {
        let account = request.account.to_string();
        let is_for = self.customer.merchant_customer_id == Some(account) && !self.id.is_empty();
        let leads_on = |link: &&Link| matches!(link.rel.as_str(), "approve" | "payer-action");
        let page = self.links.iter().find(leads_on).filter(|link| is_at_paypal(&link.href));
        let page = page.filter(|_| is_for).ok_or_else(unsound)?;
        Ok(CheckoutPage { url: page.href.clone(), id: self.id })
    }

    /// Whether its owner has agreed, if it is the one asked about.
    pub(super) fn is_agreed(&self, id: &str) -> Result<bool, PaymentUnknown> {
        if self.id != id {
            return Err(unsound());
        }
        match self.status {
            Status::Created | Status::PayerActionRequired => Ok(false),
            Status::Approved | Status::Tokenized | Status::Vaulted => Ok(true),
        }
    }
}

/// A kept account.
#[derive(Deserialize)]
pub(super) struct PaymentToken {
    id: String,
    status: Option<Status>,
    #[serde(default)]
    customer: Customer,
    payment_source: Source,
}

#[derive(Deserialize)]
struct Source {
    paypal: Wallet,
}

impl PaymentToken {
    /// The method; none while PayPal has only agreed to keep it.
    pub(super) fn saved(self) -> Result<Option<SavedMethod>, PaymentUnknown> {
        if self.id.is_empty() {
            return Err(unsound());
        }
        let is_kept = self.status.is_none_or(|status| status == Status::Vaulted);
        let customer = self.customer.id.unwrap_or_default();
        let address = self.payment_source.paypal.email_address;
        Ok(is_kept.then(|| account(self.id, customer, address.as_deref())))
    }
}

/// A payer's account, as an order or a token shows it.
#[derive(Deserialize)]
pub(super) struct Wallet {
    email_address: Option<String>,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Default, Deserialize)]
struct Attributes {
    vault: Option<Vaulted>,
}

#[derive(Deserialize)]
struct Vaulted {
    id: Option<String>,
    status: Option<String>,
    #[serde(default)]
    customer: Customer,
}

impl Wallet {
    /// The method that was kept with a payment. What PayPal only agreed to keep is none yet.
    pub(super) fn saved(&self) -> Option<SavedMethod> {
        let vaulted = self.attributes.vault.as_ref()?;
        let is_kept = vaulted.status.as_deref() == Some("VAULTED");
        let id = vaulted.id.clone().filter(|id| is_kept && !id.is_empty())?;
        let customer = vaulted.customer.id.clone().unwrap_or_default();
        Some(account(id, customer, self.email_address.as_deref()))
    }
}

fn account(id: String, customer: String, address: Option<&str>) -> SavedMethod {
    let (method, brand) = (PaymentMethod::Paypal, "PayPal".to_owned());
    let hint = address.and_then(masked).unwrap_or_else(|| MASK.to_owned());
    SavedMethod { id, customer, method, brand, hint, expiry: None }
}

/// An address that its owner knows again and nobody else can write to.
fn masked(address: &str) -> Option<String> {
    let (name, host) = address.rsplit_once('@')?;
    let first = name.chars().next()?;
    let last = name.chars().skip(2).last().map(String::from).unwrap_or_default();
    Some(format!("{first}{MASK}{last}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn an_address_is_known_again_and_not_told() {
        let table = [
            ("payer@example.com", Some("p•••r@example.com")),
            ("abc@example.com", Some("a•••c@example.com")),
            ("ab@example.com", Some("a•••@example.com")),
            ("a@example.com", Some("a•••@example.com")),
            ("枫叶@例子.example", Some("枫•••@例子.example")),
            ("@example.com", None),
            ("nobody", None),
        ];
        for (address, expected) in table {
            assert_eq!(masked(address).as_deref(), expected, "{address}");
        }
    }
}
