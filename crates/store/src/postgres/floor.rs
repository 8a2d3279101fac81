//! The floor of a benchmark on PostgreSQL: the rows that commands left behind, written again by arrays,
//! as many to a commit and over as many connections as the committers use, by a loop that decides
//! nothing, checks nothing and reads nothing.

use super::address::Address;
use super::committer::{SETTINGS, hot_statements};
use super::fault::Fault;
use super::save::{
    ADD_HOURS, ADD_USAGE, CLOSES_ON, INSERT_BUCKETS, INSERT_COMMANDS, INSERT_JOBS, INSERT_JOURNAL,
    INSERT_ORDERS, INSERT_RECEIPTS, INSERT_REFERENCES, KEEP_SESSIONS, UPDATE_BUCKETS, UPDATE_LINES,
};
use super::session::{CommitScope, Session};
use crate::floor::{Floor, IMPORTED};
use crate::kept::row::Row as _;
use futures_util::future::{join_all, try_join_all};
use futures_util::{SinkExt as _, TryStreamExt as _};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::pin::{Pin, pin};
use std::time::Instant;
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

/// How many commands one transaction of the loop holds: as many as a committer takes at most.
const TOGETHER: usize = 256;

type LineId = [u8; 16];

/// A table's rows: how they are written, and how they are read: line first, then the columns in the order
/// of the statement.
struct Written {
    statement: &'static str,
    rows: &'static str,
    dealt: Dealt,
}

/// To which commands of a line its rows go.
#[derive(Clone, Copy, PartialEq)]
enum Dealt {
    /// To each an equal share, in order.
    Shared,
    /// All of them to each command: the last state stands in for each state before it.
    Repeated,
    /// To the first.
    Once,
}

statements! {
    COUNTERS = "SELECT id, buckets, jobs, audit FROM lines WHERE cell >= 0";
    DECIDED = "SELECT line, number, at FROM journal WHERE cell >= 0 ORDER BY line, number";
    ORDERS = "SELECT line, cell, id, line, stage, task_by, body, previous FROM orders \
        WHERE cell >= 0 ORDER BY id";
    REFERENCES = "SELECT o.line, r.cell, r.reference, r.order_id FROM order_references r \
        JOIN orders o ON o.cell = r.cell AND o.id = r.order_id WHERE r.cell >= 0 ORDER BY r.order_id";
    RECEIPTS = "SELECT line, cell, order_id, line, number, canonical, hash FROM receipts \
        WHERE cell >= 0 ORDER BY order_id";
    NEW_BUCKETS = "SELECT line, cell, line, number, kind, zone, breadth, window_from, window_until, granted, \
        used, reserved, valid_from, valid_until, origin, order_id FROM buckets WHERE cell >= 0 \
        ORDER BY line, number";
    DRAWN_BUCKETS = "SELECT line, cell, line, number, used, reserved FROM buckets WHERE cell >= 0 \
        AND used > 0 ORDER BY line, number";
    SESSIONS = "SELECT line, cell, line, session, kind, ended_at, sequence, heard_on, used, overrun, refused, \
        answer FROM charging_sessions WHERE cell >= 0 ORDER BY line, session";
    COMMANDS = "SELECT line, cell, line, key FROM commands WHERE cell >= 0";
    JOBS = "SELECT line, cell, line, number, kind, order_id, due FROM jobs WHERE cell >= 0 \
        ORDER BY line, number";
    JOURNAL = "SELECT line, cell, line, number, at, previous_at, actor, reason, action, order_id, stage, \
        before, after, hash, bucket_entries, entry_sets FROM journal WHERE cell >= 0 \
        ORDER BY line, number";
    USED = "SELECT line, cell, line, date, kind, units, overrun, refused FROM usage_days WHERE cell >= 0";
    HOURS_USED = "SELECT line, cell, line, place, kind, hour, week, units FROM usage_hours WHERE cell >= 0";
    LINES = "SELECT id, cell, id, activated_on, expires_on, anniversary_day, busy, sweep_at, buckets, \
        bucket_entries, entry_sets, jobs, audit, audit_head, journal_at, newest_order FROM lines \
        WHERE cell >= 0 AND audit > 1";
    CLOSING = "SELECT id, cell, id, closes_on FROM lines WHERE cell >= 0 AND audit > 1";
}

