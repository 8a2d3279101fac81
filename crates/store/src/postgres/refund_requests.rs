//! Refunds that wait for a second person.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use super::values::{Id, Octets, cell_of};
use crate::kept::by_hand::{refund_to_word, request_of};
use async_trait::async_trait;
use farline_app::ports::{RefundRequests, StoreError};
use farline_domain::kernel::{OrderId, RefundRequestId};
use farline_domain::staff::{RefundRequest, RequestState};

statements! {
    KEEP = "INSERT INTO refund_requests (cell, id, order_id, line, currency, minor, refund_to, reason, \
        asker, asked_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        ON CONFLICT (cell, id) DO NOTHING";
    GET = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell = $1 AND id = $2";
    // Whoever decides at the same time waits for the row, and then finds it decided.
    DECIDE = "UPDATE refund_requests SET state = $4, decided_by = $5, decided_at = $6 \
        WHERE cell = $1 AND id = $2 AND state = $3";
    OF_ORDER = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell = $1 AND order_id = $2 ORDER BY id";
    WAITING = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell >= 0 AND state IN ('open', 'agreed') \
        ORDER BY asked_at, id LIMIT $1";
}

fn key(id: RefundRequestId) -> (i16, Id) {
    (cell_of(id.cell()), Octets(id.to_bytes()))
}

async fn keep(store: &PostgresStore, request: &RefundRequest) -> Result<(), Fault> {
    let (cell, id) = key(request.id);
    let (order, line) = (Octets(request.order.to_bytes()), Octets(request.line.to_bytes()));
    let (currency, minor) = (request.amount.currency.code(), request.amount.minor);
    let (to, state) = (refund_to_word(request.to), request.state.code());
    let (asker, asked_at) = (Octets(request.asker.to_bytes()), request.asked_at.millis());
    let row: Parameters<'_> = &[
        &cell,
        &id,
        &order,
        &line,
        &currency,
        &minor,
        &to,
        &request.reason,
        &asker,
        &asked_at,
        &state,
    ];
    store.session().await?.execute(KEEP, row).await?;
    Ok(())
}

async fn decide(
    store: &PostgresStore,
    request: &RefundRequest,
    from: RequestState,
) -> Result<bool, Fault> {
    let ((cell, id), from, to) = (key(request.id), from.code(), request.state.code());
    let by = request.decided.map(|decided| Octets(decided.by.to_bytes()));
    let at = request.decided.map(|decided| decided.at.millis());
    let session = store.session().await?;
    Ok(session.execute(DECIDE, &[&cell, &id, &from, &to, &by, &at]).await? == 1)
}

async fn requests(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<Vec<RefundRequest>, Fault> {
    let rows = store.session().await?.rows(sql, parameters).await?;
    rows.iter().map(request_of).collect()
}

#[async_trait]
impl RefundRequests for PostgresStore {
    async fn keep_refund_request(&self, request: &RefundRequest) -> Result<(), StoreError> {
        Ok(keep(self, request).await?)
    }

    async fn refund_request(
        &self,
        id: RefundRequestId,
    ) -> Result<Option<RefundRequest>, StoreError> {
        let (cell, id) = key(id);
        Ok(requests(self, GET, &[&cell, &id]).await?.pop())
    }

    async fn decide_refund_request(
        &self,
        request: &RefundRequest,
        from: RequestState,
    ) -> Result<bool, StoreError> {
        Ok(decide(self, request, from).await?)
    }

    async fn refund_requests_of(&self, order: OrderId) -> Result<Vec<RefundRequest>, StoreError> {
        let (cell, order) = (cell_of(order.cell()), Octets(order.to_bytes()));
        Ok(requests(self, OF_ORDER, &[&cell, &order]).await?)
    }

    async fn refund_requests_waiting(&self, limit: u32) -> Result<Vec<RefundRequest>, StoreError> {
        Ok(requests(self, WAITING, &[&i64::from(limit)]).await?)
    }
}
