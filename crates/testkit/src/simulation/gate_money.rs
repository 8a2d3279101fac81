//! Money that passes from hand to hand, requests for refunds, days, and what the staff did at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::by_hand::HandMovement;
use farline_app::ports::days::Day;
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Days, Deeds, HandMoney, RefundRequests, StoreError};
use farline_domain::kernel::{Instant, OrderId, RefundRequestId};
use farline_domain::staff::{Fact, RefundRequest, RequestState};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl HandMoney for Gate {
    async fn claim_by_hand(&self, movement: &HandMovement) -> Kept<bool> {
        self.put("a claim of a reference", self.inner.claim_by_hand(movement)).await
    }
    async fn give_up_by_hand(&self, movement: &HandMovement) -> Kept<()> {
        self.put("a claim given up", self.inner.give_up_by_hand(movement)).await
    }
    async fn by_hand_between(
        &self,
        span: (Instant, Instant),
        limit: u32,
    ) -> Kept<Vec<HandMovement>> {
        self.read(self.inner.by_hand_between(span, limit)).await
    }
}

#[async_trait]
impl RefundRequests for Gate {
    async fn keep_refund_request(&self, request: &RefundRequest) -> Kept<()> {
        self.put("a request for a refund", self.inner.keep_refund_request(request)).await
    }
    async fn refund_request(&self, id: RefundRequestId) -> Kept<Option<RefundRequest>> {
        self.read(self.inner.refund_request(id)).await
    }
    async fn decide_refund_request(
        &self,
        request: &RefundRequest,
        from: RequestState,
    ) -> Kept<bool> {
        self.put("what became of a request", self.inner.decide_refund_request(request, from)).await
    }
    async fn refund_requests_of(&self, order: OrderId) -> Kept<Vec<RefundRequest>> {
        self.read(self.inner.refund_requests_of(order)).await
    }
    async fn refund_requests_waiting(&self, limit: u32) -> Kept<Vec<RefundRequest>> {
        self.read(self.inner.refund_requests_waiting(limit)).await
    }
}

#[async_trait]
impl Deeds for Gate {
    async fn deeds(&self, span: (Instant, Instant)) -> Kept<Vec<Fact>> {
        self.read(self.inner.deeds(span)).await
    }
    async fn waiting_orders(&self) -> Kept<u64> {
        self.read(self.inner.waiting_orders()).await
    }
}

#[async_trait]
impl Days for Gate {
    async fn day(&self, span: (Instant, Instant)) -> Kept<Day> {
        self.read(self.inner.day(span)).await
    }
    async fn jobs_tried(&self, due_by: Instant, limit: u32) -> Kept<Vec<StoredJob>> {
        self.read(self.inner.jobs_tried(due_by, limit)).await
    }
}
