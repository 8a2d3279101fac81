//! One PostgreSQL database, any number of processes.
//!
//! * `address`, `tls` – where a database is · `open` – migrations · `session` – one connection ·
//!   `pool` – those for ordinary work · `spread` – which cells lie together
//! * `committer` – the tasks that commit · `pipeline` – commands on lines: `claims`, `load`, decide,
//!   `save`
//! * `lines`, `import`, `orders`, `quotes`, `catalogue`, `charging`, `jobs` (with `leases`),
//!   `requests`, `records`, `limits`, `ledger`, `settings`, `accounts` (with `accounts_change`), `find`, `staff` (with
//!   `staff_change`), `subjects` (with `lanes`, where their commands wait, and `subjects_save`), `voice` – one port each
//! * `moving` – a whole installation, row by row, out of a file and into one
//! * `check` (with `check_shops`, `check_subjects`) – everything that is kept, read for the checker of the invariants
//! * `condition` – how the database is doing

/// Runs work in a transaction, again from fresh state when it gave way to others. The work may not
/// reach outside the database.
macro_rules! transaction {
    ($store:expr, |$session:ident| $work:block) => {{
        let mut attempt = 1;
        loop {
            let mut $session = match $store.begin().await {
                Ok(session) => session,
                Err(fault) => break Err(fault),
            };
            let worked: Result<_, crate::postgres::fault::Fault> = async { $work }.await;
            match $session.end(worked).await {
                Err(fault) if crate::postgres::is_worth_repeating(&fault, attempt) => {
                    drop($session);
                    crate::postgres::committer::pause(attempt).await;
                    attempt += 1;
                }
                ended => break ended,
            }
        }
    }};
}

mod accounts;
mod accounts_change;
mod address;
mod auto_renew;
mod by_hand;
mod catalogue;
mod charging;
mod check;
mod check_shops;
mod check_subjects;
mod claims;
mod committer;
#[cfg(test)]
mod committer_tests;
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
mod lanes;
mod leases;
mod ledger;
mod limits;
mod lines;
mod load;
mod marketing;
mod moving;
#[cfg(test)]
mod moving_tests;
mod open;
mod orders;
mod partners;
mod passkeys;
mod pipeline;
mod pool;
mod quotes;
mod records;
mod refund_requests;
mod reminders;
mod requests;
mod save;
mod session;
mod settings;
mod shops;
mod spread;
mod staff;
mod staff_change;
#[cfg(test)]
mod statement_tests;
mod subjects;
mod subjects_save;
mod tls;
mod trial;
mod values;
mod voice;
mod vouchers;

pub use open::PostgresOptions;
pub use session::CommitScope;
pub use spread::{Placement, Spread};
pub use trial::PostgresTrial;

use crate::backup::{Copied, Copying};
use crate::check::Violation;
use crate::condition::Condition;
use crate::database::Database;
use crate::kept::catalogue::SharedCatalogue;
use crate::moving::{Checked, Exporting, MovingError, Proof, Tell};
use address::Address;
use async_trait::async_trait;
use committer::Committers;
use farline_app::ports::StoreError;
use farline_domain::kernel::Instant;
use fault::{Fault, Reach};
use lanes::Lanes;
use leases::Leases;
use pool::{Held, Pool};
use spread::Homes;
use std::collections::BTreeMap;

/// How often ordinary work is tried.
const ATTEMPTS: u32 = 5;

/// Whether a fault is of the moment. A key that has just been taken counts: seen afresh, the work
/// finds it there and says so.
pub(crate) fn is_worth_repeating(fault: &Fault, attempt: u32) -> bool {
    attempt < ATTEMPTS && (fault.reach() == Reach::Again || fault.is_duplicate())
}

/// The PostgreSQL store: every port over one database.
pub struct PostgresStore {
    place: String,
    address: Address,
    pool: Pool,
    committers: Option<Committers>,
    homes: Homes,
    catalogue: SharedCatalogue,
    /// Publications swap the catalogue in memory in the order in which they were committed.
    published: tokio::sync::Mutex<catalogue::Seen>,
    leases: tokio::sync::Mutex<Leases>,
    lanes: Lanes,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").field("place", &self.place).finish_non_exhaustive()
    }
}

impl PostgresStore {
    fn committers(&self) -> Result<&Committers, StoreError> {
        self.committers
            .as_ref()
            .ok_or_else(|| StoreError::Failed("the store is open for reading only".to_owned()))
    }

    /// A connection for reading, or for a single statement.
    async fn session(&self) -> Result<Held, Fault> {
        self.pool.session().await
    }

    /// A connection with an open transaction.
    async fn begin(&self) -> Result<Held, Fault> {
        self.pool.begin().await
    }
}

#[async_trait]
impl Database for PostgresStore {
    fn place(&self) -> String {
        self.place.clone()
    }

    /// Never: the database is another process, and answers for its own disk.
    fn has_stopped(&self) -> bool {
        false
    }

    async fn retire(&self) -> Result<(), StoreError> {
        Ok(self.release_cells().await?)
    }

    async fn violations(&self) -> Result<Vec<Violation>, StoreError> {
        Ok(check::violations(self).await?)
    }

    async fn condition(&self) -> Result<Condition, StoreError> {
        Ok(condition::condition(self).await?)
    }

    async fn newest_events(&self) -> Result<BTreeMap<String, Instant>, StoreError> {
        Ok(jobs::newest_events(self).await?)
    }

    async fn export(&self, wanted: Exporting, tell: Tell) -> Result<(Proof, String), MovingError> {
        self.move_out(wanted, tell).await
    }

    async fn take_in(
        &self,
        checked: Checked,
        now: Instant,
        tell: Tell,
    ) -> Result<Proof, MovingError> {
        self.move_in((checked, now), tell).await
    }
    /// PostgreSQL has tools of its own for this, which know more than a client could.
    async fn back_up(&self, _: Copying, _: Tell) -> Result<Copied, StoreError> {
        let how = "a PostgreSQL database is backed up with pg_basebackup and its archived log, to any \
            moment: docs/operate/backup.md";
        Err(StoreError::Failed(how.to_owned()))
    }
}
