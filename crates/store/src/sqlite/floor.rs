//! The floor of a benchmark: the same rows that commands left behind, written again by a loop that
//! decides nothing, checks nothing and reads nothing. What the rules cost is the distance to it.

use super::fault::Fault;
use super::open::open_to_write;
use super::save::{ADD_USAGE, UPDATE_BUCKET, UPDATE_LINE};
use farline_app::ports::StoreError;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many commands one transaction of the loop holds: as many as the writer takes at most.
const TOGETHER: usize = 256;

/// The tables to which commands add rows, and the rows of a line (cell ?1, id ?2) that are not in the
/// attached database `old`, in the order in which they were written.
const ADDED: [(&str, &str); 10] = [
    ("orders", "SELECT * FROM orders WHERE cell = ?1 AND line = ?2 ORDER BY id"),
    (
        "receipts",
        "SELECT r.* FROM orders o JOIN receipts r ON r.cell = o.cell AND r.order_id = o.id \
         WHERE o.cell = ?1 AND o.line = ?2 ORDER BY o.id",
    ),
    (
        "buckets",
        "SELECT * FROM buckets WHERE cell = ?1 AND line = ?2 AND number > \
         (SELECT buckets FROM old.lines WHERE cell = ?1 AND id = ?2) ORDER BY number",
    ),
    (
        "bucket_entries",
        "SELECT * FROM bucket_entries WHERE cell = ?1 AND line = ?2 AND number > \
         (SELECT bucket_entries FROM old.lines WHERE cell = ?1 AND id = ?2) ORDER BY number",
    ),
    (
        "charging_sessions",
        "SELECT * FROM charging_sessions WHERE cell = ?1 AND line = ?2 ORDER BY session",
    ),
    ("commands", "SELECT * FROM commands WHERE cell = ?1 AND line = ?2"),
    ("money_sets", "SELECT * FROM money_sets WHERE cell = ?1 AND line = ?2 ORDER BY number"),
    (
        "money_entries",
        "SELECT * FROM money_entries WHERE cell = ?1 AND line = ?2 ORDER BY set_number, position",
    ),
    ("jobs", "SELECT * FROM jobs WHERE cell = ?1 AND line = ?2 ORDER BY number"),
    (
        "audit",
        "SELECT * FROM audit WHERE cell = ?1 AND line = ?2 AND number > \
         (SELECT audit FROM old.lines WHERE cell = ?1 AND id = ?2) ORDER BY number",
    ),
];

/// Every line with commands, with how many there were.
const BUSY: &str = "SELECT n.cell, n.id, n.audit - o.audit FROM lines n JOIN old.lines o \
    ON o.cell = n.cell AND o.id = n.id WHERE n.audit > o.audit";
const LINE: &str = "SELECT cell, id, activated_on, expires_on, anniversary_day, busy, sweep_at, \
    buckets, bucket_entries, entry_sets, jobs, audit, audit_head FROM lines WHERE cell = ?1 AND id = ?2";
const DRAWN: &str = "SELECT n.cell, n.line, n.number, n.used, n.reserved FROM buckets n \
    JOIN old.buckets o ON o.cell = n.cell AND o.line = n.line AND o.number = n.number \
    WHERE n.cell = ?1 AND n.line = ?2 AND n.used <> o.used";
const USED: &str = "SELECT n.cell, n.line, n.date, n.kind, n.units, n.overrun, n.refused \
    FROM usage_days n \
    WHERE n.cell = ?1 AND n.line = ?2 AND NOT EXISTS (SELECT 1 FROM old.usage_days o \
    WHERE o.cell = n.cell AND o.line = n.line AND o.date = n.date AND o.kind = n.kind)";
const REFERENCES: &str = "SELECT reference, order_id FROM order_references";

/// One statement of a command with its values.
type Write = (usize, Vec<Value>);

/// What the loop did.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// How many commands' rows it wrote.
    pub commands: u64,
    /// In what time, all of it durable.
    pub took: Duration,
}

