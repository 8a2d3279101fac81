//! An offer as a channel lists it.

use crate::catalog::{OperatorCode, PlanCode, StartRule, Validity};
use crate::kernel::{AllowanceKind, Money, MoneyError, Rate, Units, code};
use crate::orders::{PartnerCode, ShopCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

code!(
    /// Names a listing of one seller, such as `maple-30`.
    ListingCode
);

impl From<&PlanCode> for ListingCode {
    /// An own plan is listed by its own code.
    fn from(plan: &PlanCode) -> Self {
        Self(plan.as_str().to_owned())
    }
}

/// The most characters of a seller's name.
const LONGEST_NAME: usize = 60;

/// The name of a seller that has no code here, in any script.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SellerName(String);

impl SellerName {
    /// Reads 1 to 60 characters that can be printed; spaces around and between words are forgiven.
    pub fn parse(text: &str) -> Result<Self, String> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if fits && !name.chars().any(char::is_control) {
            Ok(Self(name))
        } else {
            Err(format!("a seller's name has 1 to {LONGEST_NAME} characters that can be printed"))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SellerName {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name)
    }
}

impl From<SellerName> for String {
    fn from(name: SellerName) -> Self {
        name.0
    }
}

/// Of whom an offer can be had. The order is that in which sellers stand where their offers are equal in everything:
/// ourselves come last, so that we never win by being ourselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seller {
    /// A partner who has an account with us.
    Partner(PartnerCode),
    /// A shop on a marketplace that sells for us.
    Shop(ShopCode),
    /// A supplier, by its name, at what it asks of us.
    Supplier(SellerName),
    /// A seller that is none of ours, by its name.
    Elsewhere(SellerName),
    /// Ourselves: a plan of the catalogue.
    Ourselves,
}

impl Seller {
    /// Reads `partner:CODE`, `shop:CODE`, `supplier:NAME`, `ourselves` or a plain name, as [`fmt::Display`] writes them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (channel, rest) = text.split_once(':').unwrap_or(("", text));
        match (channel.trim().to_ascii_lowercase().as_str(), rest.trim()) {
            ("partner", code) => PartnerCode::parse(code).map(Self::Partner),
            ("shop", code) => ShopCode::parse(code).map(Self::Shop),
            ("supplier", name) => SellerName::parse(name).map(Self::Supplier),
            ("", name) if name.eq_ignore_ascii_case("ourselves") => Ok(Self::Ourselves),
            _ => SellerName::parse(text).map(Self::Elsewhere),
        }
    }
}

impl fmt::Display for Seller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partner(code) => write!(f, "partner:{code}"),
            Self::Shop(code) => write!(f, "shop:{code}"),
            Self::Supplier(name) => write!(f, "supplier:{}", name.as_str()),
            Self::Elsewhere(name) => f.write_str(name.as_str()),
            Self::Ourselves => f.write_str("ourselves"),
        }
    }
}

/// How much of a kind an offer gives. More than any amount is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granted {
    /// So much, in the kind's unit; zero is none of it.
    Amount(Units),
    /// As much as one likes.
    Unlimited,
}

impl Granted {
    /// None of it.
    pub const NOTHING: Self = Self::Amount(Units::ZERO);
}

/// What one purchase gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grants {
    /// Octets.
    pub data: Granted,
    /// Seconds.
    pub voice: Granted,
    /// Messages, one by one.
    pub messages: Granted,
}

/// How the tax stands to the listed price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListedTax {
    /// It is in the price, or there is none.
    Included,
    /// It comes on top, as a share of the price, rounded half up to the minor unit. Never negative.
    Added(Rate),
    /// It comes on top, as an amount in the price's currency, as our own tax tables compute it. Never negative.
    Amount(Money),
}

/// Which listing: no seller has two of one code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListingKey {
    /// Of whom it can be had.
    pub seller: Seller,
    /// What the seller calls it.
    pub code: ListingCode,
}

/// An offer as a channel lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Whose it is, and its code there.
    pub key: ListingKey,
    /// Its name, as the channel writes it.
    pub name: String,
    /// Whose network it is on; absent where the channel does not say, or it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorCode>,
    /// What one purchase gives.
    pub grants: Grants,
    /// How long one purchase lasts.
    pub validity: Validity,
    /// What it does where it is bought while another one runs.
    pub start_rule: StartRule,
    /// The listed price of one purchase, never negative.
    pub price: Money,
    /// How the tax stands to it.
    pub tax: ListedTax,
    /// What has to be paid besides for each purchase, its tax included; in the price's currency, zero where there is nothing.
    pub fees: Money,
    /// The local date on which the channel listed it so.
    pub seen_on: Date,
}

impl Listing {
    /// What one purchase costs where it is listed: price, tax and fees.
    pub fn cost(&self) -> Result<Money, MoneyError> {
        let tax = match self.tax {
            ListedTax::Included => Money::zero(self.price.currency),
            ListedTax::Added(rate) => self.price.share_half_up(rate)?,
            ListedTax::Amount(tax) => tax,
        };
        self.price.plus(tax)?.plus(self.fees)
    }

    /// Whether an amount in it is below zero.
    pub(super) const fn is_negative(&self) -> bool {
        let tax = match self.tax {
            ListedTax::Included => 0,
            ListedTax::Added(rate) => rate.ppm,
            ListedTax::Amount(tax) => tax.minor,
        };
        self.price.minor < 0 || self.fees.minor < 0 || tax < 0
    }

    /// How much it gives of a kind; nothing of credit, which no need is counted in.
    pub const fn granted(&self, kind: AllowanceKind) -> Granted {
        match kind {
            AllowanceKind::Data => self.grants.data,
            AllowanceKind::Voice => self.grants.voice,
            AllowanceKind::Messages => self.grants.messages,
            AllowanceKind::Credit => Granted::NOTHING,
        }
    }
}
