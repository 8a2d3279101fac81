//! How a line will fare: what it uses per day, and when its data runs out.

use crate::ports::lines::{DayUsage, LineView};
use crate::{App, Problem};
use farline_domain::balance::{Bucket, Usage, draw_down_order};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::lines::{LifecycleRule, LineStatus};
use jiff::ToSpan;
use jiff::civil::Date;

/// Local days looked back on to know what a line uses.
const LOOK_BACK_DAYS: i64 = 30;

/// What is to be expected of a line. For its holder and helpers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Where it stands today.
    pub status: LineStatus,
    /// The local date today.
    pub today: Date,
    /// Data that can be used now or starts later, in octets.
    pub data_left: Units,
    /// Data used per day on average, in octets.
    pub data_per_day: Units,
    /// Call seconds used per day on average.
    pub voice_per_day: Units,
    /// The local date on which the data runs out at this pace, if before the expiry.
    pub data_runs_out_on: Option<Date>,
    /// The local date on which data bought ahead can be used, if it runs out before that.
    pub data_resumes_on: Option<Date>,
}

/// Works out what is to be expected of a line.
pub async fn outlook(app: &App, view: &LineView, rule: &LifecycleRule) -> Result<Outlook, Problem> {
    let now = app.now();
    let today = rule.today(now);
    let from = today.saturating_sub(LOOK_BACK_DAYS.days());
    let until = today.yesterday().unwrap_or(today);
    let usage = app.store.usage(view.line.id, from, until).await?;
    Ok(reckon(view, rule, (&usage, now)))
}

fn reckon(view: &LineView, rule: &LifecycleRule, (usage, now): (&[DayUsage], Instant)) -> Outlook {
    let today = rule.today(now);
    let data_per_day = per_day(usage, AllowanceKind::Data);
    let data_left = left(&view.buckets, AllowanceKind::Data, (rule, now));
    let ahead = bought_ahead(&view.buckets, (rule, now));
    let (runs_out_on, resumes_on) = reach((data_left, data_per_day), &ahead, today);
    let matters =
        runs_out_on.filter(|date| view.line.dates.expires_on.is_some_and(|expiry| *date < expiry));
    Outlook {
        status: rule.status_on(view.line.dates, today),
        today,
        data_left,
        data_per_day,
        voice_per_day: per_day(usage, AllowanceKind::Voice),
        data_runs_out_on: matters,
        data_resumes_on: matters.and(resumes_on),
    }
}

fn per_day(usage: &[DayUsage], kind: AllowanceKind) -> Units {
    let of_kind = usage.iter().filter(|day| day.kind == kind);
    let total = of_kind.map(|day| day.units.count()).fold(0_i64, i64::saturating_add);
    Units::new(total / LOOK_BACK_DAYS).unwrap_or_default()
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

/// Data that is bought but starts later: its first local date and how much, soonest first.
fn bought_ahead(buckets: &[Bucket], (rule, now): (&LifecycleRule, Instant)) -> Vec<(Date, Units)> {
    let later = buckets
        .iter()
        .filter(|bucket| bucket.kind == AllowanceKind::Data && bucket.valid_from > now);
    let mut ahead: Vec<(Date, Units)> =
        later.map(|bucket| (bucket.valid_from.date_in(&rule.zone), bucket.available())).collect();
    ahead.sort_unstable();
    ahead
}

/// When data runs out at a pace, what is bought ahead counted in as it starts; and when data bought
/// ahead starts after that, if any does.
fn reach(
    (mut left, per_day): (Units, Units),
    ahead: &[(Date, Units)],
    today: Date,
) -> (Option<Date>, Option<Date>) {
    let mut ahead = ahead.iter();
    loop {
        let Some(days) = left.count().checked_div(per_day.count()) else { return (None, None) };
        if days >= 3650 {
            return (None, None);
        }
        let runs_out = today.saturating_add(days.days());
        match ahead.next() {
            Some((starts, units)) if *starts <= runs_out => {
                left = left.plus(*units).unwrap_or(left);
            }
            later => return (Some(runs_out), later.map(|(starts, _)| *starts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn data_bought_ahead_counts_from_its_first_day() {
        let units = |count| Units::new(count).unwrap();
        let today = date(2026, 11, 22);
        let after = |day| date(2026, 12, day);
        // Left, used per day, what starts later and how much; runs out on, resumes on.
        let table = [
            ((900, 200), None, (Some(date(2026, 11, 26)), None)),
            ((900, 0), None, (None, None)),
            ((900, 200), Some((after(2), 5000)), (Some(date(2026, 11, 26)), Some(after(2)))),
            ((900, 200), Some((date(2026, 11, 24), 1000)), (Some(after(1)), None)),
            ((0, 100), Some((today, 500)), (Some(date(2026, 11, 27)), None)),
        ];
        for ((left, per_day), ahead, (runs_out, resumes)) in table {
            let ahead: Vec<_> =
                ahead.map(|(date, count)| (date, units(count))).into_iter().collect();
            let found = reach((units(left), units(per_day)), &ahead, today);
            assert_eq!(found, (runs_out, resumes), "{left} left, {per_day} a day");
        }
    }
}
