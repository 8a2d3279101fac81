//! Days, read from the journal and the jobs in the order of time, in which both are kept within a cell: only a day's own rows
//! are read.

use super::PostgresStore;
use super::fault::Fault;
use crate::kept::days::DaySum;
use crate::kept::records::job_of;
use async_trait::async_trait;
use farline_app::ports::days::Day;
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Days, StoreError};
use farline_domain::kernel::{Cell, Instant};

/// So many cells are asked together: what they answer is in memory at once.
const CELLS: usize = 64;

statements! {
    DAY = "SELECT at, line, number, order_id, entry_sets, stage FROM journal \
        WHERE cell = ANY($1) AND at >= $2 AND at < $3 AND order_id IS NOT NULL \
        ORDER BY at, cell, line, number";
    TRIED = "SELECT line, number, kind, order_id, attempts, first_due, due FROM jobs \
        WHERE cell = ANY($1) AND due <= $2 AND attempts > 0 ORDER BY due, cell, line, number LIMIT $3";
}

fn every_cell() -> Vec<i16> {
    (0..Cell::COUNT).map(u16::cast_signed).collect()
}

async fn day(store: &PostgresStore, (from, until): (Instant, Instant)) -> Result<Day, Fault> {
    let (from, until) = (from.millis(), until.millis());
    let session = store.session().await?;
    let mut sum = DaySum::default();
    for cells in every_cell().chunks(CELLS) {
        for row in session.rows(DAY, &[&cells, &from, &until]).await? {
            sum.add(&row)?;
        }
    }
    Ok(sum.finish())
}

async fn tried(
    store: &PostgresStore,
    due_by: Instant,
    limit: u32,
) -> Result<Vec<StoredJob>, Fault> {
    let (due_by, limit) = (due_by.millis(), i64::from(limit));
    let rows = store.session().await?.rows(TRIED, &[&every_cell(), &due_by, &limit]).await?;
    rows.iter().map(|row| job_of(row, 0)).collect()
}

#[async_trait]
impl Days for PostgresStore {
    async fn day(&self, span: (Instant, Instant)) -> Result<Day, StoreError> {
        Ok(day(self, span).await?)
    }

    async fn jobs_tried(&self, due_by: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError> {
        Ok(tried(self, due_by, limit).await?)
    }
}
