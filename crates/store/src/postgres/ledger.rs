//! Money entries, cell by cell, as the journal is kept: each statement is of one cell.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Octets, cell_of};
use crate::kept::journal::movements_of;
use crate::kept::row::Row as _;
use crate::kept::values::from_json;
use async_trait::async_trait;
use farline_app::ports::StoreError;
use farline_app::ports::ledger::{JournalPlace, Ledger, Movement};
use farline_domain::kernel::{Cell, Instant, OrderId};
use farline_domain::orders::Order;

statements! {
    MOVEMENTS = "SELECT at, line, number, order_id, entry_sets FROM journal \
        WHERE cell = $1 AND (at, line, number) > ($2, $3, $4) AND at < $5 AND entry_sets IS NOT NULL \
        ORDER BY at, line, number LIMIT $6";
    ORDERS = "SELECT o.body FROM UNNEST($1::smallint[], $2::bytea[]) AS w (cell, id) \
        JOIN orders AS o ON o.cell = w.cell AND o.id = w.id WHERE o.cell = ANY($1)";
}

async fn movements(
    store: &PostgresStore,
    (from, until): (Instant, Instant),
    after: Option<JournalPlace>,
    rows: u32,
) -> Result<Vec<Movement>, Fault> {
    let first = after.map_or(0, |place| place.line.cell().number());
    let mut place = after
        .map(|place| (place.at.millis(), Octets(place.line.to_bytes()), i64::from(place.number)));
    let (until, most) = (until.millis(), usize::try_from(rows).unwrap_or(usize::MAX));
    let session = store.session().await?;
    let (mut movements, mut seen) = (Vec::new(), 0);
    for cell in first..Cell::COUNT {
        let cell = cell.cast_signed();
        // Before the first of a cell: numbers begin with 1.
        let (at, line, number) = place.take().unwrap_or((from.millis(), Octets([0; 16]), 0));
        let left = i64::try_from(most - seen).unwrap_or(i64::MAX);
        let found = session.rows(MOVEMENTS, &[&cell, &at, &line, &number, &until, &left]).await?;
        for row in &found {
            movements.extend(movements_of(row)?);
        }
        seen += found.len();
        if seen >= most {
            break;
        }
    }
    Ok(movements)
}

async fn orders_of(store: &PostgresStore, ids: &[OrderId]) -> Result<Vec<Order>, Fault> {
    let (cells, ids): (Vec<i16>, Vec<Octets<16>>) =
        ids.iter().map(|id| (cell_of(id.cell()), Octets(id.to_bytes()))).unzip();
    let rows = store.session().await?.rows(ORDERS, &[&cells, &ids]).await?;
    rows.iter().map(|row| Ok(from_json(row.text(0)?)?)).collect()
}

#[async_trait]
impl Ledger for PostgresStore {
    async fn movements(
        &self,
        span: (Instant, Instant),
        after: Option<JournalPlace>,
        rows: u32,
    ) -> Result<Vec<Movement>, StoreError> {
        Ok(movements(self, span, after, rows).await?)
    }

    async fn orders_of(&self, ids: &[OrderId]) -> Result<Vec<Order>, StoreError> {
        Ok(orders_of(self, ids).await?)
    }
}
