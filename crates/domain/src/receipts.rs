//! Receipts: immutable evidence of one order. The canonical data and its hash are fixed in the
//! commit that delivers; pages and PDFs are renderings of it.

use crate::catalog::{PlanCode, Price};
use crate::kernel::{Instant, Language, OrderId, Reference};
use crate::orders::{Seller, ShopCode, SoldBy};
use crate::payments::PaymentMethod;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a receipt says, independent of language and layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptData {
    /// The layout of this record.
    pub format: u32,
    /// The receipt's number, derived from the order's reference.
    pub number: String,
    /// The order.
    pub order: OrderId,
    /// The order's reference.
    pub reference: Reference,
    /// The last two digits of the line's number (or card number).
    pub line_hint: String,
    /// The operator's name.
    pub operator: String,
    /// The plan's code and version.
    pub plan: (PlanCode, u32),
    /// The itemised price, which is what was paid.
    pub price: Price,
    /// How it was paid.
    pub method: PaymentMethod,
    /// What names a payment that was taken by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_reference: Option<String>,
    /// The shop that sold it, where that was not us. It took the money, and answers for its tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_at: Option<SoldAt>,
    /// When it was paid.
    pub paid_at: Instant,
    /// When it was delivered.
    pub delivered_at: Instant,
    /// The first local date of use.
    pub starts_on: Date,
    /// The last local date of use.
    pub usable_until: Date,
    /// The line's expiry afterwards.
    pub expires_on: Option<Date>,
    /// The zone of those dates.
    pub zone: String,
    /// The language of the purchase.
    pub language: Language,
}

/// A shop on a marketplace, and what it calls the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldAt {
    /// The shop.
    pub shop: ShopCode,
    /// What it calls the order.
    pub reference: String,
}

impl SoldAt {
    /// The shop that sold an order, if one did. A partner buys from us, and the receipt is for that.
    pub fn of(sold_by: Option<&SoldBy>) -> Option<Self> {
        let sold_by = sold_by?;
        match &sold_by.seller {
            Seller::Shop(shop) => {
                Some(Self { shop: shop.clone(), reference: sold_by.reference.clone() })
            }
            Seller::Partner(_) => None,
        }
    }
}

/// A receipt as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The order it is of.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// The canonical JSON.
    pub canonical: String,
    /// SHA-256 of the canonical JSON.
    pub hash: [u8; 32],
}

impl ReceiptData {
    /// The number of the receipt of an order: `R` and the reference.
    pub fn number_of(reference: &Reference) -> String {
        format!("R-{reference}")
    }

    /// Fixes the data. JSON of a struct has one field order, so equal data give equal bytes.
    pub fn fix(&self) -> Receipt {
        // A struct of strings and integers always has a JSON form.
        let canonical = serde_json::to_string(self).unwrap_or_default();
        let hash = Sha256::digest(canonical.as_bytes()).into();
        Receipt { order: self.order, number: self.number.clone(), canonical, hash }
    }
}
