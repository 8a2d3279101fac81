//! Money entries as kept, for reports.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::{Instant, LineId, Money, OrderId};
use farline_domain::ledger::{Account, EntrySetKind};
use farline_domain::orders::Order;

/// Which row of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JournalPlace {
    /// When it was written.
    pub at: Instant,
    /// The line whose row it is.
    pub line: LineId,
    /// Its number on that line, from 1.
    pub number: u32,
}

/// A set of money entries, which sum to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The row of the journal that it stands in; a row may have several.
    pub place: JournalPlace,
    /// The order it belongs to.
    pub order: OrderId,
    /// Why it was written.
    pub kind: EntrySetKind,
    /// The entries.
    pub entries: Vec<(Account, Money)>,
}

/// Money entries, to be read through once.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// The movements of the next rows of the journal, at most so many, from an instant (inclusive) to another, behind the
    /// last row that was given before. They come in an order of the store's own, a row's together; none when all were
    /// given.
    async fn movements(
        &self,
        span: (Instant, Instant),
        after: Option<JournalPlace>,
        rows: u32,
    ) -> Result<Vec<Movement>, StoreError>;

    /// The orders with these ids, read together, in an order of the store's own. One that there is not is left out; one
    /// that is named twice may come twice.
    async fn orders_of(&self, ids: &[OrderId]) -> Result<Vec<Order>, StoreError>;
}
