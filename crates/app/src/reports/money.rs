//! Where the money of some time is.

use super::{Groups, ReportError};
use crate::ports::ledger::{Ledger, Movement};
use farline_domain::kernel::Instant;
use farline_domain::ledger::MoneyFlows;

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
    let mut groups = Groups::of(ledger, span);
    loop {
        let movements = groups.next().await?;
        if movements.is_empty() {
            return Ok(flows);
        }
        for movement in &movements {
            flows.add(movement.kind, &movement.entries).map_err(ReportError::Money)?;
            each(movement);
        }
    }
}
