//! Moving house: what a PostgreSQL database holds, row by row, and taking such rows in.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::values::cell_of;
use crate::kept::row::Row as _;
use crate::moving::cells::{CELL, Computing};
use crate::moving::proof::{Counted, Proof, Rows, Sum};
use crate::moving::reading::{Block, Checked, Part, Reading};
use crate::moving::shape::{Column, Described, Found, Kind, LEFT_BEHIND, Shape, Table, quoted};
use crate::moving::value::{Value, read_row};
use crate::moving::writing::Writing;
use crate::moving::{Exporting, MovingError, Tell, Writers, check_empty, compare};
use farline_app::ports::StoreError;
use farline_domain::kernel::Instant;
use futures_util::TryStreamExt;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::pin;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, WrongType, to_sql_checked};
use tokio_postgres::{Client, Row};

/// How the session works: whatever it does takes its time.
const SETTINGS: &str = "SET synchronous_commit = on; SET jit = off; SET lock_timeout = '10s'; \
    SET statement_timeout = 0; SET work_mem = '64MB'; SET idle_in_transaction_session_timeout = 0";
/// The advisory lock under which one installation at a time is taken in: “farline” and one more.
const MOVING_LOCK: i64 = 0x0066_6172_6c69_6e66;
/// Rows between two words of progress.
const TELL_EVERY: u64 = 1000;

statements! {
    SCHEMA = "SELECT MAX(version)::bigint FROM refinery_schema_history";
    COLUMNS = "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL), \
        COALESCE(array_position(k.conkey, a.attnum), 0)::bigint \
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
        AND NOT a.attisdropped AND a.attgenerated = '' \
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' \
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition \
        AND c.relname <> ALL ($1) ORDER BY c.relname, a.attname";
    PARENTS = "SELECT DISTINCT c.relname::text, p.relname::text FROM pg_constraint k \
        JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
        JOIN pg_class p ON p.oid = k.confrelid \
        WHERE n.nspname = current_schema() AND k.contype = 'f'";
    // What is written once is never locked: the right to it was given up.
    MAY_LOCK = "SELECT c.relname::text FROM pg_class c \
        JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = current_schema() AND c.relname = ANY ($1) \
        AND has_table_privilege(c.oid, 'UPDATE') ORDER BY c.relname";
    MONEY = "SELECT 'orders, ' || stage, body::jsonb #>> '{price,total,currency}', COUNT(*), \
        SUM((body::jsonb #>> '{price,total,amount}')::bigint)::bigint \
        FROM orders WHERE cell >= 0 GROUP BY 1, 2";
    UNITS = "SELECT 'granted', kind, COUNT(*), SUM(granted)::bigint FROM buckets \
        WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'used', kind, COUNT(*), SUM(used)::bigint FROM buckets \
        WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'reserved', kind, COUNT(*), SUM(reserved)::bigint FROM buckets \
        WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'used, by day', kind, COUNT(*), SUM(units)::bigint FROM usage_days \
        WHERE cell >= 0 GROUP BY kind \
        UNION ALL SELECT 'used, by hour', kind, COUNT(*), SUM(units)::bigint FROM usage_hours \
        WHERE cell >= 0 GROUP BY kind";
    OTHERS = "SELECT COUNT(*) FROM lease_holders WHERE until > $1";
}

impl From<Fault> for MovingError {
    fn from(fault: Fault) -> Self {
        Self::Store(StoreError::from(fault))
    }
}

