//! Looking for lines by what a caller says: parts of numbers, names, addresses.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::hotline::Term;
use farline_domain::kernel::LineId;
use farline_domain::lines::{HolderName, Line};

/// A line that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLine {
    /// The line.
    pub line: Line,
    /// Who holds it, where that is kept.
    pub name: Option<HolderName>,
    /// Which of the terms found it, from 0.
    pub by: usize,
    /// Whether what was looked for is the whole of what was found, and not a part.
    pub exact: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each line once: those found exactly first, then in the order of the terms.
    pub lines: Vec<FoundLine>,
    /// Whether there may be more than were wanted.
    pub more: bool,
}

/// Lines as they are looked for.
#[async_trait]
pub trait Find: Send + Sync {
    /// Lines that any of these terms finds, at most so many.
    async fn find_lines(&self, terms: &[Term], most: u32) -> Result<Found, StoreError>;

    /// Who holds a line, where that is kept.
    async fn holder_name(&self, line: LineId) -> Result<Option<HolderName>, StoreError>;
}
