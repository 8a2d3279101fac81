//! Calls, notes and documents.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use super::values::{Octets, cell_of, line_key};
use crate::kept::hotline::{call_of, document_of, keypad_of, note_of, staff_of};
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::hotline::{KeptKeypad, LineDocument};
use farline_app::ports::{Hotline, StoreError};
use farline_domain::hotline::{Call, Note};
use farline_domain::kernel::{CallId, Instant, LineId, NoteId, StaffId};
use tokio_postgres::Row;

statements! {
    KEEP_CALL = "INSERT INTO calls (cell, id, line, staff, caller, started_at, active_at, ended_at, way, \
        proven_at, failures, locks, order_id, connecting_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
        ON CONFLICT (cell, id) DO UPDATE SET active_at = excluded.active_at, \
        ended_at = COALESCE(calls.ended_at, excluded.ended_at), way = excluded.way, proven_at = excluded.proven_at, \
        failures = excluded.failures, locks = excluded.locks, order_id = excluded.order_id, \
        connecting_at = excluded.connecting_at";
    END_CALL = "UPDATE calls SET ended_at = $3, active_at = $3 WHERE cell = $1 AND id = $2 \
        AND ended_at IS NULL";
    CALL = "SELECT id, line, staff, caller, started_at, active_at, ended_at, way, proven_at, failures, \
        locks, order_id, connecting_at FROM calls WHERE cell = $1 AND id = $2";
    CALLS_OF_LINE = "SELECT id, line, staff, caller, started_at, active_at, ended_at, way, proven_at, failures, \
        locks, order_id, connecting_at FROM calls WHERE cell = $1 AND line = $2 \
        AND active_at >= $3 ORDER BY active_at DESC LIMIT 50";
    KEYPAD = "SELECT revision, body, at FROM keypads WHERE cell = $1 AND call = $2";
    KEEP_KEYPAD = "INSERT INTO keypads (cell, call, revision, body, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (cell, call) DO UPDATE SET revision = excluded.revision, body = excluded.body, \
        at = excluded.at WHERE keypads.revision = excluded.revision - 1";
    FORGET_KEYPADS = "DELETE FROM keypads WHERE cell >= 0 AND at < $1";
    KEEP_NOTE = "INSERT INTO line_notes (cell, id, line, call, staff, at, text, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    NOTES = "SELECT id, line, call, staff, at, text, due_at, done_by, done_at FROM line_notes WHERE cell = $1 AND line = $2 \
        ORDER BY id DESC LIMIT 50";
    FOLLOW_UPS = "SELECT id, line, call, staff, at, text, due_at, done_by, done_at FROM line_notes \
        WHERE cell >= 0 AND due_at IS NOT NULL AND done_at IS NULL ORDER BY due_at LIMIT $1";
    FINISH = "UPDATE line_notes SET done_by = $3, done_at = $4 WHERE cell = $1 AND id = $2 \
        AND due_at IS NOT NULL AND done_at IS NULL";
    DOCUMENT = "SELECT digest, staff, at FROM line_documents WHERE cell = $1 AND line = $2";
    KEEP_DOCUMENT = "INSERT INTO line_documents (cell, line, digest, staff, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (cell, line) DO UPDATE SET digest = excluded.digest, staff = excluded.staff, \
        at = excluded.at";
    FORGET_NOTES = "DELETE FROM line_notes WHERE cell = $1 AND line = $2";
    FORGET_DOCUMENT = "DELETE FROM line_documents WHERE cell = $1 AND line = $2";
}