impl From<tokio_postgres::Error> for MovingError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, of) {
            (Value::Nothing, _) => Ok(IsNull::Yes),
            (Value::Number(number), &Type::INT2) => i16::try_from(*number)?.to_sql(of, out),
            (Value::Number(number), &Type::INT4) => i32::try_from(*number)?.to_sql(of, out),
            (Value::Number(number), &Type::INT8) => number.to_sql(of, out),
            (Value::Text(text), &Type::TEXT) => text.as_ref().to_sql(of, out),
            (Value::Octets(octets), &Type::BYTEA) => octets.as_ref().to_sql(of, out),
            _ => Err(Box::new(WrongType::new::<Self>(of.clone()))),
        }
    }

    fn accepts(of: &Type) -> bool {
        matches!(*of, Type::INT2 | Type::INT4 | Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

fn kind_of(table: &str, column: &str, declared: &str) -> Result<Kind, Fault> {
    match declared {
        "smallint" | "integer" | "bigint" => Ok(Kind::Number),
        "text" => Ok(Kind::Text),
        "bytea" => Ok(Kind::Octets),
        _ => Err(Fault::Refused(format!("{table}.{column} is of a kind that is not moved"))),
    }
}

/// What this database consists of.
pub(super) async fn shape(session: &Session) -> Result<Shape, Fault> {
    let schema = session.row(SCHEMA, &[]).await?;
    let schema = schema.map(|row| row.number(0)).transpose()?.unwrap_or_default();
    let mut tables: BTreeMap<String, Described> = BTreeMap::new();
    let left_behind = LEFT_BEHIND.as_slice();
    for row in session.rows(COLUMNS, &[&left_behind]).await? {
        let (name, column) = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
        let kind = kind_of(&name, &column, row.text(2)?)?;
        let found = Found { column: Column { name: column, kind }, place_in_key: row.number(3)? };
        let described = Described { name: name.clone(), columns: Vec::new(), parents: Vec::new() };
        tables.entry(name).or_insert(described).columns.push(found);
    }
    for row in session.rows(PARENTS, &[]).await? {
        if let Some(table) = tables.get_mut(row.text(0)?) {
            table.parents.push(row.text(1)?.to_owned());
        }
    }
    Ok(Shape::of(schema, tables.into_values().collect()))
}

/// The values of a row.
fn values<'a>(row: &'a Row, columns: &[Column]) -> Result<Vec<Value<'a>>, Fault> {
    let value = |(place, column): (usize, &Column)| {
        let value = match column.kind {
            Kind::Number => row.some_number(place)?.map(Value::Number),
            Kind::Text => row.some_text(place)?.map(|text| Value::Text(Cow::Borrowed(text))),
            Kind::Octets => {
                row.some_octets(place)?.map(|octets| Value::Octets(Cow::Borrowed(octets)))
            }
        };
        Ok(value.unwrap_or(Value::Nothing))
    };
    columns.iter().enumerate().map(value).collect()
}

