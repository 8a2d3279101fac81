//! What charging leaves behind: marks passed on the way down, and use that nobody paid for.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::balance::DepletionMark;
use farline_domain::charging::ChargingSession;
use farline_domain::kernel::{AllowanceKind, Cells, Instant, LineId, Units};
use jiff::civil::Date;

/// A bucket passed a mark on its way down: what auto-renew and reminders act upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepletionRecord {
    /// The line.
    pub line: LineId,
    /// The bucket, by its number on the line.
    pub bucket: u32,
    /// The mark.
    pub mark: DepletionMark,
    /// What the line had not used then of all that could serve in its stead; zero when the service
    /// ran out altogether.
    pub left: Units,
    /// When the debit took place.
    pub at: Instant,
}

/// What a line used of one kind on one local date without paying for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnchargedDay {
    /// The local date.
    pub date: Date,
    /// Of what.
    pub kind: AllowanceKind,
    /// Used by sessions beyond what buckets could give.
    pub overrun: Units,
    /// Reported after its session had ended.
    pub refused: Units,
}

/// Charging as kept. Sessions change by commands only.
#[async_trait]
pub trait Charging: Send + Sync {
    /// A session of a line, as it is remembered.
    async fn charging_session(
        &self,
        line: LineId,
        session: &str,
    ) -> Result<Option<ChargingSession>, StoreError>;

    /// Forgets sessions of some cells that were last heard of before this date and hold nothing.
    /// Returns how many.
    async fn forget_sessions(&self, cells: Cells, heard_before: Date) -> Result<u64, StoreError>;

    /// Notes that a bucket passed a mark. A second note of the same mark changes nothing.
    async fn note_depletion(&self, record: &DepletionRecord) -> Result<(), StoreError>;

    /// The marks that buckets of a line passed, in the order of buckets.
    async fn depletions(&self, line: LineId) -> Result<Vec<DepletionRecord>, StoreError>;

    /// What a line used without paying, both dates included, oldest first.
    async fn uncharged(
        &self,
        line: LineId,
        from: Date,
        until: Date,
    ) -> Result<Vec<UnchargedDay>, StoreError>;
}
