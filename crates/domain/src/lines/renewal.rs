//! What a plan does to a line's dates: the five start rules over the operator's own calendar.

use super::lifecycle::{GraceRenewal, LifecycleRule, LineDates, LineStatus, MonthMemory, Period};
use crate::catalog::{StartRule, Validity};
use crate::kernel::Instant;
use jiff::ToSpan;
use jiff::civil::Date;

/// The dates of a line after a renewal, and when what was bought can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// When what was bought can first be used.
    pub starts: Instant,
    /// The local date of that.
    pub starts_on: Date,
    /// The last local date on which what was bought can be used.
    pub usable_until: Date,
    /// The line's dates afterwards.
    pub dates: LineDates,
    /// What it waits for, if for anything.
    pub waits: Waits,
}

/// What a plan waits for that was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// For nothing: it can be used at once.
    No,
    /// For its first day.
    ForItsDay,
    /// For its first day, or for the data of the line to be used up before; its dates move then.
    ForItsDayOrUsedUp,
}

/// Why a line cannot be renewed with this plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenewalRefusal {
    /// The number is lost; a new card is needed.
    #[error("the line is closed and its number is lost")]
    Closed,
    /// An add-on needs a plan in service to be added to.
    #[error("an add-on needs a plan in service")]
    NoPlanInService,
}

/// Renews a line with these dates at an instant.
pub fn renew(
    rule: &LifecycleRule,
    dates: LineDates,
    terms: (Validity, StartRule),
    now: Instant,
) -> Result<Renewal, RenewalRefusal> {
    let today = rule.today(now);
    let Reach { starts_on, usable_until, dates } = reach(rule, dates, terms, today)?;
    let starts = if starts_on > today { rule.zone.start_of(starts_on) } else { now };
    let waits = match terms.1 {
        _ if starts_on <= today => Waits::No,
        StartRule::QueueOrUsedUp => Waits::ForItsDayOrUsedUp,
        StartRule::AddValue
        | StartRule::SetExpiry
        | StartRule::KeepLater
        | StartRule::AddDays
        | StartRule::Queue => Waits::ForItsDay,
    };
    Ok(Renewal { starts, starts_on, usable_until, dates, waits })
}

/// Starts a plan that would wait behind what runs, as the data is used up. Its term counts from today as if nothing ran, and
/// the line's last day is never earlier than it was with these dates, which are the line's without the plan.
pub fn start_early(
    rule: &LifecycleRule,
    without: LineDates,
    validity: Validity,
    now: Instant,
) -> Result<Renewal, RenewalRefusal> {
    let anew = LineDates { expires_on: None, ..without };
    let renewal = renew(rule, anew, (validity, StartRule::SetExpiry), now)?;
    let runs_longer = without.expires_on > renewal.dates.expires_on;
    let dates = if runs_longer { without } else { renewal.dates };
    Ok(Renewal { dates, ..renewal })
}

/// From when the dates of a renewal count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// From the day of the renewal: on another day it makes other dates.
    FromItsDay,
    /// From the last day of service: it makes the same dates on whichever day of this status it is done.
    FromExpiry,
}

/// From when a renewal of a line of this status counts.
pub(super) const fn counts(
    status: LineStatus,
    in_grace: GraceRenewal,
    start_rule: StartRule,
) -> Counts {
    match (status, in_grace, start_rule) {
        (
            LineStatus::Active,
            _,
            StartRule::AddDays | StartRule::Queue | StartRule::QueueOrUsedUp,
        )
        | (LineStatus::Grace, GraceRenewal::FromOldEnd, _) => Counts::FromExpiry,
        (
            LineStatus::Active,
            _,
            StartRule::AddValue | StartRule::SetExpiry | StartRule::KeepLater,
        )
        | (LineStatus::Grace, GraceRenewal::FromToday, _)
        | (LineStatus::Inactive | LineStatus::Suspended | LineStatus::Closed, _, _) => {
            Counts::FromItsDay
        }
    }
}

/// What a renewal makes of a line's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// The first local date on which what was bought can be used: the day of the renewal, or a later one.
    starts_on: Date,
    /// The last one.
    usable_until: Date,
    /// The line's dates afterwards.
    pub(super) dates: LineDates,
}

