//! Orders and receipts as kept. The line pipeline writes them; here they are read.

use super::PostgresStore;
use super::fault::Fault;
use super::load::order_of;
use super::session::{Parameters, Session};
use super::values::{Id, Octets, cell_of, line_key};
use crate::kept::Refused;
use crate::kept::records::receipt_of;
use crate::kept::row::Row as _;
use crate::kept::values::{END_OF_TIME, from_json};
use async_trait::async_trait;
use farline_app::ports::orders::StoredReceipt;
use farline_app::ports::{Orders, StoreError};
use farline_domain::kernel::{AccountId, LineId, OrderId, Reference};
use farline_domain::orders::Order;

statements! {
    ORDER = "SELECT line, body FROM orders WHERE cell = $1 AND id = $2";
    BY_REFERENCE = "SELECT order_id FROM order_references WHERE cell = $1 AND reference = $2";
    // Each order leads to the one before it on its line. A line has few: all are followed, so that the
    // order of their ids holds whatever the order of their commits was.
    OF_LINE = "WITH RECURSIVE followed (id, previous, body) AS (\
        SELECT o.id, o.previous, o.body FROM lines l \
        JOIN orders o ON o.cell = $1 AND o.id = l.newest_order WHERE l.cell = $1 AND l.id = $2 \
        UNION ALL SELECT o.id, o.previous, o.body FROM followed f \
        JOIN orders o ON o.cell = $1 AND o.id = f.previous) \
        SELECT body FROM followed WHERE id < $3 ORDER BY id DESC LIMIT $4";
    OF_ACCOUNT = "SELECT order_id FROM account_orders \
        WHERE cell = $1 AND account = $2 AND order_id < $3 ORDER BY order_id DESC LIMIT $4";
    WITH_TASK = "SELECT body FROM orders WHERE cell >= 0 AND task_by IS NOT NULL \
        ORDER BY task_by LIMIT $1";
    RECEIPT = "SELECT r.number, r.canonical, r.hash, p.pdf FROM receipts r \
        LEFT JOIN receipt_pdfs p ON p.cell = r.cell AND p.order_id = r.order_id \
        WHERE r.cell = $1 AND r.order_id = $2";
    KEEP_PDF = "INSERT INTO receipt_pdfs (cell, order_id, pdf) VALUES ($1, $2, $3) \
        ON CONFLICT (cell, order_id) DO NOTHING";
    PDF = "SELECT pdf FROM receipt_pdfs WHERE cell = $1 AND order_id = $2";
    RECEIPT_EXISTS = "SELECT 1 FROM receipts WHERE cell = $1 AND order_id = $2";
}

fn order_key(order: OrderId) -> (i16, Id) {
    (cell_of(order.cell()), Octets(order.to_bytes()))
}

fn before_id(before: Option<OrderId>) -> Id {
    Octets(before.map_or(END_OF_TIME, OrderId::to_bytes))
}

async fn bodies(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<Vec<Order>, Fault> {
    let rows = store.session().await?.rows(sql, parameters).await?;
    rows.iter().map(|row| Ok(from_json(row.text(0)?)?)).collect()
}

async fn order(session: &Session, id: OrderId) -> Result<Option<Order>, Fault> {
    let (cell, id) = order_key(id);
    let row = session.row(ORDER, &[&cell, &id]).await?;
    row.map(|row| order_of(&row).map(|(_, order)| order)).transpose()
}

async fn by_id(store: &PostgresStore, id: OrderId) -> Result<Option<Order>, Fault> {
    order(&*store.session().await?, id).await
}

async fn by_reference(store: &PostgresStore, reference: Reference) -> Result<Option<Order>, Fault> {
    let (cell, text) = (cell_of(reference.cell()), reference.compact());
    let session = store.session().await?;
    match session.row(BY_REFERENCE, &[&cell, &text]).await? {
        Some(row) => order(&session, OrderId::from_bytes(row.array(0)?)).await,
        None => Ok(None),
    }
}

/// Claims that nothing came of are passed over, so pages are filled from further ones.
async fn of_account(
    store: &PostgresStore,
    account: AccountId,
    (before, limit): (Option<OrderId>, u32),
) -> Result<Vec<Order>, Fault> {
    let (cell, key) = (cell_of(account.cell()), Octets(account.to_bytes()));
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let session = store.session().await?;
    let (mut orders, mut before) = (Vec::new(), before_id(before));
    while orders.len() < wanted {
        let rows = session.rows(OF_ACCOUNT, &[&cell, &key, &before, &i64::from(limit)]).await?;
        let Some(last) = rows.last() else {
            break;
        };
        before = Octets(last.array(0)?);
        for row in &rows {
            orders.extend(order(&session, OrderId::from_bytes(row.array(0)?)).await?);
        }
    }
    orders.truncate(wanted);
    Ok(orders)
}

async fn receipt(store: &PostgresStore, of: OrderId) -> Result<Option<StoredReceipt>, Fault> {
    let (cell, id) = order_key(of);
    let row = store.session().await?.row(RECEIPT, &[&cell, &id]).await?;
    row.map(|row| receipt_of(&row, of)).transpose()
}

async fn keep_pdf(store: &PostgresStore, of: OrderId, pdf: &[u8]) -> Result<Vec<u8>, Fault> {
    let (cell, id) = order_key(of);
    let session = store.session().await?;
    if session.row(RECEIPT_EXISTS, &[&cell, &id]).await?.is_none() {
        return Err(Fault::from(Refused("the order has no receipt")));
    }
    session.execute(KEEP_PDF, &[&cell, &id, &pdf]).await?;
    let kept = session.row(PDF, &[&cell, &id]).await?;
    let kept = kept.ok_or_else(|| Fault::from(Refused("the receipt is gone")))?;
    Ok(kept.some_octets(0)?.unwrap_or_default().to_vec())
}

#[async_trait]
impl Orders for PostgresStore {
    async fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        Ok(by_id(self, id).await?)
    }

    async fn order_by_reference(&self, reference: &Reference) -> Result<Option<Order>, StoreError> {
        Ok(by_reference(self, *reference).await?)
    }

    async fn orders_of_line(
        &self,
        line: LineId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let ((cell, line), before) = (line_key(line), before_id(before));
        Ok(bodies(self, OF_LINE, &[&cell, &line, &before, &i64::from(limit)]).await?)
    }

    async fn orders_of_account(
        &self,
        account: AccountId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        Ok(of_account(self, account, (before, limit)).await?)
    }

    async fn orders_with_task(&self, limit: u32) -> Result<Vec<Order>, StoreError> {
        Ok(bodies(self, WITH_TASK, &[&i64::from(limit)]).await?)
    }

    async fn receipt(&self, order: OrderId) -> Result<Option<StoredReceipt>, StoreError> {
        Ok(receipt(self, order).await?)
    }

    async fn keep_pdf(&self, order: OrderId, pdf: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        Ok(keep_pdf(self, order, &pdf).await?)
    }
}
