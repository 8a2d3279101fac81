//! Moving house: what an SQLite file holds, row by row, and taking such rows in.

use super::SqliteStore;
use super::fault::Fault;
use super::open::{open_to_check, open_to_write, take_lock};
use crate::moving::proof::{Counted, Proof, Rows, Sum};
use crate::moving::reading::{Checked, Part, Reading};
use crate::moving::shape::{Column, Described, Found, Kind, Shape, Table, quoted};
use crate::moving::value::{Value, read_row};
use crate::moving::writing::Writing;
use crate::moving::{Exporting, MovingError, Tell, Writers, check_empty, compare};
use farline_app::ports::StoreError;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql, TransactionBehavior, params_from_iter};
use std::borrow::Cow;
use std::path::Path;

/// Memory for pages while taking rows in, in KiB.
const CACHE_KIB: i32 = 262_144;
/// Rows between two words of progress.
const TELL_EVERY: u64 = 1000;

statements! {
    SCHEMA = "SELECT MAX(version) FROM refinery_schema_history";
    TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
        AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
    COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?1)";
    PARENTS = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)";
    MONEY = "SELECT 'orders, ' || stage, json_extract(body, '$.price.total.currency'), COUNT(*), \
        SUM(json_extract(body, '$.price.total.amount')) FROM orders WHERE cell >= 0 GROUP BY 1, 2";
    UNITS = "SELECT 'granted', kind, COUNT(*), SUM(granted) FROM buckets WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'used', kind, COUNT(*), SUM(used) FROM buckets WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'reserved', kind, COUNT(*), SUM(reserved) FROM buckets WHERE cell >= 0 \
        GROUP BY kind \
        UNION ALL SELECT 'used, by day', kind, COUNT(*), SUM(units) FROM usage_days WHERE cell >= 0 \
        GROUP BY kind \
        UNION ALL SELECT 'used, by hour', kind, COUNT(*), SUM(units) FROM usage_hours WHERE cell >= 0 \
        GROUP BY kind";
}

impl From<Fault> for MovingError {
    fn from(fault: Fault) -> Self {
        Self::Store(StoreError::from(fault))
    }
}

impl From<rusqlite::Error> for MovingError {
    fn from(error: rusqlite::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Nothing => ValueRef::Null,
            Value::Number(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Octets(octets) => ValueRef::Blob(octets),
        }))
    }
}

fn kind_of(table: &str, column: &str, declared: &str) -> Result<Kind, Fault> {
    match declared {
        "INTEGER" => Ok(Kind::Number),
        "TEXT" => Ok(Kind::Text),
        "BLOB" => Ok(Kind::Octets),
        _ => Err(Fault::Refused(format!("{table}.{column} is of a kind that is not moved"))),
    }
}

fn described(connection: &Connection, name: String) -> Result<Described, Fault> {
    let mut columns = connection.prepare(COLUMNS)?;
    let columns = columns.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let columns = columns.map(|row| {
        let (column, declared, place_in_key): (String, String, i64) = row?;
        let kind = kind_of(&name, &column, &declared)?;
        Ok(Found { column: Column { name: column, kind }, place_in_key })
    });
    let columns = columns.collect::<Result<_, Fault>>()?;
    let mut parents = connection.prepare(PARENTS)?;
    let parents = parents.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Described { name, columns, parents })
}

/// What this file consists of.
pub(super) fn shape(connection: &Connection) -> Result<Shape, Fault> {
    let schema = connection.query_row(SCHEMA, [], |row| row.get(0))?;
    let mut tables = connection.prepare(TABLES)?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let moved = names.into_iter().filter(|name| !crate::moving::shape::is_left_behind(name));
    let tables = moved.map(|name| described(connection, name)).collect::<Result<_, _>>()?;
    Ok(Shape::of(schema, tables))
}