/// Gives every row of a table to `each`, as it arrives.
async fn rows(
    client: &Client,
    table: &Table,
    order: &str,
    mut each: impl FnMut(&[Value<'_>]) -> Result<(), MovingError>,
) -> Result<(), MovingError> {
    let sql = format!("SELECT {} FROM {}{order}", table.listed(), quoted(&table.name));
    let nothing: [&(dyn ToSql + Sync); 0] = [];
    let mut rows = pin!(client.query_raw(&sql, nothing).await?);
    while let Some(row) = rows.try_next().await? {
        each(&values(&row, &table.columns)?)?;
    }
    Ok(())
}

/// The order of a table's rows: by key, texts octet by octet, as in the other database.
fn order_of(table: &Table) -> String {
    let is_text = |name: &String| {
        table.columns.iter().any(|column| column.name == *name && column.kind == Kind::Text)
    };
    let key = table.key.iter().map(|name| {
        let collation = if is_text(name) { " COLLATE \"C\"" } else { "" };
        format!("{}{collation}", quoted(name))
    });
    format!(" ORDER BY {}", key.collect::<Vec<_>>().join(", "))
}

async fn counted(
    client: &Client,
    table: &Table,
    tell: &mut (dyn FnMut() + Send),
) -> Result<Counted, MovingError> {
    let (mut digest, mut line) = (Rows::default(), Vec::new());
    rows(client, table, "", |row| {
        digest.add(row, &mut line);
        tell();
        Ok(())
    })
    .await?;
    Ok(digest.counted())
}

async fn sums(session: &Session, sql: &'static str) -> Result<Vec<Sum>, Fault> {
    let rows = session.rows(sql, &[]).await?;
    let sum = |row: &Row| {
        let (of, unit) = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
        Ok::<_, Fault>(Sum { of, unit, rows: row.number(2)?, total: row.number(3)? })
    };
    let mut sums: Vec<Sum> = rows.iter().map(sum).collect::<Result<_, _>>()?;
    sums.sort();
    Ok(sums)
}

async fn count(client: &Client, table: &str) -> Result<i64, Fault> {
    let row = client.query_one(&format!("SELECT COUNT(*) FROM {}", quoted(table)), &[]).await?;
    row.number(0)
}

/// What is proved beside the rows themselves. The database's own count of each table has to be that of
/// the rows it gave.
async fn proof(
    session: &Session,
    shape: &Shape,
    tables: Vec<(String, Counted)>,
) -> Result<Proof, MovingError> {
    for (table, counted) in &tables {
        let count = count(session.client(), table).await?;
        if u64::try_from(count).ok() != Some(counted.rows) {
            let rows = counted.rows;
            let found = format!("{table} counts {count} rows and gives {rows}: it is damaged");
            return Err(MovingError::from(Fault::Unreadable(found)));
        }
    }
    let mut proof = Proof {
        tables: tables.into_iter().collect(),
        money: sums(session, MONEY).await?,
        units: sums(session, UNITS).await?,
        ..Proof::default()
    };
    for heads in shape.tables.iter().filter_map(Table::heads) {
        let counted = counted(session.client(), &heads, &mut || {}).await?;
        proof.chains.insert(heads.name, counted);
    }
    Ok(proof)
}

/// Refuses while other processes share the database.
async fn check_alone(session: &Session, now: Instant) -> Result<(), MovingError> {
    let row = session.row(OTHERS, &[&now.millis()]).await?;
    match row.map(|row| row.number(0)).transpose()? {
        None | Some(0) => Ok(()),
        Some(others) => Err(MovingError::Refused(format!(
            "{others} running programs share this database. Stop them first; one that crashed \
             counts for fifteen seconds."
        ))),
    }
}

/// Writes everything into a file, from one snapshot.
async fn export(
    session: &Session,
    wanted: &Exporting,
    tell: &Tell,
) -> Result<(Writing, Proof), MovingError> {
    let shape = shape(session).await?;
    let mut file = Writing::begin(&wanted.file, shape.schema, &wanted.origin)?;
    let mut tables = Vec::with_capacity(shape.tables.len());
    for table in &shape.tables {
        file.table(table)?;
        rows(session.client(), table, &order_of(table), |row| {
            let count = file.row(row)?;
            if count % TELL_EVERY == 0 {
                tell(count);
            }
            Ok(())
        })
        .await?;
        tables.push((table.name.clone(), file.end_table()?));
    }
    let proof = proof(session, &shape, tables).await?;
    Ok((file, proof))
}

/// The tables that have rows, with how many.
async fn full(client: &Client, shape: &Shape) -> Result<Vec<(String, i64)>, Fault> {
    let mut full = Vec::new();
    for table in &shape.tables {
        let rows = count(client, &table.name).await?;
        if rows > 0 {
            full.push((table.name.clone(), rows));
        }
    }
    Ok(full)
}

/// Keeps everybody else out until the end of the transaction.
async fn close_the_door(session: &Session, shape: &Shape) -> Result<(), Fault> {
    session.say(&format!("SELECT pg_advisory_xact_lock({MOVING_LOCK})")).await?;
    let names: Vec<&str> = shape.tables.iter().map(|table| table.name.as_str()).collect();
    let lockable = session.rows(MAY_LOCK, &[&names]).await?;
    let lockable = lockable.iter().map(|row| Ok(quoted(row.text(0)?)));
    let lockable = lockable.collect::<Result<Vec<_>, Fault>>()?.join(", ");
    session.say(&format!("LOCK TABLE {lockable} IN SHARE ROW EXCLUSIVE MODE")).await
}

/// The rows of one table on their way in.
struct Filling {
    table: Table,
    computing: Option<Computing>,
    copy: String,
    types: Vec<Type>,
}

impl Filling {
    async fn of(client: &Client, table: Table) -> Result<Self, MovingError> {
        let computing = Computing::of(&table)?;
        let mut columns = table.listed();
        if computing.is_some() {
            columns = format!("{columns}, {CELL}");
        }
        let name = quoted(&table.name);
        let described = client.prepare(&format!("SELECT {columns} FROM {name}")).await?;
        let types = described.columns().iter().map(|column| column.type_().clone()).collect();
        let copy = format!("COPY {name} ({columns}) FROM STDIN (FORMAT binary)");
        Ok(Self { table, computing, copy, types })
    }

    fn refused(&self, why: &str) -> MovingError {
        MovingError::Refused(format!("a row of {}: {why}", self.table.name))
    }

    /// What the database refuses is told with its table; what is broken stays an error of the store.
    fn failed(&self, error: tokio_postgres::Error) -> MovingError {
        let fault = Fault::from(error);
        match fault.reach() {
            super::fault::Reach::Work => self.refused(&fault.to_string()),
            _ => MovingError::from(fault),
        }
    }

    async fn take(&self, client: &Client, block: &Block) -> Result<u64, MovingError> {
        let sink = client.copy_in(&self.copy).await.map_err(|error| self.failed(error))?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &self.types));
        for line in block.lines() {
            let mut row = read_row(line, &self.table.columns).map_err(|why| self.refused(&why))?;
            let cell = self.computing.map(|computing| computing.cell(&row)).transpose()?;
            row.extend(cell.map(|cell| Value::Number(i64::from(cell_of(cell)))));
            let written = writer.as_mut().write_raw(&row).await;
            written.map_err(|error| self.failed(error))?;
        }
        writer.finish().await.map_err(|error| self.failed(error))
    }
}

