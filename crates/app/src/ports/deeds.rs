//! What the staff did, added up by the database: what comes back is as much as there are people and kinds of deeds,
//! however many calls there were.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::Instant;
use farline_domain::staff::Fact;

/// Deeds of the staff, counted.
#[async_trait]
pub trait Deeds: Send + Sync {
    /// What was done from an instant (inclusive) to another: calls that began then, whatever came of them since; money,
    /// requests and decisions of that time.
    async fn deeds(&self, span: (Instant, Instant)) -> Result<Vec<Fact>, StoreError>;

    /// How many orders wait for a person now.
    async fn waiting_orders(&self) -> Result<u64, StoreError>;
}
