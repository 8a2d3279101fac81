//! Opening: files, lock, pragmas, migrations.

use super::checkpoint::Logged;
use super::fault::Fault;
use super::readers::Readers;
use super::writer::Writer;
use super::{SqliteStore, catalogue};
use crate::OpenMode;
use crate::kept::catalogue::SharedCatalogue;
use crate::kept::migrations::runner;
use farline_app::ports::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The oldest SQLite that is known to keep what it acknowledged: 3.51.3 repaired a race that could
/// corrupt a database in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How many connections read.
const READERS: usize = 4;
/// Statements that stay prepared on each connection.
const CACHED_STATEMENTS: usize = 160;

statements! {
    MIGRATION_TABLE = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'";
}

/// The files of the migrations, in order.
const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__foundation", include_str!("migrations/V1__foundation.sql")),
    ("V2__accounts", include_str!("migrations/V2__accounts.sql")),
    ("V3__journal", include_str!("migrations/V3__journal.sql")),
    ("V4__subjects", include_str!("migrations/V4__subjects.sql")),
    ("V5__auto_renew", include_str!("migrations/V5__auto_renew.sql")),
    ("V6__staff", include_str!("migrations/V6__staff.sql")),
    ("V7__desk_money", include_str!("migrations/V7__desk_money.sql")),
    ("V8__calls", include_str!("migrations/V8__calls.sql")),
    ("V9__find", include_str!("migrations/V9__find.sql")),
    ("V10__voice", include_str!("migrations/V10__voice.sql")),
    ("V11__passkeys", include_str!("migrations/V11__passkeys.sql")),
    ("V12__plan_sales", include_str!("migrations/V12__plan_sales.sql")),
    ("V13__supervision", include_str!("migrations/V13__supervision.sql")),
    ("V14__keypad", include_str!("migrations/V14__keypad.sql")),
    ("V15__partners", include_str!("migrations/V15__partners.sql")),
    ("V17__shops", include_str!("migrations/V17__shops.sql")),
    ("V18__vouchers", include_str!("migrations/V18__vouchers.sql")),
    ("V19__partner_requests", include_str!("migrations/V19__partner_requests.sql")),
    ("V20__reminders", include_str!("migrations/V20__reminders.sql")),
    ("V21__promotions", include_str!("migrations/V21__promotions.sql")),
    ("V22__listings", include_str!("migrations/V22__listings.sql")),
    ("V23__marketing", include_str!("migrations/V23__marketing.sql")),
    ("V24__usage_hours", include_str!("migrations/V24__usage_hours.sql")),
    ("V25__payments_told", include_str!("migrations/V25__payments_told.sql")),
];

fn failed(error: rusqlite::Error) -> StoreError {
    StoreError::from(Fault::from(error))
}

impl SqliteStore {
    /// Opens the database file, and for writing makes and migrates it.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when another process writes, when the file cannot be opened, or when
    /// it is of a newer version; [`StoreError::Unreadable`] when it is not a database of ours.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        let version = rusqlite::version_number();
        if version < OLDEST_SQLITE {
            let found = rusqlite::version();
            return Err(StoreError::Failed(format!("SQLite {found} is older than 3.51.3")));
        }
        let catalogue = SharedCatalogue::default();
        let (writer, lock) = match mode {
            OpenMode::ReadWrite => {
                let lock = take_lock(path)?;
                let writing = open_to_write(path)?;
                (Some(Writer::start(writing, catalogue.clone())?), Some(lock))
            }
            OpenMode::ReadOnly => (None, None),
        };
        let connections: Result<Vec<Connection>, StoreError> =
            (0..READERS).map(|_| open_to_read(path, mode)).collect();
        let readers = Readers::new(connections?);
        catalogue.set(readers.with(catalogue::load)?);
        Ok(Self {
            path: path.to_owned(),
            writer,
            readers: Arc::new(readers),
            catalogue,
            publishing: tokio::sync::Mutex::new(()),
            _lock: lock,
        })
    }
}

/// Takes the lock that says who writes; the operating system lets go of it when the process ends.
pub(super) fn take_lock(path: &Path) -> Result<File, StoreError> {
    let place = path.with_file_name("farline.lock");
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&place)
        .map_err(|error| StoreError::Failed(format!("{}: {error}", place.display())))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(StoreError::Failed("another process has this data folder open".to_owned()))
        }
        Err(TryLockError::Error(error)) => {
            Err(StoreError::Failed(format!("{}: {error}", place.display())))
        }
    }
}

/// Opens the one connection that writes.
pub(crate) fn open_to_write(path: &Path) -> Result<Logged, StoreError> {
    let mut connection = Connection::open(path).map_err(failed)?;
    prepare_to_write(&connection).map_err(failed)?;
    runner(MIGRATIONS)?
        .run(&mut connection)
        .map_err(|error| StoreError::Failed(format!("migration: {error}")))?;
    super::requests::bury(&connection).map_err(failed)?;
    Logged::start(connection, path)
}

fn prepare_to_write(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(rusqlite::Error::InvalidQuery);
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "journal_size_limit", 268_435_456)?;
    settle_plans(connection)?;
    Ok(())
}

/// Plans are made once per statement: without this, SQLite looks at the bound values and makes some
/// plans anew with every run.
fn settle_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(())
}

/// A connection of its own for the checker, which holds its snapshot for long.
pub(crate) fn open_to_check(path: &Path) -> Result<Connection, StoreError> {
    open_to_read(path, OpenMode::ReadOnly)
}

fn open_to_read(path: &Path, mode: OpenMode) -> Result<Connection, StoreError> {
    let access = match mode {
        OpenMode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        OpenMode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(failed)?;
    connection.pragma_update(None, "query_only", true).map_err(failed)?;
    settle_plans(&connection).map_err(failed)?;
    let ours: i64 = connection.query_row(MIGRATION_TABLE, [], |row| row.get(0)).map_err(failed)?;
    if ours == 0 {
        return Err(StoreError::Unreadable("this is not a Farline database".to_owned()));
    }
    Ok(connection)
}
