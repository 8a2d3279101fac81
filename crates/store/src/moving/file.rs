//! The file of an installation: text, one JSON value a line, so that anybody can read it in twenty
//! years. A header; per table its columns and then its rows, each an array; after every few rows a
//! check; the proof; and an end. A check and the end hold the digest of everything before them, so a
//! file that was cut or altered is refused, and it is known between which octets.

use super::proof::Proof;
use super::shape::Table;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The format that is written, and the only one that is read.
pub(crate) const FORMAT: u32 = 1;
/// What a header says it is the beginning of.
pub(crate) const HOLDS: &str = "a Farline installation";
/// Rows after which there is a check at the latest.
pub(crate) const ROWS_PER_CHECK: u32 = 1000;
/// Octets of rows after which there is one, however few rows they are.
pub(crate) const OCTETS_PER_CHECK: usize = 1 << 20;
/// The longest line that is read.
pub(crate) const LONGEST_LINE: u64 = 64 << 20;

/// The file is not whole, not ours, or cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FileFault(pub(crate) String);

impl FileFault {
    /// A fault of a file that cannot be read or written at all.
    pub(crate) fn of(path: &Path, why: impl std::fmt::Display) -> Self {
        Self(format!("{}: {why}", path.display()))
    }
}

/// What the program says about the installation in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program's version.
    pub program: String,
    /// When the file was begun, as RFC 3339 has it.
    pub exported_at: String,
    /// The installation's keys by name, each with a fingerprint. The keys themselves are elsewhere.
    pub keys: BTreeMap<String, String>,
    /// The other files that the installation needs beside its database.
    pub beside: Vec<String>,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What the file holds.
    pub holds: String,
    /// The format of the file.
    pub format: u32,
    /// The newest migration of the database it came from.
    pub schema: i64,
    /// What the program says.
    pub origin: Origin,
}

/// The digest of everything before, and over how many rows since the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Check {
    pub(crate) rows: u64,
    pub(crate) sha256: String,
}

/// A line that is not a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mark {
    /// The first line.
    Farline(Header),
    /// Rows of this table follow.
    Table(Table),
    /// The rows before are whole.
    Check(Check),
    /// What the database counted.
    Proof(Proof),
    /// Nothing follows; over how many rows in all.
    End(Check),
}
