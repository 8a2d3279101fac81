//! What becomes of a delivery, by the number's last two digits and the time since it was sent.

use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::DeliveryRefusal;

/// How long a slow delivery takes, in milliseconds.
const SLOW_MS: i64 = 10_000;

/// How long an outcome stays unknown that becomes known, in milliseconds.
const UNKNOWN_MS: i64 = 60_000;

/// How long a delivery stands that is then taken back, in milliseconds.
const STANDS_MS: i64 = 5 * 60_000;

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Delivered at once.
    Delivered,
    /// In progress until 10 s after sending, then delivered.
    Slow,
    /// Refused: the number is not accepted.
    NumberNotAccepted,
    /// Refused: the network takes nothing.
    NetworkUnavailable,
    /// Unknown until 60 s after sending, then delivered.
    UnknownThenDelivered,
    /// Unknown until 60 s after sending, then refused: the network takes nothing.
    UnknownThenRefused,
    /// Delivered, and taken back 5 minutes after sending.
    DeliveredThenReversed,
    /// Unknown for ever: a person has to decide.
    UnknownForEver,
}

/// A range of endings with one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The first of the last two digits, 0 to 99.
    pub first: u8,
    /// The last of them, itself included, 0 to 99.
    pub last: u8,
    /// What becomes of such a number's delivery.
    pub outcome: Outcome,
}

impl Ending {
    const fn new(first: u8, last: u8, outcome: Outcome) -> Self {
        Self { first, last, outcome }
    }
}

/// Every ending from 00 to 99 once, in order.
pub const ENDINGS: [Ending; 9] = [
    Ending::new(0, 79, Outcome::Delivered),
    Ending::new(80, 80, Outcome::Slow),
    Ending::new(81, 81, Outcome::NumberNotAccepted),
    Ending::new(82, 82, Outcome::NetworkUnavailable),
    Ending::new(83, 83, Outcome::UnknownThenDelivered),
    Ending::new(84, 84, Outcome::UnknownThenRefused),
    Ending::new(85, 85, Outcome::DeliveredThenReversed),
    Ending::new(86, 86, Outcome::UnknownForEver),
    Ending::new(87, 99, Outcome::Delivered),
];

impl Outcome {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Slow => "slow",
            Self::NumberNotAccepted => "number-not-accepted",
            Self::NetworkUnavailable => "network-unavailable",
            Self::UnknownThenDelivered => "unknown-then-delivered",
            Self::UnknownThenRefused => "unknown-then-refused",
            Self::DeliveredThenReversed => "delivered-then-reversed",
            Self::UnknownForEver => "unknown-for-ever",
        }
    }

    /// The outcome of this ending. What does not end in two digits is no number that a network knows.
    pub(super) fn of(ending: Option<u8>) -> Self {
        let listed = ending.and_then(|digits| {
            ENDINGS.iter().find(|ending| (ending.first..=ending.last).contains(&digits))
        });
        listed.map_or(Self::NumberNotAccepted, |ending| ending.outcome)
    }

    /// What the supplier says so many milliseconds after sending; a clock that went back counts as no time.
    pub(super) fn answer(self, elapsed_ms: i64, supplier_reference: &str) -> DeliveryAnswer {
        let delivered = || DeliveryAnswer::Delivered {
            supplier_reference: Some(supplier_reference.to_owned()),
        };
        match self {
            Self::Slow if elapsed_ms < SLOW_MS => DeliveryAnswer::InProgress,
            Self::UnknownThenDelivered | Self::UnknownThenRefused if elapsed_ms < UNKNOWN_MS => {
                DeliveryAnswer::Unknown
            }
            Self::DeliveredThenReversed if elapsed_ms >= STANDS_MS => DeliveryAnswer::Reversed,
            Self::Delivered
            | Self::Slow
            | Self::UnknownThenDelivered
            | Self::DeliveredThenReversed => delivered(),
            Self::NumberNotAccepted => DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted),
            Self::NetworkUnavailable | Self::UnknownThenRefused => {
                DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable)
            }
            Self::UnknownForEver => DeliveryAnswer::Unknown,
        }
    }
}

/// The number's last two digits: all of the number that is kept.
pub(super) fn ending_of(number: &str) -> Option<u8> {
    match number.as_bytes() {
        [.., tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, ending_of};

    #[test]
    fn every_ending_has_one_outcome() {
        let listed = ENDINGS.iter().flat_map(|ending| ending.first..=ending.last);
        assert!(listed.eq(0..=99));
    }

    #[test]
    fn the_readme_lists_every_ending() {
        let readme = include_str!("../README.md");
        for ending in ENDINGS {
            let digits = if ending.first == ending.last {
                format!("{:02}", ending.first)
            } else {
                format!("{:02}–{:02}", ending.first, ending.last)
            };
            let row = format!("| {digits} | `{}` |", ending.outcome.code());
            assert!(readme.contains(&row), "{row}");
        }
        let (_, simulated) = readme.split_once("## The simulated supplier").unwrap();
        let rows = simulated.lines().filter(|line| line.starts_with('|')).count();
        assert_eq!(rows, ENDINGS.len() + 2);
    }

    #[test]
    fn only_two_ascii_digits_are_an_ending() {
        let table = [
            ("+14165550100", Some(0)),
            ("+14165550186", Some(86)),
            ("89302999000000000015", Some(15)),
            ("7", None),
            ("", None),
            ("8930299900000000001F", None),
            ("+1416555018６", None),
        ];
        for (number, ending) in table {
            assert_eq!(ending_of(number), ending, "{number}");
        }
    }
}
