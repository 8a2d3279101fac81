//! The rows of calls and notes.

use super::Unreadable;
use super::row::Row;
use super::values::from_json;
use farline_app::ports::hotline::{KeptKeypad, LineDocument};
use farline_domain::hotline::{Call, CallSource, Caller, Note, Proof, Way};
use farline_domain::kernel::{CallId, Instant, LineId, NoteId, OrderId, StaffId};

/// Reads a call from: id, line, staff, caller, started_at, active_at, ended_at, way, proven_at, failures, locks,
/// order_id, connecting_at.
pub(crate) fn call_of<R: Row>(row: &R) -> Result<Call, R::Fault> {
    let code = row.text(3)?;
    let caller = Caller::ALL.into_iter().find(|caller| caller.code() == code);
    let way = row.some_text(7)?;
    let way = way.map(|word| Way::parse(word).ok_or_else(|| unknown("way", word))).transpose()?;
    let at = row.some_number(8)?.map(Instant::from_millis);
    let staff = row.some_array(2)?.map(StaffId::from_bytes);
    Ok(Call {
        id: CallId::from_bytes(row.array(0)?),
        source: staff.map_or(CallSource::Robot, CallSource::Desk),
        line: LineId::from_bytes(row.array(1)?),
        caller: caller.ok_or_else(|| unknown("caller", code))?,
        started_at: row.instant(4)?,
        active_at: row.instant(5)?,
        ended_at: row.some_number(6)?.map(Instant::from_millis),
        proof: way.zip(at).map(|(way, at)| Proof { way, at }),
        failures: row.small(9)?,
        locks: row.small(10)?,
        order: row.some_array(11)?.map(OrderId::from_bytes),
        connecting_at: row.some_number(12)?.map(Instant::from_millis),
    })
}

fn unknown(what: &str, word: &str) -> Unreadable {
    Unreadable(format!("a call's {what} {word}"))
}

/// Who talks, as stored.
pub(crate) const fn staff_of(call: &Call) -> Option<[u8; 16]> {
    match call.source {
        CallSource::Desk(member) => Some(member.to_bytes()),
        CallSource::Robot => None,
    }
}

/// Reads a note from: id, line, call, staff, at, text, due_at, done_by, done_at.
pub(crate) fn note_of<R: Row>(row: &R) -> Result<Note, R::Fault> {
    let done_by = row.some_array(7)?.map(StaffId::from_bytes);
    let done_at = row.some_number(8)?.map(Instant::from_millis);
    Ok(Note {
        id: NoteId::from_bytes(row.array(0)?),
        line: LineId::from_bytes(row.array(1)?),
        call: row.some_array(2)?.map(CallId::from_bytes),
        by: StaffId::from_bytes(row.array(3)?),
        at: row.instant(4)?,
        text: row.text(5)?.to_owned(),
        due_at: row.some_number(6)?.map(Instant::from_millis),
        done: done_by.zip(done_at),
    })
}

/// Reads a document from: digest, staff, at.
pub(crate) fn document_of<R: Row>(row: &R, line: LineId) -> Result<LineDocument, R::Fault> {
    Ok(LineDocument {
        line,
        digest: row.array(0)?,
        by: StaffId::from_bytes(row.array(1)?),
        at: row.instant(2)?,
    })
}

/// Reads a keypad from: revision, body, at.
pub(crate) fn keypad_of<R: Row>(row: &R) -> Result<KeptKeypad, R::Fault> {
    let (revision, at) = (row.small(0)?, row.instant(2)?);
    Ok(KeptKeypad { revision, keypad: from_json(row.text(1)?)?, at })
}
