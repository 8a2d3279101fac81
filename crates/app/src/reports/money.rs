//! Where the money of some time is.

use crate::ports::StoreError;
use crate::ports::ledger::{Ledger, Movement};
use farline_domain::kernel::{Instant, MoneyError};
use farline_domain::ledger::MoneyFlows;

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

/// Adds up the money entries from an instant (inclusive) to another, and shows each movement on the way. It keeps one
/// group of rows in memory, however many there are.
///
/// # Errors
/// When the entries cannot be read or a sum is more than can be counted.
pub async fn money(
    ledger: &dyn Ledger,
    span: (Instant, Instant),
    mut each: impl FnMut(&Movement),
) -> Result<MoneyFlows, ReportError> {
    let mut flows = MoneyFlows::default();
    let mut last = None;
    loop {
        let movements = ledger.movements(span, last, ROWS).await?;
        for movement in &movements {
            flows.add(movement.kind, &movement.entries).map_err(ReportError::Money)?;
            each(movement);
        }
        last = match movements.last() {
            Some(movement) => Some(movement.place),
            None => return Ok(flows),
        };
    }
}
