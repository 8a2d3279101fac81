//! Reads everything that is kept for the checker of the invariants, from one snapshot, beside a
//! running server.

use super::fault::Fault;
use super::load::line_row;
use super::open::open_to_check;
use super::{check_shops, check_subjects};
use crate::check::directories::{Counts, Question};
use crate::check::history::{
    History, JobsByLine, bucket_of, debited_of, depleted_of, held_of, job_of, order_of,
};
use crate::check::{Checker, Violation};
use crate::kept::journal::journal_of;
use crate::kept::values::{IdBytes, line_key};
use farline_app::ports::StoreError;
use farline_domain::kernel::LineId;
use rusqlite::{Connection, Row, Statement, params};
use std::path::Path;

statements! {
    LINES = "SELECT cell, id FROM lines ORDER BY cell, id";
    BUCKETS = "SELECT number, kind, granted, used, reserved, valid_until FROM buckets \
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
    ORDERS = "WITH RECURSIVE followed AS (\
        SELECT o.* FROM lines l JOIN orders o ON o.cell = l.cell AND o.id = l.newest_order \
        WHERE l.cell = ?1 AND l.id = ?2 \
        UNION ALL SELECT o.* FROM followed f JOIN orders o ON o.cell = ?1 AND o.id = f.previous) \
        SELECT o.id, o.stage, o.task_by, o.body, r.number, r.canonical, r.hash \
        FROM followed o LEFT JOIN receipts r ON r.cell = o.cell AND r.order_id = o.id ORDER BY o.id";
    JOBS = "SELECT line, number, kind, order_id FROM jobs WHERE cell >= 0 ORDER BY due, line, number";
    // Each row leads to the one before.
    JOURNAL = "WITH RECURSIVE followed AS (\
        SELECT j.* FROM lines l JOIN journal j \
        ON j.at = l.journal_at AND j.cell = l.cell AND j.line = l.id AND j.number = l.audit \
        WHERE l.cell = ?1 AND l.id = ?2 \
        UNION ALL SELECT j.* FROM followed f JOIN journal j \
        ON j.at = f.previous_at AND j.cell = ?1 AND j.line = ?2 AND j.number = f.number - 1) \
        SELECT number, at, actor, reason, action, order_id, stage, before, after, hash, \
        bucket_entries, entry_sets FROM followed ORDER BY number";

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
    NAMES_WITHOUT_TERMS = "SELECT n.line FROM holder_names n WHERE n.cell >= 0 AND NOT EXISTS \
        (SELECT 1 FROM holder_terms t WHERE t.cell = n.cell AND t.line = n.line) LIMIT 20";
    JOURNAL_COUNT = "SELECT COUNT(*) FROM journal WHERE cell >= 0";
    ORDER_COUNTS = "SELECT (SELECT COUNT(*) FROM orders WHERE cell >= 0), \
        (SELECT COUNT(*) FROM order_references), \
        (SELECT COUNT(*) FROM orders WHERE cell >= 0 \
        AND json_extract(body, '$.payer.account') IS NOT NULL), \
        (SELECT COUNT(*) FROM account_orders)";
    ORPHAN_BUCKETS = "SELECT t.line FROM buckets t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_RESERVATIONS = "SELECT t.line FROM reservations t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_SESSIONS = "SELECT t.line FROM charging_sessions t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_DEPLETIONS = "SELECT t.line FROM depletions t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_ORDERS = "SELECT t.line FROM orders t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_JOURNAL = "SELECT t.line FROM journal t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_JOBS = "SELECT t.line FROM jobs t WHERE NOT EXISTS \
        (SELECT 1 FROM lines l WHERE l.cell = t.cell AND l.id = t.line) LIMIT 20";
    ORPHAN_RECEIPTS = "SELECT t.order_id FROM receipts t WHERE NOT EXISTS \
        (SELECT 1 FROM orders o WHERE o.cell = t.cell AND o.id = t.order_id) LIMIT 20";
    ORPHAN_TERMS = "SELECT t.line FROM holder_terms t WHERE NOT EXISTS \
        (SELECT 1 FROM holder_names n WHERE n.cell = t.cell AND n.line = t.line) LIMIT 20";
}

