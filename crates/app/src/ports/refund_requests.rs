//! Refunds that wait for a second person, as kept.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::{OrderId, RefundRequestId};
use farline_domain::staff::{RefundRequest, RequestState};

/// Requests as kept.
#[async_trait]
pub trait RefundRequests: Send + Sync {
    /// Keeps a new request. A second one under the same id changes nothing.
    async fn keep_refund_request(&self, request: &RefundRequest) -> Result<(), StoreError>;

    /// Reads one.
    async fn refund_request(
        &self,
        id: RefundRequestId,
    ) -> Result<Option<RefundRequest>, StoreError>;

    /// Keeps what became of a request. `false`, and nothing changed, when it is not in the state `from` any more.
    async fn decide_refund_request(
        &self,
        request: &RefundRequest,
        from: RequestState,
    ) -> Result<bool, StoreError>;

    /// Those of an order, oldest first.
    async fn refund_requests_of(&self, order: OrderId) -> Result<Vec<RefundRequest>, StoreError>;

    /// Those that are open or agreed to, oldest first, at most so many.
    async fn refund_requests_waiting(&self, limit: u32) -> Result<Vec<RefundRequest>, StoreError>;
}
