//! A copy of the database while it is written to, and what such a copy holds.
//!
//! Pages are copied by SQLite's backup interface within one read transaction. Without that transaction
//! the copy would begin anew whenever somebody writes, and under load never end; with it, it is of one
//! moment, holds nobody up, can go as slowly as wanted and can say how far it is. (`VACUUM INTO` is of
//! one moment too, but runs at full speed, and writes the rows anew instead of the pages that are there.)

use super::SqliteStore;
use super::fault::Fault;
use super::open::open_to_check;
use crate::backup::{Copied, Copying, Label, digest_of, write_label};
use crate::kept::values::{IdBytes, minted};
use crate::moving::Tell;
use crate::moving::writing::{name, part_of};
use farline_app::ports::StoreError;
use farline_domain::kernel::Instant;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Pages copied at once: a megabyte.
const PAGES: i32 = 256;
/// How long to wait for a file that is just being locked by somebody.
const BUSY: Duration = Duration::from_millis(20);

statements! {
    PAGE_SIZE = "SELECT page_size FROM pragma_page_size";
    INTEGRITY = "SELECT integrity_check FROM pragma_integrity_check";
    NEWEST = "SELECT (SELECT COUNT(*) FROM orders WHERE cell >= 0), \
        (SELECT MAX(id) FROM orders WHERE cell >= 0), \
        (SELECT MAX(version) FROM refinery_schema_history)";
}

/// What a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// The newest migration.
    pub schema: i64,
    /// How many orders.
    pub orders: i64,
    /// When the newest of them was placed.
    pub newest_order: Option<Instant>,
}

fn failed(path: &Path, error: impl std::fmt::Display) -> StoreError {
    StoreError::Failed(format!("{}: {error}", path.display()))
}

fn copy_pages(path: &Path, part: &Path, (most, tell): (u64, &Tell)) -> Result<(), Fault> {
    let source = open_to_check(path).map_err(|error| Fault::Refused(error.to_string()))?;
    let snapshot = source.unchecked_transaction()?;
    // A transaction is of the moment of its first read.
    let page: i64 = snapshot.query_row(PAGE_SIZE, [], |row| row.get(0))?;
    let _: (i64, Option<IdBytes>, i64) =
        snapshot.query_row(NEWEST, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut copy = Connection::open(part)?;
    let backup = Backup::new(&source, &mut copy)?;
    let started = std::time::Instant::now();
    loop {
        let step = backup.step(PAGES)?;
        if matches!(step, StepResult::Busy | StepResult::Locked) {
            std::thread::sleep(BUSY);
            continue;
        }
        let progress = backup.progress();
        let pages = i64::from(progress.pagecount - progress.remaining);
        let octets = u64::try_from(pages * page).unwrap_or_default();
        tell(octets);
        if step == StepResult::Done {
            break;
        }
        let due = Duration::from_millis(octets.saturating_mul(1000) / most.max(1));
        std::thread::sleep(due.saturating_sub(started.elapsed()));
    }
    drop(backup);
    // One file, without a log beside it.
    copy.pragma_update(None, "journal_mode", "delete")?;
    Ok(())
}

/// The digest of what was written, read back from the file.
fn read_back(part: &Path, tell: &Arc<Tell>) -> io::Result<Copied> {
    let (tell, copied) = (Arc::clone(tell), std::fs::metadata(part)?.len());
    digest_of(part, None, &(Box::new(move |octets| tell(copied + octets)) as Tell))
}

fn back_up(path: &Path, copying: &Copying, tell: Tell) -> Result<Copied, StoreError> {
    let tell = Arc::new(tell);
    let copy = &copying.copy;
    if copy.exists() {
        return Err(failed(copy, "there is a file of this name already"));
    }
    let part = part_of(copy);
    // Only its owner may read it. What is left of an earlier attempt is written over.
    let mut options = OpenOptions::new();
    let made = options.write(true).create(true).truncate(true).mode(0o600).open(&part);
    drop(made.map_err(|error| failed(&part, error))?);
    let copied = copy_pages(path, &part, (copying.octets_per_second, &tell))
        .map_err(StoreError::from)
        .and_then(|()| read_back(&part, &tell).map_err(|error| failed(&part, error)))
        .and_then(|copied| {
            let label = Label { made: copying.made.clone(), sha256: copied.sha256.clone() };
            let named = write_label(copy, &label).and_then(|()| name(&part, copy));
            named.map_err(|error| failed(copy, error))?;
            Ok(copied)
        });
    if copied.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    copied
}

impl SqliteStore {
    /// Copies the database while it is in use.
    pub(super) async fn copy_out(
        &self,
        copying: Copying,
        tell: Tell,
    ) -> Result<Copied, StoreError> {
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || back_up(&path, &copying, tell))
            .await
            .map_err(|_| StoreError::Failed("the copy was broken off".to_owned()))?
    }

    /// What is wrong with the pages of the file, as SQLite sees it; empty when they are whole.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it is too damaged to be looked through.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        let found: Vec<String> = self
            .read_long(|connection| {
                let mut statement = connection.prepare(INTEGRITY)?;
                let found = statement.query_map([], |row| row.get(0))?;
                Ok(found.collect::<Result<_, _>>()?)
            })
            .await?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// What it holds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn holdings(&self) -> Result<Holdings, StoreError> {
        self.read_long(|connection| {
            Ok(connection.query_row(NEWEST, [], |row| {
                let newest: Option<IdBytes> = row.get(1)?;
                let newest_order = newest.map(minted);
                Ok(Holdings { schema: row.get(2)?, orders: row.get(0)?, newest_order })
            })?)
        })
        .await
    }
}
