//! What a line used, day by day without a gap.

use crate::kernel::Units;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The days of use below which nothing is foretold: one whole week.
pub const LEAST_DAYS: usize = 7;

/// The local days looked back on: thirteen whole weeks.
pub const LOOK_BACK_DAYS: i64 = 91;

/// There are too few days to go by: fewer than [`LEAST_DAYS`] since the first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{days} days of use are too few to foretell anything; {LEAST_DAYS} are needed")]
pub struct TooLittleHistory {
    /// The days there are.
    pub days: usize,
}

/// The use of one kind on consecutive local days, from the first use on; at most [`LOOK_BACK_DAYS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    first: Date,
    used: Vec<Units>,
}

impl History {
    /// The days until one, this included, from what was used on some of them. Days of the same date are added up. A day
    /// without use is known to be one from the first use on; before it the line may not have been in use at all.
    pub fn until(last: Date, days: impl IntoIterator<Item = (Date, Units)>) -> Self {
        let earliest = last.saturating_sub((LOOK_BACK_DAYS - 1).days());
        let mut by_date: BTreeMap<Date, Units> = BTreeMap::new();
        for (date, units) in days {
            if date >= earliest && date <= last && !units.is_zero() {
                let sum = by_date.entry(date).or_default();
                *sum = sum.plus(units).unwrap_or(Units::MOST);
            }
        }
        let Some(first) = by_date.keys().next().copied() else {
            return Self { first: last, used: Vec::new() };
        };
        let dates = first.series(1.day()).take_while(|date| *date <= last);
        let used = dates.map(|date| by_date.get(&date).copied().unwrap_or_default());
        Self { first, used: used.collect() }
    }

    /// How many days there are.
    pub const fn len(&self) -> usize {
        self.used.len()
    }

    /// Whether nothing was ever used.
    pub const fn is_empty(&self) -> bool {
        self.used.is_empty()
    }

    /// The days, oldest first.
    pub fn days(&self) -> impl Iterator<Item = (Date, Units)> {
        self.first.series(1.day()).zip(self.used.iter().copied())
    }

    /// The first so many days, and the rest.
    pub(super) fn split(&self, at: usize) -> (Self, &[Units]) {
        let (known, held_out) = self.used.split_at(at.min(self.used.len()));
        (Self { first: self.first, used: known.to_vec() }, held_out)
    }

    /// The day after the last.
    pub(super) fn next_day(&self) -> Date {
        self.first.saturating_add(i64::try_from(self.used.len()).unwrap_or(i64::MAX).days())
    }
}
