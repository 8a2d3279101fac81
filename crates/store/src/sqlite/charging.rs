//! Charging sessions as remembered, and what they leave behind.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::charging::{
    answer_of, depletion_of, ended_at, in_order, session_of, uncharged_of,
};
use crate::kept::values::{days_of, line_key};
use async_trait::async_trait;
use farline_app::ports::charging::{DepletionRecord, UnchargedDay};
use farline_app::ports::{Charging, StoreError};
use farline_domain::balance::Session;
use farline_domain::charging::ChargingSession;
use farline_domain::kernel::{Cells, LineId};
use jiff::civil::Date;
use rusqlite::{Connection, params};

statements! {
    SESSION = "SELECT session, kind, ended_at, sequence, heard_on, used, overrun, refused, \
        answer FROM charging_sessions WHERE cell = ?1 AND line = ?2 AND session = ?3";
    KEEP_SESSION = "INSERT INTO charging_sessions (cell, line, session, kind, ended_at, sequence, \
        heard_on, used, overrun, refused, answer) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
        ON CONFLICT (cell, line, session) DO UPDATE SET ended_at = excluded.ended_at, \
        sequence = excluded.sequence, heard_on = excluded.heard_on, used = excluded.used, \
        overrun = excluded.overrun, refused = excluded.refused, answer = excluded.answer";
    FORGET_SESSIONS = "DELETE FROM charging_sessions AS s WHERE s.cell BETWEEN ?1 AND ?2 \
        AND s.heard_on < ?3 AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.cell = s.cell AND r.line = s.line \
        AND r.session = s.session)";
    NOTE_DEPLETION = "INSERT INTO depletions (cell, line, bucket, mark, units_left, at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (cell, line, bucket, mark) DO NOTHING";
    DEPLETIONS = "SELECT bucket, mark, units_left, at FROM depletions \
        WHERE cell = ?1 AND line = ?2";
    UNCHARGED = "SELECT date, kind, overrun, refused FROM usage_days \
        WHERE cell = ?1 AND line = ?2 AND date BETWEEN ?3 AND ?4 \
        AND (overrun > 0 OR refused > 0) ORDER BY date, kind";
}

/// Reads a session of a line.
pub(crate) fn session(
    connection: &Connection,
    line: LineId,
    session: &Session,
) -> Result<Option<ChargingSession>, Fault> {
    let (cell, line) = line_key(line);
    let mut statement = connection.prepare_cached(SESSION)?;
    let mut rows = statement.query(params![cell, line, session.0])?;
    rows.next()?.map(session_of).transpose()
}

/// Writes a session of a line.
pub(crate) fn keep_session(
    connection: &Connection,
    line: LineId,
    session: &ChargingSession,
) -> Result<(), Fault> {
    let (cell, line) = line_key(line);
    connection.prepare_cached(KEEP_SESSION)?.execute(params![
        cell,
        line,
        session.session.0,
        session.kind.code(),
        ended_at(session),
        session.sequence,
        days_of(session.heard_on),
        session.used.count(),
        session.overrun.count(),
        session.refused.count(),
        answer_of(session)?,
    ])?;
    Ok(())
}

#[async_trait]
impl Charging for SqliteStore {
    async fn charging_session(
        &self,
        line: LineId,
        name: &str,
    ) -> Result<Option<ChargingSession>, StoreError> {
        let name = Session(name.to_owned());
        self.read(|connection| session(connection, line, &name))
    }

    async fn forget_sessions(&self, cells: Cells, heard_before: Date) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_SESSIONS)?;
            let range = params![cells.first, cells.last, days_of(heard_before)];
            let forgotten = statement.execute(range)?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn note_depletion(&self, record: &DepletionRecord) -> Result<(), StoreError> {
        let (cell, line) = line_key(record.line);
        let record = *record;
        self.write(move |connection| {
            connection.prepare_cached(NOTE_DEPLETION)?.execute(params![
                cell,
                line,
                record.bucket,
                record.mark.code(),
                record.left.count(),
                record.at.millis(),
            ])?;
            Ok(())
        })
        .await
    }

    async fn depletions(&self, id: LineId) -> Result<Vec<DepletionRecord>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(DEPLETIONS)?;
            let mut rows = statement.query(params![cell, line])?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.push(depletion_of(row, id)?);
            }
            Ok(in_order(records))
        })
    }

    async fn uncharged(
        &self,
        id: LineId,
        from: Date,
        until: Date,
    ) -> Result<Vec<UnchargedDay>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(UNCHARGED)?;
            let mut rows = statement.query(params![cell, line, days_of(from), days_of(until)])?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                days.push(uncharged_of(row)?);
            }
            Ok(days)
        })
    }
}
