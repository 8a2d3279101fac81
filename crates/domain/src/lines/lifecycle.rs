//! `inactive → active → grace → suspended → closed`, by the operator's own dates.

use crate::catalog::OperatorCode;
use crate::kernel::{Iccid, Instant, Language, LineId, Msisdn, Province, Zone};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The cycle an operator counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A fixed number of local days.
    Days(u16),
    /// The same day every month, remembered over short months.
    DayOfMonth(MonthMemory),
}

/// What happens to the 29th, 30th and 31st.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthMemory {
    /// The last day of a shorter month stands in, and the day is remembered for the next.
    Clip,
    /// Such days become the 28th for good.
    Clamp28,
}

/// From when a renewal in the grace period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GraceRenewal {
    /// From the day of the renewal.
    FromToday,
    /// From the day after the old expiry, as if it had been in time.
    FromOldEnd,
}

/// What becomes of what is left and has no last day of its own, such as credit. In service and in grace it is there, and pays for
/// a renewal; the rule says what follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leftover {
    /// It stays as it is for as long as the number.
    #[default]
    Kept,
    /// It cannot be used until the line is renewed by other means; then it is there again.
    Frozen,
    /// It is gone after the last day of grace.
    Forfeited,
}

/// An operator's rules on dates. All days are local to `zone`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifecycleRule {
    /// The zone its days are counted in.
    pub zone: Zone,
    /// Its cycle.
    pub period: Period,
    /// Days after expiry in which the balance is kept and a renewal restores everything.
    /// Never under seven in Canada (Wireless Code, J.1).
    pub grace_days: u16,
    /// Days after grace in which the number is kept without service.
    pub suspended_days: u16,
    /// From when a renewal in grace counts.
    pub grace_renewal: GraceRenewal,
    /// The local hour at which the operator renews or charges, 0 to 23.
    pub charge_hour: u8,
    /// What becomes of what is left after grace.
    #[serde(default)]
    pub leftover: Leftover,
}

/// A line's own dates. Both are absent until it is first used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDates {
    /// The local date of activation.
    pub activated_on: Option<Date>,
    /// The last local date of service.
    pub expires_on: Option<Date>,
    /// The remembered day of the month, 1 to 31, for operators that count in months.
    pub anniversary_day: Option<i8>,
}

/// One SIM or eSIM card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id, which carries its cell.
    pub id: LineId,
    /// Its number; a data-only card may have none.
    pub msisdn: Option<Msisdn>,
    /// Its card number.
    pub iccid: Iccid,
    /// Whose line it is.
    pub operator: OperatorCode,
    /// Where the subscriber is for tax, as far as is known.
    pub province: Option<Province>,
    /// The language the line itself is written to.
    pub language: Language,
    /// Its dates.
    pub dates: LineDates,
}

/// Where a line stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineStatus {
    /// Never used yet.
    Inactive,
    /// In service.
    Active,
    /// Expired, the balance kept: a renewal restores everything.
    Grace,
    /// Without service, the number kept.
    Suspended,
    /// The number is lost; a new card is needed.
    Closed,
}

impl LineStatus {
    /// The word used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Active => "active",
            Self::Grace => "grace",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

/// The dates a life of a card is drawn with: each the last local date of its stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestones {
    /// Last date of service.
    pub expires_on: Date,
    /// Last date of grace.
    pub grace_until: Date,
    /// Last date on which a renewal brings back what is left.
    pub left_until: Date,
    /// Last date on which the number is kept.
    pub number_kept_until: Date,
}

fn after(date: Date, days: u16) -> Date {
    date.saturating_add(i64::from(days).days())
}

impl LifecycleRule {
    /// The dates that follow from an expiry.
    pub fn milestones(&self, expires_on: Date) -> Milestones {
        let grace_until = after(expires_on, self.grace_days);
        let number_kept_until = after(grace_until, self.suspended_days);
        let left_until = match self.leftover {
            Leftover::Kept | Leftover::Frozen => number_kept_until,
            Leftover::Forfeited => grace_until,
        };
        Milestones { expires_on, grace_until, left_until, number_kept_until }
    }

    /// Whether what is left on a line with these dates cannot be used on a local date, though it is there.
    pub fn is_frozen_on(&self, dates: LineDates, today: Date) -> bool {
        match self.status_on(dates, today) {
            LineStatus::Suspended | LineStatus::Closed => self.leftover == Leftover::Frozen,
            LineStatus::Inactive | LineStatus::Active | LineStatus::Grace => false,
        }
    }

    /// Whether something on a line with these dates is gone by now, which was there from an instant and has this last day of
    /// its own, if any: it was left when grace ended. What was given since is not.
    pub fn forfeits(
        &self,
        dates: LineDates,
        (from, until): (Instant, Option<Date>),
        now: Instant,
    ) -> bool {
        let Some(expires_on) = dates.expires_on else { return false };
        let left_until = self.milestones(expires_on).left_until;
        self.leftover == Leftover::Forfeited
            && until.is_none()
            && self.today(now) > left_until
            && self.today(from) <= left_until
    }

    /// Where a line with these dates stands on a local date.
    pub fn status_on(&self, dates: LineDates, today: Date) -> LineStatus {
        let Some(expires_on) = dates.expires_on else {
            return LineStatus::Inactive;
        };
        let milestones = self.milestones(expires_on);
        if today <= milestones.expires_on {
            LineStatus::Active
        } else if today <= milestones.grace_until {
            LineStatus::Grace
        } else if today <= milestones.number_kept_until {
            LineStatus::Suspended
        } else {
            LineStatus::Closed
        }
    }

    /// The local date at an instant.
    pub fn today(&self, now: Instant) -> Date {
        now.date_in(&self.zone)
    }

    /// What is wrong with the rule under the law we know, if anything.
    pub fn unlawful(&self) -> Option<&'static str> {
        match (self.grace_days, self.leftover) {
            (..7, Leftover::Forfeited) => Some(
                "what is left may not be forfeited before 7 calendar days of grace are over (Wireless Code, J.1)",
            ),
            (..7, Leftover::Kept | Leftover::Frozen) => {
                Some("grace must be at least 7 calendar days in Canada")
            }
            (7.., _) => None,
        }
    }
}
