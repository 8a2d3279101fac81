//! What can go wrong inside the store, and how far it reaches.

use crate::kept::row::Row;
use crate::kept::{Refused, Unreadable};
use farline_app::ports::StoreError;
use rusqlite::ErrorCode;

/// `SQLITE_IOERR_SHMSIZE`: the index of the write-ahead log could not grow, which means a full disk.
const IOERR_SHMSIZE: i32 = 0x130a;

/// Anything that goes wrong inside the store.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The database answered with an error.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// What was read or is to be written does not make sense.
    #[error("{0}")]
    Unreadable(String),
    /// The work cannot be done; nothing is broken.
    #[error("{0}")]
    Refused(String),
}

/// How far a fault reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Only the work that met it; its savepoint is rolled back.
    Work,
    /// The whole transaction.
    Transaction,
    /// The store: what is on disk is no longer certain, so it takes no more work.
    Store,
}

impl Fault {
    /// How far it reaches.
    pub(crate) fn reach(&self) -> Reach {
        match self {
            Self::Unreadable(_) | Self::Refused(_) => Reach::Work,
            Self::Sql(error) if is_full(error) => Reach::Transaction,
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(
                    ErrorCode::SystemIoFailure
                    | ErrorCode::DatabaseCorrupt
                    | ErrorCode::NotADatabase,
                ) => Reach::Store,
                Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) | None => {
                    Reach::Work
                }
                Some(_) => Reach::Transaction,
            },
        }
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| {
        error.code == ErrorCode::DiskFull || error.extended_code == IOERR_SHMSIZE
    })
}

/// Whether an insertion met a key that is there already.
pub(crate) fn is_duplicate(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

impl From<&Fault> for StoreError {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Sql(error) if is_full(error) => Self::Full,
            Fault::Sql(
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..),
            ) => Self::Unreadable(fault.to_string()),
            Fault::Sql(_) | Fault::Refused(_) => Self::Failed(fault.to_string()),
            Fault::Unreadable(what) => Self::Unreadable(what.clone()),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

impl From<Unreadable> for Fault {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable.0)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused.0.to_owned())
    }
}

impl Row for rusqlite::Row<'_> {
    type Fault = Fault;

    fn some_text(&self, column: usize) -> Result<Option<&str>, Fault> {
        Ok(self.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?)
    }

    fn some_number(&self, column: usize) -> Result<Option<i64>, Fault> {
        Ok(self.get_ref(column)?.as_i64_or_null().map_err(rusqlite::Error::from)?)
    }

    fn some_octets(&self, column: usize) -> Result<Option<&[u8]>, Fault> {
        Ok(self.get_ref(column)?.as_blob_or_null().map_err(rusqlite::Error::from)?)
    }
}
