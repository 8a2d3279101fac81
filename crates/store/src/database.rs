//! What the program asks of a store beyond its ports, whichever database it is.

use crate::backup::{Copied, Copying};
use crate::check::Violation;
use crate::condition::Condition;
use crate::moving::{Checked, Exporting, MovingError, Proof, Tell};
use async_trait::async_trait;
use farline_app::ports::{Ledger, Store, StoreError};
use farline_domain::kernel::Instant;
use std::collections::BTreeMap;

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Reading and writing. An SQLite file is written by one process at a time: a lock file beside it
    /// sees to it. A PostgreSQL database is written by any number.
    ReadWrite,
    /// Reading only, also beside a running server. The database must exist.
    ReadOnly,
}

/// A store of either kind.
#[async_trait]
pub trait Database: Store + Ledger {
    /// Where it is, for people; without a password.
    fn place(&self) -> String;

    /// Whether the store has stopped for good, because what is on disk is no longer certain (a
    /// failed write or flush). The process should end: only a fresh start reads what is there.
    fn has_stopped(&self) -> bool;

    /// Hands over, at an orderly end: other processes need not wait until this one is missed.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the database cannot be reached; they take over after a while.
    async fn retire(&self) -> Result<(), StoreError>;

    /// Recomputes every invariant from one snapshot. Empty when all hold. It reads everything and
    /// keeps one line in memory at a time; on a large store it takes minutes.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the database cannot be read at all; a row that cannot be
    /// understood is a violation instead.
    async fn violations(&self) -> Result<Vec<Violation>, StoreError>;

    /// What the database is and how it is doing.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it cannot be reached.
    async fn condition(&self) -> Result<Condition, StoreError>;

    /// When the newest event of each provider was noted, by the provider's name.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it cannot be read.
    async fn newest_events(&self) -> Result<BTreeMap<String, Instant>, StoreError>;

    /// Writes the whole installation into a file, from one snapshot. Returns what it counted, and the
    /// digest of the file. `tell` is told of rows.
    ///
    /// # Errors
    /// [`MovingError`]; then there is no file.
    async fn export(&self, wanted: Exporting, tell: Tell) -> Result<(Proof, String), MovingError>;

    /// Takes an installation in, into a database that holds nothing yet: all of it, and only if what
    /// arrived is what the file says. The store has to be opened anew afterwards. `tell` is told of
    /// rows, each of which is written and read back.
    ///
    /// # Errors
    /// [`MovingError`]; then the database holds nothing.
    async fn take_in(
        &self,
        checked: Checked,
        now: Instant,
        tell: Tell,
    ) -> Result<Proof, MovingError>;
    /// Copies the database while it is in use, to one moment. `tell` is told of octets, each of which is
    /// copied and read back.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it cannot be read or the copy not be written, and of a database that
    /// is another process; then there is no copy.
    async fn back_up(&self, copying: Copying, tell: Tell) -> Result<Copied, StoreError>;
}
