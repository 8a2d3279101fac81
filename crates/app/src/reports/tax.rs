//! What tax was collected over some time, and on what.

use super::{Groups, ReportError};
use crate::ports::ledger::{Ledger, Movement};
use farline_domain::catalog::Price;
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::ledger::TaxBooks;
use std::collections::HashMap;

/// Holds the taxes that were posted from an instant (inclusive) to another against the prices of the orders that they
/// were posted for. Each movement is shown on the way, with whether its taxes are those of its order's price. It keeps
/// one group of rows and their orders in memory, however many there are.
///
/// # Errors
/// When the entries or orders cannot be read or a sum is more than can be counted.
pub async fn tax(
    ledger: &dyn Ledger,
    span: (Instant, Instant),
    mut each: impl FnMut(&Movement, bool),
) -> Result<TaxBooks, ReportError> {
    let mut books = TaxBooks::default();
    let mut groups = Groups::of(ledger, span);
    loop {
        let movements = groups.next().await?;
        if movements.is_empty() {
            return Ok(books);
        }
        let prices = prices(ledger, &movements).await?;
        for movement in &movements {
            let price = prices.get(&movement.order);
            let is_same = books.add(movement.kind, &movement.entries, price);
            each(movement, is_same.map_err(ReportError::Money)?);
        }
    }
}

/// The prices of the orders that were delivered or taken back.
async fn prices(
    ledger: &dyn Ledger,
    movements: &[Movement],
) -> Result<HashMap<OrderId, Price>, ReportError> {
    let of_delivery =
        |movement: &&Movement| TaxBooks::is_of_delivery(movement.kind, &movement.entries);
    let mut ids: Vec<OrderId> =
        movements.iter().filter(of_delivery).map(|movement| movement.order).collect();
    ids.sort_unstable();
    ids.dedup();
    let orders = ledger.orders_of(&ids).await?;
    Ok(orders.into_iter().map(|order| (order.id, order.price)).collect())
}
