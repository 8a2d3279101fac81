//! How a line will fare: what it uses per day, and when its data runs out.

use crate::ports::lines::{DayUsage, LineView};
use crate::{App, Problem, orders};
use farline_domain::balance::{Bucket, Usage, draw_down_order};
use farline_domain::forecast::{
    DayAhead, Forecast, History, LOOK_BACK_DAYS, RunsOut, Stock, budget, forecast,
};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::lines::{LifecycleRule, LineStatus};
use jiff::ToSpan;
use jiff::civil::Date;

/// What is to be expected of a line. For its holder and helpers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Where it stands today.
    pub status: LineStatus,
    /// The local date today.
    pub today: Date,
    /// The last day of the plan that runs, if one does.
    pub last_day: Option<Date>,
    /// Data that can be used now or starts later, in octets.
    pub data_left: Units,
    /// Data used per day on average, in octets; nothing, where there is too little use to go by.
    pub data_per_day: Units,
    /// Call seconds used per day on average; nothing, where there is too little use to go by.
    pub voice_per_day: Units,
    /// Whether there is enough use to foretell anything of its data.
    pub foretold: Foretold,
    /// The local date on which the data runs out at this pace, if before the expiry.
    pub data_runs_out_on: Option<Date>,
    /// That date with an interval that holds the true one in eight cases of ten.
    pub data_runs_out: RunsOut,
    /// The local date on which data bought ahead can be used, if it runs out before that.
    pub data_resumes_on: Option<Date>,
    /// The data that can be used every day to the last day of the plan, in octets.
    pub data_budget: Option<Units>,
    /// What is expected of its data from today to the last day of the plan.
    pub data_ahead: Vec<DayAhead>,
}

/// Whether something can be foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foretold {
    /// From a week of use or more.
    FromUse,
    /// There is too little use yet, or none at all.
    TooLittle,
}

/// Works out what is to be expected of a line.
pub async fn outlook(app: &App, view: &LineView, rule: &LifecycleRule) -> Result<Outlook, Problem> {
    let now = app.now();
    let today = rule.today(now);
    let from = today.saturating_sub(LOOK_BACK_DAYS.days());
    let until = today.yesterday().unwrap_or(today);
    let usage = app.store.usage(view.line.id, from, until).await?;
    // What starts as soon as the rest is used up can be used from today on, as far as running out goes.
    let next = match orders::start_queued::waiting(app, view).await? {
        Some(order) => order.delivered().map(|delivered| delivered.buckets.clone()),
        None => None,
    };
    Ok(reckon((view, &next.unwrap_or_default()), rule, (&usage, now)))
}

fn reckon(
    (view, next): (&LineView, &[u32]),
    rule: &LifecycleRule,
    (usage, now): (&[DayUsage], Instant),
) -> Outlook {
    let today = rule.today(now);
    let last_day = view.line.dates.expires_on.filter(|last| *last >= today);
    let span = (today, last_day.unwrap_or(today));
    let ahead = |kind| {
        let used = usage.iter().filter(|day| day.kind == kind).map(|day| (day.date, day.units));
        let history = History::until(today.yesterday().unwrap_or(today), used);
        forecast(&history, &stocks((&view.buckets, next), kind, (rule, now)), span)
    };
    let data = ahead(AllowanceKind::Data);
    let stocks = |next| stocks((&view.buckets, next), AllowanceKind::Data, (rule, now));
    let (by_day, stocks) = (stocks(&[]), stocks(next));
    let foretold = if data.is_ok() { Foretold::FromUse } else { Foretold::TooLittle };
    let nothing = Forecast { per_day: Units::ZERO, runs_out: RunsOut::default(), days: Vec::new() };
    let data = data.unwrap_or(nothing);
    // Data that is open at some hours only is not foretold.
    let runs_out = if stocks.is_empty() && has_window(&view.buckets, (rule, now)) {
        RunsOut::default()
    } else {
        data.runs_out
    };
    let resumes_on =
        |gone: Date| stocks.iter().map(|stock| stock.first).filter(|on| *on > gone).min();
    Outlook {
        status: rule.status_on(view.line.dates, today),
        today,
        last_day,
        data_left: left(&view.buckets, AllowanceKind::Data, (rule, now)),
        data_per_day: data.per_day,
        voice_per_day: ahead(AllowanceKind::Voice).map(|voice| voice.per_day).unwrap_or_default(),
        foretold,
        data_runs_out_on: runs_out.expected,
        data_runs_out: runs_out,
        data_resumes_on: runs_out.expected.and_then(resumes_on),
        data_budget: last_day.and_then(|_| budget(&by_day, span)),
        data_ahead: data.days,
    }
}

