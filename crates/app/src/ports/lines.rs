//! Lines as kept: finding, looking, importing.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::auto_renew::AutoRenew;
use farline_domain::balance::Bucket;
use farline_domain::catalog::Allowance;
use farline_domain::commands::LineMark;
use farline_domain::kernel::{AllowanceKind, Instant, LineId, LineNumber, Units};
use farline_domain::lines::{HolderName, Line};
use jiff::civil::Date;

/// A line and its buckets, as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// The line.
    pub line: Line,
    /// Its buckets that are not over long since, oldest first.
    pub buckets: Vec<Bucket>,
    /// Whether a paid renewal of it is unfinished.
    pub renewal_in_progress: bool,
    /// How far it has come: whoever renews it for somebody says what they saw.
    pub mark: LineMark,
    /// Its auto-renew, also one that has ended.
    pub auto_renew: Option<AutoRenew>,
}

/// What a line used of one kind on one local date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayUsage {
    /// The local date.
    pub date: Date,
    /// Of what.
    pub kind: AllowanceKind,
    /// How much.
    pub units: Units,
}

/// What a line used of one kind at one local hour of a week's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourUsage {
    /// The Monday of the week.
    pub week: Date,
    /// Of what.
    pub kind: AllowanceKind,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// How much.
    pub units: Units,
}

/// The weeks of which use by hour is known, the running one included; of a week before them nothing is kept.
pub const WEEKS_BY_HOUR: i64 = 6;

/// What one line used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineUsage {
    /// The line.
    pub line: LineId,
    /// What it used per local date and kind, oldest first; nothing, if it used nothing.
    pub days: Vec<DayUsage>,
}

/// Keyed digests of a line's PIN and PUK; the secrets themselves are never kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineSecrets {
    /// Of the PIN.
    pub pin: Option<[u8; 32]>,
    /// Of the PUK.
    pub puk: Option<[u8; 32]>,
}

/// A bucket that an imported line brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBucket {
    /// What it grants.
    pub allowance: Allowance,
    /// How much of it is used already.
    pub used: Units,
    /// From when it can be used.
    pub valid_from: Instant,
    /// The last local date of use.
    pub valid_until: Option<Date>,
}

/// A line to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The line.
    pub line: Line,
    /// Its secrets' digests.
    pub secrets: LineSecrets,
    /// Its buckets.
    pub buckets: Vec<NewBucket>,
    /// What it used before.
    pub usage: Vec<DayUsage>,
    /// At which hours of the last weeks.
    pub hours: Vec<HourUsage>,
    /// Who holds it, if that is known. Kept apart from the line, so that it can be erased.
    pub holder_name: Option<HolderName>,
}

/// What was wrong with a file, so that nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A row cannot be taken: where and why, in words for the person who made the file.
    #[error("{0}")]
    Row(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lines as kept.
#[async_trait]
pub trait Lines: Send + Sync {
    /// Finds a line by number or card number.
    async fn find_line(&self, number: &LineNumber) -> Result<Option<LineId>, StoreError>;

    /// Reads a line with its buckets.
    async fn line(&self, id: LineId) -> Result<Option<LineView>, StoreError>;

    /// The digests of a line's secrets.
    async fn line_secrets(&self, id: LineId) -> Result<LineSecrets, StoreError>;

    /// What a line used per local date and kind, both dates included, oldest first.
    async fn usage(&self, id: LineId, from: Date, until: Date)
    -> Result<Vec<DayUsage>, StoreError>;

    /// What a line used of one kind per hour, in the weeks whose Mondays are this one or later, in no order.
    async fn usage_by_hour(
        &self,
        id: LineId,
        kind: AllowanceKind,
        from: Date,
    ) -> Result<Vec<HourUsage>, StoreError>;

    /// What each of the next lines used from a local date on: at most so many lines, behind the last that was given before.
    /// They come in an order of the store's own, also those that used nothing; none when all were given.
    async fn usage_of_lines(
        &self,
        after: Option<LineId>,
        from: Date,
        lines: u32,
    ) -> Result<Vec<LineUsage>, StoreError>;

    /// Imports lines, all or none, in one transaction. `rows` yields each row's position in its file
    /// (for the error) with the line, or the error that ends the import. A number or ICCID that
    /// exists already is an error. `progress` is told how many rows are in, now and then.
    async fn import_lines(
        &self,
        rows: Box<dyn Iterator<Item = Result<(u64, NewLine), ImportError>> + Send>,
        progress: Box<dyn Fn(u64) + Send>,
    ) -> Result<u64, ImportError>;

    /// Moves the dates, buckets and usage of the demonstration's lines forward by whole days, so
    /// that nothing of it is stale. Returns how many lines moved.
    async fn move_demonstration_dates(&self, days: i32) -> Result<u64, StoreError>;

    /// How many lines there are.
    async fn count_lines(&self) -> Result<u64, StoreError>;

    /// The lines that have buckets over or reservations lapsed at this instant, for sweeping.
    async fn lines_to_sweep(&self, now: Instant, limit: u32) -> Result<Vec<LineId>, StoreError>;
}
