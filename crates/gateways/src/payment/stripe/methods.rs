//! Payment methods that are attached to a customer (docs.stripe.com/api/payment_methods/object).

use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Method {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    /// None for one that is not kept.
    customer: Option<String>,
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    brand: String,
    last4: String,
    exp_month: i8,
    exp_year: i16,
    funding: Option<String>,
}

impl Method {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it is kept for somebody.
    pub(super) fn is_attached(&self) -> bool {
        self.customer.is_some()
    }

    /// The method, if it is one that can be charged later and is kept.
    pub(super) fn saved(self) -> Option<SavedMethod> {
        let (customer, card) = (self.customer?, self.card.filter(|_| self.kind == "card")?);
        let expiry = CardExpiry { year: card.exp_year, month: card.exp_month };
        expiry.last_day()?;
        if self.id.is_empty() || customer.is_empty() {
            return None;
        }
        Some(SavedMethod {
            id: self.id,
            customer,
            method: funded(card.funding.as_deref()),
            brand: named(&card.brand),
            hint: card.last4,
            expiry: Some(expiry),
        })
    }
}

/// What kind of card it is.
pub(super) fn funded(funding: Option<&str>) -> PaymentMethod {
    match funding {
        Some("credit") => PaymentMethod::Credit,
        Some("debit") => PaymentMethod::Debit,
        _ => PaymentMethod::Card,
    }
}

/// The scheme as it is written for people.
fn named(brand: &str) -> String {
    let name = match brand {
        "amex" => "American Express",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "jcb" => "JCB",
        "mastercard" => "Mastercard",
        "unionpay" => "UnionPay",
        "visa" => "Visa",
        other => other,
    };
    name.to_owned()
}
