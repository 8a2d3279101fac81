//! What somebody needs, in all, over some days.

use crate::kernel::Units;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// The longest a need can be: ten years.
pub const LONGEST_DAYS: u16 = 3_660;

/// The years in which a need can begin, as for every date that is read in.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2200;

/// How much of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Amounts {
    /// Octets.
    pub data: Units,
    /// Seconds.
    pub voice: Units,
    /// Messages, one by one.
    pub messages: Units,
}

/// What is needed over some days, used evenly. Nothing of every kind is a need too: a number is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    amounts: Amounts,
    days: u16,
    start: Date,
}

/// Why a need cannot be compared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WantedFault {
    /// Not from one day to ten years.
    #[error("a need is for 1 to {LONGEST_DAYS} days")]
    Days,
    /// Too long ago, or too far away.
    #[error("a need begins between 1990 and 2200")]
    Start,
    /// More than can be counted.
    #[error("the amounts are too large")]
    TooLarge,
}

impl Wanted {
    /// These amounts in all, over so many local days (1 to [`LONGEST_DAYS`]), the first of which is `start`.
    pub fn new(amounts: Amounts, days: u16, start: Date) -> Result<Self, WantedFault> {
        if !(1..=LONGEST_DAYS).contains(&days) {
            return Err(WantedFault::Days);
        }
        if !YEARS.contains(&start.year()) {
            return Err(WantedFault::Start);
        }
        Ok(Self { amounts, days, start })
    }

    /// As much each day, as a line uses by its own history.
    pub fn at_pace(per_day: Amounts, days: u16, start: Date) -> Result<Self, WantedFault> {
        let times = |units: Units| {
            let count = units.count().checked_mul(i64::from(days));
            count.and_then(|count| Units::new(count).ok()).ok_or(WantedFault::TooLarge)
        };
        let amounts = Amounts {
            data: times(per_day.data)?,
            voice: times(per_day.voice)?,
            messages: times(per_day.messages)?,
        };
        Self::new(amounts, days, start)
    }

    /// What is needed in all.
    pub const fn amounts(&self) -> Amounts {
        self.amounts
    }

    /// Over how many days, 1 to [`LONGEST_DAYS`].
    pub const fn days(&self) -> u16 {
        self.days
    }

    /// The first local date.
    pub const fn start(&self) -> Date {
        self.start
    }

    /// The last local date.
    pub fn last(&self) -> Date {
        self.start.saturating_add((i64::from(self.days) - 1).days())
    }
}
