//! Held against what happened: days are held out, foretold from those before, and compared.

use super::ahead::{HORIZON_DAYS, RunsOut, Stock, forecast};
use super::history::{History, LEAST_DAYS};
use super::smoothing::{Pace, real, whole};
use crate::kernel::Units;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// The days that the plain mean is taken of.
const MEAN_DAYS: usize = 30;

/// Origins are so many days apart.
const STEP_DAYS: usize = 7;

/// At most so many origins are taken of one line, the newest first.
const MOST_ORIGINS: usize = 4;

/// The stock whose end is foretold is such a share of what was used in the span, so that its end lies in the span.
const STOCK_SHARE: f64 = 0.9;

/// A run-out date that is wrong by more days, or never comes, counts as wrong by so many.
const MOST_DAYS_WRONG: u64 = 28;

/// Further away than any date looked at.
const FAR_DAYS: i64 = 1_000;

/// How days are foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As the pages do it.
    Smoothing,
    /// As the mean of the last thirty days, or of those there are: the floor.
    Mean,
}

impl Method {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Smoothing, Self::Mean];

    /// The word used in answers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Smoothing => "smoothing",
            Self::Mean => "mean",
        }
    }
}

/// The errors of one method over all that was held out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    daily: f64,
    sums: f64,
    run_out_days: u64,
}

/// What was held out, with how each method foretold it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Spans of days that were held out.
    pub spans: u64,
    /// Spans with use, of which it is known when their stock ran out.
    pub run_outs: u64,
    used: f64,
    covered: u64,
    run_outs_covered: u64,
    smoothing: Score,
    mean: Score,
}

impl Scores {
    /// Adds up.
    pub fn add(&mut self, other: &Self) {
        self.spans += other.spans;
        self.run_outs += other.run_outs;
        self.used += other.used;
        self.covered += other.covered;
        self.run_outs_covered += other.run_outs_covered;
        for (score, more) in [(&mut self.smoothing, other.smoothing), (&mut self.mean, other.mean)]
        {
            score.daily += more.daily;
            score.sums += more.sums;
            score.run_out_days += more.run_out_days;
        }
    }

    const fn score(&self, method: Method) -> &Score {
        match method {
            Method::Smoothing => &self.smoothing,
            Method::Mean => &self.mean,
        }
    }

    /// The errors of single days, of what was used in all (weighted absolute percentage error), 1 for 100 %.
    pub fn daily_error(&self, method: Method) -> f64 {
        share(self.score(method).daily, self.used)
    }

    /// The errors of the sums of whole spans, of what was used in all, 1 for 100 %.
    pub fn sum_error(&self, method: Method) -> f64 {
        share(self.score(method).sums, self.used)
    }

    /// By how many days the date was wrong on which a stock ran out, on average.
    pub fn run_out_error_days(&self, method: Method) -> f64 {
        share(tally(self.score(method).run_out_days), tally(self.run_outs))
    }

    /// The share of spans whose sum lay in the interval that is to hold it in eight cases of ten.
    pub fn coverage(&self) -> f64 {
        share(tally(self.covered), tally(self.spans))
    }

    /// The share of run-out dates that lay in their interval.
    pub fn run_out_coverage(&self) -> f64 {
        share(tally(self.run_outs_covered), tally(self.run_outs))
    }
}

/// Holds out spans of so many days, from the end of a history backwards, and foretells each from the days before it: from
/// those alone. Nothing, where too few are left to go by.
pub fn hold_out(history: &History, span_days: usize) -> Scores {
    let mut scores = Scores::default();
    let ends = (0..MOST_ORIGINS).map(|origin| history.len().checked_sub(origin * STEP_DAYS));
    for end in ends.flatten() {
        let Some(origin) = end.checked_sub(span_days).filter(|days| *days >= LEAST_DAYS) else {
            continue;
        };
        let (known, rest) = history.split(origin);
        if let Some(truth) = rest.get(..span_days) {
            scores.add(&span(&known, truth));
        }
    }
    scores
}

/// One span.
fn span(known: &History, truth: &[Units]) -> Scores {
    let Ok(pace) = Pace::of(known) else { return Scores::default() };
    let today = known.next_day();
    let dates = today.series(1.day()).take(HORIZON_DAYS);
    let smoothed: Vec<f64> = dates.map(|date| pace.on(date)).collect();
    let flat = vec![recent_mean(known); HORIZON_DAYS];
    let truth: Vec<f64> = truth.iter().copied().map(real).collect();
    let used: f64 = truth.iter().sum();
    let expected: f64 = smoothed.iter().take(truth.len()).sum();
    let units = used * STOCK_SHARE;
    let happened = Happened { ran_out: ran_out(&truth, units), units, used: &truth };
    Scores {
        spans: 1,
        run_outs: u64::from(happened.ran_out.is_some()),
        used,
        covered: u64::from((used - expected).abs() <= pace.reach(truth.len())),
        run_outs_covered: u64::from(happened.is_foretold(known, today)),
        smoothing: happened.score(&smoothed),
        mean: happened.score(&flat),
    }
}

/// The mean of the last thirty days, or of those there are.
fn recent_mean(known: &History) -> f64 {
    let days = known.len().min(MEAN_DAYS);
    let recent = known.days().skip(known.len() - days).map(|(_, units)| real(units));
    share(recent.sum(), tally(days as u64))
}

/// What happened in a span.
struct Happened<'a> {
    /// What was used on each day.
    used: &'a [f64],
    /// A stock that there might have been.
    units: f64,
    /// The place of the day that it did not cover; none, if nothing was used.
    ran_out: Option<usize>,
}

impl Happened<'_> {
    fn score(&self, foretold: &[f64]) -> Score {
        let days = self.used.iter().zip(foretold);
        let expected: f64 = foretold.iter().take(self.used.len()).sum();
        Score {
            daily: days.map(|(used, expected)| (used - expected).abs()).sum(),
            sums: (self.used.iter().sum::<f64>() - expected).abs(),
            run_out_days: self.ran_out.map_or(0, |truth| {
                let said = ran_out(foretold, self.units).unwrap_or(usize::MAX);
                (said.abs_diff(truth) as u64).min(MOST_DAYS_WRONG)
            }),
        }
    }

    /// Whether the interval of the run-out date holds the true one.
    fn is_foretold(&self, known: &History, today: Date) -> bool {
        let Some(truth) = self.ran_out.and_then(|days| i64::try_from(days).ok()) else {
            return false;
        };
        let date = today.saturating_add(truth.days());
        let stock = Stock { units: whole(self.units), first: today, last: None };
        let last = today.saturating_add(FAR_DAYS.days());
        forecast(known, &[stock], (today, last)).is_ok_and(|ahead| {
            let RunsOut { earliest, latest, .. } = ahead.runs_out;
            earliest.is_some_and(|earliest| earliest <= date)
                && latest.is_none_or(|latest| date <= latest)
        })
    }
}

/// The place of the first day that a stock does not cover.
fn ran_out(used: &[f64], units: f64) -> Option<usize> {
    let mut sum = 0.0;
    used.iter().position(|day| {
        sum += day;
        sum > units
    })
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// A tally as a real number: exact, as nothing is counted nine quadrillion times.
#[expect(clippy::cast_precision_loss, reason = "there are not so many spans")]
const fn tally(count: u64) -> f64 {
    count as f64
}
