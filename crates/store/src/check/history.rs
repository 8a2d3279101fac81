//! Everything that is kept of one line, and how its rows are read.

use crate::kept::Unreadable;
use crate::kept::lines::LineRow;
use crate::kept::row::Row;
use crate::kept::values::{entry_kind_of, from_json, set_kind_of, stage_of};
use farline_domain::balance::EntryKind;
use farline_domain::commands::{AuditLine, JobKind};
use farline_domain::kernel::OrderId;
use farline_domain::ledger::EntrySetKind;
use farline_domain::orders::{Order, Stage};
use std::collections::BTreeMap;

/// An entry of a set with the set's number: account, currency, minor units.
pub(crate) type MoneyRow = (u32, (String, String, i64));

/// A bucket's figures as kept.
pub(crate) struct BucketRow {
    pub(crate) number: u32,
    pub(crate) kind: String,
    pub(crate) granted: i64,
    pub(crate) used: i64,
    pub(crate) reserved: i64,
}

/// An entry of a bucket as kept.
pub(crate) struct EntryRow {
    pub(crate) number: u32,
    pub(crate) bucket: u32,
    pub(crate) kind: EntryKind,
    pub(crate) units: i64,
}

/// A set of money entries as kept.
pub(crate) struct SetRow {
    pub(crate) number: u32,
    pub(crate) kind: EntrySetKind,
    pub(crate) order: OrderId,
    /// Account, currency, minor units.
    pub(crate) entries: Vec<(String, String, i64)>,
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
    /// Money entries whose set does not exist, by its number.
    pub(crate) stray_entries: Vec<u32>,
    pub(crate) orders: Vec<OrderRow>,
    pub(crate) jobs: Vec<JobRow>,
    pub(crate) audit: Vec<AuditLine>,
}

impl History {
    /// Puts money entries into their sets. Those without one are kept apart.
    pub(crate) fn with_money(mut self, money: Vec<MoneyRow>) -> Self {
        for (number, entry) in money {
            match self.sets.iter_mut().find(|set| set.number == number) {
                Some(set) => set.entries.push(entry),
                None => self.stray_entries.push(number),
            }
        }
        self
    }
}

/// Reads from: number, kind, granted, used, reserved.
pub(crate) fn bucket_of<R: Row>(row: &R) -> Result<BucketRow, R::Fault> {
    Ok(BucketRow {
        number: row.small(0)?,
        kind: row.text(1)?.to_owned(),
        granted: row.number(2)?,
        used: row.number(3)?,
        reserved: row.number(4)?,
    })
}

/// Reads from: number, bucket, kind, units.
pub(crate) fn entry_of<R: Row>(row: &R) -> Result<EntryRow, R::Fault> {
    Ok(EntryRow {
        number: row.small(0)?,
        bucket: row.small(1)?,
        kind: entry_kind_of(row.text(2)?)?,
        units: row.number(3)?,
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

/// Reads from: number, kind, order_id.
pub(crate) fn set_of<R: Row>(row: &R) -> Result<SetRow, R::Fault> {
    Ok(SetRow {
        number: row.small(0)?,
        kind: set_kind_of(row.text(1)?)?,
        order: OrderId::from_bytes(row.array(2)?),
        entries: Vec::new(),
    })
}

/// Reads from: set_number, account, currency, minor.
pub(crate) fn money_of<R: Row>(row: &R) -> Result<MoneyRow, R::Fault> {
    let (account, currency) = (row.text(1)?.to_owned(), row.text(2)?.to_owned());
    Ok((row.small(0)?, (account, currency, row.number(3)?)))
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

/// Reads from: number, kind, order_id.
pub(crate) fn job_of<R: Row>(row: &R) -> Result<JobRow, R::Fault> {
    Ok(JobRow {
        number: row.small(0)?,
        kind: from_json(row.text(1)?)?,
        order: row.some_array(2)?.map(OrderId::from_bytes),
    })
}

/// The words an audit knows: those of the commands, and the store's own.
const ACTIONS: [&str; 19] = [
    "place",
    "attach_checkout",
    "capture",
    "cancel",
    "expire",
    "send",
    "delivery_answered",
    "choose_held",
    "wrong_number",
    "refund_answered",
    "resolve",
    "start_session",
    "update_session",
    "end_session",
    "charge_event",
    "sweep",
    "grant",
    "import",
    "move_dates",
];

/// Reads from: number, at, actor, reason, action, order_id, stage, before, after, hash.
pub(crate) fn audit_of<R: Row>(row: &R) -> Result<AuditLine, R::Fault> {
    let action = row.text(4)?;
    let action = ACTIONS
        .into_iter()
        .find(|known| *known == action)
        .ok_or_else(|| Unreadable(format!("“{action}” is not an action of the audit")))?;
    let stage = row.some_text(6)?.map(stage_of).transpose()?;
    Ok(AuditLine {
        number: row.small(0)?,
        at: row.instant(1)?,
        actor: row.text(2)?.to_owned(),
        reason: row.some_text(3)?.map(str::to_owned),
        action,
        order: row.some_array(5)?.map(OrderId::from_bytes).zip(stage),
        before: row.array(7)?,
        after: row.array(8)?,
        hash: row.array(9)?,
    })
}