/// Writes into the database `old`, in batches of up to 256 commands, each committed durably, what
/// the database `new` has and `old` does not. Both are of one schema, and no store has them open.
/// Every command is taken to have written as much as every other on its line.
///
/// # Errors
/// If a database cannot be read or written.
pub fn write_again(new: &Path, old: &Path) -> Result<Floor, StoreError> {
    let mut statements: Vec<String> = Vec::new();
    let commands = gather(new, old, &mut statements).map_err(StoreError::from)?;
    let mut connection = open_to_write(old)?;
    let started = Instant::now();
    for batch in commands.chunks(TOGETHER) {
        write(&mut connection, &statements, batch).map_err(StoreError::from)?;
    }
    let took = started.elapsed();
    Ok(Floor { commands: u64::try_from(commands.len()).unwrap_or(u64::MAX), took })
}

fn write(
    connection: &mut Connection,
    statements: &[String],
    batch: &[Vec<Write>],
) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (statement, values) in batch.iter().flatten() {
        let mut prepared = transaction.prepare_cached(&statements[*statement])?;
        prepared.execute(rusqlite::params_from_iter(values))?;
    }
    transaction.commit()?;
    Ok(())
}

/// The writes of every command, in the order in which the commands were decided.
fn gather(new: &Path, old: &Path, statements: &mut Vec<String>) -> Result<Vec<Vec<Write>>, Fault> {
    let connection = Connection::open(new)?;
    connection.execute("ATTACH ?1 AS old", params![old.to_string_lossy()])?;
    let references = references(&connection)?;
    let busy: Vec<(Value, Value, u32)> = connection
        .prepare(BUSY)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut mixed: Vec<(i64, Vec<Write>)> = Vec::new();
    for (cell, line, count) in busy {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let of_line = of_line(&connection, (&cell, &line, count), (&references, statements))?;
        mixed.extend(of_line.into_iter().map(|writes| (decided_at(statements, &writes), writes)));
    }
    mixed.sort_by_key(|(at, _)| *at);
    Ok(mixed.into_iter().map(|(_, writes)| writes).collect())
}

/// When a command was decided, in milliseconds: its audit line says so.
fn decided_at(statements: &[String], writes: &[Write]) -> i64 {
    let audit =
        writes.iter().find(|(place, _)| statements[*place].starts_with("INSERT INTO audit"));
    match audit.and_then(|(_, values)| values.get(3)) {
        Some(Value::Integer(at)) => *at,
        _ => 0,
    }
}

fn references(connection: &Connection) -> Result<HashMap<Vec<u8>, Value>, Fault> {
    let mut statement = connection.prepare(REFERENCES)?;
    let rows = statement.query_map([], |row| Ok((row.get(1)?, row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn of_line(
    connection: &Connection,
    (cell, line, count): (&Value, &Value, usize),
    (references, statements): (&HashMap<Vec<u8>, Value>, &mut Vec<String>),
) -> Result<Vec<Vec<Write>>, Fault> {
    let mut commands: Vec<Vec<Write>> = vec![Vec::new(); count];
    let mut share = |sql: String, rows: Vec<Vec<Value>>| {
        let each = rows.len() / count;
        let known = statements.iter().position(|statement| *statement == sql);
        let statement = known.unwrap_or_else(|| {
            statements.push(sql);
            statements.len() - 1
        });
        for (nth, values) in rows.into_iter().enumerate().take(each * count) {
            commands[nth / each].push((statement, values));
        }
    };
    let rows = |sql: &str| -> Result<Vec<Vec<Value>>, Fault> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![cell, line], values_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    for (table, sql) in ADDED {
        let rows = rows(sql)?;
        let Some(columns) = rows.first().map(Vec::len) else { continue };
        if table == "orders" {
            let named = rows.iter().filter_map(|row| match &row[1] {
                Value::Blob(id) => Some(vec![references.get(id)?.clone(), row[1].clone()]),
                _ => None,
            });
            share("INSERT INTO order_references VALUES (?1, ?2)".to_owned(), named.collect());
        }
        share(insert(table, columns), rows);
    }
    let every_time = |rows: Vec<Vec<Value>>| -> Vec<Vec<Value>> {
        (0..count).flat_map(|_| rows.clone()).collect()
    };
    share(UPDATE_BUCKET.to_owned(), every_time(rows(DRAWN)?));
    share(ADD_USAGE.to_owned(), every_time(rows(USED)?));
    share(UPDATE_LINE.to_owned(), every_time(rows(LINE)?));
    Ok(commands)
}

fn values_of(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}

fn insert(table: &str, columns: usize) -> String {
    let places: Vec<String> = (1..=columns).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO {table} VALUES ({})", places.join(", "))
}
