//! Reading what a payer typed. Nothing here is kept: of a card only the scheme, the last four
//! digits, the funding and the month in which it expires leave this module.

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use crate::{
    numbers::{Behaviour, Brand, Funding, TEST_CARDS, TestCard},
    records::Expiry,
};

/// A card that passed every check, without its number.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) brand: Brand,
    pub(crate) funding: Funding,
    pub(crate) last4: String,
    pub(crate) expiry: Expiry,
    pub(crate) behaviour: Behaviour,
}

/// One thing that is wrong with the card form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    NumberMissing,
    NumberInvalid,
    /// A valid number that is not a test number. It may be somebody's real card, so nothing of it
    /// is recorded.
    NumberNotATestNumber,
    ExpiryInvalid,
    ExpiryPast,
    SecurityCodeInvalid,
}

impl Problem {
    /// The `name` and `id` of the input the problem belongs to.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::NumberMissing | Self::NumberInvalid | Self::NumberNotATestNumber => "cc-number",
            Self::ExpiryInvalid | Self::ExpiryPast => "cc-exp",
            Self::SecurityCodeInvalid => "cc-csc",
        }
    }
}

/// Checks the three inputs. `now_ms` is milliseconds since the epoch.
pub(crate) fn read(
    number: &str,
    expiry: &str,
    security_code: &str,
    now_ms: i64,
) -> Result<Card, Vec<Problem>> {
    let (card, expiry) = (read_number(number), read_expiry(expiry, now_ms));
    let problems: Vec<Problem> = [
        card.as_ref().err().copied(),
        expiry.as_ref().err().copied(),
        read_security_code(security_code).err(),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (card, expiry) {
        (Ok(card), Ok(expiry)) if problems.is_empty() => Ok(Card {
            brand: card.brand,
            funding: card.funding,
            last4: card.number.chars().skip(12).collect(),
            expiry,
            behaviour: card.behaviour,
        }),
        _ => Err(problems),
    }
}

fn read_number(typed: &str) -> Result<TestCard, Problem> {
    let number = without_separators(typed);
    if number.is_empty() {
        return Err(Problem::NumberMissing);
    }
    let digits: Option<Vec<u32>> = number.chars().map(|character| character.to_digit(10)).collect();
    let digits = digits.ok_or(Problem::NumberInvalid)?;
    if !(12..=19).contains(&digits.len()) || !passes_luhn(&digits) {
        return Err(Problem::NumberInvalid);
    }
    TEST_CARDS.into_iter().find(|card| card.number == number).ok_or(Problem::NumberNotATestNumber)
}

/// The check digit of ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(position, digit)| match position % 2 {
            0 => *digit,
            _ if *digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn read_expiry(typed: &str, now_ms: i64) -> Result<Expiry, Problem> {
    let text: String = without_separators(typed).chars().filter(|letter| *letter != '/').collect();
    let all_digits = text.chars().all(|character| character.is_ascii_digit());
    let number: i32 = text.parse().ok().filter(|_| all_digits).ok_or(Problem::ExpiryInvalid)?;
    let (month, year) = match text.len() {
        // MMYY, or MYY where somebody left out the zero.
        3 | 4 => (number / 100, 2000 + number % 100),
        // MMYYYY, as some browsers fill it in.
        6 => (number / 10_000, number % 10_000),
        _ => return Err(Problem::ExpiryInvalid),
    };
    if !(1..=12).contains(&month) {
        return Err(Problem::ExpiryInvalid);
    }
    let expiry = Expiry { year, month };
    if is_past(expiry, now_ms).ok_or(Problem::ExpiryInvalid)? {
        return Err(Problem::ExpiryPast);
    }
    Ok(expiry)
}

/// Whether a card is good no longer; none for a time that no calendar has. It is good to the end of
/// its month wherever that ends last, twelve hours behind UTC.
pub(crate) fn is_past(expiry: Expiry, now_ms: i64) -> Option<bool> {
    let now = Timestamp::from_millisecond(now_ms).and_then(|now| now.checked_sub(12.hours()));
    let today = now.ok()?.to_zoned(TimeZone::UTC);
    Some((expiry.year, expiry.month) < (i32::from(today.year()), i32::from(today.month())))
}

fn read_security_code(typed: &str) -> Result<(), Problem> {
    let code = without_separators(typed);
    let right = (3..=4).contains(&code.len()) && code.chars().all(|digit| digit.is_ascii_digit());
    if right { Ok(()) } else { Err(Problem::SecurityCodeInvalid) }
}

/// Drops spaces and hyphens and turns full-width digits and slashes, as a Chinese keyboard types
/// them, into plain ones.
fn without_separators(typed: &str) -> String {
    typed
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match character {
            '\u{FF0F}'..='\u{FF19}' => {
                char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
            }
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Problem, read};
    use crate::numbers::TEST_CARDS;

    /// 2026-11-30T23:00:00Z.
    const NOW_MS: i64 = 1_796_079_600_000;

    #[test]
    fn every_test_number_is_read_and_only_its_end_is_kept() {
        for card in TEST_CARDS {
            let read = read(card.number, "12/34", "123", NOW_MS).ok();
            let last4 = read.map(|card| card.last4);
            assert_eq!(last4.as_deref(), card.number.get(12..), "{}", card.number);
        }
    }

    #[test]
    fn forms_are_judged_as_a_payer_would_expect() {
        let good = "4242 4242 4242 4242";
        let table: [(&str, &str, &str, &[Problem]); 17] = [
            (good, "11/26", "123", &[]),
            ("4242-4242-4242-4242", "1226", "1234", &[]),
            ("４２４２ ４２４２ ４２４２ ４２４２", "１２／３４", "１２３", &[]),
            (good, "1/34", "123", &[]),
            ("", "12/34", "123", &[Problem::NumberMissing]),
            ("4242 4242 4242 4241", "12/34", "123", &[Problem::NumberInvalid]),
            ("4242 4242 424a 4242", "12/34", "123", &[Problem::NumberInvalid]),
            ("0", "12/34", "123", &[Problem::NumberInvalid]),
            ("4111 1111 1111 1111", "12/34", "123", &[Problem::NumberNotATestNumber]),
            (good, "10/26", "123", &[Problem::ExpiryPast]),
            (good, "12/25", "123", &[Problem::ExpiryPast]),
            (good, "13/34", "123", &[Problem::ExpiryInvalid]),
            (good, "+1/34", "123", &[Problem::ExpiryInvalid]),
            (good, "12/2034", "123", &[]),
            (good, "12/034", "123", &[Problem::ExpiryInvalid]),
            (good, "12/34", "12", &[Problem::SecurityCodeInvalid]),
            (
                "x",
                "",
                "abc",
                &[Problem::NumberInvalid, Problem::ExpiryInvalid, Problem::SecurityCodeInvalid],
            ),
        ];
        for (number, expiry, code, expected) in table {
            let problems = read(number, expiry, code, NOW_MS).err().unwrap_or_default();
            assert_eq!(problems, expected, "{number} {expiry} {code}");
        }
    }
}
