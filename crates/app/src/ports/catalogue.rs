//! The catalogue as kept.

use super::StoreError;
use super::staff::NewStaffLine;
use async_trait::async_trait;
use farline_domain::catalog::{Catalogue, Plan, PlanCode, Promotion};
use farline_domain::kernel::{Instant, StaffId};
use std::sync::Arc;

/// A change of what is sold of one plan, or with which promotion, between two publications of the whole catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaleChange {
    /// Sells this version from its first day of sale on. Its number is the one after the newest.
    Add(Plan),
    /// Takes a version back that has not begun.
    Withdraw(PlanCode, u32),
    /// Sells no more of the plan.
    Stop(PlanCode),
    /// Sells it again.
    Resume(PlanCode),
    /// Gives this promotion, in place of one of its code if there is one.
    Promotion(Box<Promotion>),
}

/// A version of a plan as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedVersion {
    /// What it says.
    pub plan: Plan,
    /// When it was published.
    pub published_at: Instant,
    /// When it was taken back, or overtaken by a publication.
    pub withdrawn_at: Option<Instant>,
}

/// Where the catalogue is kept. Published plan versions are never changed.
#[async_trait]
pub trait Catalogues: Send + Sync {
    /// The current catalogue; kept in memory, so asking is cheap.
    fn catalogue(&self) -> Arc<Catalogue>;

    /// Publishes a whole catalogue. A plan that differs from its newest version becomes the next
    /// version; one that is equal keeps its number; one that is no longer named is no longer sold.
    /// What was changed of a plan's sale stays, unless the publication brings a newer version of that plan. Its promotions
    /// take the place of those of the publication before; promotions made by themselves stay.
    /// Returns how many versions are new.
    async fn publish(&self, catalogue: Catalogue, now: Instant) -> Result<u32, StoreError>;

    /// Gives these promotions, each in place of one of its code if there is one; the others stay.
    async fn put_promotions(&self, promotions: Vec<Promotion>) -> Result<(), StoreError>;

    /// One published version of a plan, for showing what an old order bought.
    async fn plan_version(&self, code: &PlanCode, version: u32)
    -> Result<Option<Plan>, StoreError>;

    /// Changes what is sold of one plan, and writes down which member did it, in one commit. Returns whether it was
    /// done: it is not, and nothing is written, where there was nothing to change, or where another version was
    /// published in the meantime.
    async fn change_sale(
        &self,
        change: SaleChange,
        by: (StaffId, NewStaffLine),
        now: Instant,
    ) -> Result<bool, StoreError>;

    /// The versions of a plan, the newest first, at most fifty.
    async fn plan_versions(&self, code: &PlanCode) -> Result<Vec<PublishedVersion>, StoreError>;
}
