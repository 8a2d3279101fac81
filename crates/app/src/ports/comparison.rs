//! Listings of every channel, and exchange rates, as kept.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::comparison::{ExchangeRate, Listing};

/// Where listings and rates are kept.
#[async_trait]
pub trait Listings: Send + Sync {
    /// Every listing, by seller and code.
    async fn listings(&self) -> Result<Vec<Listing>, StoreError>;

    /// Keeps these listings in place of all that their sellers had, in one commit; those of other sellers stay.
    async fn keep_listings(&self, listings: &[Listing]) -> Result<(), StoreError>;

    /// The newest rate of each source between two currencies.
    async fn exchange_rates(&self) -> Result<Vec<ExchangeRate>, StoreError>;

    /// Keeps these rates, each in place of the one that its source had between the same currencies.
    async fn keep_exchange_rates(&self, rates: &[ExchangeRate]) -> Result<(), StoreError>;
}
