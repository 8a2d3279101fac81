//! How a database is doing, for `farline doctor`: only looked at, never changed.

use serde::Serialize;

/// What a database is and how it is doing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Condition {
    /// Which database, with its version.
    pub server: String,
    /// The migrations that were applied, such as `1 foundation`.
    pub migrations: Vec<String>,
    /// What is spread over several machines; absent where nothing is.
    pub spread: Option<SpreadState>,
    /// Who works on which cells; absent where one process has them all.
    pub leases: Option<LeaseState>,
}

/// How a spread-out database lies.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SpreadState {
    /// The version of Citus.
    pub citus: String,
    /// The machines.
    pub machines: Vec<Machine>,
    /// How many tables are divided by cell.
    pub tables_by_cell: u64,
    /// How many are copied to every machine.
    pub tables_everywhere: u64,
    /// Those that lie nowhere yet: `farline migrate --citus` places them.
    pub tables_missing: Vec<String>,
}

/// One machine of a spread-out database.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// Host and port.
    pub address: String,
    /// Whether it answers now.
    pub answers: bool,
    /// Whether Citus counts on it.
    pub is_active: bool,
    /// How many parts of the cells lie on it.
    pub shards: u64,
}

/// Who works on which cells.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LeaseState {
    /// Every process that holds cells.
    pub holders: Vec<Holder>,
    /// Cells that nobody holds, or whose machine does not answer.
    pub cells_unheld: u64,
}

/// A process that holds cells.
#[derive(Clone, Debug, Serialize)]
pub struct Holder {
    /// The first octets of what it is known by.
    pub owner: String,
    /// How many cells it holds.
    pub cells: u64,
    /// The highest count of changes of hands among them.
    pub epoch: u64,
    /// When the first of its leases lapses, in the program's time (RFC 3339).
    pub until: String,
}
