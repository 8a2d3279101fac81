//! Jobs and what they leave behind. A job that is done is deleted: what it did stands elsewhere.

use super::SqliteStore;
use crate::kept::records::{first_of_each_line, job_of, notice_of};
use crate::kept::row::Row as _;
use crate::kept::values::{line_key, order_key, to_json};
use async_trait::async_trait;
use farline_app::ports::records::{NoticeRecord, StoredJob};
use farline_app::ports::{Jobs, StoreError};
use farline_domain::kernel::{Instant, OrderId};
use rusqlite::params;
use std::collections::BTreeMap;

/// One process owns every cell for ever.
const ONLY_EPOCH: u64 = 0;

statements! {
    DUE = "SELECT line, number, kind, order_id, attempts, first_due, due FROM jobs \
        WHERE cell >= 0 AND due <= ?1 ORDER BY due, cell, line, number LIMIT ?2";
    FINISH = "DELETE FROM jobs WHERE due = ?1 AND cell = ?2 AND line = ?3 AND number = ?4";
    PUT_OFF = "UPDATE jobs SET due = ?5, attempts = attempts + 1 \
        WHERE due = ?1 AND cell = ?2 AND line = ?3 AND number = ?4";
    NEXT_DUE = "SELECT MIN(due) FROM jobs WHERE cell >= 0";
    RECORD = "INSERT INTO notices (cell, order_id, key, reason, medium, provider_id, failure, \
        ambiguous, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
        ON CONFLICT (cell, order_id, key) DO NOTHING";
    NOTICES = "SELECT key, reason, medium, provider_id, failure, ambiguous, at FROM notices \
        WHERE cell = ?1 AND order_id = ?2 ORDER BY at, key";
    SIGHT = "INSERT INTO provider_events (provider, event, seen_at) VALUES (?1, ?2, ?3) \
        ON CONFLICT (provider, event) DO NOTHING";
    HAS_EVENT = "SELECT 1 FROM provider_events WHERE provider = ?1 AND event = ?2";
    NEWEST_EVENTS = "SELECT provider, MAX(seen_at) FROM provider_events GROUP BY provider";
    FORGET_EVENTS = "DELETE FROM provider_events WHERE seen_at < ?1";
}

#[async_trait]
impl Jobs for SqliteStore {
    async fn due_jobs(&self, now: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(DUE)?;
            let mut rows = statement.query(params![now.millis(), limit])?;
            let mut jobs = Vec::new();
            while let Some(row) = rows.next()? {
                jobs.push(job_of(row, ONLY_EPOCH)?);
            }
            Ok(first_of_each_line(jobs))
        })
        .await
    }

    async fn finish_job(&self, job: &StoredJob) -> Result<bool, StoreError> {
        let ((cell, line), number, due) = (line_key(job.line), job.number, job.due.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FINISH)?;
            Ok(statement.execute(params![due, cell, line, number])? == 1)
        })
        .await
    }

    async fn put_off_job(&self, job: &StoredJob, due: Instant) -> Result<bool, StoreError> {
        let ((cell, line), number, before) = (line_key(job.line), job.number, job.due.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(PUT_OFF)?;
            Ok(statement.execute(params![before, cell, line, number, due.millis()])? == 1)
        })
        .await
    }

    async fn next_due(&self) -> Result<Option<Instant>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(NEXT_DUE)?;
            let due: Option<i64> = statement.query_row([], |row| row.get(0))?;
            Ok(due.map(Instant::from_millis))
        })
    }

    async fn record_notice(&self, record: &NoticeRecord) -> Result<(), StoreError> {
        let (cell, order) = order_key(record.order);
        let record = record.clone();
        self.write(move |connection| {
            connection.prepare_cached(RECORD)?.execute(params![
                cell,
                order,
                record.key,
                to_json(&record.reason)?,
                record.medium.code(),
                record.provider_id,
                record.failure,
                record.ambiguous,
                record.at.millis(),
            ])?;
            Ok(())
        })
        .await
    }

    async fn notices_of(&self, order: OrderId) -> Result<Vec<NoticeRecord>, StoreError> {
        let (cell, id) = order_key(order);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(NOTICES)?;
            let mut rows = statement.query(params![cell, id])?;
            let mut notices = Vec::new();
            while let Some(row) = rows.next()? {
                notices.push(notice_of(row, order)?);
            }
            Ok(notices)
        })
    }

    async fn has_event(&self, provider: &str, event: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(HAS_EVENT)?;
            Ok(statement.exists(params![provider, event])?)
        })
    }

    async fn note_event(
        &self,
        provider: &str,
        event: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let (provider, event) = (provider.to_owned(), event.to_owned());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(SIGHT)?;
            Ok(statement.execute(params![provider, event, now.millis()])? == 1)
        })
        .await
    }

    async fn forget_events(&self, seen_before: Instant) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_EVENTS)?;
            let forgotten = statement.execute(params![seen_before.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }
}

impl SqliteStore {
    pub(super) async fn newest_events_seen(&self) -> Result<BTreeMap<String, Instant>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(NEWEST_EVENTS)?;
            let mut rows = statement.query([])?;
            let mut newest = BTreeMap::new();
            while let Some(row) = rows.next()? {
                newest.insert(row.text(0)?.to_owned(), row.instant(1)?);
            }
            Ok(newest)
        })
        .await
    }
}
