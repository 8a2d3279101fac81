//! The days to come: what is expected of each, what is left after it, and when nothing is.

use super::history::{History, TooLittleHistory};
use super::smoothing::{Pace, real, whole};
use crate::kernel::Units;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// The days looked ahead at most: what is further away than a year is not foretold.
pub const HORIZON_DAYS: usize = 366;

/// Less than this is missing of a day's use where nothing is: sums of real numbers are not exact.
const NOTHING: f64 = 0.5;

/// Something that can be used on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    /// How much.
    pub units: Units,
    /// The first local date.
    pub first: Date,
    /// The last local date; for ever, if absent.
    pub last: Option<Date>,
}

/// When what is left is used up: the first date whose use it does not cover. Absent is not before the last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunsOut {
    /// At the expected pace.
    pub expected: Option<Date>,
    /// The early end of an interval that holds the truth in eight cases of ten.
    pub earliest: Option<Date>,
    /// Its late end.
    pub latest: Option<Date>,
}

/// A day to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayAhead {
    /// The local date.
    pub date: Date,
    /// What is expected to be used on it.
    pub used: Units,
    /// What is expected to be left in the evening.
    pub left: Units,
    /// What is left at the least, in eight cases of ten with [`Self::most`].
    pub least: Units,
    /// What is left at the most.
    pub most: Units,
}

/// What is to be expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What an average day uses.
    pub per_day: Units,
    /// When it runs out.
    pub runs_out: RunsOut,
    /// The days from today on to the last, at most [`HORIZON_DAYS`].
    pub days: Vec<DayAhead>,
}

/// How much of the interval is looked at.
#[derive(Clone, Copy)]
enum Course {
    /// As much is used as is likely at all.
    Most,
    /// What is expected.
    Expected,
    /// As little as is likely.
    Least,
}

/// What is to be expected from today on, when some stocks are there to be used until the last day.
///
/// # Errors
/// When there are too few days to go by.
pub fn forecast(
    history: &History,
    stocks: &[Stock],
    (today, last): (Date, Date),
) -> Result<Forecast, TooLittleHistory> {
    let pace = Pace::of(history)?;
    let dates: Vec<Date> =
        today.series(1.day()).take(HORIZON_DAYS).take_while(|date| *date <= last).collect();
    let course = |course| {
        let used = along(&pace, &dates, course);
        (drawn(stocks, dates.iter().copied().zip(used.iter().copied())), used)
    };
    let ((expected, used), (least, _), (most, _)) =
        (course(Course::Expected), course(Course::Most), course(Course::Least));
    // What runs out on the last day itself ends with the plan.
    let runs_out = |days: &[(f64, f64)]| {
        let mut missing = dates.iter().zip(days).filter(|(_, (_, missing))| *missing > NOTHING);
        missing.next().map(|(date, _)| *date).filter(|date| *date < last)
    };
    let days = (dates.iter().zip(&used).zip(&expected)).zip(least.iter().zip(&most));
    Ok(Forecast {
        per_day: pace.per_day(),
        runs_out: RunsOut {
            expected: runs_out(&expected),
            earliest: runs_out(&least),
            latest: runs_out(&most),
        },
        days: days
            .map(|(((date, used), expected), (least, most))| DayAhead {
                date: *date,
                used: whole(*used),
                left: whole(expected.0),
                least: whole(least.0),
                most: whole(most.0),
            })
            .collect(),
    })
}

/// What is used on each date along a course. Sums along it never fall.
fn along(pace: &Pace, dates: &[Date], course: Course) -> Vec<f64> {
    let (mut expected, mut before) = (0.0, 0.0_f64);
    let mut used = Vec::with_capacity(dates.len());
    for (date, days) in dates.iter().zip(1..) {
        expected += pace.on(*date);
        let sum = match course {
            Course::Most => expected + pace.reach(days),
            Course::Expected => expected,
            Course::Least => expected - pace.reach(days),
        };
        let sum = sum.max(before);
        used.push(sum - before);
        before = sum;
    }
    used
}

/// Draws what is used on each date from the stocks, what ends soonest first. Answers with what is left that can be used that
/// day and what was missing.
fn drawn(stocks: &[Stock], used: impl Iterator<Item = (Date, f64)>) -> Vec<(f64, f64)> {
    let mut left: Vec<(Stock, f64)> =
        stocks.iter().map(|stock| (*stock, real(stock.units))).collect();
    left.sort_by_key(|(stock, _)| (stock.last.is_none(), stock.last, stock.first));
    let on = |(date, wanted): (Date, f64)| {
        let (mut missing, mut there) = (wanted, 0.0);
        let serving = left
            .iter_mut()
            .filter(|(stock, _)| stock.first <= date && stock.last.is_none_or(|last| last >= date));
        for (_, units) in serving {
            let taken = missing.min(*units);
            *units -= taken;
            missing -= taken;
            there += *units;
        }
        (there, missing)
    };
    used.map(on).collect()
}

/// The most that can be used every day, from today to the last day, without running out: nothing to go by is needed for it.
/// None where no day is left or nothing is.
pub fn budget(stocks: &[Stock], (today, last): (Date, Date)) -> Option<Units> {
    let dates = || today.series(1.day()).take(HORIZON_DAYS).take_while(|date| *date <= last);
    dates().next()?;
    let lasts = |per_day: f64| {
        drawn(stocks, dates().map(|date| (date, per_day))).iter().all(|day| day.1 <= NOTHING)
    };
    let (mut enough, mut too_much) = (0.0, stocks.iter().map(|stock| real(stock.units)).sum());
    // Halved until the two are less than a unit apart: no stock has more than 2⁶³.
    while too_much - enough > NOTHING {
        let middle = f64::midpoint(enough, too_much);
        if middle <= enough || middle >= too_much {
            break;
        }
        if lasts(middle) {
            enough = middle;
        } else {
            too_much = middle;
        }
    }
    Some(whole(enough)).filter(|units| !units.is_zero())
}
