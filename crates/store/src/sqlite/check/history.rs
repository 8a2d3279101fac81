//! Everything that is kept of one line.

use super::super::fault::Fault;
use super::super::load::{LineRow, line_row};
use super::super::values::{IdBytes, entry_kind_of, from_json, line_key, set_kind_of, stage_of};
use farline_domain::balance::EntryKind;
use farline_domain::commands::{AuditLine, JobKind};
use farline_domain::kernel::{Instant, LineId, OrderId};
use farline_domain::ledger::EntrySetKind;
use farline_domain::orders::{Order, Stage};
use rusqlite::{Connection, Row, Statement, params};
use std::collections::BTreeMap;

statements! {
    BUCKETS = "SELECT number, kind, granted, used, reserved FROM buckets \
        WHERE cell = ?1 AND line = ?2 ORDER BY number";
    ENTRIES = "SELECT number, bucket, kind, units FROM bucket_entries \
        WHERE cell = ?1 AND line = ?2 ORDER BY number";
    HELD = "SELECT bucket, SUM(units) FROM reservations WHERE cell = ?1 AND line = ?2 \
        GROUP BY bucket";
    // A session that holds something has to run.
    HELD_BY_NOBODY = "SELECT DISTINCT r.session FROM reservations r LEFT JOIN charging_sessions s \
        ON s.cell = r.cell AND s.line = r.line AND s.session = r.session \
        WHERE r.cell = ?1 AND r.line = ?2 AND (s.session IS NULL OR s.ended_at IS NOT NULL)";
    DEBITED = "SELECT kind, SUM(used) FROM charging_sessions WHERE cell = ?1 AND line = ?2 \
        GROUP BY kind";
    DEPLETED = "SELECT DISTINCT bucket FROM depletions WHERE cell = ?1 AND line = ?2";
    SETS = "SELECT number, kind, order_id FROM money_sets \
        WHERE cell = ?1 AND line = ?2 ORDER BY number";
    MONEY = "SELECT set_number, account, currency, minor FROM money_entries \
        WHERE cell = ?1 AND line = ?2 ORDER BY set_number, position";
    ORDERS = "SELECT o.id, o.stage, o.task_by, o.body, r.number, r.canonical, r.hash \
        FROM orders o LEFT JOIN receipts r ON r.cell = o.cell AND r.order_id = o.id \
        WHERE o.cell = ?1 AND o.line = ?2 ORDER BY o.id";
    JOBS = "SELECT number, kind, order_id FROM jobs WHERE cell = ?1 AND line = ?2";
    AUDIT = "SELECT number, at, actor, reason, action, order_id, stage, before, after, hash \
        FROM audit WHERE cell = ?1 AND line = ?2 ORDER BY number";
}

/// The statements that read a line's history, prepared once.
pub(super) struct Statements<'a> {
    buckets: Statement<'a>,
    entries: Statement<'a>,
    held: Statement<'a>,
    held_by_nobody: Statement<'a>,
    debited: Statement<'a>,
    depleted: Statement<'a>,
    sets: Statement<'a>,
    money: Statement<'a>,
    orders: Statement<'a>,
    jobs: Statement<'a>,
    audit: Statement<'a>,
}

impl<'a> Statements<'a> {
    pub(super) fn prepare(connection: &'a Connection) -> Result<Self, Fault> {
        Ok(Self {
            buckets: connection.prepare(BUCKETS)?,
            entries: connection.prepare(ENTRIES)?,
            held: connection.prepare(HELD)?,
            held_by_nobody: connection.prepare(HELD_BY_NOBODY)?,
            debited: connection.prepare(DEBITED)?,
            depleted: connection.prepare(DEPLETED)?,
            sets: connection.prepare(SETS)?,
            money: connection.prepare(MONEY)?,
            orders: connection.prepare(ORDERS)?,
            jobs: connection.prepare(JOBS)?,
            audit: connection.prepare(AUDIT)?,
        })
    }
}

/// A bucket's figures as kept.
pub(super) struct BucketRow {
    pub(super) number: u32,
    pub(super) kind: String,
    pub(super) granted: i64,
    pub(super) used: i64,
    pub(super) reserved: i64,
}

/// An entry of a bucket as kept.
pub(super) struct EntryRow {
    pub(super) number: u32,
    pub(super) bucket: u32,
    pub(super) kind: EntryKind,
    pub(super) units: i64,
}

/// A set of money entries as kept.
pub(super) struct SetRow {
    pub(super) number: u32,
    pub(super) kind: EntrySetKind,
    pub(super) order: OrderId,
    /// Account, currency, minor units.
    pub(super) entries: Vec<(String, String, i64)>,
}

/// A receipt as kept.
pub(super) struct ReceiptRow {
    pub(super) number: String,
    pub(super) canonical: String,
    pub(super) hash: [u8; 32],
}

/// An order as kept.
pub(super) struct OrderRow {
    pub(super) id: OrderId,
    pub(super) stage: Stage,
    pub(super) task_by: Option<i64>,
    pub(super) order: Order,
    pub(super) receipt: Option<ReceiptRow>,
}

/// A waiting job as kept.
pub(super) struct JobRow {
    pub(super) number: u32,
    pub(super) kind: JobKind,
    pub(super) order: Option<OrderId>,
}

