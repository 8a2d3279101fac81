//! Which reminders hold for a line today.

use super::ReminderReason;
use crate::balance::DepletionMark;
use crate::kernel::{AllowanceKind, Instant, Units, Zone};
use crate::lines::{LifecycleRule, LineDates, LineStatus, Milestones};
use jiff::ToSpan;
use jiff::civil::Date;

/// The first and the last minute of the local day at which somebody may be reminded: 9:00 and 20:50, so that what is spread
/// ends by 21:00.
const WAKING: (u16, u16) = (9 * 60, 20 * 60 + 50);
/// Reminders of one moment are spread over this many seconds.
const SPREAD_SECONDS: u64 = 600;
/// Data that lasts fewer days than this is about to run out.
const RUNS_OUT_DAYS: i64 = 3;
/// The loss of the number is told this many days before.
const NUMBER_ENDS_DAYS: i64 = 7;
/// The days over which the pace of a line is measured.
const PACE_DAYS: i64 = 7;

/// What a line has left of its data, and how fast it uses it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// What can be used now, in octets.
    pub left: Units,
    /// What was used in the seven local days before today, in octets.
    pub last_seven_days: Units,
    /// The number of the newest bucket.
    pub newest_bucket: u32,
}

/// What is seen of a line.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The operator's rules.
    pub rule: &'a LifecycleRule,
    /// The line's dates.
    pub dates: LineDates,
    /// When the newest of its plans was bought; nothing for a line that came without.
    pub renewed_at: Option<Instant>,
    /// Whether it renews itself, and nothing stands in the way.
    pub renews_itself: bool,
    /// Whether a paid renewal is unfinished.
    pub is_being_renewed: bool,
    /// What it has left.
    pub pace: Pace,
}

/// A reason that holds, and the period for which it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Why.
    pub reason: ReminderReason,
    /// What makes it new: the last day of service, or a bucket.
    pub period: String,
}

/// What a line's people are to be reminded of now. `days_before` are the days before the expiry, in any order.
pub fn due(seen: &Seen<'_>, days_before: &[u8], now: Instant) -> Vec<Planned> {
    let Some(expires_on) = seen.dates.expires_on else { return Vec::new() };
    if seen.is_being_renewed {
        return Vec::new();
    }
    let today = seen.rule.today(now);
    let milestones = seen.rule.milestones(expires_on);
    let of_dates = of_dates(seen, days_before, (milestones, today));
    let of_dates =
        of_dates.map(|reason| Planned { reason, period: expires_on.to_string() }).into_iter();
    let runs_out = runs_out(seen, (expires_on, today)).then(|| Planned {
        reason: ReminderReason::RunsOut,
        period: format!("{expires_on} {}", seen.pace.newest_bucket),
    });
    of_dates.chain(runs_out).collect()
}

fn of_dates(
    seen: &Seen<'_>,
    days_before: &[u8],
    (milestones, today): (Milestones, Date),
) -> Option<ReminderReason> {
    let days_to = |date: Date| i64::from((date - today).get_days());
    match seen.rule.status_on(seen.dates, today) {
        LineStatus::Active if seen.renews_itself => None,
        LineStatus::Active => {
            let left = days_to(milestones.expires_on);
            let bought = seen.renewed_at.map(|at| at.date_in(&seen.rule.zone));
            let reached = |days: &u8| {
                let first = milestones.expires_on.saturating_sub(i64::from(*days).days());
                left <= i64::from(*days) && bought.is_none_or(|bought| bought < first)
            };
            days_before.iter().copied().filter(reached).min().map(ReminderReason::ExpiresIn)
        }
        LineStatus::Grace if days_to(milestones.left_until) <= 1 => {
            Some(ReminderReason::LastSafeDay)
        }
        LineStatus::Grace => Some(ReminderReason::GraceBegins),
        LineStatus::Suspended if days_to(milestones.number_kept_until) <= NUMBER_ENDS_DAYS => {
            Some(ReminderReason::NumberEnds)
        }
        LineStatus::Suspended | LineStatus::Inactive | LineStatus::Closed => None,
    }
}

/// Whether data runs out within three days, while the plan lasts longer than that.
fn runs_out(seen: &Seen<'_>, (expires_on, today): (Date, Date)) -> bool {
    let Pace { left, last_seven_days, .. } = seen.pace;
    let (left, used) = (i128::from(left.count()), i128::from(last_seven_days.count()));
    let days_left = i64::from((expires_on - today).get_days());
    left > 0
        && days_left > RUNS_OUT_DAYS
        && left * i128::from(PACE_DAYS) < used * i128::from(RUNS_OUT_DAYS)
}

/// What is told of a bucket that passed a mark, if anything: data and minutes at each mark, credit once. Messages run out
/// without a word.
pub fn emptied(kind: AllowanceKind, mark: DepletionMark, bucket: u32) -> Option<Planned> {
    let reason = match (kind, mark) {
        (AllowanceKind::Data | AllowanceKind::Voice, _) => ReminderReason::Used(kind, mark),
        (AllowanceKind::Credit, DepletionMark::NineTenths) => ReminderReason::CreditLow,
        (AllowanceKind::Credit, DepletionMark::ThreeQuarters | DepletionMark::UsedUp)
        | (AllowanceKind::Messages, _) => return None,
    };
    Some(Planned { reason, period: period_of(bucket) })
}

/// The period of what is told of a bucket: its number.
pub fn period_of(bucket: u32) -> String {
    format!("bucket {bucket}")
}

/// When somebody may be told that something is so now: at once while they wake, else when they next do; spread over some
/// minutes by a number of the line's own.
pub fn may_be_sent_at(zone: &Zone, now: Instant, spread: u64) -> Instant {
    let local = now.in_zone(zone);
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    let (first, last) = WAKING;
    let start = match minute {
        Ok(minute) if (first..last).contains(&minute) => now,
        _ => zone.next_minute(now, first),
    };
    start.plus_seconds(i64::try_from(spread % SPREAD_SECONDS).unwrap_or(0))
}
