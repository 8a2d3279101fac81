//! Charging sessions as remembered, and what they leave behind.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{line_key, range_of};
use crate::kept::charging::{depletion_of, in_order, session_of, uncharged_of};
use crate::kept::values::days_of;
use async_trait::async_trait;
use farline_app::ports::charging::{DepletionRecord, UnchargedDay};
use farline_app::ports::{Charging, StoreError};
use farline_domain::charging::ChargingSession;
use farline_domain::kernel::{Cells, LineId};
use jiff::civil::Date;

statements! {
    SESSION = "SELECT session, kind, ended_at, sequence, heard_on, used, overrun, refused, answer \
        FROM charging_sessions WHERE cell = $1 AND line = $2 AND session = $3";
    // A request that comes at the same moment writes its session anew, or keeps it from going.
    FORGET_SESSIONS = "DELETE FROM charging_sessions AS s WHERE s.cell BETWEEN $1 AND $2 \
        AND s.heard_on < $3 AND NOT EXISTS (SELECT 1 FROM reservations AS r WHERE r.cell = s.cell AND r.line = s.line \
        AND r.session = s.session)";
    NOTE_DEPLETION = "INSERT INTO depletions (cell, line, bucket, mark, units_left, at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (cell, line, bucket, mark) DO NOTHING";
    DEPLETIONS = "SELECT bucket, mark, units_left, at FROM depletions \
        WHERE cell = $1 AND line = $2";
    UNCHARGED = "SELECT date, kind, overrun, refused FROM usage_days \
        WHERE cell = $1 AND line = $2 AND date BETWEEN $3 AND $4 \
        AND (overrun > 0 OR refused > 0) ORDER BY date, kind";
}

async fn session(
    store: &PostgresStore,
    line: LineId,
    name: &str,
) -> Result<Option<ChargingSession>, Fault> {
    let (cell, line) = line_key(line);
    let row = store.session().await?.row(SESSION, &[&cell, &line, &name]).await?;
    row.as_ref().map(session_of).transpose()
}

async fn note(store: &PostgresStore, record: &DepletionRecord) -> Result<(), Fault> {
    let ((cell, line), bucket) = (line_key(record.line), i64::from(record.bucket));
    let (mark, left, at) = (record.mark.code(), record.left.count(), record.at.millis());
    let session = store.session().await?;
    session.execute(NOTE_DEPLETION, &[&cell, &line, &bucket, &mark, &left, &at]).await?;
    Ok(())
}

async fn depletions(store: &PostgresStore, id: LineId) -> Result<Vec<DepletionRecord>, Fault> {
    let (cell, line) = line_key(id);
    let rows = store.session().await?.rows(DEPLETIONS, &[&cell, &line]).await?;
    let records: Result<_, Fault> = rows.iter().map(|row| depletion_of(row, id)).collect();
    Ok(in_order(records?))
}

async fn uncharged(
    store: &PostgresStore,
    id: LineId,
    (from, until): (i32, i32),
) -> Result<Vec<UnchargedDay>, Fault> {
    let (cell, line) = line_key(id);
    let rows = store.session().await?.rows(UNCHARGED, &[&cell, &line, &from, &until]).await?;
    rows.iter().map(uncharged_of).collect()
}

#[async_trait]
impl Charging for PostgresStore {
    async fn charging_session(
        &self,
        line: LineId,
        name: &str,
    ) -> Result<Option<ChargingSession>, StoreError> {
        Ok(session(self, line, name).await?)
    }

    /// Commands write the same rows in an order of their own: whoever gives way tries again.
    async fn forget_sessions(&self, cells: Cells, heard_before: Date) -> Result<u64, StoreError> {
        let ([first, last], day) = (range_of(cells), days_of(heard_before));
        Ok(transaction!(self, |session| {
            session.execute(FORGET_SESSIONS, &[&first, &last, &day]).await
        })?)
    }

    async fn note_depletion(&self, record: &DepletionRecord) -> Result<(), StoreError> {
        Ok(note(self, record).await?)
    }

    async fn depletions(&self, line: LineId) -> Result<Vec<DepletionRecord>, StoreError> {
        Ok(depletions(self, line).await?)
    }

    async fn uncharged(
        &self,
        line: LineId,
        from: Date,
        until: Date,
    ) -> Result<Vec<UnchargedDay>, StoreError> {
        Ok(uncharged(self, line, (days_of(from), days_of(until))).await?)
    }
}
