//! One database file, one writer thread, a few readers.
//!
//! * `open` – files, lock, pragmas, migrations · `writer` – the thread that commits ·
//!   `checkpoint` – the thread that copies the log into the database · `readers` – the read-only connections
//! * `pipeline` – commands on lines: `load`, decide, `save`
//! * `lines`, `import`, `orders`, `quotes`, `catalogue`, `charging`, `jobs`, `requests`, `records`,
//!   `limits`, `ledger`, `settings`, `days`, `deeds`, `accounts` (with `accounts_change`), `find`, `staff` (with `staff_change`),
//!   `subjects`, `voice` – one port each
//! * `backup` – a copy of the file while it is written to
//! * `moving` – a whole installation, row by row, out of a file and into one
//! * `check` (with `check_shops`, `check_subjects`) – everything that is kept, read for the checker of the invariants
//! * `condition` – how the file is doing
//! * `floor` – the same rows written again by a loop that decides nothing, for the benchmark

mod accounts;
mod accounts_change;
mod auto_renew;
mod backup;
mod by_hand;
mod catalogue;
mod charging;
mod check;
mod check_shops;
mod check_subjects;
mod checkpoint;
mod comparison;
mod condition;
mod days;
mod deeds;
mod fault;
mod find;
mod floor;
mod hotline;
mod import;
mod jobs;
mod ledger;
mod limits;
mod lines;
mod load;
mod marketing;
mod moving;
mod open;
mod orders;
mod partners;
mod passkeys;
mod pipeline;
mod quotes;
mod readers;
mod records;
mod refund_requests;
mod reminders;
mod requests;
mod save;
mod settings;
mod shops;
mod staff;
mod staff_change;
#[cfg(test)]
mod statement_tests;
mod subjects;
mod voice;
mod vouchers;
mod writer;
#[cfg(test)]
mod writer_tests;

pub use backup::Holdings;
pub use floor::{copy_lines, write_again};

use crate::backup::{Copied, Copying};
use crate::check::Violation;
use crate::condition::Condition;
use crate::database::Database;
use crate::kept::catalogue::SharedCatalogue;
use crate::moving::{Checked, Exporting, MovingError, Proof, Tell};
use async_trait::async_trait;
use farline_app::ports::StoreError;
use farline_domain::kernel::Instant;
use fault::Fault;
use readers::Readers;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use writer::Writer;

/// The SQLite store: every port over one database file.
pub struct SqliteStore {
    path: PathBuf,
    // In the order in which they are let go: the writer ends before the lock does.
    writer: Option<Writer>,
    readers: Arc<Readers>,
    catalogue: SharedCatalogue,
    /// Publications swap the catalogue in memory in the order in which they were committed.
    publishing: tokio::sync::Mutex<()>,
    _lock: Option<File>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn writer(&self) -> Result<&Writer, StoreError> {
        self.writer
            .as_ref()
            .ok_or_else(|| StoreError::Failed("the store is open for reading only".to_owned()))
    }

    /// Runs ordinary work in the writer's next transaction; it is durable when this returns `Ok`.
    async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        self.writer()?.ordinary(work).await
    }

    /// Runs a point read at once.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        Ok(self.readers.with(work)?)
    }

    /// Runs a read that may be long on a thread where it holds nobody up.
    async fn read_long<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || readers.with(work))
            .await
            .map_err(|_| StoreError::Failed("the read was broken off".to_owned()))?
            .map_err(StoreError::from)
    }
}

#[async_trait]
impl Database for SqliteStore {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn has_stopped(&self) -> bool {
        self.writer.as_ref().is_some_and(Writer::has_stopped)
    }

    /// Nobody else writes.
    async fn retire(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn violations(&self) -> Result<Vec<Violation>, StoreError> {
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || check::violations(&path))
            .await
            .map_err(|_| StoreError::Failed("the check was broken off".to_owned()))?
    }

    async fn condition(&self) -> Result<Condition, StoreError> {
        condition::condition(self)
    }

    async fn newest_events(&self) -> Result<BTreeMap<String, Instant>, StoreError> {
        self.newest_events_seen().await
    }

    async fn export(&self, wanted: Exporting, tell: Tell) -> Result<(Proof, String), MovingError> {
        self.move_out(wanted, tell).await
    }

    /// The lock says that nobody else writes, whatever the time.
    async fn take_in(
        &self,
        checked: Checked,
        _: Instant,
        tell: Tell,
    ) -> Result<Proof, MovingError> {
        self.move_in(checked, tell).await
    }
    async fn back_up(&self, copying: Copying, tell: Tell) -> Result<Copied, StoreError> {
        self.copy_out(copying, tell).await
    }
}