/// Renews a line with these dates on a local date.
pub(super) fn reach(
    rule: &LifecycleRule,
    dates: LineDates,
    (validity, start_rule): (Validity, StartRule),
    today: Date,
) -> Result<Reach, RenewalRefusal> {
    let status = rule.status_on(dates, today);
    if status == LineStatus::Closed {
        return Err(RenewalRefusal::Closed);
    }
    let current = dates.expires_on.filter(|_| status == LineStatus::Active);
    if start_rule == StartRule::AddValue {
        let expires_on = current.ok_or(RenewalRefusal::NoPlanInService)?;
        return Ok(Reach { starts_on: today, usable_until: expires_on, dates });
    }
    // A new start counts from its own day: the date of a late payment becomes the anniversary. The last day of service is
    // the eve of the first day after.
    let from = match (counts(status, rule.grace_renewal, start_rule), dates.expires_on) {
        (Counts::FromExpiry, Some(expires_on)) => (expires_on, dates.anniversary_day),
        (Counts::FromExpiry | Counts::FromItsDay, _) => (today.yesterday().unwrap_or(today), None),
    };
    let mut term = Term::new(rule, validity, from);
    let mut starts_on = today;
    match (start_rule, current) {
        (StartRule::Queue | StartRule::QueueOrUsedUp, Some(expires_on)) => {
            starts_on = expires_on.tomorrow().unwrap_or(expires_on);
        }
        (StartRule::KeepLater, Some(expires_on)) if term.last < expires_on => {
            term = Term { last: expires_on, anniversary_day: dates.anniversary_day };
        }
        (
            StartRule::SetExpiry
            | StartRule::KeepLater
            | StartRule::AddDays
            | StartRule::Queue
            | StartRule::QueueOrUsedUp
            | StartRule::AddValue,
            _,
        ) => {}
    }
    let dates = LineDates {
        activated_on: dates.activated_on.or(Some(today)),
        expires_on: Some(term.last),
        anniversary_day: term.anniversary_day,
    };
    Ok(Reach { starts_on, usable_until: term.last, dates })
}

/// How far a plan reaches, on the operator's calendar.
struct Term {
    /// The last local date of service.
    last: Date,
    /// The day of the month to remember, for operators that count in months.
    anniversary_day: Option<i8>,
}

impl Term {
    /// The term of a plan when the service before it ends with `eve`.
    fn new(
        rule: &LifecycleRule,
        validity: Validity,
        (eve, remembered): (Date, Option<i8>),
    ) -> Self {
        let first = eve.tomorrow().unwrap_or(eve);
        let wanted = remembered.unwrap_or(first.day());
        let (memory, anniversary_day) = match rule.period {
            Period::Days(_) => (MonthMemory::Clip, remembered),
            Period::DayOfMonth(MonthMemory::Clip) => (MonthMemory::Clip, Some(wanted)),
            Period::DayOfMonth(MonthMemory::Clamp28) => {
                (MonthMemory::Clamp28, Some(wanted.min(28)))
            }
        };
        let last = match validity {
            Validity::Days(days) => eve.saturating_add(i64::from(days).days()),
            Validity::Months(months) => months_after(first, months, (memory, wanted)),
        };
        Self { last, anniversary_day }
    }
}

