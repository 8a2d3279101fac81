//! What the floor of a benchmark took, on any database.

use std::time::Duration;

/// Which of a benchmark's two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one of the commands.
    Run,
    /// The one of the floor.
    Floor,
}

/// What the loop did that writes the rows of commands, or of imported lines, again and decides nothing.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// How many commands' rows, or lines', it wrote.
    pub commands: u64,
    /// In what time, all of it durable.
    pub took: Duration,
}

/// What an import of lines writes, in an order that foreign keys allow.
pub(crate) const IMPORTED: [&str; 7] =
    ["lines", "numbers", "iccids", "buckets", "usage_days", "usage_hours", "journal"];
