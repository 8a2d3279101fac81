//! Which days a supervisor looks at.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// At most so many days are added up at once: a quarter of a year.
pub const MOST_DAYS: u16 = 92;
/// So many are shown unless others are asked for: a week, the present day among them.
const USUAL_DAYS: i32 = 7;

/// Days that follow each other, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

/// Why days are no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodRefusal {
    /// The last comes before the first.
    #[error("the last day comes before the first")]
    Backwards,
    /// They are more than [`MOST_DAYS`].
    #[error("more than {MOST_DAYS} days")]
    TooLong,
}

impl Period {
    /// From a day to another, which counts too.
    pub fn of(first: Date, last: Date) -> Result<Self, PeriodRefusal> {
        if last < first {
            return Err(PeriodRefusal::Backwards);
        }
        let beyond = first.saturating_add(i32::from(MOST_DAYS).days());
        // Where the calendar ends there is no day beyond.
        if last >= beyond && beyond != first {
            return Err(PeriodRefusal::TooLong);
        }
        Ok(Self { first, last })
    }

    /// The week that ends with a day.
    pub fn usual(today: Date) -> Self {
        Self { first: today.saturating_sub((USUAL_DAYS - 1).days()), last: today }
    }

    /// The first day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub const fn last(self) -> Date {
        self.last
    }

    /// Each day.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take_while(move |day| *day <= self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, PeriodRefusal};
    use PeriodRefusal::{Backwards, TooLong};
    use jiff::civil::{Date, date};

    #[test]
    fn a_period_is_a_day_to_a_quarter_of_a_year() {
        // first, last, how many days it has or why it is none
        let table = [
            ("2026-11-29", "2026-11-29", Ok(1)),
            ("2026-11-29", "2026-11-28", Err(Backwards)),
            ("2026-02-27", "2026-03-01", Ok(3)),
            ("2026-08-30", "2026-11-29", Ok(92)),
            ("2026-08-29", "2026-11-29", Err(TooLong)),
            ("-009999-01-01", "9999-12-31", Err(TooLong)),
            ("9999-12-31", "9999-12-31", Ok(1)),
        ];
        for (first, last, expected) in table {
            let read = |text: &str| text.parse::<Date>().unwrap();
            let period = Period::of(read(first), read(last));
            let days = period.map(|period| period.days().count());
            assert_eq!(days, expected, "{first} {last}");
        }
    }

    #[test]
    fn the_usual_one_is_the_week_that_ends_today() {
        let usual = Period::usual(date(2026, 3, 2));
        assert_eq!((usual.first(), usual.last()), (date(2026, 2, 24), date(2026, 3, 2)));
        assert_eq!(usual.days().count(), 7);
    }
}
