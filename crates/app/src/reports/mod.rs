//! What an operator's books need: read through, never kept.

mod cells;
pub mod money;
pub mod taking;
pub mod tax;

pub use cells::{decimal, sheet_text, text_cell};
pub use money::money;
pub use taking::taking;
pub use tax::tax;

use crate::ports::StoreError;
use crate::ports::ledger::{JournalPlace, Ledger, Movement};
use farline_domain::kernel::{Instant, MoneyError};

/// Rows of the journal that are read at once.
const ROWS: u32 = 2_000;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The entries could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sum is more than can be counted.
    #[error("a sum of money is more than can be counted: {0:?}")]
    Money(MoneyError),
}

/// The movements of some time, group by group: one group is in memory, however many there are.
pub(crate) struct Groups<'a> {
    ledger: &'a dyn Ledger,
    span: (Instant, Instant),
    last: Option<JournalPlace>,
}

impl<'a> Groups<'a> {
    /// Those from an instant (inclusive) to another.
    pub(crate) fn of(ledger: &'a dyn Ledger, span: (Instant, Instant)) -> Self {
        Self { ledger, span, last: None }
    }

    /// The next group; empty when all were given.
    pub(crate) async fn next(&mut self) -> Result<Vec<Movement>, StoreError> {
        let movements = self.ledger.movements(self.span, self.last, ROWS).await?;
        self.last = movements.last().map(|movement| movement.place).or(self.last);
        Ok(movements)
    }
}
