//! Money entries in the order of time, in which the journal is kept.

use super::SqliteStore;
use crate::kept::journal::movements_of;
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, line_key, to_json};
use async_trait::async_trait;
use farline_app::ports::StoreError;
use farline_app::ports::ledger::{JournalPlace, Ledger, Movement};
use farline_domain::kernel::{Instant, LineId, OrderId};
use farline_domain::orders::Order;
use rusqlite::params;

statements! {
    MOVEMENTS = "SELECT at, line, number, order_id, entry_sets FROM journal \
        WHERE (at, cell, line, number) > (?1, ?2, ?3, ?4) AND at < ?5 AND entry_sets IS NOT NULL \
        ORDER BY at, cell, line, number LIMIT ?6";
    // Of [[cell, id in hexadecimal digits], …].
    ORDERS = "SELECT o.body FROM json_each(?1) AS w \
        CROSS JOIN orders AS o ON o.id = unhex(w.value ->> 1) AND o.cell = w.value ->> 0";
}

#[async_trait]
impl Ledger for SqliteStore {
    async fn movements(
        &self,
        (from, until): (Instant, Instant),
        after: Option<JournalPlace>,
        rows: u32,
    ) -> Result<Vec<Movement>, StoreError> {
        // Before the first: numbers begin with 1.
        let start = JournalPlace { at: from, line: LineId::from_bytes([0; 16]), number: 0 };
        let JournalPlace { at, line, number } = after.unwrap_or(start);
        let (cell, line) = line_key(line);
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(MOVEMENTS)?;
            let mut found =
                statement.query(params![at.millis(), cell, line, number, until.millis(), rows])?;
            let mut movements = Vec::new();
            while let Some(row) = found.next()? {
                movements.extend(movements_of(row)?);
            }
            Ok(movements)
        })
        .await
    }

    async fn orders_of(&self, ids: &[OrderId]) -> Result<Vec<Order>, StoreError> {
        let wanted: Vec<(u16, String)> = ids
            .iter()
            .map(|id| (id.cell().number(), format!("{:032x}", u128::from_be_bytes(id.to_bytes()))))
            .collect();
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(ORDERS)?;
            let mut found = statement.query([to_json(&wanted)?])?;
            let mut orders = Vec::new();
            while let Some(row) = found.next()? {
                orders.push(from_json(row.text(0)?)?);
            }
            Ok(orders)
        })
        .await
    }
}
