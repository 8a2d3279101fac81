//! Days, read from the journal and the jobs in the order of time, in which both are kept: only a day's own rows are read.

use super::SqliteStore;
use crate::kept::days::DaySum;
use crate::kept::records::job_of;
use async_trait::async_trait;
use farline_app::ports::days::Day;
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Days, StoreError};
use farline_domain::kernel::Instant;
use rusqlite::params;

statements! {
    DAY = "SELECT at, line, number, order_id, entry_sets, stage FROM journal \
        WHERE at >= ?1 AND at < ?2 AND cell >= 0 AND order_id IS NOT NULL \
        ORDER BY at, cell, line, number";
    TRIED = "SELECT line, number, kind, order_id, attempts, first_due, due FROM jobs \
        WHERE cell >= 0 AND due <= ?1 AND attempts > 0 ORDER BY due, cell, line, number LIMIT ?2";
}

#[async_trait]
impl Days for SqliteStore {
    async fn day(&self, (from, until): (Instant, Instant)) -> Result<Day, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(DAY)?;
            let mut rows = statement.query(params![from.millis(), until.millis()])?;
            let mut sum = DaySum::default();
            while let Some(row) = rows.next()? {
                sum.add(row)?;
            }
            Ok(sum.finish())
        })
        .await
    }

    async fn jobs_tried(&self, due_by: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(TRIED)?;
            let mut rows = statement.query(params![due_by.millis(), limit])?;
            let mut jobs = Vec::new();
            while let Some(row) = rows.next()? {
                jobs.push(job_of(row, 0)?);
            }
            Ok(jobs)
        })
        .await
    }
}
