//! One reminder, and how far it is.

use super::{Planned, ReminderReason};
use crate::kernel::{AccountId, Instant, LineId};
use crate::notices::Medium;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Seconds for which whoever sends a reminder has it for themselves.
const HELD_SECONDS: i64 = 120;
/// The longest time between two attempts, in seconds.
const LONGEST_BACK_OFF_SECONDS: i64 = 15 * 60;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The line itself, by text message in its own language.
    Line,
    /// One of its people, as they chose.
    Account(AccountId),
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line => f.write_str("line"),
            Self::Account(account) => account.fmt(f),
        }
    }
}

/// How one of a line's people wants to be reminded of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderWish {
    /// By this medium.
    By(Medium),
    /// Not at all.
    Never,
}

impl ReminderWish {
    /// Every wish, as they are offered.
    pub const ALL: [Self; 3] = [Self::By(Medium::Email), Self::By(Medium::Sms), Self::Never];

    /// The word that is stored and used in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::By(medium) => medium.code(),
            Self::Never => "none",
        }
    }

    /// Reads that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.code() == code)
    }
}

/// What makes a reminder one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReminderKey {
    /// The line.
    pub line: LineId,
    /// Why.
    pub reason: ReminderReason,
    /// What makes it new.
    pub period: String,
    /// Who is told.
    pub told: Told,
}

impl fmt::Display for ReminderKey {
    /// The key under which it is sent: a gateway that knows it sends it once.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = self.period.replace(' ', "-");
        write!(f, "{}-{}-{period}-{}", self.line, self.reason.code(), self.told)
    }
}

/// How far a reminder is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ReminderProgress {
    /// It is to be sent.
    Planned,
    /// It was sent.
    Sent {
        /// How.
        medium: Medium,
        /// What the carrier calls it.
        provider_id: String,
    },
    /// It was not true any more when its time came, or nobody was there to be told.
    Dropped,
    /// It could not be sent, for this reason of the carrier's.
    Failed {
        /// The reason's code.
        code: String,
    },
}

impl ReminderProgress {
    /// The word that is stored.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Sent { .. } => "sent",
            Self::Dropped => "dropped",
            Self::Failed { .. } => "failed",
        }
    }
}

/// One reminder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// What makes it one.
    pub key: ReminderKey,
    /// Since when it is to be sent.
    pub planned_for: Instant,
    /// How far it is.
    pub progress: ReminderProgress,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; nothing, once it is over.
    pub due_at: Option<Instant>,
}

impl Reminder {
    /// A reminder that is to be sent then.
    pub fn planned((line, told): (LineId, Told), planned: Planned, at: Instant) -> Self {
        let Planned { reason, period } = planned;
        Self {
            key: ReminderKey { line, reason, period, told },
            planned_for: at,
            progress: ReminderProgress::Planned,
            attempts: 0,
            due_at: Some(at),
        }
    }

    /// Taken by whoever sends it now.
    #[must_use]
    pub fn taken(&self, now: Instant) -> Self {
        let attempts = self.attempts.saturating_add(1);
        Self { attempts, due_at: Some(now.plus_seconds(HELD_SECONDS)), ..self.clone() }
    }

    /// To be tried again.
    #[must_use]
    pub fn again(&self, now: Instant) -> Self {
        let seconds = 1_i64.checked_shl(self.attempts.min(10)).unwrap_or(LONGEST_BACK_OFF_SECONDS);
        let due_at = Some(now.plus_seconds(seconds.min(LONGEST_BACK_OFF_SECONDS)));
        Self { due_at, ..self.clone() }
    }

    /// Over, and this became of it.
    #[must_use]
    pub fn over(&self, progress: ReminderProgress) -> Self {
        Self { progress, due_at: None, ..self.clone() }
    }
}
