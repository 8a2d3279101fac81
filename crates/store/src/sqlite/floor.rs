//! The floor of a benchmark: the same rows that commands left behind, written again by a loop that
//! decides nothing, checks nothing and reads nothing. What the rules cost is the distance to it.

use super::fault::Fault;
use super::import::IMPORT_CACHE_KIB;
use super::open::open_to_write;
use super::save::{ADD_HOUR, ADD_USAGE, CLOSES_ON, UPDATE_BUCKET, UPDATE_LINE};
use crate::floor::{Floor, IMPORTED};
use farline_app::ports::StoreError;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

/// How many commands one transaction of the loop holds: as many as the writer takes at most.
const TOGETHER: usize = 256;

/// What commands added to a table, and in which column the line stands: the rows that are not in the
/// attached database `old`, in the order in which they were written.
const ADDED: [(&str, usize, &str); 8] = [
    (
        "orders",
        2,
        "SELECT n.* FROM orders n WHERE NOT EXISTS (SELECT 1 FROM old.orders o \
         WHERE o.id = n.id AND o.cell = n.cell) ORDER BY n.id",
    ),
    (
        "order_references",
        2,
        "SELECT n.*, d.line FROM order_references n JOIN orders d ON d.id = n.order_id \
         WHERE NOT EXISTS (SELECT 1 FROM old.order_references o WHERE o.reference = n.reference) \
         ORDER BY n.order_id",
    ),
    (
        "receipts",
        2,
        "SELECT n.* FROM receipts n WHERE NOT EXISTS (SELECT 1 FROM old.receipts o \
         WHERE o.order_id = n.order_id AND o.cell = n.cell) ORDER BY n.order_id",
    ),
    (
        "buckets",
        1,
        "SELECT n.* FROM buckets n JOIN old.lines o ON o.cell = n.cell AND o.id = n.line \
         WHERE n.number > o.buckets ORDER BY n.cell, n.line, n.number",
    ),
    (
        "charging_sessions",
        1,
        "SELECT n.* FROM charging_sessions n WHERE NOT EXISTS (SELECT 1 FROM old.charging_sessions o \
         WHERE o.cell = n.cell AND o.line = n.line AND o.session = n.session) ORDER BY n.session",
    ),
    (
        "commands",
        1,
        "SELECT n.* FROM commands n WHERE NOT EXISTS (SELECT 1 FROM old.commands o \
         WHERE o.cell = n.cell AND o.line = n.line AND o.key = n.key)",
    ),
    (
        "jobs",
        2,
        "SELECT n.* FROM jobs n JOIN old.lines o ON o.cell = n.cell AND o.id = n.line \
         WHERE n.number > o.jobs ORDER BY n.number",
    ),
    (
        "journal",
        1,
        "SELECT n.* FROM journal n JOIN old.lines o ON o.cell = n.cell AND o.id = n.line \
         WHERE n.number > o.audit ORDER BY n.number",
    ),
];

/// What commands changed, again and again: every command of a line writes its last state.
const CHANGED: [(&str, usize, &str); 4] = [
    (
        UPDATE_BUCKET,
        1,
        "SELECT n.cell, n.line, n.number, n.used, n.reserved FROM buckets n \
         JOIN old.buckets o ON o.cell = n.cell AND o.line = n.line AND o.number = n.number \
         WHERE n.used <> o.used",
    ),
    (
        ADD_USAGE,
        1,
        "SELECT n.cell, n.line, n.date, n.kind, n.units, n.overrun, n.refused FROM usage_days n \
         WHERE NOT EXISTS (SELECT 1 FROM old.usage_days o \
         WHERE o.cell = n.cell AND o.line = n.line AND o.date = n.date AND o.kind = n.kind)",
    ),
    (
        ADD_HOUR,
        1,
        "SELECT n.cell, n.line, n.place, n.kind, n.hour, n.week, n.units FROM usage_hours n \
         WHERE NOT EXISTS (SELECT 1 FROM old.usage_hours o WHERE o.cell = n.cell \
         AND o.line = n.line AND o.place = n.place AND o.kind = n.kind AND o.hour = n.hour)",
    ),
    (
        UPDATE_LINE,
        1,
        "SELECT n.cell, n.id, n.activated_on, n.expires_on, n.anniversary_day, n.busy, n.sweep_at, \
         n.buckets, n.bucket_entries, n.entry_sets, n.jobs, n.audit, n.audit_head, n.journal_at, \
         n.newest_order FROM lines n JOIN old.lines o ON o.cell = n.cell AND o.id = n.id \
         WHERE n.audit > o.audit",
    ),
];

/// What a command changes now and then: the first of a line writes it.
const ONCE: (&str, usize, &str) = (
    CLOSES_ON,
    1,
    "SELECT n.cell, n.id, n.closes_on FROM lines n JOIN old.lines o ON o.cell = n.cell AND o.id = n.id \
     WHERE n.closes_on IS NOT o.closes_on",
);

/// How many commands each line has seen, and when the last one was.
const BUSY: &str = "SELECT n.id, n.audit - o.audit FROM lines n \
    JOIN old.lines o ON o.cell = n.cell AND o.id = n.id WHERE n.audit > o.audit";

/// One statement of a command with its values.
type Write = (usize, Vec<Value>);
type LineId = [u8; 16];

