//! What can go wrong inside the store, and how far it reaches.

use crate::kept::row::Row;
use crate::kept::{Refused, Unreadable};
use farline_app::ports::StoreError;
use std::time::Duration;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{Type, WasNull, WrongType};

/// Anything that goes wrong inside the store.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database answered with an error, or the connection broke.
    Sql(tokio_postgres::Error),
    /// What was read or is to be written does not make sense.
    Unreadable(String),
    /// The work cannot be done; nothing is broken.
    Refused(String),
    /// The server did not let anybody in, or keep anybody out, for so long.
    Silent(Duration),
    /// The connection broke while a commit was under way, and could not be had again to look.
    Unknown,
}

/// How far a fault reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Only the work that met it.
    Work,
    /// The transaction, which did not happen; a repetition from fresh state may succeed.
    Again,
    /// The connection: whether a commit under way happened is not known.
    Connection,
    /// The transaction; a repetition would meet it again.
    Transaction,
}

impl Fault {
    /// How far it reaches.
    pub(crate) fn reach(&self) -> Reach {
        match self {
            Self::Unreadable(_) | Self::Refused(_) => Reach::Work,
            Self::Silent(_) => Reach::Connection,
            Self::Unknown => Reach::Transaction,
            Self::Sql(error) if is_of_a_value(error) => Reach::Work,
            Self::Sql(error) => error.code().map_or(Reach::Connection, reach_of),
        }
    }

    /// Whether it is an insertion that met a key which is there already.
    pub(crate) fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION))
    }
}

/// Whether a value does not fit its column or field.
fn is_of_a_value(error: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.is::<WrongType>() || source.is::<WasNull>())
}

/// The class of a code is its first two characters (SQL standard; PostgreSQL, appendix A).
fn reach_of(code: &SqlState) -> Reach {
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::LOCK_NOT_AVAILABLE
        | SqlState::QUERY_CANCELED => Reach::Again,
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            Reach::Connection
        }
        _ => match code.code().get(..2) {
            Some("08") => Reach::Connection,
            Some("22" | "23") => Reach::Work,
            _ => Reach::Transaction,
        },
    }
}

/// The database's words without its details, which may quote what people typed.
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sql(error) => match error.as_db_error() {
                Some(said) => write!(f, "{} ({})", said.message(), said.code().code()),
                None => match std::error::Error::source(error) {
                    Some(source) if source.is::<std::io::Error>() => write!(f, "{error}: {source}"),
                    Some(_) | None => write!(f, "{error}"),
                },
            },
            Self::Unreadable(what) | Self::Refused(what) => f.write_str(what),
            Self::Silent(long) => {
                write!(f, "its server was reached but has not answered within {} s", long.as_secs())
            }
            Self::Unknown => {
                f.write_str("the connection broke during a commit: its outcome is not known")
            }
        }
    }
}

impl From<&Fault> for StoreError {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Sql(error) if error.code() == Some(&SqlState::DISK_FULL) => Self::Full,
            Fault::Sql(_) | Fault::Refused(_) | Fault::Silent(_) | Fault::Unknown => {
                Self::Failed(fault.to_string())
            }
            Fault::Unreadable(what) => Self::Unreadable(what.clone()),
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Sql(error)
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

impl Row for tokio_postgres::Row {
    type Fault = Fault;

    fn some_text(&self, column: usize) -> Result<Option<&str>, Fault> {
        Ok(self.try_get(column)?)
    }

    fn some_number(&self, column: usize) -> Result<Option<i64>, Fault> {
        let kind = self.columns().get(column).map(tokio_postgres::Column::type_);
        match kind {
            Some(&Type::INT2) => Ok(self.try_get::<_, Option<i16>>(column)?.map(i64::from)),
            Some(&Type::INT4) => Ok(self.try_get::<_, Option<i32>>(column)?.map(i64::from)),
            _ => Ok(self.try_get(column)?),
        }
    }

    fn some_octets(&self, column: usize) -> Result<Option<&[u8]>, Fault> {
        Ok(self.try_get(column)?)
    }
}