const WRITTEN: [Written; 13] = [
    Written { statement: UPDATE_LINES, rows: LINES, dealt: Dealt::Repeated },
    Written { statement: CLOSES_ON, rows: CLOSING, dealt: Dealt::Once },
    Written { statement: INSERT_ORDERS, rows: ORDERS, dealt: Dealt::Shared },
    Written { statement: INSERT_REFERENCES, rows: REFERENCES, dealt: Dealt::Shared },
    Written { statement: INSERT_BUCKETS, rows: NEW_BUCKETS, dealt: Dealt::Shared },
    Written { statement: UPDATE_BUCKETS, rows: DRAWN_BUCKETS, dealt: Dealt::Repeated },
    Written { statement: KEEP_SESSIONS, rows: SESSIONS, dealt: Dealt::Shared },
    Written { statement: ADD_USAGE, rows: USED, dealt: Dealt::Repeated },
    Written { statement: ADD_HOURS, rows: HOURS_USED, dealt: Dealt::Repeated },
    Written { statement: INSERT_COMMANDS, rows: COMMANDS, dealt: Dealt::Shared },
    Written { statement: INSERT_RECEIPTS, rows: RECEIPTS, dealt: Dealt::Shared },
    Written { statement: INSERT_JOBS, rows: JOBS, dealt: Dealt::Shared },
    Written { statement: INSERT_JOURNAL, rows: JOURNAL, dealt: Dealt::Shared },
];

/// Of each table, by its place in [`WRITTEN`], which of its rows a command writes.
#[derive(Clone, Default)]
struct Command {
    at: i64,
    line: LineId,
    rows: Vec<(usize, usize)>,
}

/// What stood on a line before the commands.
#[derive(Clone, Copy)]
struct Before {
    buckets: i64,
    jobs: i64,
    audit: i64,
}

/// Writes into the database `old` what the database `new` has and `old` does not. Lines in `old` have
/// been imported and nothing else.
pub(super) async fn write_again(
    new: &Address,
    old: &Address,
    connections: usize,
) -> Result<Floor, Fault> {
    let (from, into) =
        (Session::connect(new, SETTINGS).await?, Session::connect(old, SETTINGS).await?);
    let before = before(&into).await?;
    let mut commands = decided(&from, &before).await?;
    let mut tables = Vec::with_capacity(WRITTEN.len());
    for (table, written) in WRITTEN.iter().enumerate() {
        let rows = from.rows(written.rows, &[]).await?;
        deal((table, written), &rows, (&before, &mut commands))?;
        tables.push(rows);
    }
    let mut commands: Vec<Command> = commands.into_values().flatten().collect();
    commands.sort_by_key(|command| command.at);
    let mut parts: Vec<Vec<Command>> = vec![Vec::new(); connections.max(1)];
    let count = commands.len();
    for command in commands {
        let cell = farline_domain::kernel::LineId::from_bytes(command.line).cell();
        let part = usize::from(cell.number()) % parts.len();
        parts[part].push(command);
    }
    let mut sessions = Vec::new();
    for _ in &parts {
        let session = Session::connect(old, SETTINGS).await?;
        session.prepare_hot(&hot_statements(), CommitScope::Any).await?;
        sessions.push(session);
    }
    let started = Instant::now();
    let writing = parts.iter().zip(&sessions).map(|(part, session)| write(session, part, &tables));
    join_all(writing).await.into_iter().collect::<Result<(), Fault>>()?;
    Ok(Floor { commands: u64::try_from(count).unwrap_or(u64::MAX), took: started.elapsed() })
}

/// Copies into the database `old`, in one transaction and as the driver streams rows fastest, the lines that
/// the database `new` has imported.
pub(super) async fn copy_lines(new: &Address, old: &Address) -> Result<Floor, Fault> {
    let (from, into) =
        (Session::connect(new, SETTINGS).await?, Session::connect(old, SETTINGS).await?);
    let started = Instant::now();
    let mut count = 0;
    into.say("BEGIN").await?;
    for table in IMPORTED {
        let rows =
            from.client().copy_out(&format!("COPY {table} TO STDOUT (FORMAT binary)")).await?;
        let sink =
            into.client().copy_in(&format!("COPY {table} FROM STDIN (FORMAT binary)")).await?;
        let mut sink = pin!(sink);
        let mut rows = pin!(rows);
        while let Some(octets) = rows.try_next().await? {
            sink.feed(octets).await?;
        }
        let written = sink.finish().await?;
        if table == IMPORTED[0] {
            count = written;
        }
    }
    into.say("COMMIT").await?;
    Ok(Floor { commands: count, took: started.elapsed() })
}

async fn before(session: &Session) -> Result<HashMap<LineId, Before>, Fault> {
    let rows = session.rows(COUNTERS, &[]).await?;
    let before = |row: &Row| {
        let before =
            Before { buckets: row.number(1)?, jobs: row.number(2)?, audit: row.number(3)? };
        Ok((row.array(0)?, before))
    };
    rows.iter().map(before).collect()
}