/// A line of the audit with the word it stands under.
pub(super) struct History {
    pub(super) row: LineRow,
    pub(super) buckets: Vec<BucketRow>,
    pub(super) entries: Vec<EntryRow>,
    pub(super) held: BTreeMap<u32, i64>,
    /// How many sessions hold something although they have ended, or are not known.
    pub(super) held_by_nobody: usize,
    /// What the sessions that are remembered debited, by kind.
    pub(super) debited: Vec<(String, i64)>,
    /// The buckets of which a depletion is noted.
    pub(super) depleted: Vec<u32>,
    pub(super) sets: Vec<SetRow>,
    /// Money entries whose set does not exist, by its number.
    pub(super) stray_entries: Vec<u32>,
    pub(super) orders: Vec<OrderRow>,
    pub(super) jobs: Vec<JobRow>,
    pub(super) audit: Vec<AuditLine>,
}

impl History {
    pub(super) fn read(
        connection: &Connection,
        statements: &mut Statements<'_>,
        id: LineId,
    ) -> Result<Self, Fault> {
        let row = line_row(connection, id)?;
        let row = row.ok_or_else(|| Fault::Unreadable("the line is gone".to_owned()))?;
        let key = line_key(id);
        let mut sets = read(&mut statements.sets, key, set_of)?;
        let money = read(&mut statements.money, key, money_of)?;
        let mut stray_entries = Vec::new();
        for (number, entry) in money {
            match sets.iter_mut().find(|set| set.number == number) {
                Some(set) => set.entries.push(entry),
                None => stray_entries.push(number),
            }
        }
        Ok(Self {
            row,
            buckets: read(&mut statements.buckets, key, bucket_of)?,
            entries: read(&mut statements.entries, key, entry_of)?,
            held: read(&mut statements.held, key, |row| Ok((row.get(0)?, row.get(1)?)))?
                .into_iter()
                .collect(),
            held_by_nobody: read(&mut statements.held_by_nobody, key, |_| Ok(()))?.len(),
            debited: read(&mut statements.debited, key, |row| Ok((row.get(0)?, row.get(1)?)))?,
            depleted: read(&mut statements.depleted, key, |row| Ok(row.get(0)?))?,
            sets,
            stray_entries,
            orders: read(&mut statements.orders, key, order_of)?,
            jobs: read(&mut statements.jobs, key, job_of)?,
            audit: read(&mut statements.audit, key, audit_of)?,
        })
    }
}

fn read<T>(
    statement: &mut Statement<'_>,
    (cell, line): (u16, IdBytes),
    value_of: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut rows = statement.query(params![cell, line])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(value_of(row)?);
    }
    Ok(values)
}

fn bucket_of(row: &Row<'_>) -> Result<BucketRow, Fault> {
    Ok(BucketRow {
        number: row.get(0)?,
        kind: row.get(1)?,
        granted: row.get(2)?,
        used: row.get(3)?,
        reserved: row.get(4)?,
    })
}

fn entry_of(row: &Row<'_>) -> Result<EntryRow, Fault> {
    Ok(EntryRow {
        number: row.get(0)?,
        bucket: row.get(1)?,
        kind: entry_kind_of(&row.get::<_, String>(2)?)?,
        units: row.get(3)?,
    })
}

fn set_of(row: &Row<'_>) -> Result<SetRow, Fault> {
    Ok(SetRow {
        number: row.get(0)?,
        kind: set_kind_of(&row.get::<_, String>(1)?)?,
        order: OrderId::from_bytes(row.get(2)?),
        entries: Vec::new(),
    })
}

fn money_of(row: &Row<'_>) -> Result<(u32, (String, String, i64)), Fault> {
    Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)))
}

fn order_of(row: &Row<'_>) -> Result<OrderRow, Fault> {
    let number: Option<String> = row.get(4)?;
    let receipt = match number {
        None => None,
        Some(number) => Some(ReceiptRow { number, canonical: row.get(5)?, hash: row.get(6)? }),
    };
    Ok(OrderRow {
        id: OrderId::from_bytes(row.get(0)?),
        stage: stage_of(&row.get::<_, String>(1)?)?,
        task_by: row.get(2)?,
        order: from_json(&row.get::<_, String>(3)?)?,
        receipt,
    })
}

fn job_of(row: &Row<'_>) -> Result<JobRow, Fault> {
    let order: Option<IdBytes> = row.get(2)?;
    Ok(JobRow {
        number: row.get(0)?,
        kind: from_json(&row.get::<_, String>(1)?)?,
        order: order.map(OrderId::from_bytes),
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

fn audit_of(row: &Row<'_>) -> Result<AuditLine, Fault> {
    let action: String = row.get(4)?;
    let action = ACTIONS
        .into_iter()
        .find(|known| *known == action)
        .ok_or_else(|| Fault::Unreadable(format!("“{action}” is not an action of the audit")))?;
    let order: Option<IdBytes> = row.get(5)?;
    let stage: Option<String> = row.get(6)?;
    let stage = stage.map(|stage| stage_of(&stage)).transpose()?;
    Ok(AuditLine {
        number: row.get(0)?,
        at: Instant::from_millis(row.get(1)?),
        actor: row.get(2)?,
        reason: row.get(3)?,
        action,
        order: order.map(OrderId::from_bytes).zip(stage),
        before: row.get(7)?,
        after: row.get(8)?,
        hash: row.get(9)?,
    })
}
