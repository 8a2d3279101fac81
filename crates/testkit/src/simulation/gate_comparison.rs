//! Listings, rates and movements of money, at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::ledger::{JournalPlace, Movement};
use farline_app::ports::{Ledger, Listings, StoreError};
use farline_domain::comparison::{ExchangeRate, Listing};
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::orders::Order;

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Listings for Gate {
    async fn listings(&self) -> Kept<Vec<Listing>> {
        self.read(self.inner.listings()).await
    }
    async fn keep_listings(&self, listings: &[Listing]) -> Kept<()> {
        self.put("listings", self.inner.keep_listings(listings)).await
    }
    async fn exchange_rates(&self) -> Kept<Vec<ExchangeRate>> {
        self.read(self.inner.exchange_rates()).await
    }
    async fn keep_exchange_rates(&self, rates: &[ExchangeRate]) -> Kept<()> {
        self.put("exchange rates", self.inner.keep_exchange_rates(rates)).await
    }
}

#[async_trait]
impl Ledger for Gate {
    async fn movements(
        &self,
        span: (Instant, Instant),
        after: Option<JournalPlace>,
        rows: u32,
    ) -> Kept<Vec<Movement>> {
        self.read(self.inner.movements(span, after, rows)).await
    }
    async fn orders_of(&self, ids: &[OrderId]) -> Kept<Vec<Order>> {
        self.read(self.inner.orders_of(ids)).await
    }
}
