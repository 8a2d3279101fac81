//! Refunds that wait for a second person.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::by_hand::{refund_to_word, request_of};
use crate::kept::values::{IdBytes, order_key};
use async_trait::async_trait;
use farline_app::ports::{RefundRequests, StoreError};
use farline_domain::kernel::{OrderId, RefundRequestId};
use farline_domain::staff::{RefundRequest, RequestState};
use rusqlite::{Connection, Params, params};

statements! {
    KEEP = "INSERT INTO refund_requests (cell, id, order_id, line, currency, minor, refund_to, reason, \
        asker, asked_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
        ON CONFLICT (cell, id) DO NOTHING";
    GET = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell = ?1 AND id = ?2";
    DECIDE = "UPDATE refund_requests SET state = ?4, decided_by = ?5, decided_at = ?6 \
        WHERE cell = ?1 AND id = ?2 AND state = ?3";
    OF_ORDER = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell = ?1 AND order_id = ?2 ORDER BY id";
    WAITING = "SELECT id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, \
        decided_by, decided_at FROM refund_requests WHERE cell >= 0 AND state IN ('open', 'agreed') \
        ORDER BY asked_at, id LIMIT ?1";
}

fn key(id: RefundRequestId) -> (u16, IdBytes) {
    (id.cell().number(), id.to_bytes())
}

fn requests(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<RefundRequest>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut requests = Vec::new();
    while let Some(row) = rows.next()? {
        requests.push(request_of(row)?);
    }
    Ok(requests)
}

#[async_trait]
impl RefundRequests for SqliteStore {
    async fn keep_refund_request(&self, request: &RefundRequest) -> Result<(), StoreError> {
        let request = request.clone();
        self.write(move |connection| {
            let (cell, id) = key(request.id);
            connection.prepare_cached(KEEP)?.execute(params![
                cell,
                id,
                request.order.to_bytes(),
                request.line.to_bytes(),
                request.amount.currency.code(),
                request.amount.minor,
                refund_to_word(request.to),
                request.reason,
                request.asker.to_bytes(),
                request.asked_at.millis(),
                request.state.code(),
            ])?;
            Ok(())
        })
        .await
    }

    async fn refund_request(
        &self,
        id: RefundRequestId,
    ) -> Result<Option<RefundRequest>, StoreError> {
        let (cell, id) = key(id);
        self.read(|connection| Ok(requests(connection, GET, params![cell, id])?.pop()))
    }

    async fn decide_refund_request(
        &self,
        request: &RefundRequest,
        from: RequestState,
    ) -> Result<bool, StoreError> {
        let ((cell, id), to) = (key(request.id), request.state.code());
        let by = request.decided.map(|decided| decided.by.to_bytes());
        let at = request.decided.map(|decided| decided.at.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(DECIDE)?;
            Ok(statement.execute(params![cell, id, from.code(), to, by, at])? == 1)
        })
        .await
    }

    async fn refund_requests_of(&self, order: OrderId) -> Result<Vec<RefundRequest>, StoreError> {
        let (cell, order) = order_key(order);
        self.read(|connection| requests(connection, OF_ORDER, params![cell, order]))
    }

    async fn refund_requests_waiting(&self, limit: u32) -> Result<Vec<RefundRequest>, StoreError> {
        self.read_long(move |connection| requests(connection, WAITING, params![limit])).await
    }
}
