//! Reads everything that is kept for the checker of the invariants, from one snapshot, beside a
//! running server.

use super::check_subjects;
use super::fault::Fault;
use super::load::line_row;
use super::open::open_to_check;
use crate::check::directories::{Counts, Question};
use crate::check::history::{
    History, audit_of, bucket_of, debited_of, depleted_of, entry_of, held_of, job_of, money_of,
    order_of, set_of,
};
use crate::check::{Checker, Violation};
use crate::kept::values::{IdBytes, line_key};
use farline_app::ports::StoreError;
use farline_domain::kernel::LineId;
use rusqlite::{Connection, Row, Statement, params};
use std::path::Path;

statements! {
    LINES = "SELECT cell, id FROM lines ORDER BY cell, id";
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

    LINES_WITHOUT_ICCID = "SELECT l.id FROM lines l LEFT JOIN iccids i ON i.iccid = l.iccid \
        WHERE l.cell >= 0 AND i.line IS NOT l.id LIMIT 20";
    LINES_WITHOUT_NUMBER = "SELECT l.id FROM lines l LEFT JOIN numbers n ON n.number = l.msisdn \
        WHERE l.cell >= 0 AND l.msisdn IS NOT NULL AND n.line IS NOT l.id LIMIT 20";
    LINE_COUNTS = "SELECT (SELECT COUNT(*) FROM lines WHERE cell >= 0), \
        (SELECT COUNT(*) FROM lines WHERE cell >= 0 AND msisdn IS NOT NULL), \
        (SELECT COUNT(*) FROM iccids), (SELECT COUNT(*) FROM numbers)";
    ORDERS_WITHOUT_REFERENCE = "SELECT o.id FROM orders o \
        LEFT JOIN order_references r ON r.reference = json_extract(o.body, '$.reference') \
        WHERE o.cell >= 0 AND r.order_id IS NOT o.id LIMIT 20";
    ORDER_COUNTS = "SELECT (SELECT COUNT(*) FROM orders WHERE cell >= 0), \
        (SELECT COUNT(*) FROM order_references), \
        (SELECT COUNT(*) FROM orders WHERE cell >= 0 \
        AND json_extract(body, '$.payer.account') IS NOT NULL), \
        (SELECT COUNT(*) FROM account_orders)";
    ORPHAN_BUCKETS = "SELECT t.line FROM buckets t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_BUCKET_ENTRIES = "SELECT t.line FROM bucket_entries t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_RESERVATIONS = "SELECT t.line FROM reservations t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_SESSIONS = "SELECT t.line FROM charging_sessions t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_DEPLETIONS = "SELECT t.line FROM depletions t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_ORDERS = "SELECT t.line FROM orders t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_SETS = "SELECT t.line FROM money_sets t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_AUDIT = "SELECT t.line FROM audit t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_JOBS = "SELECT t.line FROM jobs t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_RECEIPTS = "SELECT t.order_id FROM receipts t WHERE NOT EXISTS \
        (SELECT 1 FROM orders o WHERE o.cell = t.cell AND o.id = t.order_id) LIMIT 20";
}

const fn sql_of(question: Question) -> &'static str {
    match question {
        Question::LinesWithoutIccid => LINES_WITHOUT_ICCID,
        Question::LinesWithoutNumber => LINES_WITHOUT_NUMBER,
        Question::OrdersWithoutReference => ORDERS_WITHOUT_REFERENCE,
        Question::OrphanBuckets => ORPHAN_BUCKETS,
        Question::OrphanBucketEntries => ORPHAN_BUCKET_ENTRIES,
        Question::OrphanReservations => ORPHAN_RESERVATIONS,
        Question::OrphanSessions => ORPHAN_SESSIONS,
        Question::OrphanDepletions => ORPHAN_DEPLETIONS,
        Question::OrphanOrders => ORPHAN_ORDERS,
        Question::OrphanSets => ORPHAN_SETS,
        Question::OrphanAudit => ORPHAN_AUDIT,
        Question::OrphanJobs => ORPHAN_JOBS,
        Question::OrphanReceipts => ORPHAN_RECEIPTS,
    }
}

/// Recomputes every invariant from one snapshot of a file. A row that cannot be understood is a
/// violation.
pub(super) fn violations(path: &Path) -> Result<Vec<Violation>, StoreError> {
    Ok(check(&open_to_check(path)?)?)
}

fn check(connection: &Connection) -> Result<Vec<Violation>, Fault> {
    let snapshot = connection.unchecked_transaction()?;
    let mut checker = Checker::default();
    let mut statements = Statements::prepare(&snapshot)?;
    let mut lines = snapshot.prepare(LINES)?;
    let mut rows = lines.query([])?;
    while let Some(row) = rows.next()? {
        let id = LineId::from_bytes(row.get::<_, IdBytes>(1)?);
        match statements.history(&snapshot, id) {
            Ok(history) => checker.line(&history),
            Err(Fault::Sql(error)) if error.sqlite_error_code().is_some() => {
                return Err(Fault::Sql(error));
            }
            Err(fault) => checker.unreadable(id, &fault.to_string()),
        }
    }
    for question in Question::ALL {
        let mut statement = snapshot.prepare(sql_of(question))?;
        let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        checker.stray(question, ids);
    }
    checker.counted(&counts(&snapshot)?);
    check_subjects::check(&snapshot, &mut checker)?;
    Ok(checker.finish())
}

fn counts(connection: &Connection) -> Result<Counts, Fault> {
    let four = |sql: &str| -> rusqlite::Result<(i64, i64, i64, i64)> {
        let mut statement = connection.prepare(sql)?;
        statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
    };
    let (lines, lines_with_number, iccids, numbers) = four(LINE_COUNTS)?;
    let (orders, references, orders_of_accounts, account_orders) = four(ORDER_COUNTS)?;
    Ok(Counts {
        lines,
        lines_with_number,
        iccids,
        numbers,
        orders,
        references,
        orders_of_accounts,
        account_orders,
    })
}

/// The statements that read a line's history, prepared once.
struct Statements<'a> {
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
    fn prepare(connection: &'a Connection) -> Result<Self, Fault> {
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

    fn history(&mut self, connection: &Connection, id: LineId) -> Result<History, Fault> {
        let row = line_row(connection, id)?;
        let row = row.ok_or_else(|| Fault::Unreadable("the line is gone".to_owned()))?;
        let key = line_key(id);
        let history = History {
            row,
            buckets: read(&mut self.buckets, key, |row| bucket_of(row))?,
            entries: read(&mut self.entries, key, |row| entry_of(row))?,
            held: read(&mut self.held, key, |row| held_of(row))?.into_iter().collect(),
            held_by_nobody: read(&mut self.held_by_nobody, key, |_| Ok(()))?.len(),
            debited: read(&mut self.debited, key, |row| debited_of(row))?,
            depleted: read(&mut self.depleted, key, |row| depleted_of(row))?,
            sets: read(&mut self.sets, key, |row| set_of(row))?,
            stray_entries: Vec::new(),
            orders: read(&mut self.orders, key, |row| order_of(row))?,
            jobs: read(&mut self.jobs, key, |row| job_of(row))?,
            audit: read(&mut self.audit, key, |row| audit_of(row))?,
        };
        Ok(history.with_money(read(&mut self.money, key, |row| money_of(row))?))
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
