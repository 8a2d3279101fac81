//! What a day brought, read from what the day itself wrote: however many lines there are, only its own rows are looked at.

use super::StoreError;
use super::records::StoredJob;
use async_trait::async_trait;
use farline_domain::kernel::Instant;
use farline_domain::ledger::MoneyFlows;
use farline_domain::orders::Stage;
use std::collections::BTreeMap;

/// What happened over some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The orders to which anything happened, by the state in which that left them.
    pub stages: BTreeMap<Stage, u64>,
    /// What became of money.
    pub flows: MoneyFlows,
}

/// Days, read from the journal and from the jobs that are due.
#[async_trait]
pub trait Days: Send + Sync {
    /// What happened from an instant (inclusive) to another.
    async fn day(&self, span: (Instant, Instant)) -> Result<Day, StoreError>;

    /// Jobs that were tried before and are due by an instant, the longest waiting first, at most so many.
    async fn jobs_tried(&self, due_by: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError>;
}
