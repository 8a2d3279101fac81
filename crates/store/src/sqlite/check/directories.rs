//! What spans lines: directories, and rows without a line.

use super::super::fault::Fault;
use super::super::values::IdBytes;
use super::{Findings, Rule};
use farline_domain::kernel::{LineId, OrderId};
use rusqlite::Connection;

statements! {
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

fn ids(connection: &Connection, sql: &str) -> Result<Vec<IdBytes>, Fault> {
    let mut statement = connection.prepare(sql)?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

pub(super) fn check(connection: &Connection, findings: &mut Findings) -> Result<(), Fault> {
    let of_lines = [
        (Rule::Directories, LINES_WITHOUT_ICCID, "its ICCID does not lead to it"),
        (Rule::Directories, LINES_WITHOUT_NUMBER, "its number does not lead to it"),
        (Rule::Orphans, ORPHAN_BUCKETS, "buckets of a line that is not there"),
        (Rule::Orphans, ORPHAN_BUCKET_ENTRIES, "bucket entries of a line that is not there"),
        (Rule::Orphans, ORPHAN_RESERVATIONS, "reservations of a line that is not there"),
        (Rule::Orphans, ORPHAN_SESSIONS, "sessions of a line that is not there"),
        (Rule::Orphans, ORPHAN_DEPLETIONS, "depletions of a line that is not there"),
        (Rule::Orphans, ORPHAN_ORDERS, "orders of a line that is not there"),
        (Rule::Orphans, ORPHAN_SETS, "money entries of a line that is not there"),
        (Rule::Orphans, ORPHAN_AUDIT, "an audit of a line that is not there"),
        (Rule::Orphans, ORPHAN_JOBS, "jobs of a line that is not there"),
    ];
    for (rule, sql, found) in of_lines {
        for id in ids(connection, sql)? {
            findings.add(rule, LineId::from_bytes(id), found);
        }
    }
    let of_orders = [
        (Rule::Directories, ORDERS_WITHOUT_REFERENCE, "its reference does not lead to it"),
        (Rule::Orphans, ORPHAN_RECEIPTS, "a receipt of an order that is not there"),
    ];
    for (rule, sql, found) in of_orders {
        for id in ids(connection, sql)? {
            findings.add(rule, OrderId::from_bytes(id), found);
        }
    }
    counts(connection, (LINE_COUNTS, ["ICCIDs", "numbers"]), findings, |row| {
        Ok([(row.get(2)?, row.get(0)?), (row.get(3)?, row.get(1)?)])
    })?;
    counts(connection, (ORDER_COUNTS, ["references", "orders of accounts"]), findings, |row| {
        Ok([(row.get(1)?, row.get(0)?), (row.get(3)?, row.get(2)?)])
    })
}

/// A directory has as many rows as there are things to find.
fn counts(
    connection: &Connection,
    (sql, names): (&str, [&str; 2]),
    findings: &mut Findings,
    pairs: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<[(i64, i64); 2]>,
) -> Result<(), Fault> {
    let pairs = connection.prepare(sql)?.query_row([], |row| pairs(row))?;
    for (name, pair) in names.into_iter().zip(pairs) {
        findings.agree((Rule::Directories, name), "the count", pair);
    }
    Ok(())
}
