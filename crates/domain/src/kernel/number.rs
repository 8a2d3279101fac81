//! Phone numbers (E.164) and card numbers (ICCID, ITU-T E.118), read forgivingly, kept strictly.

use super::province::Province;
use phonenumber::{Mode, country};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A phone number in E.164 form, such as `+14165550188`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Msisdn(String);

/// The number printed on a SIM card: 19 or 20 digits with a Luhn check digit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iccid(String);

/// How a person names a line: by its phone number or by what is printed on the card.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineNumber {
    /// A phone number.
    Msisdn(Msisdn),
    /// A card number.
    Iccid(Iccid),
}

/// Why what was typed is neither a phone number nor a card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// Too few digits for any phone number.
    #[error("the number has too few digits")]
    TooShort,
    /// More digits than a phone number has and fewer than a card number, or more than that.
    #[error("the number has too many digits")]
    TooLong,
    /// Something other than digits and separators.
    #[error("the number contains something that is not a digit")]
    NotDigits,
    /// A possible length, but no such number can exist.
    #[error("no such phone number can exist")]
    NotPossible,
    /// The last digit of the card number does not fit the others, so one of them is mistyped.
    #[error("the card number is mistyped: its check digit does not fit")]
    CheckDigit,
}

/// Full-width digits and signs become plain ones; spaces, hyphens, dots and brackets disappear.
fn plain(text: &str) -> Result<String, NumberError> {
    let mut plain = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '0'..='9' => plain.push(letter),
            '\u{ff10}'..='\u{ff19}' => {
                plain.extend(char::from_digit(u32::from(letter) - 0xff10, 10));
            }
            '+' | '\u{ff0b}' if plain.is_empty() => plain.push('+'),
            ' '
            | '-'
            | '.'
            | '('
            | ')'
            | '/'
            | '\u{a0}'
            | '\u{202f}'
            | '\u{3000}'
            | '\u{2010}'..='\u{2015}'
            | '\u{ff08}'
            | '\u{ff09}'
            | '\u{ff0d}'
            | '\u{ff0e}' => {}
            'f' | 'F' if plain.len() == 19 => {}
            _ => return Err(NumberError::NotDigits),
        }
    }
    if plain.trim_start_matches('+').is_empty() { Err(NumberError::Empty) } else { Ok(plain) }
}

/// The digits of what was typed, with the plus before them if there was one; `None` if it is something else.
pub fn digits_of(typed: &str) -> Option<String> {
    plain(typed).ok()
}

fn luhn_fits(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

impl Msisdn {
    /// Reads a phone number: E.164, `001…`, `1…`, or ten digits taken as North American.
    /// Spaces, hyphens, brackets and full-width digits are forgiven.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let mut digits = plain(text)?;
        if let Some(rest) = digits.strip_prefix("00") {
            digits = format!("+{rest}");
        }
        if let Some(number) = north_american_text(&digits) {
            return Ok(Self(number));
        }
        let count = digits.trim_start_matches('+').len();
        match count {
            0..=6 => return Err(NumberError::TooShort),
            7..=15 => {}
            _ => return Err(NumberError::TooLong),
        }
        // Only what is typed without a country belongs to ours: else the trunk prefix 1 of our plan
        // would be cut off a Chinese mobile number.
        let home = (!digits.starts_with('+')).then_some(country::Id::CA);
        let number = phonenumber::parse(home, &digits).map_err(|_| NumberError::NotPossible)?;
        let plausible = if number.code().value() == 1 {
            north_american(number.national().value())
        } else {
            number.is_valid()
        };
        if !plausible {
            return Err(NumberError::NotPossible);
        }
        Ok(Self(number.format().mode(Mode::E164).to_string()))
    }

    /// A number that this type wrote earlier, read back without judging it again.
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The E.164 text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The province its area code stands for, where the code decides.
    pub fn province(&self) -> Option<Province> {
        let area = self.0.strip_prefix("+1")?.get(..3)?.parse().ok()?;
        Province::of_area_code(area)
    }

    /// The last two digits, which is all that strangers are shown.
    pub fn hint(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(2)..).unwrap_or("")
    }
}

