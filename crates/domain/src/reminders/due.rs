//! Which reminders hold for a line today.

use super::ReminderReason;
use crate::balance::DepletionMark;
use crate::catalog::{GivenBy, Promotion};
use crate::kernel::{AllowanceKind, Instant, Units, Zone};
use crate::lines::{LifecycleRule, LineDates, LineStatus, Milestones};
use jiff::ToSpan;
use jiff::civil::Date;

/// The first and the last minute of the local day at which somebody may be reminded: 9:00 and 20:50, so that what is spread
/// ends by 21:00.
const WAKING: (u16, u16) = (9 * 60, 20 * 60 + 50);
/// Reminders of one moment are spread over this many seconds.
const SPREAD_SECONDS: u64 = 600;
/// Data or minutes that last fewer days than this are about to run out.
const RUNS_OUT_DAYS: i64 = 3;
/// The loss of the number is told this many days before.
const NUMBER_ENDS_DAYS: i64 = 7;
/// The end of a promotion is told this many days before.
const PROMOTION_ENDS_DAYS: i64 = 3;
/// The days over which the pace of a line is measured.
const PACE_DAYS: i64 = 7;

/// What a line has left of one kind, and how fast it uses it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// What can be used now: octets of data, seconds of calls.
    pub left: Units,
    /// What was used in the seven local days before today.
    pub last_seven_days: Units,
}

/// The paces of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paces {
    /// Of its data.
    pub data: Pace,
    /// Of its calls.
    pub voice: Pace,
    /// The number of the newest bucket.
    pub newest_bucket: u32,
}

impl Paces {
    /// The pace of a kind that runs out; nothing, for kinds whose pace is not measured.
    pub const fn of(&self, kind: AllowanceKind) -> Option<Pace> {
        match kind {
            AllowanceKind::Data => Some(self.data),
            AllowanceKind::Voice => Some(self.voice),
            AllowanceKind::Messages | AllowanceKind::Credit => None,
        }
    }
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
    pub paces: Paces,
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
    let Paces { data, voice, newest_bucket } = seen.paces;
    let paces = [(ReminderReason::RunsOut, data), (ReminderReason::RunsOutVoice, voice)];
    let running_out = paces.into_iter().filter(|(_, pace)| runs_out(*pace, (expires_on, today)));
    let period = format!("{expires_on} {newest_bucket}");
    let running_out = running_out.map(|(reason, _)| Planned { reason, period: period.clone() });
    of_dates.chain(running_out).collect()
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

/// Whether something runs out within three days, while the plan lasts longer than that.
fn runs_out(Pace { left, last_seven_days }: Pace, (expires_on, today): (Date, Date)) -> bool {
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

/// The end of a promotion, on the local date of a line, as it is told: of one that is given of itself the whole day, and ends
/// within three days. One that is given at some hours only ends every day, and is not told of.
pub fn promotion_ends(promotion: &Promotion, today: Date) -> Option<Planned> {
    let days = i64::from((promotion.valid_until - today).get_days());
    let is_given = promotion.given_by == GivenBy::Itself
        && promotion.hours.is_none()
        && promotion.valid_from <= today
        && !promotion.is_over_on(today);
    let period = format!("{} {}", promotion.code, promotion.valid_until);
    let reason = ReminderReason::PromotionEnds;
    (is_given && days <= PROMOTION_ENDS_DAYS).then_some(Planned { reason, period })
}

/// Whether a promotion may be told of to a line's people: one that could be renewed by hand now, and is not being.
pub fn may_hear_of_promotions(seen: &Seen<'_>, now: Instant) -> bool {
    let status = seen.rule.status_on(seen.dates, seen.rule.today(now));
    let is_open = match status {
        LineStatus::Active | LineStatus::Grace | LineStatus::Suspended => true,
        LineStatus::Inactive | LineStatus::Closed => false,
    };
    is_open && !seen.is_being_renewed && !seen.renews_itself
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
