//! Exchange rates, each with its date and source, and exact conversion.

use crate::kernel::{Currency, Money};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most digits of a rate, zeros in front and behind not counted.
const MOST_DIGITS: usize = 15;
/// The most decimal places of a rate.
const MOST_PLACES: usize = 12;

/// How many units of one currency a unit of another is worth, as an exact decimal above zero: 1 USD is `1.3925` CAD. Units
/// are dollars and yen, not cents: what a currency's minor unit is does not matter to a rate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitRate {
    /// The rate times ten to the power of `places`; neither it nor its last digit is zero, unless `places` is.
    digits: i64,
    places: u8,
}

impl UnitRate {
    /// Reads `1.3925`: above zero, at most 15 digits that count, at most 12 of them behind the point. No sign, no grouping,
    /// no exponent.
    pub fn parse(text: &str) -> Result<Self, String> {
        let refusal = || {
            format!("a rate is a decimal above zero like 1.3925, of at most {MOST_DIGITS} digits")
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let are_digits = |text: &str| {
            !text.is_empty() && text.len() <= 40 && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !are_digits(whole) || !are_digits(fraction) {
            return Err(refusal());
        }
        let fraction = fraction.trim_end_matches('0');
        let all = format!("{whole}{fraction}");
        let counting = all.trim_start_matches('0');
        if counting.is_empty() || counting.len() > MOST_DIGITS || fraction.len() > MOST_PLACES {
            return Err(refusal());
        }
        let digits = counting.parse().map_err(|_| refusal())?;
        let places = u8::try_from(fraction.len()).map_err(|_| refusal())?;
        Ok(Self { digits, places })
    }
}

impl fmt::Display for UnitRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ten = 10_i64.pow(u32::from(self.places));
        write!(f, "{}", self.digits / ten)?;
        if self.places > 0 {
            let width = usize::from(self.places);
            write!(f, ".{:0width$}", self.digits % ten)?;
        }
        Ok(())
    }
}

impl fmt::Debug for UnitRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl TryFrom<String> for UnitRate {
    type Error = String;
    fn try_from(rate: String) -> Result<Self, String> {
        Self::parse(&rate)
    }
}

impl From<UnitRate> for String {
    fn from(rate: UnitRate) -> Self {
        rate.to_string()
    }
}

/// What a currency was worth in another on a date, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// The currency that is worth it.
    pub from: Currency,
    /// The currency in which it is told.
    pub to: Currency,
    /// How many units of `to` a unit of `from` is worth.
    pub rate: UnitRate,
    /// The local date for which it was told.
    pub dated: Date,
    /// Who told it, such as a central bank.
    pub source: String,
}

impl ExchangeRate {
    /// An amount in the other currency, rounded half up to its minor unit; a rate is good in both directions. `None` when
    /// it is of neither currency, below zero, or too large.
    pub fn convert(&self, amount: Money) -> Option<Money> {
        let to = if amount.currency == self.from { self.to } else { self.from };
        let way = self.way(amount.currency, to)?;
        let minor = way.half_up(i128::from(amount.minor), 1)?;
        Some(Money { minor, currency: to })
    }

    /// From one of its currencies into the other.
    fn way(&self, from: Currency, to: Currency) -> Option<Way> {
        let power = |places: u8| 10_i128.pow(u32::from(places));
        let units = i128::from(self.rate.digits);
        let (parts, whole) = (
            units * power(self.to.decimals()),
            power(self.rate.places) * power(self.from.decimals()),
        );
        if (self.from, self.to) == (from, to) {
            Some(Way::new(parts, whole))
        } else if (self.to, self.from) == (from, to) {
            Some(Way::new(whole, parts))
        } else {
            None
        }
    }
}

/// How many minor units of one currency a minor unit of another is, exactly.
#[derive(Clone, Copy)]
pub(super) struct Way {
    numerator: i128,
    denominator: i128,
}

impl Way {
    /// The currency stays.
    const STAY: Self = Self { numerator: 1, denominator: 1 };

    fn new(numerator: i128, denominator: i128) -> Self {
        let (mut divisor, mut rest) = (numerator, denominator);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// The best known way, with the rate that says so: the newest; of one date a rate that is told in this direction, then
    /// the source that is first in the alphabet. None is needed within one currency.
    pub(super) fn between(
        rates: &[ExchangeRate],
        (from, to): (Currency, Currency),
    ) -> Option<(Self, Option<&ExchangeRate>)> {
        if from == to {
            return Some((Self::STAY, None));
        }
        let usable = rates.iter().filter_map(|rate| Some((rate.way(from, to)?, rate)));
        let best = usable.max_by(|(_, one), (_, other)| {
            (one.dated, one.from == from)
                .cmp(&(other.dated, other.from == from))
                .then_with(|| (&other.source, other.rate).cmp(&(&one.source, one.rate)))
        });
        best.map(|(way, rate)| (way, Some(rate)))
    }

    /// An amount in minor units, divided by `parts`, in the other currency: rounded once, half up. `None` when it is below
    /// zero or too large.
    pub(super) fn half_up(self, amount: i128, parts: i128) -> Option<i64> {
        let above = amount.checked_mul(self.numerator).filter(|above| *above >= 0)?;
        let below = parts.checked_mul(self.denominator).filter(|below| *below > 0)?;
        let (whole, rest) = (above / below, above % below);
        let up = i128::from(rest >= below - rest);
        i64::try_from(whole + up).ok()
    }
}
