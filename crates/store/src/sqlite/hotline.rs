//! Calls, notes and documents.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::hotline::{call_of, document_of, keypad_of, note_of, staff_of};
use crate::kept::values::{cell, line_key, to_json};
use async_trait::async_trait;
use farline_app::ports::hotline::{KeptKeypad, LineDocument};
use farline_app::ports::{Hotline, StoreError};
use farline_domain::hotline::{Call, Note};
use farline_domain::kernel::{CallId, Instant, LineId, NoteId, OrderId, StaffId};
use rusqlite::{Connection, Params, Row, params};

statements! {
    KEEP_CALL = "INSERT INTO calls (cell, id, line, staff, caller, started_at, active_at, ended_at, way, \
        proven_at, failures, locks, order_id, connecting_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
        ON CONFLICT (cell, id) DO UPDATE SET active_at = excluded.active_at, \
        ended_at = COALESCE(calls.ended_at, excluded.ended_at), way = excluded.way, proven_at = excluded.proven_at, \
        failures = excluded.failures, locks = excluded.locks, order_id = excluded.order_id, \
        connecting_at = excluded.connecting_at";
    END_CALL = "UPDATE calls SET ended_at = ?3, active_at = ?3 WHERE cell = ?1 AND id = ?2 \
        AND ended_at IS NULL";
    CALL = "SELECT id, line, staff, caller, started_at, active_at, ended_at, way, proven_at, failures, \
        locks, order_id, connecting_at FROM calls WHERE cell = ?1 AND id = ?2";
    CALLS_OF_LINE = "SELECT id, line, staff, caller, started_at, active_at, ended_at, way, proven_at, failures, \
        locks, order_id, connecting_at FROM calls WHERE cell = ?1 AND line = ?2 \
        AND active_at >= ?3 ORDER BY active_at DESC LIMIT 50";
    KEYPAD = "SELECT revision, body, at FROM keypads WHERE cell = ?1 AND call = ?2";
    KEEP_KEYPAD = "INSERT INTO keypads (cell, call, revision, body, at) VALUES (?1, ?2, ?3, ?4, ?5) \
        ON CONFLICT (cell, call) DO UPDATE SET revision = excluded.revision, body = excluded.body, \
        at = excluded.at WHERE keypads.revision = excluded.revision - 1";
    FORGET_KEYPADS = "DELETE FROM keypads WHERE cell >= 0 AND at < ?1";
    KEEP_NOTE = "INSERT INTO line_notes (cell, id, line, call, staff, at, text, due_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    NOTES = "SELECT id, line, call, staff, at, text, due_at, done_by, done_at FROM line_notes WHERE cell = ?1 AND line = ?2 \
        ORDER BY id DESC LIMIT 50";
    FOLLOW_UPS = "SELECT id, line, call, staff, at, text, due_at, done_by, done_at FROM line_notes \
        WHERE cell >= 0 AND due_at IS NOT NULL AND done_at IS NULL ORDER BY due_at LIMIT ?1";
    FINISH = "UPDATE line_notes SET done_by = ?3, done_at = ?4 WHERE cell = ?1 AND id = ?2 \
        AND due_at IS NOT NULL AND done_at IS NULL";
    DOCUMENT = "SELECT digest, staff, at FROM line_documents WHERE cell = ?1 AND line = ?2";
    KEEP_DOCUMENT = "INSERT INTO line_documents (cell, line, digest, staff, at) VALUES (?1, ?2, ?3, ?4, ?5) \
        ON CONFLICT (cell, line) DO UPDATE SET digest = excluded.digest, staff = excluded.staff, \
        at = excluded.at";
    FORGET_NOTES = "DELETE FROM line_notes WHERE cell = ?1 AND line = ?2";
    FORGET_DOCUMENT = "DELETE FROM line_documents WHERE cell = ?1 AND line = ?2";
}

