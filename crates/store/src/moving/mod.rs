//! Moving house: a whole installation in one file, from one database to another of either kind, and
//! the proof that both hold the same.
//!
//! * `shape` – which tables and columns there are, read from each database's own schema
//! * `cells` – the cell of rows that have one in PostgreSQL only
//! * `value` – values and rows as text · `file` with `writing` and `reading` – the file
//! * `proof` – what is compared: rows, sums, heads of chains, and a digest of every table
//!
//! The databases (`sqlite/moving.rs`, `postgres/moving.rs`) describe themselves, give their rows and
//! take rows in.

pub(crate) mod cells;
pub(crate) mod file;
pub(crate) mod proof;
pub(crate) mod reading;
pub(crate) mod shape;
pub(crate) mod value;
pub(crate) mod writing;

pub use file::{FileFault, Header, Origin};
pub use proof::{Counted, Proof, Sum};
pub use reading::{Checked, check_file, read_header};

use farline_app::ports::StoreError;
use farline_domain::kernel::Instant;
use std::path::PathBuf;

/// Told of rows, pages or octets as they pass.
pub type Tell = Box<dyn Fn(u64) + Send + Sync>;

/// Whether others may write while a database is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writers {
    /// Nobody may: what they write would be left behind.
    Refused,
    /// They may: the file is a copy of one moment.
    Allowed,
}

/// What to write, and where to.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// The file, which must not exist.
    pub file: PathBuf,
    /// What the program says about the installation.
    pub origin: Origin,
    /// Whether others may write meanwhile.
    pub writers: Writers,
    /// The time, by which leases are judged.
    pub now: Instant,
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MovingError {
    /// The file is not whole, not ours, or cannot be read or written.
    #[error(transparent)]
    File(#[from] FileFault),
    /// It cannot be done; nothing is broken.
    #[error("{0}")]
    Refused(String),
    /// What was taken in is not what the file says, so it was taken out again.
    #[error("what arrived is not what the file holds; nothing of it was kept")]
    Differs(Box<Differing>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The two proofs that should have been one.
#[derive(Clone, Debug)]
pub struct Differing {
    /// What the file says.
    pub said: Proof,
    /// What arrived.
    pub arrived: Proof,
}

/// Refuses rows that are not what the file says.
pub(crate) fn compare(said: &Proof, arrived: &Proof) -> Result<(), MovingError> {
    if said == arrived {
        return Ok(());
    }
    let differing = Differing { said: said.clone(), arrived: arrived.clone() };
    Err(MovingError::Differs(Box::new(differing)))
}

/// Refuses to take an installation into one that holds something already.
pub(crate) fn check_empty(full: &[(String, i64)]) -> Result<(), MovingError> {
    let Some((table, rows)) = full.first() else {
        return Ok(());
    };
    let others = match full.len() {
        1 => String::new(),
        count => format!(", and {} other tables have rows", count - 1),
    };
    Err(MovingError::Refused(format!(
        "the database is not empty ({table} has {rows}{others}). An installation is taken in whole \
         and only where there is none: name an empty database, or a data folder without farline.db."
    )))
}
