//! Which subject, on whose account, and what is counted.

use crate::catalog::PromotionCode;
use crate::kernel::{AccountId, Cell, Currency, LineId, Money, Units, UnitsError};
use crate::orders::PartnerCode;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names a subject over all installations' time. Its text is its key in the store, and its cell
/// follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SubjectKey {
    /// A promotion, by its code.
    Promotion(PromotionCode),
    /// A code of a promotion that is good once, by its number.
    SingleUseCode(PromotionCode, u32),
    /// A partner's account, by the partner's code.
    Partner(PartnerCode),
}

impl SubjectKey {
    /// The cell in which everything of the subject lives.
    pub fn cell(&self) -> Cell {
        Cell::of(self.to_string().as_bytes())
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("promotion", code) => PromotionCode::parse(code).ok().map(Self::Promotion),
            ("code", which) => {
                let (code, number) = which.split_once('/')?;
                let read: u32 = number.parse().ok()?;
                (read.to_string() == number).then_some(())?;
                Some(Self::SingleUseCode(PromotionCode::parse(code).ok()?, read))
            }
            ("partner", code) => PartnerCode::parse(code).ok().map(Self::Partner),
            _ => None,
        }
    }
}

/// The text form, such as `promotion:first10` and `code:winter/17`.
impl fmt::Display for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Promotion(code) => write!(f, "promotion:{code}"),
            Self::SingleUseCode(code, number) => write!(f, "code:{code}/{number}"),
            Self::Partner(code) => write!(f, "partner:{code}"),
        }
    }
}

impl From<SubjectKey> for String {
    fn from(key: SubjectKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for SubjectKey {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("“{text}” names no subject"))
    }
}

/// Whose share of a subject something counts towards, where shares are limited too: for a promotion
/// the line that is renewed, or the customer who buys.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holder(pub String);

impl From<LineId> for Holder {
    fn from(line: LineId) -> Self {
        Self(line.to_string())
    }
}

impl From<AccountId> for Holder {
    fn from(account: AccountId) -> Self {
        Self(account.to_string())
    }
}

/// What somebody outside calls something that is done to a subject, so that it is done once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// An order, as whoever sold it calls it.
    Order(String),
    /// A payment into the account or out of it, as the bank calls it.
    Payment(String),
}

impl Named {
    /// Reads the text form.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("order", name) => Some(Self::Order(name.to_owned())),
            ("payment", name) => Some(Self::Payment(name.to_owned())),
            _ => None,
        }
    }

    /// What they call it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Order(name) | Self::Payment(name) => name,
        }
    }
}

/// The text form, such as `order:2026-0117`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(name) => write!(f, "order:{name}"),
            Self::Payment(name) => write!(f, "payment:{name}"),
        }
    }
}

/// What a subject counts. A subject counts one thing, and nothing else is ever added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How often it was used.
    Redemptions,
    /// Money, in minor units of its currency.
    Money(Currency),
}

impl Measure {
    /// The word stored: `redemptions`, or the currency's code.
    pub fn code(&self) -> &str {
        match self {
            Self::Redemptions => "redemptions",
            Self::Money(currency) => currency.code(),
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        if code == "redemptions" {
            return Some(Self::Redemptions);
        }
        Currency::parse(code).map(Self::Money)
    }
}

/// So many of what a subject counts; never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How many: redemptions, or minor units.
    pub units: Units,
    /// Of what.
    pub measure: Measure,
}

impl Quantity {
    /// So many redemptions.
    pub const fn redemptions(units: Units) -> Self {
        Self { units, measure: Measure::Redemptions }
    }

    /// An amount of money; refused below zero.
    pub fn of_money(amount: Money) -> Result<Self, UnitsError> {
        let units = Units::new(amount.minor)?;
        Ok(Self { units, measure: Measure::Money(amount.currency) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, SubjectKey};
    use crate::catalog::PromotionCode;
    use crate::kernel::Currency;

    #[test]
    fn keys_and_measures_read_back() {
        let key = SubjectKey::Promotion(PromotionCode::parse("first10").unwrap());
        assert_eq!(key.to_string(), "promotion:first10");
        assert_eq!(SubjectKey::parse("promotion:first10"), Some(key));
        let once = SubjectKey::SingleUseCode(PromotionCode::parse("winter").unwrap(), 17);
        assert_eq!(SubjectKey::parse("code:winter/17"), Some(once));
        let none = ["", "first10", "promotion:", "promotion:No", "account:first10", "code:winter"];
        for text in none.into_iter().chain(["code:winter/", "code:winter/017", "code:/1"]) {
            assert_eq!(SubjectKey::parse(text), None, "{text}");
        }
        for measure in [Measure::Redemptions, Measure::Money(Currency::CAD)] {
            assert_eq!(Measure::parse(measure.code()), Some(measure));
        }
        assert_eq!(Measure::parse("units"), None);
    }
}
