//! Reads everything that is kept for the checker of the invariants, from one snapshot, beside running
//! servers.

use super::PostgresStore;
use super::fault::{Fault, Reach};
use super::session::Session;
use super::values::line_key;
use super::{check_shops, check_subjects};
use crate::check::directories::{Counts, Question};
use crate::check::history::{
    History, JobsByLine, bucket_of, debited_of, depleted_of, held_of, job_of, order_of,
};
use crate::check::{Checker, Violation};
use crate::kept::journal::journal_of;
use crate::kept::lines::line_of;
use crate::kept::row::Row as _;
use farline_domain::kernel::LineId;
use tokio_postgres::Row;

/// Lines whose ids are read at once.
const PAGE: i64 = 1000;

statements! {
    LINES = "SELECT cell, id FROM lines WHERE (cell, id) > ($1, $2) ORDER BY cell, id LIMIT $3";
    LINE = "SELECT msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, \
        audit_head, journal_at, newest_order, closes_on, auto_renew FROM lines WHERE cell = $1 AND id = $2";
    BUCKETS = "SELECT number, kind, granted, used, reserved, valid_until FROM buckets \
        WHERE cell = $1 AND line = $2 ORDER BY number";
    HELD = "SELECT bucket, SUM(units)::bigint FROM reservations WHERE cell = $1 AND line = $2 \
        GROUP BY bucket";
    // A session that holds something has to run.
    HELD_BY_NOBODY = "SELECT DISTINCT r.session FROM reservations r LEFT JOIN charging_sessions s \
        ON s.cell = r.cell AND s.line = r.line AND s.session = r.session \
        WHERE r.cell = $1 AND r.line = $2 AND (s.session IS NULL OR s.ended_at IS NOT NULL)";
    DEBITED = "SELECT kind, SUM(used)::bigint FROM charging_sessions WHERE cell = $1 AND line = $2 \
        GROUP BY kind";
    DEPLETED = "SELECT DISTINCT bucket FROM depletions WHERE cell = $1 AND line = $2";
    ORDERS = "WITH RECURSIVE followed AS (\
        SELECT o.* FROM lines l JOIN orders o ON o.cell = $1 AND o.id = l.newest_order \
        WHERE l.cell = $1 AND l.id = $2 \
        UNION ALL SELECT o.* FROM followed f JOIN orders o ON o.cell = $1 AND o.id = f.previous) \
        SELECT o.id, o.stage, o.task_by, o.body, r.number, r.canonical, r.hash \
        FROM followed o LEFT JOIN receipts r ON r.cell = $1 AND r.order_id = o.id ORDER BY o.id";
    JOBS = "SELECT line, number, kind, order_id FROM jobs WHERE cell >= 0 ORDER BY due, line, number";
    // Each row leads to the one before.
    JOURNAL = "WITH RECURSIVE followed AS (\
        SELECT j.* FROM lines l JOIN journal j \
        ON j.at = l.journal_at AND j.cell = $1 AND j.line = l.id AND j.number = l.audit \
        WHERE l.cell = $1 AND l.id = $2 \
        UNION ALL SELECT j.* FROM followed f JOIN journal j \
        ON j.at = f.previous_at AND j.cell = $1 AND j.line = $2 AND j.number = f.number - 1) \
        SELECT number, at, actor, reason, action, order_id, stage, before, after, hash, \
        bucket_entries, entry_sets FROM followed ORDER BY number";
    // Directories lie in cells of their own, so on a spread-out database their rows are fetched
    // first: that is what OFFSET 0 asks for.
    LINES_WITHOUT_ICCID = "SELECT l.id FROM lines l LEFT JOIN \
        (SELECT iccid, line FROM iccids WHERE cell >= 0 OFFSET 0) i ON i.iccid = l.iccid \
        WHERE l.cell >= 0 AND i.line IS DISTINCT FROM l.id LIMIT 20";
    LINES_WITHOUT_NUMBER = "SELECT l.id FROM lines l LEFT JOIN \
        (SELECT number, line FROM numbers WHERE cell >= 0 OFFSET 0) n ON n.number = l.msisdn \
        WHERE l.cell >= 0 AND l.msisdn IS NOT NULL AND n.line IS DISTINCT FROM l.id LIMIT 20";
    LINE_COUNTS = "SELECT (SELECT COUNT(*) FROM lines WHERE cell >= 0), \
        (SELECT COUNT(*) FROM lines WHERE cell >= 0 AND msisdn IS NOT NULL), \
        (SELECT COUNT(*) FROM iccids), (SELECT COUNT(*) FROM numbers)";
    ORDERS_WITHOUT_REFERENCE = "SELECT o.id FROM orders o \
        LEFT JOIN order_references r ON r.cell = o.cell \
        AND r.reference = replace(o.body::jsonb ->> 'reference', '-', '') \
        WHERE o.cell >= 0 AND r.order_id IS DISTINCT FROM o.id LIMIT 20";
    NAMES_WITHOUT_TERMS = "SELECT n.line FROM holder_names n WHERE n.cell >= 0 AND NOT EXISTS \
        (SELECT 1 FROM holder_terms t WHERE t.cell = n.cell AND t.line = n.line) LIMIT 20";
    JOURNAL_COUNT = "SELECT COUNT(*) FROM journal WHERE cell >= 0";
    ORDER_COUNTS = "SELECT (SELECT COUNT(*) FROM orders WHERE cell >= 0), \
        (SELECT COUNT(*) FROM order_references WHERE cell >= 0), \
        (SELECT COUNT(*) FROM orders WHERE cell >= 0 \
        AND body::jsonb #>> '{payer,account}' IS NOT NULL), \
        (SELECT COUNT(*) FROM account_orders a JOIN (SELECT id FROM orders WHERE cell >= 0 \
        OFFSET 0) o ON o.id = a.order_id WHERE a.cell >= 0)";
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

/// Recomputes every invariant from one snapshot. A row that cannot be understood is a violation.
pub(super) async fn violations(store: &PostgresStore) -> Result<Vec<Violation>, Fault> {
    let mut session = store.session().await?;
    session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    // It reads everything, which may take longer than ordinary work is given.
    let found = async {
        session.say("SET LOCAL statement_timeout = 0").await?;
        check(&session).await
    }
    .await;
    session.end(found).await
}

async fn check(session: &Session) -> Result<Vec<Violation>, Fault> {
    let mut checker = Checker::default();
    let mut jobs = jobs(session).await?;
    let (mut cell, mut after) = (-1_i16, Vec::new());
    loop {
        let page = session.rows(LINES, &[&cell, &after, &PAGE]).await?;
        for row in &page {
            let id = LineId::from_bytes(row.array(1)?);
            match history(session, id, &mut jobs).await {
                Ok(history) => checker.line(&history),
                Err(fault) if fault.reach() == Reach::Work => {
                    checker.unreadable(id, &fault.to_string());
                }
                Err(fault) => return Err(fault),
            }
        }
        let Some(last) = page.last() else {
            break;
        };
        (cell, after) = (last.small(0)?, last.some_octets(1)?.unwrap_or_default().to_vec());
    }
    for question in Question::ALL {
        let rows = session.rows(sql_of(question), &[]).await?;
        let ids: Result<_, Fault> = rows.iter().map(|row| row.array(0)).collect();
        checker.stray(question, ids?);
    }
    checker.counted(&counts(session).await?);
    check_subjects::check(session, &mut checker).await?;
    check_shops::check(session, &mut checker).await?;
    Ok(checker.finish())
}

async fn jobs(session: &Session) -> Result<JobsByLine, Fault> {
    let mut jobs = JobsByLine::new();
    for row in session.rows(JOBS, &[]).await? {
        let (line, job) = job_of(&row)?;
        jobs.entry(line).or_default().push(job);
    }
    Ok(jobs)
}

async fn counts(session: &Session) -> Result<Counts, Fault> {
    let lines = session.rows(LINE_COUNTS, &[]).await?;
    let orders = session.rows(ORDER_COUNTS, &[]).await?;
    let journal = session.rows(JOURNAL_COUNT, &[]).await?;
    let of = |rows: &[Row], column: usize| {
        rows.first().map(|row| row.number(column)).transpose().map(Option::unwrap_or_default)
    };
    Ok(Counts {
        journal: of(&journal, 0)?,
        lines: of(&lines, 0)?,
        lines_with_number: of(&lines, 1)?,
        iccids: of(&lines, 2)?,
        numbers: of(&lines, 3)?,
        orders: of(&orders, 0)?,
        references: of(&orders, 1)?,
        orders_of_accounts: of(&orders, 2)?,
        account_orders: of(&orders, 3)?,
    })
}

async fn history(session: &Session, id: LineId, jobs: &mut JobsByLine) -> Result<History, Fault> {
    let (cell, line) = line_key(id);
    let key: super::session::Parameters<'_> = &[&cell, &line];
    let row = session.row(LINE, key).await?;
    let row = row.ok_or_else(|| Fault::Unreadable("the line is gone".to_owned()))?;
    let (buckets, held, orders, journal) = futures_util::try_join!(
        session.rows(BUCKETS, key),
        session.rows(HELD, key),
        session.rows(ORDERS, key),
        session.rows(JOURNAL, key),
    )?;
    let (held_by_nobody, debited, depleted) = futures_util::try_join!(
        session.rows(HELD_BY_NOBODY, key),
        session.rows(DEBITED, key),
        session.rows(DEPLETED, key),
    )?;
    let history = History {
        row: line_of(&row, id)?,
        buckets: read(&buckets, bucket_of)?,
        entries: Vec::new(),
        held: read(&held, held_of)?.into_iter().collect(),
        held_by_nobody: held_by_nobody.len(),
        debited: read(&debited, debited_of)?,
        depleted: read(&depleted, depleted_of)?,
        sets: Vec::new(),
        orders: read(&orders, order_of)?,
        jobs: jobs.remove(&id).unwrap_or_default(),
        audit: Vec::new(),
    };
    Ok(history.with_journal(read(&journal, journal_of)?))
}

fn read<T>(rows: &[Row], value_of: impl Fn(&Row) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    rows.iter().map(value_of).collect()
}