/// A North American number in E.164, if this is one: ten digits, or eleven after the 1 or +1. Most
/// numbers here are, and this is a hundred times cheaper than the public metadata.
fn north_american_text(digits: &str) -> Option<String> {
    let national = match (digits.strip_prefix("+1"), digits.len()) {
        (Some(national), 12) => national,
        (None, 11) => digits.strip_prefix('1')?,
        (None, 10) if !digits.starts_with('+') => digits,
        _ => return None,
    };
    north_american(national.parse().ok()?).then(|| format!("+1{national}"))
}

/// `[2-9]XX [2-9]XX XXXX`: the plan of the numbers set aside for fiction too, which stricter
/// metadata calls invalid.
fn north_american(national: u64) -> bool {
    let (area, exchange) = (national / 10_000_000, national / 10_000 % 1000);
    (200..1000).contains(&area) && (200..1000).contains(&exchange)
}

impl Iccid {
    /// Reads a card number: `89`, 17 or 18 more digits, Luhn over the whole. A trailing `F` after 19
    /// digits is filler and dropped.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let digits = plain(text)?;
        if digits.len() < 19 {
            return Err(NumberError::TooShort);
        }
        if digits.len() > 20 {
            return Err(NumberError::TooLong);
        }
        if !digits.starts_with("89") {
            return Err(NumberError::NotPossible);
        }
        if luhn_fits(&digits) { Ok(Self(digits)) } else { Err(NumberError::CheckDigit) }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last two digits, which is all that strangers are shown.
    pub fn hint(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(2)..).unwrap_or("")
    }
}

impl LineNumber {
    /// Reads either: from 16 digits up it is a card number, below a phone number.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let digits = plain(text)?;
        if digits.trim_start_matches('+').len() > 15 {
            Iccid::parse(text).map(Self::Iccid)
        } else {
            Msisdn::parse(text).map(Self::Msisdn)
        }
    }

    /// The canonical text: E.164 or the ICCID's digits.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Msisdn(number) => number.as_str(),
            Self::Iccid(number) => number.as_str(),
        }
    }
}

macro_rules! kept_strictly {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = NumberError;
            fn try_from(text: String) -> Result<Self, NumberError> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }
        /// Shows the hint only, so that a log never holds the number.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "…{}", self.hint())
            }
        }
    };
}
kept_strictly!(Msisdn);
kept_strictly!(Iccid);

#[cfg(test)]
mod tests {
    use super::{Iccid, LineNumber, Msisdn, NumberError};
    use crate::kernel::Province;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let table = [
            ("+1 416 555 0188", Ok("+14165550188")),
            ("(416) 555-0188", Ok("+14165550188")),
            ("001 416 555 0188", Ok("+14165550188")),
            ("１４１６５５５０１８８", Ok("+14165550188")),
            ("＋８６ 138 0013 8000", Ok("+8613800138000")),
            ("8919980000000000015", Ok("8919980000000000015")),
            ("89199 80000 00000 0015 F", Ok("8919980000000000015")),
            ("89302999000000000015", Ok("89302999000000000015")),
            ("8919980000000000016", Err(NumberError::CheckDigit)),
            ("", Err(NumberError::Empty)),
            ("  + ", Err(NumberError::Empty)),
            ("555-01", Err(NumberError::TooShort)),
            ("116 555 0188", Err(NumberError::NotPossible)),
            ("416 555 0188 extra", Err(NumberError::NotDigits)),
            ("416555018812345678", Err(NumberError::TooShort)),
            ("891998000000000001500", Err(NumberError::TooLong)),
        ];
        for (typed, expected) in table {
            let read = LineNumber::parse(typed);
            assert_eq!(
                read.as_ref().map(LineNumber::as_str),
                expected.as_ref().map(|t| *t),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_number_knows_its_province_and_hides_itself() {
        let number = Msisdn::parse("5145550123").unwrap();
        assert_eq!(number.province(), Some(Province::Qc));
        assert_eq!(format!("{number:?}"), "…23");
        assert_eq!(format!("{:?}", Iccid::parse("8919980000000000023").unwrap()), "…23");
    }
}
