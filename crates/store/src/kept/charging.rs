//! The rows that charging leaves.

use super::Unreadable;
use super::row::Row;
use super::values::{
    date_of, depletion_mark_of, from_json, kind_of, service_of, to_json, units_of,
};
use farline_app::ports::charging::{DepletionRecord, UnchargedDay};
use farline_domain::balance::Session;
use farline_domain::charging::{ChargingSession, SessionState};
use farline_domain::kernel::{Instant, LineId};

/// When a session ended, as stored: milliseconds, and nothing while it runs.
pub(crate) fn ended_at(session: &ChargingSession) -> Option<i64> {
    match session.state {
        SessionState::Running => None,
        SessionState::Ended { at } => Some(at.millis()),
    }
}

/// The answer to a session's newest request, as stored.
pub(crate) fn answer_of(session: &ChargingSession) -> Result<String, Unreadable> {
    to_json(&session.answer)
}

/// Reads a session from: session, kind, ended_at, sequence, heard_on, used, overrun, refused, answer.
pub(crate) fn session_of<R: Row>(row: &R) -> Result<ChargingSession, R::Fault> {
    let ended_at = row.some_number(2)?;
    let state = ended_at
        .map_or(SessionState::Running, |at| SessionState::Ended { at: Instant::from_millis(at) });
    Ok(ChargingSession {
        session: Session(row.text(0)?.to_owned()),
        kind: service_of(row.text(1)?)?,
        state,
        sequence: row.small(3)?,
        heard_on: date_of(row.small(4)?)?,
        used: units_of(row.number(5)?)?,
        overrun: units_of(row.number(6)?)?,
        refused: units_of(row.number(7)?)?,
        answer: from_json(row.text(8)?)?,
    })
}

/// Reads a depletion of a line from: bucket, mark, units_left, at.
pub(crate) fn depletion_of<R: Row>(row: &R, line: LineId) -> Result<DepletionRecord, R::Fault> {
    Ok(DepletionRecord {
        line,
        bucket: row.small(0)?,
        mark: depletion_mark_of(row.text(1)?)?,
        left: units_of(row.number(2)?)?,
        at: row.instant(3)?,
    })
}

/// Puts depletions into their order: by bucket, and on the way down.
pub(crate) fn in_order(mut records: Vec<DepletionRecord>) -> Vec<DepletionRecord> {
    records.sort_by_key(|record| (record.bucket, record.mark));
    records
}

/// Reads a day with use that nobody paid for from: date, kind, overrun, refused.
pub(crate) fn uncharged_of<R: Row>(row: &R) -> Result<UnchargedDay, R::Fault> {
    Ok(UnchargedDay {
        date: date_of(row.small(0)?)?,
        kind: kind_of(row.text(1)?)?,
        overrun: units_of(row.number(2)?)?,
        refused: units_of(row.number(3)?)?,
    })
}