async fn rows<T>(
    store: &PostgresStore,
    (sql, parameters): (&'static str, Parameters<'_>),
    read: fn(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let rows = store.session().await?.rows(sql, parameters).await?;
    rows.iter().map(read).collect()
}

async fn execute(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<u64, Fault> {
    store.session().await?.execute(sql, parameters).await
}

#[async_trait]
impl Hotline for PostgresStore {
    async fn keep_call(&self, call: &Call) -> Result<(), StoreError> {
        let (cell, id) = (cell_of(call.id.cell()), Octets(call.id.to_bytes()));
        let (line, staff) = (Octets(call.line.to_bytes()), staff_of(call).map(Octets));
        let ended_at = call.ended_at.map(Instant::millis);
        let way = call.proof.map(|proof| proof.way.code());
        let proven_at = call.proof.map(|proof| proof.at.millis());
        let order = call.order.map(|order| Octets(order.to_bytes()));
        let connecting_at = call.connecting_at.map(Instant::millis);
        let row: Parameters<'_> = &[
            &cell,
            &id,
            &line,
            &staff,
            &call.caller.code(),
            &call.started_at.millis(),
            &call.active_at.millis(),
            &ended_at,
            &way,
            &proven_at,
            &i64::from(call.failures),
            &i64::from(call.locks),
            &order,
            &connecting_at,
        ];
        execute(self, KEEP_CALL, row).await?;
        Ok(())
    }

    async fn end_call(&self, id: CallId, at: Instant) -> Result<bool, StoreError> {
        let row: Parameters<'_> = &[&cell_of(id.cell()), &Octets(id.to_bytes()), &at.millis()];
        Ok(execute(self, END_CALL, row).await? == 1)
    }

    async fn call(&self, id: CallId) -> Result<Option<Call>, StoreError> {
        let key: Parameters<'_> = &[&cell_of(id.cell()), &Octets(id.to_bytes())];
        Ok(rows(self, (CALL, key), call_of).await?.pop())
    }

    async fn calls_of_line(&self, line: LineId, since: Instant) -> Result<Vec<Call>, StoreError> {
        let (cell, line) = line_key(line);
        let wanted: Parameters<'_> = &[&cell, &line, &since.millis()];
        Ok(rows(self, (CALLS_OF_LINE, wanted), call_of).await?)
    }

    async fn keypad(&self, call: CallId) -> Result<Option<KeptKeypad>, StoreError> {
        let key: Parameters<'_> = &[&cell_of(call.cell()), &Octets(call.to_bytes())];
        Ok(rows(self, (KEYPAD, key), keypad_of).await?.pop())
    }

    async fn keep_keypad(&self, call: CallId, kept: &KeptKeypad) -> Result<bool, StoreError> {
        let body = to_json(&kept.keypad).map_err(Fault::from)?;
        let (cell, call) = (cell_of(call.cell()), Octets(call.to_bytes()));
        let (revision, at) = (i64::from(kept.revision), kept.at.millis());
        let row: Parameters<'_> = &[&cell, &call, &revision, &body, &at];
        Ok(execute(self, KEEP_KEYPAD, row).await? == 1)
    }

    async fn forget_keypads(&self, silent_since: Instant) -> Result<u64, StoreError> {
        Ok(execute(self, FORGET_KEYPADS, &[&silent_since.millis()]).await?)
    }

    async fn keep_note(&self, note: &Note) -> Result<(), StoreError> {
        let (cell, id) = (cell_of(note.id.cell()), Octets(note.id.to_bytes()));
        let (line, staff) = (Octets(note.line.to_bytes()), Octets(note.by.to_bytes()));
        let call = note.call.map(|call| Octets(call.to_bytes()));
        let due_at = note.due_at.map(Instant::millis);
        let at = note.at.millis();
        let row: Parameters<'_> = &[&cell, &id, &line, &call, &staff, &at, &note.text, &due_at];
        execute(self, KEEP_NOTE, row).await?;
        Ok(())
    }

    async fn notes_of_line(&self, line: LineId) -> Result<Vec<Note>, StoreError> {
        let (cell, line) = line_key(line);
        Ok(rows(self, (NOTES, &[&cell, &line]), note_of).await?)
    }

    async fn open_follow_ups(&self, limit: u32) -> Result<Vec<Note>, StoreError> {
        Ok(rows(self, (FOLLOW_UPS, &[&i64::from(limit)]), note_of).await?)
    }

    async fn finish_follow_up(
        &self,
        id: NoteId,
        by: StaffId,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let (cell, id) = (cell_of(id.cell()), Octets(id.to_bytes()));
        let row: Parameters<'_> = &[&cell, &id, &Octets(by.to_bytes()), &at.millis()];
        Ok(execute(self, FINISH, row).await? == 1)
    }

    async fn line_document(&self, id: LineId) -> Result<Option<LineDocument>, StoreError> {
        let (cell, line) = line_key(id);
        let session = self.session().await?;
        let row = session.row(DOCUMENT, &[&cell, &line]).await?;
        Ok(row.map(|row| document_of(&row, id)).transpose()?)
    }

    async fn keep_line_document(&self, document: &LineDocument) -> Result<(), StoreError> {
        let (cell, line) = line_key(document.line);
        let (digest, staff) = (Octets(document.digest), Octets(document.by.to_bytes()));
        let row: Parameters<'_> = &[&cell, &line, &digest, &staff, &document.at.millis()];
        execute(self, KEEP_DOCUMENT, row).await?;
        Ok(())
    }

    async fn forget_notes(&self, line: LineId) -> Result<(), StoreError> {
        let (cell, line) = line_key(line);
        for sql in [FORGET_NOTES, FORGET_DOCUMENT] {
            execute(self, sql, &[&cell, &line]).await?;
        }
        Ok(())
    }
}
