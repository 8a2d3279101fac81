//! The checker of the invariants: recomputes them over everything that is kept, line by line, from
//! one snapshot, beside a running server.

mod audit;
mod balance;
mod directories;
mod history;
mod liveness;
mod money;
mod orders;

#[cfg(test)]
pub(crate) use directories::statements as directory_statements;
#[cfg(test)]
pub(crate) use history::statements as history_statements;

use super::SqliteStore;
use super::fault::Fault;
use super::open::open_to_check;
use super::values::IdBytes;
use farline_app::ports::StoreError;
use farline_domain::kernel::LineId;
use history::{History, Statements};
use rusqlite::Connection;

statements! {
    LINES = "SELECT cell, id FROM lines ORDER BY cell, id";
}

/// What must hold. The numbers are those of the architecture's invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Everything that is kept can be read.
    Readable,
    /// Every set of money entries sums to zero per currency (1).
    EntrySets,
    /// Captured = delivered net of reversals + refunded + held, and losses are named (1).
    Conservation,
    /// Nothing is below zero, and used + reserved never exceeds granted (2).
    Negative,
    /// Reserved is the sum of the reservations (2).
    Reservations,
    /// What is held is held by a session that runs, and sessions debited no more than entries say (2).
    Sessions,
    /// A payment ends once: delivered, or refunded, or goodwill for a named loss (3).
    OneEnding,
    /// An order's columns, history and audit say what its body says (8).
    Orders,
    /// A delivered order has exactly one receipt, whose hash and number fit (7, 10).
    Receipts,
    /// The audit's chain and its head verify (8).
    Audit,
    /// Numbers, ICCIDs, references and accounts lead to what they name, and only to that (4, 9).
    Directories,
    /// A line is busy with an unfinished order of its own, if and only if it has one.
    Busy,
    /// Whatever is unfinished has a job or a person (5).
    Liveness,
    /// A bucket's granted and used are what its entries say (11).
    Buckets,
    /// Numbers of rows are given without gaps, up to the line's counters.
    Counters,
    /// No row belongs to a line that does not exist.
    Orphans,
}

/// A rule that does not hold somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// Where: ids, never numbers or addresses of people.
    pub place: String,
    /// What was found, with the figures.
    pub found: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}: {}", self.rule, self.place, self.found)
    }
}

/// Collects what is found.
#[derive(Default)]
struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, rule: Rule, place: impl std::fmt::Display, found: impl Into<String>) {
        self.0.push(Violation { rule, place: format!("{place}"), found: found.into() });
    }

    /// Notes it unless the figures agree.
    fn agree<T: PartialEq + std::fmt::Debug>(
        &mut self,
        (rule, place): (Rule, &str),
        what: &str,
        (found, expected): (T, T),
    ) {
        if found != expected {
            self.add(rule, place, format!("{what} is {found:?}, not {expected:?}"));
        }
    }
}

impl SqliteStore {
    /// Recomputes every invariant from one snapshot. Empty when all hold. It reads everything and
    /// keeps one line in memory at a time; on a large store it takes minutes, so it is to be called
    /// from a thread that may block.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the database cannot be read at all; a row that cannot be
    /// understood is a violation instead.
    pub fn check_invariants(&self) -> Result<Vec<Violation>, StoreError> {
        let connection = open_to_check(self.path())?;
        Ok(check(&connection)?)
    }
}

fn check(connection: &Connection) -> Result<Vec<Violation>, Fault> {
    let snapshot = connection.unchecked_transaction()?;
    let mut findings = Findings::default();
    let mut totals = money::Totals::default();
    let mut statements = Statements::prepare(&snapshot)?;
    let mut lines = snapshot.prepare(LINES)?;
    let mut rows = lines.query([])?;
    while let Some(row) = rows.next()? {
        let id = LineId::from_bytes(row.get::<_, IdBytes>(1)?);
        match History::read(&snapshot, &mut statements, id) {
            Ok(history) => line(&history, &mut totals, &mut findings),
            Err(Fault::Sql(error)) if error.sqlite_error_code().is_some() => {
                return Err(Fault::Sql(error));
            }
            Err(fault) => findings.add(Rule::Readable, id, fault.to_string()),
        }
    }
    totals.check(&mut findings);
    directories::check(&snapshot, &mut findings)?;
    Ok(findings.0)
}

fn line(history: &History, totals: &mut money::Totals, findings: &mut Findings) {
    balance::check(history, findings);
    money::check(history, totals, findings);
    orders::check(history, findings);
    audit::check(history, findings);
    liveness::check(history, findings);
}
