//! One database file, one writer thread, a few readers.
//!
//! * `open` – files, lock, pragmas, migrations · `writer` – the thread that commits ·
//!   `readers` – the read-only connections
//! * `pipeline` – commands on lines: `load`, decide, `save`
//! * `lines`, `import`, `orders`, `quotes`, `catalogue`, `charging`, `jobs`, `requests`, `records`, `limits`,
//!   `settings`, `accounts` (with `accounts_change` and `accounts_rows`) – one port each
//! * `check` – the invariants, recomputed over everything

/// Names every SQL statement of a file, so that a test can prepare all of them.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$meta])* pub(crate) const $name: &str = $sql;)*

        /// Every statement of this file by name.
        #[cfg(test)]
        pub(crate) fn statements() -> &'static [(&'static str, &'static str)] {
            &[$((stringify!($name), $name)),*]
        }
    };
}

mod accounts;
mod accounts_change;
mod accounts_rows;
mod catalogue;
mod charging;
mod check;
mod fault;
mod floor;
mod import;
mod jobs;
mod limits;
mod lines;
mod load;
mod open;
mod orders;
mod pipeline;
mod quotes;
mod readers;
mod records;
mod requests;
mod save;
mod settings;
#[cfg(test)]
mod statement_tests;
mod values;
mod writer;
#[cfg(test)]
mod writer_tests;

pub use check::{Rule, Violation};
pub use floor::{Floor, write_again};
pub use open::OpenMode;

use farline_app::ports::StoreError;
use farline_domain::catalog::Catalogue;
use fault::Fault;
use readers::Readers;
use rusqlite::Connection;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use writer::Writer;

/// The current catalogue, replaced as a whole.
#[derive(Clone, Default)]
struct SharedCatalogue(Arc<RwLock<Arc<Catalogue>>>);

impl SharedCatalogue {
    fn get(&self) -> Arc<Catalogue> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, catalogue: Catalogue) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(catalogue);
    }
}

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

    /// Whether the store has stopped for good, because what is on disk is no longer certain (a
    /// failed write or flush). The process should end: only a fresh start reads what is there.
    pub fn has_stopped(&self) -> bool {
        self.writer.as_ref().is_some_and(Writer::has_stopped)
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
