//! Jobs and what they leave behind. A job that is done is deleted: what it did stands elsewhere.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Id, Octets, cell_of, cell_of_key, line_key};
use crate::kept::records::{first_of_each_line, job_of, notice_of};
use crate::kept::row::Row as _;
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::records::{NoticeRecord, StoredJob};
use farline_app::ports::{Jobs, StoreError};
use farline_domain::kernel::{Instant, OrderId};
use std::collections::BTreeMap;

statements! {
    DUE = "SELECT line, number, kind, order_id, attempts, first_due, due, cell FROM jobs \
        WHERE cell = ANY($1) AND due <= $2 ORDER BY due, cell, line, number LIMIT $3";
    // Whoever has lost the cell cannot strike off what its new owner is about to do.
    FINISH = "DELETE FROM jobs AS job WHERE job.cell = $1 AND job.due = $2 AND job.line = $3 \
        AND job.number = $4 \
        AND EXISTS (SELECT 1 FROM cell_leases AS lease WHERE lease.cell = $1 AND lease.epoch = $5)";
    PUT_OFF = "UPDATE jobs AS job SET due = $6, attempts = job.attempts + 1 \
        WHERE job.cell = $1 AND job.due = $2 AND job.line = $3 AND job.number = $4 \
        AND EXISTS (SELECT 1 FROM cell_leases AS lease WHERE lease.cell = $1 AND lease.epoch = $5)";
    NEXT_DUE = "SELECT MIN(due) FROM jobs WHERE cell >= 0";
    RECORD = "INSERT INTO notices (cell, order_id, key, reason, medium, provider_id, failure, \
        ambiguous, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (cell, order_id, key) DO NOTHING";
    NOTICES = "SELECT key, reason, medium, provider_id, failure, ambiguous, at FROM notices \
        WHERE cell = $1 AND order_id = $2 ORDER BY at, key";
    SIGHT = "INSERT INTO provider_events (cell, provider, event, seen_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (cell, provider, event) DO NOTHING";
    HAS_EVENT = "SELECT 1 FROM provider_events WHERE cell = $1 AND provider = $2 AND event = $3";
    NEWEST_EVENTS = "SELECT provider, MAX(seen_at) FROM provider_events WHERE cell >= 0 GROUP BY provider";
    FORGET_EVENTS = "DELETE FROM provider_events WHERE cell >= 0 AND seen_at < $1";
}

async fn due(store: &PostgresStore, now: Instant, limit: u32) -> Result<Vec<StoredJob>, Fault> {
    store.refresh_catalogue().await?;
    let held = store.cells_held(now).await?;
    let session = store.session().await?;
    let mut jobs = Vec::new();
    for home in store.homes.divide(held.keys().copied()) {
        match session.rows(DUE, &[&home, &now.millis(), &i64::from(limit)]).await {
            Ok(rows) => {
                for row in rows {
                    let epoch = held.get(&row.small(7)?).copied().unwrap_or(0);
                    jobs.push(job_of(&row, epoch)?);
                }
            }
            Err(fault) => store.homes.pass_over(fault)?,
        }
    }
    jobs.sort_by_key(|job| job.due);
    jobs.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(first_of_each_line(jobs))
}

fn epoch_of(job: &StoredJob) -> i64 {
    i64::try_from(job.epoch).unwrap_or(i64::MAX)
}

/// Where a job stands: its line's key, when it is due, its number.
fn key_of(job: &StoredJob) -> ((i16, Id), i64, i64) {
    (line_key(job.line), job.due.millis(), i64::from(job.number))
}

async fn finish(store: &PostgresStore, job: &StoredJob) -> Result<bool, Fault> {
    let ((cell, line), due, number) = key_of(job);
    let session = store.session().await?;
    Ok(session.execute(FINISH, &[&cell, &due, &line, &number, &epoch_of(job)]).await? == 1)
}

async fn put_off(store: &PostgresStore, job: &StoredJob, until: i64) -> Result<bool, Fault> {
    let ((cell, line), due, number) = key_of(job);
    let session = store.session().await?;
    let row: super::session::Parameters<'_> =
        &[&cell, &due, &line, &number, &epoch_of(job), &until];
    Ok(session.execute(PUT_OFF, row).await? == 1)
}

