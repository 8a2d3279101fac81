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
    /// Last date on which a renewal restores everything.
    pub grace_until: Date,
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
        Milestones { expires_on, grace_until, number_kept_until }
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
        (self.grace_days < 7).then_some("grace must be at least 7 calendar days in Canada")
    }
}
