//! What is read from an export, whichever provider wrote it.

use farline_domain::kernel::{Instant, Money, OrderId};
use farline_domain::payments::Settled;

/// An export that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ExportError(pub String);

/// A settlement export, line by line.
pub trait Export: Iterator<Item = Result<Line, ExportError>> + Send {
    /// The adapter's name of the provider, as it stands in orders and entries.
    fn provider(&self) -> &'static str;
}

/// What a row of an export says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The export is of this time, from an instant (inclusive) to another.
    Period(Instant, Instant),
    /// Money moved.
    Entry(Box<Entry>),
    /// It cannot be understood.
    Unreadable(Wrong),
}

/// A row that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The row, as a spreadsheet counts it.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What is wrong.
    pub reason: String,
}

/// Money that moved at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row, as a spreadsheet counts it.
    pub row: u64,
    /// When it moved.
    pub at: Instant,
    /// The provider's word for it.
    pub word: String,
    /// The provider's id of it.
    pub id: String,
    /// Our order, as far as the row names it.
    pub order: Option<OrderId>,
    /// How much moved to us, fees not taken off; below zero, away from us.
    pub gross: Money,
    /// What the provider keeps for it; below zero, gives back.
    pub fee: Money,
    /// What it means to us.
    pub meaning: Meaning,
}

/// What money that moved means to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An order was paid, or money of one went back.
    Settled(Settled),
    /// Somebody disputes a payment, or the provider took it into its own hands.
    Disputed,
    /// It is between the provider and us alone: fees, payouts.
    Apart,
}
