//! State and journal together: a decision is written before it is seen, and synced before it is
//! told to anybody.

use std::{
    fs::File,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    OpenError,
    journal::Journal,
    records::{Change, Moment},
    state::State,
    timers,
};

/// The journal could not be written. Nothing more is accepted until the server is opened again.
#[derive(Debug, thiserror::Error)]
#[error("the journal cannot be written")]
pub(crate) struct JournalBroken;

pub(crate) struct Ledger {
    book: Mutex<Book>,
    disk: File,
    /// How many bytes are known to be on disk.
    synced: Mutex<u64>,
}

struct Book {
    state: State,
    journal: Journal,
    broken: bool,
}

impl Ledger {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let (journal, state) = Journal::open(path)?;
        let (disk, synced) = (journal.handle()?, Mutex::new(journal.length()));
        Ok(Self { book: Mutex::new(Book { state, journal, broken: false }), disk, synced })
    }

    /// Lets `decide` see the state, writes its changes and returns its answer once everything that
    /// the answer may rest on is on disk. One sync serves all callers that wait at that time.
    pub(crate) fn transact<T>(
        &self,
        moment: &Moment,
        decide: impl FnOnce(&State) -> (Vec<Change>, T),
    ) -> Result<T, JournalBroken> {
        let (answer, length) = self.write(moment, decide)?;
        self.sync(length)?;
        Ok(answer)
    }

    /// As [`Ledger::transact`], for changes that may be lost and done again.
    pub(crate) fn write<T>(
        &self,
        moment: &Moment,
        decide: impl FnOnce(&State) -> (Vec<Change>, T),
    ) -> Result<(T, u64), JournalBroken> {
        let mut book = locked(&self.book);
        loop {
            let overdue = timers::run(moment, &book.state);
            if overdue.is_empty() {
                break;
            }
            book.commit(moment.now_ms, overdue)?;
        }
        let (changes, answer) = decide(&book.state);
        book.commit(moment.now_ms, changes)?;
        Ok((answer, book.journal.length()))
    }

    fn sync(&self, length: u64) -> Result<(), JournalBroken> {
        let mut synced = locked(&self.synced);
        if *synced >= length {
            return Ok(());
        }
        let written = locked(&self.book).journal.length();
        if let Err(error) = self.disk.sync_data() {
            tracing::error!(%error, "the journal cannot be synced");
            locked(&self.book).broken = true;
            return Err(JournalBroken);
        }
        *synced = written;
        Ok(())
    }
}

impl Book {
    fn commit(&mut self, now_ms: i64, changes: Vec<Change>) -> Result<(), JournalBroken> {
        if self.broken {
            return Err(JournalBroken);
        }
        if changes.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.journal.append(now_ms, &changes) {
            // Part of the line may be in the file: another one after it would be damage.
            tracing::error!(%error, "the journal cannot be written");
            self.broken = true;
            return Err(JournalBroken);
        }
        for change in changes {
            self.state.apply(change);
        }
        Ok(())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