async fn decided(
    session: &Session,
    before: &HashMap<LineId, Before>,
) -> Result<BTreeMap<LineId, Vec<Command>>, Fault> {
    let mut commands: BTreeMap<LineId, Vec<Command>> = BTreeMap::new();
    for row in session.rows(DECIDED, &[]).await? {
        let (line, number, at) = (row.array(0)?, row.number(1)?, row.number(2)?);
        if before.get(&line).is_some_and(|before| number > before.audit) {
            commands.entry(line).or_default().push(Command { at, line, rows: Vec::new() });
        }
    }
    Ok(commands)
}

/// Deals the rows of a table out to the commands of their lines.
fn deal(
    (table, written): (usize, &Written),
    rows: &[Row],
    (before, commands): (&HashMap<LineId, Before>, &mut BTreeMap<LineId, Vec<Command>>),
) -> Result<(), Fault> {
    let mut lines: BTreeMap<LineId, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let line = row.array(0)?;
        let Some(before) = before.get(&line) else { continue };
        // What was there before the commands is not theirs.
        let number = match written.rows {
            NEW_BUCKETS => row.number(3)? > before.buckets,
            JOBS => row.number(3)? > before.jobs,
            JOURNAL => row.number(3)? > before.audit,
            _ => true,
        };
        if number {
            lines.entry(line).or_default().push(place);
        }
    }
    for (line, places) in lines {
        let Some(commands) = commands.get_mut(&line) else { continue };
        let each = (places.len() / commands.len()).max(1);
        match written.dealt {
            Dealt::Shared => {
                for (nth, place) in places.into_iter().enumerate() {
                    let of = (nth / each).min(commands.len() - 1);
                    commands[of].rows.push((table, place));
                }
            }
            Dealt::Repeated => {
                for command in commands.iter_mut() {
                    command.rows.extend(places.iter().map(|place| (table, *place)));
                }
            }
            Dealt::Once => commands[0].rows.extend(places.iter().map(|place| (table, *place))),
        }
    }
    Ok(())
}

/// A column of a batch, as the statement takes it.
enum Column {
    Small(Vec<Option<i16>>),
    Whole(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Octets(Vec<Option<Vec<u8>>>),
    Text(Vec<Option<String>>),
}

impl Column {
    fn of(rows: &[&Row], at: usize) -> Result<Self, Fault> {
        let kind = rows.first().map_or(Type::TEXT, |row| row.columns()[at].type_().clone());
        let column = match kind {
            Type::INT2 => Self::Small(read(rows, at)?),
            Type::INT4 => Self::Whole(read(rows, at)?),
            Type::INT8 => Self::Long(read(rows, at)?),
            Type::BYTEA => Self::Octets(read(rows, at)?),
            _ => Self::Text(read(rows, at)?),
        };
        Ok(column)
    }

    fn parameter(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Small(values) => values,
            Self::Whole(values) => values,
            Self::Long(values) => values,
            Self::Octets(values) => values,
            Self::Text(values) => values,
        }
    }
}

fn read<'a, T: tokio_postgres::types::FromSql<'a>>(
    rows: &[&'a Row],
    at: usize,
) -> Result<Vec<Option<T>>, Fault> {
    rows.iter().map(|row| Ok(row.try_get(at)?)).collect()
}

/// The statements of a batch with their arrays, made before the clock runs.
type Batch = Vec<(&'static str, Vec<Column>)>;

fn batch(commands: &[Command], tables: &[Vec<Row>]) -> Result<Batch, Fault> {
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); WRITTEN.len()];
    let mut seen = HashSet::new();
    for (table, place) in commands.iter().flat_map(|command| &command.rows) {
        // A row is written once in a batch, as the committers do.
        if seen.insert((*table, *place)) {
            places[*table].push(*place);
        }
    }
    let mut batch = Vec::new();
    for (table, places) in places.into_iter().enumerate().filter(|(_, places)| !places.is_empty()) {
        let rows: Vec<&Row> = places.into_iter().map(|place| &tables[table][place]).collect();
        let columns = rows.first().map_or(0, |row| row.columns().len());
        let columns: Result<Vec<Column>, Fault> =
            (1..columns).map(|at| Column::of(&rows, at)).collect();
        batch.push((WRITTEN[table].statement, columns?));
    }
    Ok(batch)
}

type Step<'a> = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>>;

async fn write(session: &Session, commands: &[Command], tables: &[Vec<Row>]) -> Result<(), Fault> {
    let cell: i16 = 0;
    for commands in commands.chunks(TOGETHER) {
        let batch = batch(commands, tables)?;
        let mut steps: Vec<Step<'_>> = vec![Box::pin(session.say("BEGIN"))];
        for (statement, columns) in &batch {
            let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&cell];
            parameters.extend(columns.iter().map(Column::parameter));
            let run = async move { session.hot_execute(statement, &parameters).await };
            steps.push(Box::pin(run));
        }
        steps.push(Box::pin(session.say("COMMIT")));
        try_join_all(steps).await?;
    }
    Ok(())
}