/// Takes a whole file in, and proves that what arrived is what it says.
async fn take_in(
    session: &Session,
    (checked, now): (&Checked, Instant),
    tell: &Tell,
) -> Result<Proof, MovingError> {
    let client = session.client();
    let shape = shape(session).await?;
    shape.check_schema(&checked.header)?;
    check_alone(session, now).await?;
    close_the_door(session, &shape).await?;
    check_empty(&full(client, &shape).await?)?;
    let (mut reading, _) = Reading::open(&checked.path)?;
    let (mut filling, mut count) = (None, 0);
    loop {
        match reading.next()? {
            Part::Table(table) => {
                shape.check(&table)?;
                filling = Some(Filling::of(client, table).await?);
            }
            Part::Rows(block) => {
                let Some(filling) = &filling else { return Err(reading.altered().into()) };
                count += filling.take(client, &block).await?;
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
        let mut told = || {
            count += 1;
            if count % TELL_EVERY == 0 {
                tell(count);
            }
        };
        let counted = counted(client, table, &mut told).await?;
        tables.push((table.name.clone(), counted));
    }
    let arrived = proof(session, &shape, tables).await?;
    compare(&checked.proof, &arrived)?;
    Ok(arrived)
}

impl PostgresStore {
    pub(super) async fn move_out(
        &self,
        wanted: Exporting,
        tell: Tell,
    ) -> Result<(Proof, String), MovingError> {
        let session = Session::connect(&self.address, SETTINGS).await?;
        let alone = async || match wanted.writers {
            Writers::Refused => check_alone(&*self.session().await?, wanted.now).await,
            Writers::Allowed => Ok(()),
        };
        alone().await?;
        session.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let (file, proof) = export(&session, &wanted, &tell).await?;
        session.say("COMMIT").await?;
        // Nobody came in while it was written.
        alone().await?;
        let sha256 = file.end(&proof)?;
        Ok((proof, sha256))
    }

    pub(super) async fn move_in(
        &self,
        (checked, now): (Checked, Instant),
        tell: Tell,
    ) -> Result<Proof, MovingError> {
        self.committers()?;
        let session = Session::connect(&self.address, SETTINGS).await?;
        session.say("BEGIN").await?;
        // Whatever ends this early ends the connection, and with it what was begun.
        let proof = take_in(&session, (&checked, now), &tell).await?;
        session.say("COMMIT").await?;
        // Nobody waits until the database has found out by itself how large its tables are now. What
        // fails here it will do later.
        if let Err(error) = session.say("ANALYZE").await {
            tracing::debug!(%error, "the tables are not analysed");
        }
        Ok(proof)
    }
}