const fn sql_of(question: Question) -> &'static str {
    match question {
        Question::LinesWithoutIccid => LINES_WITHOUT_ICCID,
        Question::LinesWithoutNumber => LINES_WITHOUT_NUMBER,
        Question::OrdersWithoutReference => ORDERS_WITHOUT_REFERENCE,
        Question::NamesWithoutTerms => NAMES_WITHOUT_TERMS,
        Question::OrphanBuckets => ORPHAN_BUCKETS,
        Question::OrphanReservations => ORPHAN_RESERVATIONS,
        Question::OrphanSessions => ORPHAN_SESSIONS,
        Question::OrphanDepletions => ORPHAN_DEPLETIONS,
        Question::OrphanOrders => ORPHAN_ORDERS,
        Question::OrphanJournal => ORPHAN_JOURNAL,
        Question::OrphanJobs => ORPHAN_JOBS,
        Question::OrphanReceipts => ORPHAN_RECEIPTS,
        Question::OrphanTerms => ORPHAN_TERMS,
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
    let mut jobs = jobs(&snapshot)?;
    let mut lines = snapshot.prepare(LINES)?;
    let mut rows = lines.query([])?;
    while let Some(row) = rows.next()? {
        let id = LineId::from_bytes(row.get::<_, IdBytes>(1)?);
        match statements.history(&snapshot, id, &mut jobs) {
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
    check_shops::check(&snapshot, &mut checker)?;
    Ok(checker.finish())
}

fn jobs(connection: &Connection) -> Result<JobsByLine, Fault> {
    let mut statement = connection.prepare(JOBS)?;
    let mut rows = statement.query([])?;
    let mut jobs = JobsByLine::new();
    while let Some(row) = rows.next()? {
        let (line, job) = job_of(row)?;
        jobs.entry(line).or_default().push(job);
    }
    Ok(jobs)
}

fn counts(connection: &Connection) -> Result<Counts, Fault> {
    let four = |sql: &str| -> rusqlite::Result<(i64, i64, i64, i64)> {
        let mut statement = connection.prepare(sql)?;
        statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
    };
    let (lines, lines_with_number, iccids, numbers) = four(LINE_COUNTS)?;
    let (orders, references, orders_of_accounts, account_orders) = four(ORDER_COUNTS)?;
    let journal = connection.prepare(JOURNAL_COUNT)?.query_row([], |row| row.get(0))?;
    Ok(Counts {
        lines,
        lines_with_number,
        iccids,
        numbers,
        orders,
        journal,
        references,
        orders_of_accounts,
        account_orders,
    })
}

/// The statements that read a line's history, prepared once.
struct Statements<'a> {
    buckets: Statement<'a>,
    held: Statement<'a>,
    held_by_nobody: Statement<'a>,
    debited: Statement<'a>,
    depleted: Statement<'a>,
    orders: Statement<'a>,
    journal: Statement<'a>,
}

impl<'a> Statements<'a> {
    fn prepare(connection: &'a Connection) -> Result<Self, Fault> {
        Ok(Self {
            buckets: connection.prepare(BUCKETS)?,
            held: connection.prepare(HELD)?,
            held_by_nobody: connection.prepare(HELD_BY_NOBODY)?,
            debited: connection.prepare(DEBITED)?,
            depleted: connection.prepare(DEPLETED)?,
            orders: connection.prepare(ORDERS)?,
            journal: connection.prepare(JOURNAL)?,
        })
    }

    fn history(
        &mut self,
        connection: &Connection,
        id: LineId,
        jobs: &mut JobsByLine,
    ) -> Result<History, Fault> {
        let row = line_row(connection, id)?;
        let row = row.ok_or_else(|| Fault::Unreadable("the line is gone".to_owned()))?;
        let key = line_key(id);
        let history = History {
            row,
            buckets: read(&mut self.buckets, key, |row| bucket_of(row))?,
            entries: Vec::new(),
            held: read(&mut self.held, key, |row| held_of(row))?.into_iter().collect(),
            held_by_nobody: read(&mut self.held_by_nobody, key, |_| Ok(()))?.len(),
            debited: read(&mut self.debited, key, |row| debited_of(row))?,
            depleted: read(&mut self.depleted, key, |row| depleted_of(row))?,
            sets: Vec::new(),
            orders: read(&mut self.orders, key, |row| order_of(row))?,
            jobs: jobs.remove(&id).unwrap_or_default(),
            audit: Vec::new(),
        };
        Ok(history.with_journal(read(&mut self.journal, key, |row| journal_of(row))?))
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
