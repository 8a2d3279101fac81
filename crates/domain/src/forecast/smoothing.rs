//! The line's pace: simple exponential smoothing of a series whose weekly rhythm is taken out first.

use super::history::{History, LEAST_DAYS, TooLittleHistory};
use crate::kernel::Units;
use jiff::civil::Date;

/// The weight of the newest day, one for all lines: what back-tests best. A weight of each line's own, chosen by its past, does
/// worse, as the past of a line is short.
const WEIGHT: f64 = 0.06;

/// A week of the average weekday counts as much as so many real ones, so that two Sundays are no rhythm yet.
const USUAL_WEEKS: f64 = 2.0;

/// No day counts for more than so many times the third greatest.
const MOST_TIMES_THIRD: f64 = 3.0;

/// A two-sided interval of 80 % ends at so many deviations of a normal distribution.
const DEVIATIONS: f64 = 1.281_551_565_5;

const WEEK: usize = 7;

/// A pace with its weekly rhythm, and how far days stray from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    /// Units a day, on an average day of the week.
    level: f64,
    /// How each weekday compares with the average, Monday first; one on average.
    rhythm: [f64; WEEK],
    /// The variance of one day's error.
    variance: f64,
    /// How many days it is known from.
    days: f64,
}

impl Pace {
    /// The pace of a history.
    pub(super) fn of(history: &History) -> Result<Self, TooLittleHistory> {
        if history.len() < LEAST_DAYS {
            return Err(TooLittleHistory { days: history.len() });
        }
        let (weekdays, mut used): (Vec<usize>, Vec<f64>) =
            history.days().map(|(date, units)| (weekday(date), real(units))).unzip();
        cap(&mut used);
        let rhythm = rhythm(&weekdays, &used);
        let even: Vec<f64> =
            used.iter().zip(&weekdays).map(|(used, weekday)| used / rhythm[*weekday]).collect();
        let (level, variance) = smoothed(&even);
        Ok(Self { level, rhythm, variance, days: count(even.len()) })
    }

    /// What is expected on an average day.
    pub(super) fn per_day(&self) -> Units {
        whole(self.level)
    }

    /// What is expected on a date.
    pub(super) fn on(&self, date: Date) -> f64 {
        self.level * self.rhythm[weekday(date)]
    }

    /// How far from the expected sum of so many days an interval of 80 % reaches on either side; wider where the variance was
    /// estimated from few days.
    pub(super) fn reach(&self, days: usize) -> f64 {
        let freedom = (self.days - 1.0).max(1.0);
        let few = 1.0 + (DEVIATIONS * DEVIATIONS + 1.0) / (4.0 * freedom);
        DEVIATIONS * few * (self.variance * of_sum(days, self.days)).sqrt()
    }
}

/// The variance of the error of a sum of so many days ahead, for a variance of one of a day's: of demand over a lead time
/// under exponential smoothing, the sum of (1 + weight · step)² over the steps, and that of a level known from so many days.
fn of_sum(days: usize, known: f64) -> f64 {
    let ahead = count(days);
    let (steps, last) = (ahead * (ahead - 1.0), 2.0 * ahead - 1.0);
    let of_steps = ahead + WEIGHT * steps + WEIGHT * WEIGHT * steps * last / 6.0;
    of_steps + ahead * ahead / known
}

/// The level after the last day of a series, and the variance of the error of one day. The level begins as the mean of the
/// days there are, until the newest weighs as little as it is to. Where the forecasts of whole weeks strayed further than
/// those of days explain, as days are not independent, the variance is what explains the weeks.
fn smoothed(series: &[f64]) -> (f64, f64) {
    let (first, later) = series.split_at(WEEK.min(series.len()));
    let mut level = mean(first);
    let mut squares: f64 = first.iter().map(|day| (day - level).powi(2)).sum();
    let (mut of_weeks, mut explained, mut known) = (0.0, 0.0, count(first.len()));
    for (place, day) in later.iter().enumerate() {
        if let Some(week) = later.get(place..place + WEEK) {
            of_weeks += (week.iter().sum::<f64>() - count(WEEK) * level).powi(2);
            explained += of_sum(WEEK, known);
        }
        let error = day - level;
        squares += error.powi(2);
        known += 1.0;
        level += WEIGHT.max(1.0 / known) * error;
    }
    let of_days = squares / (known - 1.0).max(1.0);
    let variance = if explained > 0.0 { of_days.max(of_weeks / explained) } else { of_days };
    (level.max(0.0), variance)
}

/// Takes what is far out of the ordinary down to what is still imaginable, so that one odd day does not change the pace. Who
/// uses something on fewer than three days has no ordinary day.
fn cap(used: &mut [f64]) {
    let mut sorted = used.to_vec();
    sorted.sort_by(|one, other| other.total_cmp(one));
    let Some(third) = sorted.get(2).filter(|third| **third > 0.0) else { return };
    let most = third * MOST_TIMES_THIRD;
    for day in used {
        *day = day.min(most);
    }
}

/// How each weekday compares with the seven days around it; all alike where there are no two weeks to compare.
fn rhythm(weekdays: &[usize], used: &[f64]) -> [f64; WEEK] {
    let mut rhythm = [1.0; WEEK];
    if used.len() < 2 * WEEK {
        return rhythm;
    }
    let usual = mean(used) * USUAL_WEEKS;
    if usual <= 0.0 {
        return rhythm;
    }
    let (mut of_days, mut of_weeks) = ([usual; WEEK], [usual; WEEK]);
    for (place, around) in used.windows(WEEK).enumerate() {
        let middle = place + WEEK / 2;
        of_days[weekdays[middle]] += used[middle];
        of_weeks[weekdays[middle]] += mean(around);
    }
    for (index, (day, week)) in rhythm.iter_mut().zip(of_days.into_iter().zip(of_weeks)) {
        *index = day / week;
    }
    let average = mean(&rhythm);
    rhythm.map(|index| index / average)
}

fn mean(series: &[f64]) -> f64 {
    series.iter().sum::<f64>() / count(series.len().max(1))
}

fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// A count of days.
fn count(days: usize) -> f64 {
    f64::from(u32::try_from(days).unwrap_or(u32::MAX))
}

/// Units as a real number: exact below nine petabytes.
#[expect(clippy::cast_precision_loss, reason = "a forecast need not know its octets exactly")]
pub(super) const fn real(units: Units) -> f64 {
    units.count() as f64
}

/// The nearest whole count; nothing below zero, and the most there can be above it.
#[expect(clippy::cast_possible_truncation, reason = "a cast from a real number saturates")]
pub(super) fn whole(units: f64) -> Units {
    Units::new(units.round().max(0.0) as i64).unwrap_or_default()
}