fn rows<T>(
    connection: &Connection,
    (sql, parameters): (&str, impl Params),
    read: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

#[async_trait]
impl Hotline for SqliteStore {
    async fn keep_call(&self, call: &Call) -> Result<(), StoreError> {
        let call = call.clone();
        self.write(move |connection| {
            connection.prepare_cached(KEEP_CALL)?.execute(params![
                cell(call.id.cell()),
                call.id.to_bytes(),
                call.line.to_bytes(),
                staff_of(&call),
                call.caller.code(),
                call.started_at.millis(),
                call.active_at.millis(),
                call.ended_at.map(Instant::millis),
                call.proof.map(|proof| proof.way.code()),
                call.proof.map(|proof| proof.at.millis()),
                call.failures,
                call.locks,
                call.order.map(OrderId::to_bytes),
                call.connecting_at.map(Instant::millis),
            ])?;
            Ok(())
        })
        .await
    }

    async fn end_call(&self, id: CallId, at: Instant) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(END_CALL)?;
            Ok(statement.execute(params![cell(id.cell()), id.to_bytes(), at.millis()])? == 1)
        })
        .await
    }

    async fn call(&self, id: CallId) -> Result<Option<Call>, StoreError> {
        let key = params![cell(id.cell()), id.to_bytes()];
        self.read(|connection| Ok(rows(connection, (CALL, key), |row| call_of(row))?.pop()))
    }

    async fn calls_of_line(&self, line: LineId, since: Instant) -> Result<Vec<Call>, StoreError> {
        let (cell, line) = line_key(line);
        let wanted = params![cell, line, since.millis()];
        self.read(|connection| rows(connection, (CALLS_OF_LINE, wanted), |row| call_of(row)))
    }

    async fn keypad(&self, call: CallId) -> Result<Option<KeptKeypad>, StoreError> {
        let key = params![cell(call.cell()), call.to_bytes()];
        self.read(|connection| Ok(rows(connection, (KEYPAD, key), |row| keypad_of(row))?.pop()))
    }

    async fn keep_keypad(&self, call: CallId, kept: &KeptKeypad) -> Result<bool, StoreError> {
        let body = to_json(&kept.keypad).map_err(Fault::from)?;
        let (revision, at) = (kept.revision, kept.at.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_KEYPAD)?;
            let row = params![cell(call.cell()), call.to_bytes(), revision, body, at];
            Ok(statement.execute(row)? == 1)
        })
        .await
    }

    async fn forget_keypads(&self, silent_since: Instant) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_KEYPADS)?;
            let forgotten = statement.execute(params![silent_since.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn keep_note(&self, note: &Note) -> Result<(), StoreError> {
        let note = note.clone();
        self.write(move |connection| {
            connection.prepare_cached(KEEP_NOTE)?.execute(params![
                cell(note.id.cell()),
                note.id.to_bytes(),
                note.line.to_bytes(),
                note.call.map(CallId::to_bytes),
                note.by.to_bytes(),
                note.at.millis(),
                note.text,
                note.due_at.map(Instant::millis),
            ])?;
            Ok(())
        })
        .await
    }

    async fn notes_of_line(&self, line: LineId) -> Result<Vec<Note>, StoreError> {
        let (cell, line) = line_key(line);
        self.read(|connection| rows(connection, (NOTES, params![cell, line]), |row| note_of(row)))
    }

    async fn open_follow_ups(&self, limit: u32) -> Result<Vec<Note>, StoreError> {
        self.read(|connection| rows(connection, (FOLLOW_UPS, params![limit]), |row| note_of(row)))
    }

    async fn finish_follow_up(
        &self,
        id: NoteId,
        by: StaffId,
        at: Instant,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FINISH)?;
            let row = params![cell(id.cell()), id.to_bytes(), by.to_bytes(), at.millis()];
            Ok(statement.execute(row)? == 1)
        })
        .await
    }

    async fn line_document(&self, id: LineId) -> Result<Option<LineDocument>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(DOCUMENT)?;
            let mut rows = statement.query(params![cell, line])?;
            rows.next()?.map(|row| document_of(row, id)).transpose()
        })
    }

    async fn keep_line_document(&self, document: &LineDocument) -> Result<(), StoreError> {
        let (cell, line) = line_key(document.line);
        let LineDocument { digest, by, at, .. } = *document;
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_DOCUMENT)?;
            statement.execute(params![cell, line, digest, by.to_bytes(), at.millis()])?;
            Ok(())
        })
        .await
    }

    async fn forget_notes(&self, line: LineId) -> Result<(), StoreError> {
        let (cell, line) = line_key(line);
        self.write(move |connection| {
            connection.prepare_cached(FORGET_NOTES)?.execute(params![cell, line])?;
            connection.prepare_cached(FORGET_DOCUMENT)?.execute(params![cell, line])?;
            Ok(())
        })
        .await
    }
}
