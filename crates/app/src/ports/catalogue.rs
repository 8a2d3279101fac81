//! The catalogue as kept.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::catalog::{Catalogue, Plan, PlanCode};
use farline_domain::kernel::Instant;
use std::sync::Arc;

/// Where the catalogue is kept. Published plan versions are never changed.
#[async_trait]
pub trait Catalogues: Send + Sync {
    /// The current catalogue; kept in memory, so asking is cheap.
    fn catalogue(&self) -> Arc<Catalogue>;

    /// Publishes a whole catalogue. A plan that differs from its newest version becomes the next
    /// version; one that is equal keeps its number; one that is no longer named is no longer sold.
    /// Returns how many versions are new.
    async fn publish(&self, catalogue: Catalogue, now: Instant) -> Result<u32, StoreError>;

    /// One published version of a plan, for showing what an old order bought.
    async fn plan_version(&self, code: &PlanCode, version: u32)
    -> Result<Option<Plan>, StoreError>;
}