/// The values of a row, each of the kind that its column is declared to hold.
fn values<'a>(row: &'a Row<'_>, columns: &[Column]) -> Result<Vec<Value<'a>>, Fault> {
    let value = |(place, column): (usize, &Column)| {
        let strange =
            || Fault::Unreadable(format!("a value of {} is of another kind", column.name));
        Ok(match (row.get_ref(place)?, column.kind) {
            (ValueRef::Null, _) => Value::Nothing,
            (ValueRef::Integer(number), Kind::Number) => Value::Number(number),
            (ValueRef::Text(text), Kind::Text) => {
                Value::Text(Cow::Borrowed(std::str::from_utf8(text).map_err(|_| strange())?))
            }
            (ValueRef::Blob(octets), Kind::Octets) => Value::Octets(Cow::Borrowed(octets)),
            _ => return Err(strange()),
        })
    };
    columns.iter().enumerate().map(value).collect()
}

/// Gives every row of a table to `each`.
fn rows(
    connection: &Connection,
    table: &Table,
    order: &str,
    mut each: impl FnMut(&[Value<'_>]) -> Result<(), MovingError>,
) -> Result<(), MovingError> {
    let sql = format!("SELECT {} FROM {}{order}", table.listed(), quoted(&table.name));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(&values(row, &table.columns)?)?;
    }
    Ok(())
}

fn counted(
    connection: &Connection,
    table: &Table,
    tell: &mut dyn FnMut(),
) -> Result<Counted, MovingError> {
    let (mut digest, mut line) = (Rows::default(), Vec::new());
    rows(connection, table, "", |row| {
        digest.add(row, &mut line);
        tell();
        Ok(())
    })?;
    Ok(digest.counted())
}

fn sums(connection: &Connection, sql: &str) -> Result<Vec<Sum>, Fault> {
    let mut statement = connection.prepare(sql)?;
    let sums = statement.query_map([], |row| {
        Ok(Sum { of: row.get(0)?, unit: row.get(1)?, rows: row.get(2)?, total: row.get(3)? })
    })?;
    let mut sums: Vec<Sum> = sums.collect::<Result<_, _>>()?;
    sums.sort();
    Ok(sums)
}

/// What is proved beside the rows themselves. The database's own count of each table has to be that of
/// the rows it gave.
fn proof(
    connection: &Connection,
    shape: &Shape,
    tables: Vec<(String, Counted)>,
) -> Result<Proof, MovingError> {
    for (table, counted) in &tables {
        let sql = format!("SELECT COUNT(*) FROM {}", quoted(table));
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        if u64::try_from(count).ok() != Some(counted.rows) {
            let (rows, why) = (counted.rows, "the file is damaged: farline doctor --deep");
            let found = format!("{table} counts {count} rows and gives {rows}; {why}");
            return Err(MovingError::from(Fault::Unreadable(found)));
        }
    }
    let mut proof = Proof {
        tables: tables.into_iter().collect(),
        money: sums(connection, MONEY)?,
        units: sums(connection, UNITS)?,
        ..Proof::default()
    };
    for heads in shape.tables.iter().filter_map(Table::heads) {
        let counted = counted(connection, &heads, &mut || {})?;
        proof.chains.insert(heads.name, counted);
    }
    Ok(proof)
}

/// Writes everything into a file, from one snapshot.
fn export(path: &Path, wanted: &Exporting, tell: &Tell) -> Result<(Proof, String), MovingError> {
    let lock = match wanted.writers {
        Writers::Refused => Some(take_lock(path)?),
        Writers::Allowed => None,
    };
    let connection = open_to_check(path)?;
    let snapshot = connection.unchecked_transaction()?;
    let shape = shape(&snapshot)?;
    let mut file = Writing::begin(&wanted.file, shape.schema, &wanted.origin)?;
    let mut tables = Vec::with_capacity(shape.tables.len());
    for table in &shape.tables {
        file.table(table)?;
        let key: Vec<String> = table.key.iter().map(|column| quoted(column)).collect();
        let order = format!(" ORDER BY {}", key.join(", "));
        rows(&snapshot, table, &order, |row| {
            let count = file.row(row)?;
            if count % TELL_EVERY == 0 {
                tell(count);
            }
            Ok(())
        })?;
        tables.push((table.name.clone(), file.end_table()?));
    }
    let proof = proof(&snapshot, &shape, tables)?;
    let sha256 = file.end(&proof)?;
    drop(lock);
    Ok((proof, sha256))
}

/// The tables that have rows, with how many.
fn full(connection: &Connection, shape: &Shape) -> Result<Vec<(String, i64)>, Fault> {
    let mut full = Vec::new();
    for Table { name, .. } in &shape.tables {
        let sql = format!("SELECT COUNT(*) FROM {}", quoted(name));
        let rows = connection.query_row(&sql, [], |row| row.get(0))?;
        if rows > 0 {
            full.push((name.clone(), rows));
        }
    }
    Ok(full)
}

/// Takes a whole file in, in one transaction that is only committed once the proofs are one.
fn take_in(path: &Path, checked: &Checked, tell: &Tell) -> Result<Proof, MovingError> {
    let mut writing = open_to_write(path)?;
    let connection = &mut writing.connection;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let shape = shape(&transaction)?;
    shape.check_schema(&checked.header)?;
    check_empty(&full(&transaction, &shape)?)?;
    let (mut reading, _) = Reading::open(&checked.path)?;
    let (mut table, mut count) = (None, 0);
    loop {
        match reading.next()? {
            Part::Table(found) => {
                shape.check(&found)?;
                table = Some(found);
            }
            Part::Rows(block) => {
                let Some(table) = &table else { return Err(reading.altered().into()) };
                count += insert(&transaction, table, block.lines())?;
                tell(count);
            }
            Part::Proof(_) => {}
            Part::End(sha256) => {
                reading.same(checked, &sha256)?;
                break;
            }
        }
    }
    let mut tables = Vec::with_capacity(shape.tables.len());
    for table in &shape.tables {
        let counted = counted(&transaction, table, &mut || {
            count += 1;
            if count % TELL_EVERY == 0 {
                tell(count);
            }
        })?;
        tables.push((table.name.clone(), counted));
    }
    let arrived = proof(&transaction, &shape, tables)?;
    compare(&checked.proof, &arrived)?;
    transaction.commit()?;
    Ok(arrived)
}

fn insert<'a>(
    connection: &Connection,
    table: &Table,
    lines: impl Iterator<Item = &'a [u8]>,
) -> Result<u64, MovingError> {
    let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("?{place}")).collect();
    let (name, columns) = (quoted(&table.name), table.listed());
    let sql = format!("INSERT INTO {name} ({columns}) VALUES ({})", places.join(", "));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut count = 0;
    for line in lines {
        let refused = |why: String| MovingError::Refused(format!("a row of {}: {why}", table.name));
        let row = read_row(line, &table.columns).map_err(refused)?;
        let inserted = statement.execute(params_from_iter(&row));
        inserted.map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => refused(error.to_string()),
            _ => MovingError::from(error),
        })?;
        count += 1;
    }
    Ok(count)
}

async fn apart<T, W>(work: W) -> Result<T, MovingError>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, MovingError> + Send + 'static,
{
    let broken = |_| StoreError::Failed("the move was broken off".to_owned());
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

impl SqliteStore {
    pub(super) async fn move_out(
        &self,
        wanted: Exporting,
        tell: Tell,
    ) -> Result<(Proof, String), MovingError> {
        let path = self.path.clone();
        apart(move || export(&path, &wanted, &tell)).await
    }

    pub(super) async fn move_in(&self, checked: Checked, tell: Tell) -> Result<Proof, MovingError> {
        // Whoever has a writer holds the lock that says who writes.
        self.writer()?;
        let path = self.path.clone();
        apart(move || take_in(&path, &checked, &tell)).await
    }
}
