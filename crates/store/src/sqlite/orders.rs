//! Orders and receipts as kept. The line pipeline writes them; here they are read.

use super::SqliteStore;
use super::fault::Fault;
use super::load;
use crate::kept::records::receipt_of;
use crate::kept::row::Row as _;
use crate::kept::values::{END_OF_TIME, IdBytes, from_json, line_key, order_key};
use async_trait::async_trait;
use farline_app::ports::orders::StoredReceipt;
use farline_app::ports::{Orders, StoreError};
use farline_domain::kernel::{AccountId, LineId, OrderId, Reference};
use farline_domain::orders::Order;
use rusqlite::{Connection, OptionalExtension, Params, params};

statements! {
    BY_REFERENCE = "SELECT order_id FROM order_references WHERE reference = ?1";
    // Each order leads to the one before it on its line. A line has few: all are followed, so that the
    // order of their ids holds whatever the order of their commits was.
    OF_LINE = "WITH RECURSIVE followed (id, previous, body) AS (\
        SELECT o.id, o.previous, o.body FROM lines l \
        JOIN orders o ON o.cell = l.cell AND o.id = l.newest_order WHERE l.cell = ?1 AND l.id = ?2 \
        UNION ALL SELECT o.id, o.previous, o.body FROM followed f \
        JOIN orders o ON o.cell = ?1 AND o.id = f.previous) \
        SELECT body FROM followed WHERE id < ?3 ORDER BY id DESC LIMIT ?4";
    OF_ACCOUNT = "SELECT order_id FROM account_orders WHERE account = ?1 AND order_id < ?2 \
        ORDER BY order_id DESC LIMIT ?3";
    WITH_TASK = "SELECT body FROM orders WHERE cell >= 0 AND task_by IS NOT NULL \
        ORDER BY task_by LIMIT ?1";
    RECEIPT = "SELECT r.number, r.canonical, r.hash, p.pdf FROM receipts r \
        LEFT JOIN receipt_pdfs p ON p.cell = r.cell AND p.order_id = r.order_id \
        WHERE r.cell = ?1 AND r.order_id = ?2";
    KEEP_PDF = "INSERT INTO receipt_pdfs (cell, order_id, pdf) VALUES (?1, ?2, ?3) \
        ON CONFLICT (cell, order_id) DO NOTHING";
    PDF = "SELECT pdf FROM receipt_pdfs WHERE cell = ?1 AND order_id = ?2";
    RECEIPT_EXISTS = "SELECT 1 FROM receipts WHERE cell = ?1 AND order_id = ?2";
}

fn bodies(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<Order>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next()? {
        orders.push(from_json(row.text(0)?)?);
    }
    Ok(orders)
}

fn order(connection: &Connection, id: OrderId) -> Result<Option<Order>, Fault> {
    Ok(load::order(connection, id)?.map(|(_, order)| order))
}

fn before_bytes(before: Option<OrderId>) -> IdBytes {
    before.map_or(END_OF_TIME, OrderId::to_bytes)
}

#[async_trait]
impl Orders for SqliteStore {
    async fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        self.read(|connection| order(connection, id))
    }

    async fn order_by_reference(&self, reference: &Reference) -> Result<Option<Order>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(BY_REFERENCE)?;
            let id: Option<IdBytes> =
                statement.query_row([reference.compact()], |row| row.get(0)).optional()?;
            id.map_or(Ok(None), |id| order(connection, OrderId::from_bytes(id)))
        })
    }

    async fn orders_of_line(
        &self,
        line: LineId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let (cell, line) = line_key(line);
        self.read_long(move |connection| {
            bodies(connection, OF_LINE, params![cell, line, before_bytes(before), limit])
        })
        .await
    }

    async fn orders_of_account(
        &self,
        account: AccountId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(OF_ACCOUNT)?;
            let mut rows =
                statement.query(params![account.to_bytes(), before_bytes(before), limit])?;
            let mut orders = Vec::new();
            while let Some(row) = rows.next()? {
                orders.extend(order(connection, OrderId::from_bytes(row.get(0)?))?);
            }
            Ok(orders)
        })
        .await
    }

    async fn orders_with_task(&self, limit: u32) -> Result<Vec<Order>, StoreError> {
        self.read_long(move |connection| bodies(connection, WITH_TASK, params![limit])).await
    }

    async fn receipt(&self, order: OrderId) -> Result<Option<StoredReceipt>, StoreError> {
        let (cell, id) = order_key(order);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(RECEIPT)?;
            let mut rows = statement.query(params![cell, id])?;
            rows.next()?.map(|row| receipt_of(row, order)).transpose()
        })
    }

    async fn keep_pdf(&self, order: OrderId, pdf: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        let (cell, id) = order_key(order);
        self.write(move |connection| {
            let mut receipt = connection.prepare_cached(RECEIPT_EXISTS)?;
            if !receipt.exists(params![cell, id])? {
                return Err(Fault::Refused("the order has no receipt".to_owned()));
            }
            connection.prepare_cached(KEEP_PDF)?.execute(params![cell, id, pdf])?;
            let mut kept = connection.prepare_cached(PDF)?;
            Ok(kept.query_row(params![cell, id], |row| row.get(0))?)
        })
        .await
    }
}
