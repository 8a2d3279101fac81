//! Calls and notes, through the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::hotline::{KeptKeypad, LineDocument};
use farline_app::ports::{Hotline, StoreError};
use farline_domain::hotline::{Call, Note};
use farline_domain::kernel::{CallId, Instant, LineId, NoteId, StaffId};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Hotline for Gate {
    async fn keep_call(&self, call: &Call) -> Kept<()> {
        self.put("a call", self.inner.keep_call(call)).await
    }
    async fn end_call(&self, id: CallId, at: Instant) -> Kept<bool> {
        self.put("the end of a call", self.inner.end_call(id, at)).await
    }
    async fn call(&self, id: CallId) -> Kept<Option<Call>> {
        self.read(self.inner.call(id)).await
    }
    async fn calls_of_line(&self, line: LineId, since: Instant) -> Kept<Vec<Call>> {
        self.read(self.inner.calls_of_line(line, since)).await
    }
    async fn keypad(&self, call: CallId) -> Kept<Option<KeptKeypad>> {
        self.read(self.inner.keypad(call)).await
    }
    async fn keep_keypad(&self, call: CallId, kept: &KeptKeypad) -> Kept<bool> {
        self.put("a keypad", self.inner.keep_keypad(call, kept)).await
    }
    async fn forget_keypads(&self, silent_since: Instant) -> Kept<u64> {
        self.put("keypads go", self.inner.forget_keypads(silent_since)).await
    }
    async fn keep_note(&self, note: &Note) -> Kept<()> {
        self.put("a note", self.inner.keep_note(note)).await
    }
    async fn notes_of_line(&self, line: LineId) -> Kept<Vec<Note>> {
        self.read(self.inner.notes_of_line(line)).await
    }
    async fn open_follow_ups(&self, limit: u32) -> Kept<Vec<Note>> {
        self.read(self.inner.open_follow_ups(limit)).await
    }
    async fn finish_follow_up(&self, id: NoteId, by: StaffId, at: Instant) -> Kept<bool> {
        self.put("a follow-up", self.inner.finish_follow_up(id, by, at)).await
    }
    async fn line_document(&self, line: LineId) -> Kept<Option<LineDocument>> {
        self.read(self.inner.line_document(line)).await
    }
    async fn keep_line_document(&self, document: &LineDocument) -> Kept<()> {
        self.put("a document", self.inner.keep_line_document(document)).await
    }
    async fn forget_notes(&self, line: LineId) -> Kept<()> {
        self.put("notes go", self.inner.forget_notes(line)).await
    }
}
