//! Everything that is kept of one line, and how its rows are read.

use crate::kept::journal::{EntryRow, JournalRow, SetRow};
use crate::kept::lines::LineRow;
use crate::kept::row::Row;
use crate::kept::values::{from_json, stage_of};
use farline_domain::commands::{AuditLine, JobKind};
use farline_domain::kernel::{LineId, OrderId};
use farline_domain::orders::{Order, Stage};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// A bucket's figures as kept.
pub(crate) struct BucketRow {
    pub(crate) number: u32,
    pub(crate) kind: String,
    pub(crate) granted: i64,
    pub(crate) used: i64,
    pub(crate) reserved: i64,
    pub(crate) valid_until: Option<Date>,
}

/// A receipt as kept.
pub(crate) struct ReceiptRow {
    pub(crate) number: String,
    pub(crate) canonical: String,
    pub(crate) hash: [u8; 32],
}

/// An order as kept.
pub(crate) struct OrderRow {
    pub(crate) id: OrderId,
    pub(crate) stage: Stage,
    pub(crate) task_by: Option<i64>,
    pub(crate) order: Order,
    pub(crate) receipt: Option<ReceiptRow>,
}

/// A waiting job as kept.
pub(crate) struct JobRow {
    pub(crate) number: u32,
    pub(crate) kind: JobKind,
    pub(crate) order: Option<OrderId>,
}

/// Everything that is kept of one line.
pub(crate) struct History {
    pub(crate) row: LineRow,
    pub(crate) buckets: Vec<BucketRow>,
    pub(crate) entries: Vec<EntryRow>,
    pub(crate) held: BTreeMap<u32, i64>,
    /// How many sessions hold something although they have ended, or are not known.
    pub(crate) held_by_nobody: usize,
    /// What the sessions that are remembered debited, by kind.
    pub(crate) debited: Vec<(String, i64)>,
    /// The buckets of which a depletion is noted.
    pub(crate) depleted: Vec<u32>,
    pub(crate) sets: Vec<SetRow>,
    pub(crate) orders: Vec<OrderRow>,
    pub(crate) jobs: Vec<JobRow>,
    pub(crate) audit: Vec<AuditLine>,
}

impl History {
    /// Spreads the rows of the journal over what they hold.
    pub(crate) fn with_journal(mut self, journal: Vec<JournalRow>) -> Self {
        for row in journal {
            self.audit.push(row.audit);
            self.entries.extend(row.bucket_entries);
            self.sets.extend(row.sets);
        }
        self
    }
}

/// Reads from: number, kind, granted, used, reserved, valid_until.
pub(crate) fn bucket_of<R: Row>(row: &R) -> Result<BucketRow, R::Fault> {
    Ok(BucketRow {
        number: row.small(0)?,
        kind: row.text(1)?.to_owned(),
        granted: row.number(2)?,
        used: row.number(3)?,
        reserved: row.number(4)?,
        valid_until: row.some_date(5)?,
    })
}

/// Reads from: bucket, the sum of its reservations.
pub(crate) fn held_of<R: Row>(row: &R) -> Result<(u32, i64), R::Fault> {
    Ok((row.small(0)?, row.number(1)?))
}

/// Reads from: kind, the sum of what sessions debited of it.
pub(crate) fn debited_of<R: Row>(row: &R) -> Result<(String, i64), R::Fault> {
    Ok((row.text(0)?.to_owned(), row.number(1)?))
}

/// Reads from: bucket.
pub(crate) fn depleted_of<R: Row>(row: &R) -> Result<u32, R::Fault> {
    row.small(0)
}

/// Reads from: id, stage, task_by, body, and of the receipt number, canonical, hash.
pub(crate) fn order_of<R: Row>(row: &R) -> Result<OrderRow, R::Fault> {
    let receipt = match row.some_text(4)? {
        None => None,
        Some(number) => Some(ReceiptRow {
            number: number.to_owned(),
            canonical: row.text(5)?.to_owned(),
            hash: row.array(6)?,
        }),
    };
    Ok(OrderRow {
        id: OrderId::from_bytes(row.array(0)?),
        stage: stage_of(row.text(1)?)?,
        task_by: row.some_number(2)?,
        order: from_json(row.text(3)?)?,
        receipt,
    })
}

/// The waiting jobs of every line. They are few, and kept in another order than lines.
pub(crate) type JobsByLine = HashMap<LineId, Vec<JobRow>>;

/// Reads from: line, number, kind, order_id.
pub(crate) fn job_of<R: Row>(row: &R) -> Result<(LineId, JobRow), R::Fault> {
    let job = JobRow {
        number: row.small(1)?,
        kind: from_json(row.text(2)?)?,
        order: row.some_array(3)?.map(OrderId::from_bytes),
    };
    Ok((LineId::from_bytes(row.array(0)?), job))
}
