//! Decimals as suppliers write them: JSON numbers or texts of any scale. They are read digit by digit and become
//! minor units by a rounding that is named; no fraction is ever computed in floating point.

use farline_domain::kernel::{Currency, Money, Units};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The most digits on either side of the point.
const MOST_DIGITS: usize = 18;

/// Currencies without a minor unit, and those whose unit has a thousand (ISO 4217).
const WHOLE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THOUSANDTHS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// A decimal, exact: `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    scale: u32,
}

/// Which way what is smaller than the minor unit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Towards less: what we have.
    Down,
    /// Towards more: what we pay.
    Up,
}

impl Decimal {
    /// Reads a decimal as JSON and texts write it: a sign, digits, a fraction, an exponent.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (sign, number) = match number.strip_prefix('-') {
            Some(number) => (-1, number),
            None => (1, number),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let is_plain = |digits: &str| {
            (1..=MOST_DIGITS).contains(&digits.len())
                && digits.bytes().all(|octet| octet.is_ascii_digit())
        };
        if !is_plain(whole) || !is_plain(part) {
            return None;
        }
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        let scale = i32::try_from(part.len()).ok()? - exponent;
        let (digits, scale) = match u32::try_from(scale) {
            Ok(scale) if scale <= 30 => (digits, scale),
            Ok(_) => return None,
            Err(_) => (digits.checked_mul(power(scale.unsigned_abs())?)?, 0),
        };
        Some(Self { digits: sign * digits, scale })
    }

    /// Money of this many ten-thousandths.
    pub(super) const fn of_ten_thousandths(count: i64) -> Self {
        Self { digits: count as i128, scale: 4 }
    }

    /// How many ten-thousandths it is, if that is a whole number.
    pub(super) fn ten_thousandths(self) -> Option<i64> {
        let (count, rest) = self.times(4)?;
        (rest == 0).then(|| i64::try_from(count).ok()).flatten()
    }

    /// The amount in a currency's minor units.
    pub(super) fn money(self, currency: Currency, rounding: Rounding) -> Option<Money> {
        let code = currency.code();
        let exponent = match code {
            _ if WHOLE.split(' ').any(|whole| whole == code) => 0,
            _ if THOUSANDTHS.split(' ').any(|thousandths| thousandths == code) => 3,
            _ => 2,
        };
        let (count, rest) = self.times(exponent)?;
        let more = i128::from(rounding == Rounding::Up && rest > 0);
        Some(Money { minor: i64::try_from(count + more).ok()?, currency })
    }

    /// How much it is of a kind, where one of it is so many octets, seconds or messages; rounded down. Below zero it is nothing
    /// that can be counted.
    pub(super) fn units(self, of_one: i64) -> Option<Units> {
        let count = self.digits.checked_mul(i128::from(of_one))?.div_euclid(power(self.scale)?);
        Units::new(i64::try_from(count).ok()?).ok()
    }

    /// How many it is: a whole number from one on.
    pub(super) fn count(self) -> Option<u16> {
        let (count, rest) = self.times(0)?;
        u16::try_from(count).ok().filter(|count| rest == 0 && *count > 0)
    }

    /// Whether it is more than nothing.
    pub(super) const fn is_positive(self) -> bool {
        self.digits > 0
    }

    /// This times ten to the power of `exponent`: the whole number below it, and whether anything is left.
    fn times(self, exponent: u32) -> Option<(i128, i128)> {
        let digits = self.digits.checked_mul(power(exponent)?)?;
        let divisor = power(self.scale)?;
        Some((digits.div_euclid(divisor), digits.rem_euclid(divisor)))
    }
}

fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// A decimal where it stands alone in JSON.
#[derive(Deserialize)]
pub(super) struct Written(#[serde(deserialize_with = "read")] pub(super) Decimal);

/// Reads a decimal that is a JSON number or a text of one.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    of(&raw).ok_or_else(|| serde::de::Error::custom("not a decimal"))
}

