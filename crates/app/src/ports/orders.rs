//! Quotes, orders and receipts as kept.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::{AccountId, Cells, Instant, LineId, OrderId, QuoteId, Reference};
use farline_domain::orders::{Order, Quote};
use farline_domain::receipts::Receipt;

/// Quotes as kept.
#[async_trait]
pub trait Quotes: Send + Sync {
    /// Keeps a quote.
    async fn put_quote(&self, quote: &Quote) -> Result<(), StoreError>;

    /// Reads a quote.
    async fn quote(&self, id: QuoteId) -> Result<Option<Quote>, StoreError>;

    /// Forgets quotes of some cells that expired before this instant. Returns how many.
    async fn forget_quotes(&self, cells: Cells, expired_before: Instant)
    -> Result<u64, StoreError>;
}

/// A receipt and its rendering, once there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The receipt.
    pub receipt: Receipt,
    /// The signed PDF.
    pub pdf: Option<Vec<u8>>,
}

/// Orders and receipts as kept. They are changed by the line pipeline only.
#[async_trait]
pub trait Orders: Send + Sync {
    /// Reads an order.
    async fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError>;

    /// Reads an order by what people read aloud.
    async fn order_by_reference(&self, reference: &Reference) -> Result<Option<Order>, StoreError>;

    /// The orders of a line, newest first, older than `before`.
    async fn orders_of_line(
        &self,
        line: LineId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError>;

    /// The orders an account paid, newest first, older than `before`.
    async fn orders_of_account(
        &self,
        account: AccountId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError>;

    /// The orders that wait for a person, soonest deadline first.
    async fn orders_with_task(&self, limit: u32) -> Result<Vec<Order>, StoreError>;

    /// The receipt of an order.
    async fn receipt(&self, order: OrderId) -> Result<Option<StoredReceipt>, StoreError>;

    /// Keeps the signed PDF of a receipt. If another one was kept first, that one stays and is
    /// returned: it is never rendered again.
    async fn keep_pdf(&self, order: OrderId, pdf: Vec<u8>) -> Result<Vec<u8>, StoreError>;
}