/// Month arithmetic from the first day of service, so that memory holds over short months:
/// from January 31st one month reaches February 28th's eve, and the next March 31st's.
fn months_after(first: Date, months: u8, (memory, wanted): (MonthMemory, i8)) -> Date {
    let next = first.first_of_month().saturating_add(i64::from(months).months());
    let day = match memory {
        MonthMemory::Clip => wanted.min(next.days_in_month()),
        MonthMemory::Clamp28 => wanted.min(28),
    };
    let charge_day = next.saturating_add(i64::from(day - 1).days());
    charge_day.yesterday().unwrap_or(charge_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Zone;

    fn date(text: &str) -> Option<Date> {
        (text != "-").then(|| text.parse().unwrap())
    }

    /// `period grace | expires anniversary | plan | today → starts, new expiry`, as the business says it.
    fn check(line: &str) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [period, grace, expires, anniversary, plan, start, today, starts, expected] =
            fields[..]
        else {
            panic!("nine fields: {line}")
        };
        let rule = LifecycleRule {
            zone: Zone::named("America/Toronto").unwrap(),
            period: match period {
                "30d" => Period::Days(30),
                "clip" => Period::DayOfMonth(MonthMemory::Clip),
                _ => Period::DayOfMonth(MonthMemory::Clamp28),
            },
            grace_days: 7,
            suspended_days: 83,
            grace_renewal: match grace {
                "today" => GraceRenewal::FromToday,
                _ => GraceRenewal::FromOldEnd,
            },
            charge_hour: 2,
            leftover: crate::lines::Leftover::Kept,
        };
        let validity = match plan.split_at(plan.len() - 1) {
            (days, "d") => Validity::Days(days.parse().unwrap()),
            (months, _) => Validity::Months(months.parse().unwrap()),
        };
        let start_rule = match start {
            "add-value" => StartRule::AddValue,
            "set" => StartRule::SetExpiry,
            "later" => StartRule::KeepLater,
            "add" => StartRule::AddDays,
            "or-used" => StartRule::QueueOrUsedUp,
            _ => StartRule::Queue,
        };
        let dates = LineDates {
            activated_on: date(expires),
            expires_on: date(expires),
            anniversary_day: anniversary.parse().ok(),
        };
        let noon = rule.zone.start_of(date(today).unwrap()).plus_seconds(12 * 3600);
        let outcome = renew(&rule, dates, (validity, start_rule), noon);
        let shown = match outcome {
            Ok(renewal) => (
                renewal.starts_on.to_string(),
                renewal.dates.expires_on.map_or("-".into(), |date| date.to_string()),
            ),
            Err(refusal) => ("refused".into(), format!("{refusal:?}")),
        };
        assert_eq!((shown.0.as_str(), shown.1.as_str()), (starts, expected), "{line}");
    }

    #[test]
    fn the_five_start_rules_over_the_operators_calendars() {
        let table = "
            30d  today   2026-12-01 -  30d add-value 2026-11-22 2026-11-22 2026-12-01
            30d  today   2026-12-01 -  30d set       2026-11-22 2026-11-22 2026-12-21
            30d  today   2026-12-01 -  5d  set       2026-11-22 2026-11-22 2026-11-26
            30d  today   2026-12-01 -  5d  later     2026-11-22 2026-11-22 2026-12-01
            30d  today   2026-12-01 -  30d later     2026-11-22 2026-11-22 2026-12-21
            30d  today   2026-12-01 -  30d add       2026-11-22 2026-11-22 2026-12-31
            30d  today   2026-12-01 -  30d queue     2026-11-22 2026-12-02 2026-12-31
            30d  today   2026-11-20 -  30d queue     2026-11-22 2026-11-22 2026-12-21
            30d  oldend  2026-11-20 -  30d queue     2026-11-22 2026-11-22 2026-12-20
            30d  oldend  2026-11-20 -  30d add       2026-11-22 2026-11-22 2026-12-20
            30d  oldend  2026-11-01 -  30d add       2026-11-22 2026-11-22 2026-12-21
            30d  today   -          -  30d queue     2026-11-22 2026-11-22 2026-12-21
            30d  today   2026-11-20 -  30d add-value 2026-11-22 refused    NoPlanInService
            30d  today   2026-08-24 -  30d set       2026-11-22 2026-11-22 2026-12-21
            30d  today   2026-08-23 -  30d set       2026-11-22 refused    Closed
            clip today   2027-01-30 31 1m  queue     2027-01-15 2027-01-31 2027-02-27
            clip today   2027-02-27 31 1m  queue     2027-02-10 2027-02-28 2027-03-30
            clip today   -          -  1m  queue     2027-01-31 2027-01-31 2027-02-27
            clip today   -          -  12m queue     2027-01-31 2027-01-31 2028-01-30
            c28  today   -          -  1m  queue     2027-01-31 2027-01-31 2027-02-27
            c28  today   2027-02-27 28 1m  queue     2027-02-10 2027-02-28 2027-03-27
            30d  today   2026-12-01 -  1m  queue     2026-11-22 2026-12-02 2027-01-01
            30d  today   2026-12-01 -  30d or-used   2026-11-22 2026-12-02 2026-12-31
            30d  today   2026-11-20 -  30d or-used   2026-11-22 2026-11-22 2026-12-21
            clip today   2027-01-30 31 1m  or-used   2027-01-15 2027-01-31 2027-02-27
        ";
        table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
    }

    #[test]
    fn a_queued_plan_starts_at_the_local_midnight_even_when_clocks_change() {
        let zone = Zone::named("America/Toronto").unwrap();
        let rule = LifecycleRule {
            zone: zone.clone(),
            period: Period::Days(30),
            grace_days: 7,
            suspended_days: 83,
            grace_renewal: GraceRenewal::FromToday,
            charge_hour: 2,
            leftover: crate::lines::Leftover::Kept,
        };
        let dates = LineDates { expires_on: date("2026-10-31"), ..LineDates::default() };
        let now = zone.start_of(date("2026-10-20").unwrap());
        let plan = (Validity::Days(30), StartRule::Queue);
        let renewal = renew(&rule, dates, plan, now).unwrap();
        assert_eq!(renewal.starts.rfc3339(), "2026-11-01T04:00:00.000Z");
        assert_eq!(zone.end_of(renewal.usable_until).rfc3339(), "2026-12-01T05:00:00.000Z");
    }
}