/// What of a kind can be used at every hour, now or later; the data of some as soon as the rest is used up.
fn stocks(
    (buckets, next): (&[Bucket], &[u32]),
    kind: AllowanceKind,
    (rule, now): (&LifecycleRule, Instant),
) -> Vec<Stock> {
    let today = rule.today(now);
    let usable = buckets.iter().filter(|bucket| {
        bucket.kind == kind && bucket.window.is_none() && !bucket.is_over_at(now, &rule.zone)
    });
    let stock = |bucket: &Bucket| Stock {
        units: bucket.available(),
        first: if kind == AllowanceKind::Data && next.contains(&bucket.number) {
            today
        } else {
            bucket.valid_from.date_in(&rule.zone).max(today)
        },
        last: bucket.valid_until,
    };
    usable.map(stock).filter(|stock| !stock.units.is_zero()).collect()
}

/// Whether there is data that can be used at some hours only.
fn has_window(buckets: &[Bucket], (rule, now): (&LifecycleRule, Instant)) -> bool {
    buckets.iter().any(|bucket| {
        bucket.kind == AllowanceKind::Data
            && bucket.window.is_some()
            && !bucket.is_over_at(now, &rule.zone)
            && !bucket.available().is_zero()
    })
}

/// The credit that can pay for a renewal of a line now, in minor units of its operator's currency.
pub fn credit_to_pay(view: &LineView, (rule, now): (&LifecycleRule, Instant)) -> i64 {
    if rule.is_frozen_on(view.line.dates, rule.today(now)) {
        return 0;
    }
    left(&view.buckets, AllowanceKind::Credit, (rule, now)).count()
}

/// What is available of a kind now, over all buckets that can be drawn from.
pub fn left(
    buckets: &[Bucket],
    kind: AllowanceKind,
    (rule, now): (&LifecycleRule, Instant),
) -> Units {
    let usage = Usage { kind, zones: None };
    let numbers = draw_down_order(buckets, &usage, now, &rule.zone);
    let serving = buckets.iter().filter(|bucket| numbers.contains(&bucket.number));
    serving.map(Bucket::available).try_fold(Units::ZERO, Units::plus).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use farline_domain::commands::LineMark;
    use farline_testkit::{OWN, SampleLine, catalogue, new_line, noon};

    const MB: i64 = 1_000_000;

    /// A line whose gigabyte ends on 30 November, with the same use on each of the last days until yesterday.
    fn expected(per_day: i64, days: i64) -> Outlook {
        let new = new_line(SampleLine { operator: OWN, index: 1 });
        let catalogue = catalogue();
        let rule = &catalogue.operators[&new.line.operator].lifecycle;
        let today = rule.today(noon());
        let buckets = new.buckets.iter().map(|new| {
            let mut bucket =
                Bucket::granted(1, &new.allowance, (new.valid_from, new.valid_until), None);
            bucket.used = new.used;
            bucket
        });
        let view = LineView {
            buckets: buckets.collect(),
            line: new.line,
            renewal_in_progress: false,
            mark: LineMark::default(),
            auto_renew: None,
        };
        let day = |ago: i64| DayUsage {
            date: today.saturating_sub(ago.days()),
            kind: AllowanceKind::Data,
            units: Units::new(per_day).unwrap(),
        };
        let usage: Vec<DayUsage> = (1..=days).rev().map(day).collect();
        reckon((&view, &[]), rule, (&usage, noon()))
    }

    #[test]
    fn what_is_foretold_depends_on_use_and_the_budget_does_not() {
        // Used a day, on so many days; foretold, the days until nothing is left.
        let rows = [
            (300 * MB, 20, Foretold::FromUse, Some(3)),
            (1_000 * MB, 20, Foretold::FromUse, Some(1)),
            (20 * MB, 20, Foretold::FromUse, None),
            (300 * MB, 6, Foretold::TooLittle, None),
            (0, 20, Foretold::TooLittle, None),
        ];
        for (per_day, days, foretold, gone) in rows {
            let found = expected(per_day, days);
            let gone = gone.map(|days: i64| found.today.saturating_add(days.days()));
            let told = (found.foretold, found.data_runs_out_on, found.data_resumes_on);
            assert_eq!(told, (foretold, gone, None), "{per_day} on {days} days");
            let known = !found.data_ahead.is_empty();
            assert_eq!(known, foretold == Foretold::FromUse);
            assert_eq!(found.data_left.count(), 1_000 * MB);
            let last = found.last_day.unwrap();
            let span = i64::from(found.today.until(last).unwrap().get_days()) + 1;
            let budget = found.data_budget.unwrap().count();
            assert!((1_000 * MB / span - budget).abs() <= 1, "{budget} a day for {span} days");
        }
    }
}
