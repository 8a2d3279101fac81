//! Money in minor units. Nothing here rounds silently and nothing wraps.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The Canadian dollar, in cents.
    pub const CAD: Self = Self(*b"CAD");

    /// Reads a three-letter upper-case code.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code, such as `CAD`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimal places its unit has (ISO 4217): two for the dollar, none for the yen, at most three.
    pub fn decimals(&self) -> u8 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::parse(&code).ok_or(MoneyError::UnknownCurrency)
    }
}

/// An amount of one currency, in its minor unit (cents). Negative amounts are owed the other way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, such as cents.
    #[serde(rename = "amount")]
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// A share in parts per million: 13 % is 130,000. QST (9.975 %) needs more than basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate {
    /// Parts per million.
    pub ppm: i64,
}

/// Why an amount cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit 64 bits.
    #[error("the amount is too large")]
    TooLarge,
    /// Two currencies cannot be added.
    #[error("two currencies cannot be mixed")]
    MixedCurrencies,
    /// Not an ISO 4217 code.
    #[error("this is not a currency code")]
    UnknownCurrency,
}

impl Money {
    /// An amount in Canadian cents.
    pub const fn cad(minor: i64) -> Self {
        Self { minor, currency: Currency::CAD }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The sum; refused across currencies and beyond 64 bits.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The difference; refused across currencies and beyond 64 bits.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated()?)
    }

    /// The same amount the other way.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// A share of this amount, rounded half away from zero to the minor unit, which is how each tax
    /// on a document is rounded (facts, section 6.2).
    pub fn share_half_up(self, rate: Rate) -> Result<Self, MoneyError> {
        let product = i128::from(self.minor) * i128::from(rate.ppm);
        let half = if product < 0 { -500_000 } else { 500_000 };
        let minor =
            i64::try_from((product + half) / 1_000_000).map_err(|_| MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        write!(f, "{sign}{}.{:02} {}", minor / 100, minor % 100, self.currency.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{Money, MoneyError, Rate};

    #[test]
    fn each_tax_is_rounded_half_up_to_the_cent() {
        // The worked example of the facts: CAD 30.00 in every province.
        let table = [(50_000, 150), (70_000, 210), (60_000, 180), (130_000, 390), (150_000, 450)];
        for (ppm, expected) in table.into_iter().chain([(140_000, 420), (99_750, 299)]) {
            assert_eq!(Money::cad(3000).share_half_up(Rate { ppm }), Ok(Money::cad(expected)));
        }
        let half = Rate { ppm: 500_000 };
        assert_eq!(Money::cad(1).share_half_up(half), Ok(Money::cad(1)));
        assert_eq!(Money::cad(-1).share_half_up(half), Ok(Money::cad(-1)));
    }

    #[test]
    fn nothing_wraps_and_nothing_mixes() {
        assert_eq!(Money::cad(i64::MAX).plus(Money::cad(1)), Err(MoneyError::TooLarge));
        assert_eq!(Money::cad(i64::MIN).negated(), Err(MoneyError::TooLarge));
        let yuan = Money { minor: 1, currency: super::Currency(*b"CNY") };
        assert_eq!(Money::cad(1).plus(yuan), Err(MoneyError::MixedCurrencies));
    }
}