/// Writes into the database `old`, in batches of up to 256 commands, each committed durably, what
/// the database `new` has and `old` does not. Both are of one schema, and no store has them open.
/// Every command is taken to have written as much as every other on its line.
///
/// # Errors
/// If a database cannot be read or written.
pub fn write_again(new: &Path, old: &Path) -> Result<Floor, StoreError> {
    let mut gathered = Gathered::default();
    let commands = gathered.commands(new, old).map_err(StoreError::from)?;
    let mut writing = open_to_write(old)?;
    let started = Instant::now();
    for batch in commands.chunks(TOGETHER) {
        write(&mut writing.connection, &gathered.statements, batch).map_err(StoreError::from)?;
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

/// Copies into the database `old` the lines that the database `new` has imported, in one durable
/// transaction and with an import's room for pages. Both are of one schema, and no store has them open.
///
/// # Errors
/// If a database cannot be read or written.
pub fn copy_lines(new: &Path, old: &Path) -> Result<Floor, StoreError> {
    let writing = open_to_write(old)?;
    copied(&writing.connection, new).map_err(StoreError::from)
}

fn copied(connection: &Connection, new: &Path) -> Result<Floor, Fault> {
    connection.pragma_update(None, "cache_size", -IMPORT_CACHE_KIB)?;
    connection.execute("ATTACH ?1 AS new", params![new.to_string_lossy()])?;
    let started = Instant::now();
    let mut count = 0;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for table in IMPORTED {
        let rows =
            connection.execute(&format!("INSERT INTO {table} SELECT * FROM new.{table}"), [])?;
        if table == IMPORTED[0] {
            count = u64::try_from(rows).unwrap_or(u64::MAX);
        }
    }
    connection.execute_batch("COMMIT")?;
    let took = started.elapsed();
    // Into the file, whose size is looked at.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(Floor { commands: count, took })
}

/// The commands of every line, with what each is to write.
#[derive(Default)]
struct Gathered {
    statements: Vec<String>,
    lines: HashMap<LineId, Vec<Vec<Write>>>,
}

impl Gathered {
    /// The writes of every command, in the order in which the commands were decided.
    fn commands(&mut self, new: &Path, old: &Path) -> Result<Vec<Vec<Write>>, Fault> {
        let connection = Connection::open(new)?;
        connection.execute("ATTACH ?1 AS old", params![old.to_string_lossy()])?;
        let mut busy = connection.prepare(BUSY)?;
        let mut rows = busy.query([])?;
        while let Some(row) = rows.next()? {
            self.lines.insert(row.get(0)?, vec![Vec::new(); row.get::<_, u32>(1)? as usize]);
        }
        for (table, line_at, sql) in ADDED {
            let (rows, columns) = by_line(&connection, sql, line_at)?;
            // The line of a reference is looked up, not kept.
            let kept = if table == "order_references" { columns - 1 } else { columns };
            let statement = self.statement(insert(table, kept));
            self.share(statement, rows, kept);
        }
        for (sql, line_at, changed) in CHANGED {
            let statement = self.statement(sql.to_owned());
            for (line, rows) in by_line(&connection, changed, line_at)?.0 {
                for command in self.lines.get_mut(&line).into_iter().flatten() {
                    command.extend(rows.iter().map(|row| (statement, row.clone())));
                }
            }
        }
        let (sql, line_at, once) = ONCE;
        let statement = self.statement(sql.to_owned());
        for (line, rows) in by_line(&connection, once, line_at)?.0 {
            let first = self.lines.get_mut(&line).and_then(|commands| commands.first_mut());
            if let Some(first) = first {
                first.extend(rows.iter().map(|row| (statement, row.clone())));
            }
        }
        let journal = self.statements.iter().position(|sql| sql.starts_with("INSERT INTO journal"));
        let mut commands: Vec<Vec<Write>> = self.lines.drain().flat_map(|(_, c)| c).collect();
        commands.sort_by_key(|writes| decided_at(writes, journal));
        Ok(commands)
    }

    fn statement(&mut self, sql: String) -> usize {
        self.statements.push(sql);
        self.statements.len() - 1
    }

    /// Deals the rows of each line out evenly to its commands, in order.
    fn share(&mut self, statement: usize, rows: HashMap<LineId, Vec<Vec<Value>>>, kept: usize) {
        for (line, rows) in rows {
            let Some(commands) = self.lines.get_mut(&line) else { continue };
            let each = rows.len() / commands.len();
            for (nth, mut row) in rows.into_iter().enumerate().take(each * commands.len()) {
                row.truncate(kept);
                commands[nth / each].push((statement, row));
            }
        }
    }
}

/// When a command was decided, in milliseconds: its row of the journal says so.
fn decided_at(writes: &[Write], journal: Option<usize>) -> i64 {
    let row = writes.iter().find(|(statement, _)| Some(*statement) == journal);
    match row.and_then(|(_, values)| values.get(3)) {
        Some(Value::Integer(at)) => *at,
        _ => 0,
    }
}

type ByLine = (HashMap<LineId, Vec<Vec<Value>>>, usize);

/// The rows of a query by their line, and how many columns they have.
fn by_line(connection: &Connection, sql: &str, line_at: usize) -> Result<ByLine, Fault> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut lines: HashMap<LineId, Vec<Vec<Value>>> = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        lines.entry(row.get(line_at)?).or_default().push(values_of(row, columns)?);
    }
    Ok((lines, columns))
}

fn values_of(row: &Row<'_>, columns: usize) -> rusqlite::Result<Vec<Value>> {
    (0..columns).map(|column| row.get(column)).collect()
}

fn insert(table: &str, columns: usize) -> String {
    let places: Vec<String> = (1..=columns).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO {table} VALUES ({})", places.join(", "))
}