async fn record(store: &PostgresStore, record: &NoticeRecord) -> Result<(), Fault> {
    let (cell, order) = (cell_of(record.order.cell()), Octets(record.order.to_bytes()));
    let (reason, medium) = (to_json(&record.reason)?, record.medium.code());
    let (ambiguous, at) = (i64::from(record.ambiguous), record.at.millis());
    let session = store.session().await?;
    let row: super::session::Parameters<'_> = &[
        &cell,
        &order,
        &record.key,
        &reason,
        &medium,
        &record.provider_id,
        &record.failure,
        &ambiguous,
        &at,
    ];
    session.execute(RECORD, row).await?;
    Ok(())
}

async fn notices(store: &PostgresStore, order: OrderId) -> Result<Vec<NoticeRecord>, Fault> {
    let (cell, id) = (cell_of(order.cell()), Octets(order.to_bytes()));
    let rows = store.session().await?.rows(NOTICES, &[&cell, &id]).await?;
    rows.iter().map(|row| notice_of(row, order)).collect()
}

async fn next_due(store: &PostgresStore) -> Result<Option<Instant>, Fault> {
    let row = store.session().await?.row(NEXT_DUE, &[]).await?;
    let due = row.map(|row| row.some_number(0)).transpose()?.flatten();
    Ok(due.map(Instant::from_millis))
}

async fn sight(
    store: &PostgresStore,
    (provider, event): (&str, &str),
    now: Instant,
) -> Result<bool, Fault> {
    let (cell, at) = (cell_of_key(event.as_bytes()), now.millis());
    let session = store.session().await?;
    Ok(session.execute(SIGHT, &[&cell, &provider, &event, &at]).await? == 1)
}

async fn has_event(store: &PostgresStore, (provider, event): (&str, &str)) -> Result<bool, Fault> {
    let cell = cell_of_key(event.as_bytes());
    let row = store.session().await?.row(HAS_EVENT, &[&cell, &provider, &event]).await?;
    Ok(row.is_some())
}

/// When each provider's newest event was noted.
pub(super) async fn newest_events(
    store: &PostgresStore,
) -> Result<BTreeMap<String, Instant>, Fault> {
    let rows = store.session().await?.rows(NEWEST_EVENTS, &[]).await?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.instant(1)?))).collect()
}

/// Forgets providers' events noted before this instant.
async fn forget_events(store: &PostgresStore, before: Instant) -> Result<u64, Fault> {
    store.session().await?.execute(FORGET_EVENTS, &[&before.millis()]).await
}

#[async_trait]
impl Jobs for PostgresStore {
    async fn due_jobs(&self, now: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError> {
        Ok(due(self, now, limit).await?)
    }

    async fn finish_job(&self, job: &StoredJob) -> Result<bool, StoreError> {
        Ok(finish(self, job).await?)
    }

    async fn put_off_job(&self, job: &StoredJob, due: Instant) -> Result<bool, StoreError> {
        Ok(put_off(self, job, due.millis()).await?)
    }

    async fn next_due(&self) -> Result<Option<Instant>, StoreError> {
        Ok(next_due(self).await?)
    }

    async fn record_notice(&self, record: &NoticeRecord) -> Result<(), StoreError> {
        Ok(self::record(self, record).await?)
    }

    async fn notices_of(&self, order: OrderId) -> Result<Vec<NoticeRecord>, StoreError> {
        Ok(notices(self, order).await?)
    }

    async fn has_event(&self, provider: &str, event: &str) -> Result<bool, StoreError> {
        Ok(has_event(self, (provider, event)).await?)
    }

    async fn note_event(
        &self,
        provider: &str,
        event: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        Ok(sight(self, (provider, event), now).await?)
    }

    async fn forget_events(&self, seen_before: Instant) -> Result<u64, StoreError> {
        Ok(forget_events(self, seen_before).await?)
    }
}
