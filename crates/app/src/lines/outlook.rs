//! How a line will fare: what it uses per day, and when its data runs out.

use crate::ports::lines::{DayUsage, LineView};
use crate::{App, Problem};
use farline_domain::balance::{Bucket, Usage, draw_down_order};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::lines::{LifecycleRule, LineStatus};
use jiff::ToSpan;
use jiff::civil::Date;

/// Local days looked back on to know what a line uses.
pub const LOOK_BACK_DAYS: i64 = 30;

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
    Outlook {
        status: rule.status_on(view.line.dates, today),
        today,
        data_left,
        data_per_day,
        voice_per_day: per_day(usage, AllowanceKind::Voice),
        data_runs_out_on: runs_out_on(data_left, data_per_day, today)
            .filter(|date| view.line.dates.expires_on.is_some_and(|expiry| *date < expiry)),
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
    let usage = Usage { kind, zones: Vec::new() };
    let numbers = draw_down_order(buckets, &usage, now, &rule.zone);
    let serving = buckets.iter().filter(|bucket| numbers.contains(&bucket.number));
    serving.map(Bucket::available).try_fold(Units::ZERO, Units::plus).unwrap_or_default()
}

fn runs_out_on(left: Units, per_day: Units, today: Date) -> Option<Date> {
    let days = left.count().checked_div(per_day.count())?;
    (days < 3650).then(|| today.saturating_add(days.days()))
}
