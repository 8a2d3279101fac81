//! Copying the write-ahead log into the database. A thread of its own does most of it beside the
//! writer; what is left the writer does itself now and then, which is short, and the log begins anew.
//! SQLite's own automatic checkpoint swallows errors; here they reach the next commit, because after a
//! failed flush nothing may go on as if it had not happened.

use super::fault::Fault;
use farline_app::ports::StoreError;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, Error, ErrorCode, ffi};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How many pages (of 4 KiB) the log grows by between two copies beside the writer.
const COPY_EVERY: i32 = 10_000;
/// Pages from which the writer finishes the copy. Many, because every copy rewrites pages that the next
/// one may rewrite again.
const FINISH_FROM: i32 = 40_000;

statements! {
    COPY = "PRAGMA wal_checkpoint(PASSIVE)";
}

/// A connection that writes, with the thread that copies its log.
pub(crate) struct Logged {
    // In the order in which they are let go: the thread ends when the connection is closed.
    pub(crate) connection: Connection,
    _copier: Copier,
}

impl Logged {
    /// Starts the thread for a connection to a database file.
    pub(crate) fn start(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let (copier, after_commit) = Copier::start(path)?;
        connection.wal_hook(Some(after_commit)).map_err(Fault::from)?;
        Ok(Self { connection, _copier: copier })
    }
}

/// The thread that copies beside the writer.
struct Copier(Option<JoinHandle<()>>);

impl Copier {
    /// Starts it for a database file, and says what the connection that writes does after each commit.
    fn start(path: &Path) -> Result<(Self, AfterCommit), StoreError> {
        let connection = Connection::open(path).map_err(Fault::from)?;
        connection.busy_timeout(Duration::from_secs(5)).map_err(Fault::from)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(Fault::from)?;
        let failed = Arc::new(AtomicBool::new(false));
        let (ask, asked) = sync_channel(1);
        let tells = Arc::clone(&failed);
        let thread = std::thread::Builder::new()
            .name("farline-copier".to_owned())
            .spawn(move || copy_when_asked(&connection, &asked, &tells))
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok((Self(Some(thread)), Box::new(after_commit(ask, failed))))
    }
}

impl Drop for Copier {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            drop(thread.join());
        }
    }
}

/// What a connection does after each commit, given how many pages its log holds.
type AfterCommit = Box<dyn FnMut(&mut Wal, i32) -> rusqlite::Result<()> + Send>;

fn after_commit(
    ask: SyncSender<()>,
    failed: Arc<AtomicBool>,
) -> impl FnMut(&mut Wal, i32) -> rusqlite::Result<()> + Send {
    let mut copied = 0;
    move |log, pages| {
        if failed.load(Ordering::Acquire) {
            return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_IOERR_FSYNC), None));
        }
        // If there are fewer than before, the log has begun anew.
        copied = if pages < copied { 0 } else { copied };
        if pages >= FINISH_FROM {
            return unless_it_can_wait(log.checkpoint());
        }
        if pages - copied >= COPY_EVERY {
            copied = pages;
            // It may still be busy with the last one.
            let _ = ask.try_send(());
        }
        Ok(())
    }
}

fn copy_when_asked(connection: &Connection, asked: &Receiver<()>, failed: &AtomicBool) {
    while asked.recv().is_ok() {
        let copied = connection.query_row(COPY, [], |_| Ok(()));
        if let Err(error) = unless_it_can_wait(copied) {
            tracing::error!(%error, "the log cannot be copied into the database");
            failed.store(true, Ordering::Release);
            return;
        }
    }
}

/// No room in the database file, or somebody else at it: the log keeps everything, and a later commit
/// tries again.
fn unless_it_can_wait(outcome: rusqlite::Result<()>) -> rusqlite::Result<()> {
    let can_wait = |error: &Error| {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    };
    outcome.or_else(|error| if can_wait(&error) { Ok(()) } else { Err(error) })
}
