//! What the floor of a benchmark took, on any database.

use std::time::Duration;

/// What the loop did that writes the rows of commands again and decides nothing.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// How many commands' rows it wrote.
    pub commands: u64,
    /// In what time, all of it durable.
    pub took: Duration,
}