/// The same where it may be absent or null.
pub(super) fn read_if_any<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else { return Ok(None) };
    of(&raw).map(Some).ok_or_else(|| serde::de::Error::custom("not a decimal"))
}

/// The same where it is told besides: what is no decimal is as if it were not said.
pub(super) fn read_if_said<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(raw.and_then(|raw| of(&raw)))
}

fn of(raw: &RawValue) -> Option<Decimal> {
    let text = raw.get();
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    Decimal::parse(quoted.unwrap_or(text))
}

/// A decimal of the settings as a JSON number, digit by digit as it was written.
pub(super) fn number(text: &str) -> Option<Box<RawValue>> {
    Decimal::parse(text).filter(|decimal| decimal.is_positive())?;
    RawValue::from_string(text.to_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Rounding, number};
    use farline_domain::kernel::Currency;

    fn minor(text: &str, code: &str, rounding: Rounding) -> Option<i64> {
        let currency = Currency::parse(code)?;
        Some(Decimal::parse(text)?.money(currency, rounding)?.minor)
    }

    #[test]
    fn decimals_of_any_scale_become_minor_units_by_a_named_rounding() {
        // The text, the currency, what we have of it, what we pay of it.
        let table = [
            ("0", "CAD", 0, 0),
            ("12.5", "CAD", 1250, 1250),
            ("12.50", "CAD", 1250, 1250),
            ("848.669999", "USD", 84_866, 84_867),
            // What binary fractions cannot say: 1.15 × 100 is 114.99… in them, 0.29 × 100 is 28.99….
            ("1.15", "USD", 115, 115),
            ("0.29", "USD", 29, 29),
            ("4.35", "USD", 435, 435),
            ("90071992547409.93", "USD", 9_007_199_254_740_993, 9_007_199_254_740_993),
            ("0.0001", "USD", 0, 1),
            ("-0.001", "USD", -1, 0),
            ("-5.25", "USD", -525, -525),
            ("1.5E+2", "USD", 15_000, 15_000),
            ("15e-1", "USD", 150, 150),
            ("1500", "JPY", 1500, 1500),
            ("1500.5", "JPY", 1500, 1501),
            ("1.2345", "KWD", 1234, 1235),
        ];
        for (text, code, down, up) in table {
            assert_eq!(minor(text, code, Rounding::Down), Some(down), "{text} {code}");
            assert_eq!(minor(text, code, Rounding::Up), Some(up), "{text} {code}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_not_guessed() {
        for text in [
            "", ".", "1.", ".5", "1,5", "+1", " 1", "1 ", "NaN", "1e", "1e99", "0x1", "--1",
            "1.2.3",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(minor("999999999999999999", "USD", Rounding::Down), None);
        assert!(number("0").is_none() && number("-1.00").is_none());
        assert_eq!(number("5.00").map(|raw| raw.get().to_owned()).as_deref(), Some("5.00"));
    }

    #[test]
    fn units_are_whole_and_never_more_than_is_said() {
        let count = |text: &str, of_one| Some(Decimal::parse(text)?.units(of_one)?.count());
        assert_eq!(count("1.5", 1_000_000_000), Some(1_500_000_000));
        assert_eq!(count("0.0000000019", 1_000_000_000), Some(1));
        assert_eq!(count("300", 60), Some(18_000));
        assert_eq!((count("-1", 60), count("1e18", 60)), (None, None));
    }

    #[test]
    fn ten_thousandths_are_exact_or_nothing() {
        for (text, count) in [("1.80", Some(18_000)), ("0.0001", Some(1)), ("0.00001", None)] {
            assert_eq!(Decimal::parse(text).and_then(Decimal::ten_thousandths), count, "{text}");
        }
        let price = Decimal::of_ten_thousandths(12_345);
        let usd = Currency::parse("USD").unwrap();
        assert_eq!(price.money(usd, Rounding::Up).map(|money| money.minor), Some(124));
    }
}
