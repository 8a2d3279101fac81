//! Reminders as kept: each once, and how each of a line's people wants them.

use super::StoreError;
use super::shops::Revised;
use async_trait::async_trait;
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::AutoRenew;
use farline_domain::catalog::OperatorCode;
use farline_domain::kernel::{AccountId, Cells, Instant, LineId};
use farline_domain::lines::LineDates;
use farline_domain::reminders::{Paces, Reminder, ReminderWish};
use jiff::civil::Date;

/// One of a line's people, and how they want to be reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReminderPerson {
    /// Who.
    pub account: AccountId,
    /// What they may do.
    pub rights: Rights,
    /// What they chose, if they did.
    pub wish: Option<ReminderWish>,
}

/// What is looked at of a line to know what its people are to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemindedLine {
    /// The line.
    pub id: LineId,
    /// Whose it is.
    pub operator: OperatorCode,
    /// Whether it has a number, to which a text message can go.
    pub has_number: bool,
    /// Its dates.
    pub dates: LineDates,
    /// When the newest of the plans that were bought for it begins.
    pub renewed_at: Option<Instant>,
    /// Its auto-renew, also one that has ended.
    pub auto_renew: Option<AutoRenew>,
    /// Whether a paid renewal is unfinished.
    pub is_being_renewed: bool,
    /// What it has left, and how fast it uses it.
    pub paces: Paces,
    /// Its people.
    pub people: Vec<ReminderPerson>,
}

/// The day of a look at lines, by which their pace is measured.
#[derive(Clone, Copy, Debug)]
pub struct LookDay {
    /// Now.
    pub now: Instant,
    /// Today, anywhere: a day more or less is nothing to a pace.
    pub today: Date,
    /// Lines that expired before this are not looked at.
    pub oldest_expiry: Date,
}

/// Reminders as kept.
#[async_trait]
pub trait Reminders: Send + Sync {
    /// The lines after this one in the order of their ids, with dates and expired no longer ago than is said.
    async fn lines_to_remind(
        &self,
        after: Option<LineId>,
        day: LookDay,
        limit: u32,
    ) -> Result<Vec<RemindedLine>, StoreError>;

    /// A line as it is looked at.
    async fn line_to_remind(
        &self,
        line: LineId,
        day: LookDay,
    ) -> Result<Option<RemindedLine>, StoreError>;

    /// Keeps reminders, those of them that are new, in one commit. Returns how many were.
    async fn plan_reminders(&self, reminders: &[Reminder]) -> Result<u64, StoreError>;

    /// Reminders that are to be sent, the longest due first.
    async fn due_reminders(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<Reminder>>, StoreError>;

    /// Keeps a reminder; `false`, and nothing is kept, unless it follows on the revision that is kept.
    async fn keep_reminder(&self, reminder: &Revised<Reminder>) -> Result<bool, StoreError>;

    /// The reminders of a line, by when they were planned for.
    async fn reminders_of_line(&self, line: LineId) -> Result<Vec<Reminder>, StoreError>;

    /// How one of a line's people wants to be reminded of it.
    async fn keep_reminder_wish(
        &self,
        line: LineId,
        account: AccountId,
        wish: ReminderWish,
    ) -> Result<(), StoreError>;

    /// Forgets what was planned for before this, and is over. Returns how many.
    async fn forget_reminders(&self, cells: Cells, before: Instant) -> Result<u64, StoreError>;
}
