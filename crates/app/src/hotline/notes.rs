//! What the staff notes about a card, for whoever takes the next call.

use super::calls::record;
use crate::staff::{StaffNote, note};
use crate::{App, Problem, ProblemCode};
use farline_domain::hotline::{Call, CallSource, LONGEST_NOTE, Note, holds_bank_card};
use farline_domain::kernel::{Instant, NoteId, StaffId};
use serde_json::json;

/// Writes a note; with a time, a follow-up.
pub async fn write(
    app: &App,
    call: &Call,
    (text, due_at): (&str, Option<Instant>),
) -> Result<(), Problem> {
    let CallSource::Desk(by) = call.source else { return Ok(()) };
    let text = free_text(text, "note")?;
    let now = app.now();
    let id = NoteId::mint(now, call.line.cell(), app.randomness.bits());
    let call_id = Some(call.id);
    let note = Note { id, line: call.line, call: call_id, by, at: now, text, due_at, done: None };
    app.store.keep_note(&note).await?;
    let action = if due_at.is_some() { "write_follow_up" } else { "write_note" };
    record(app, call, (action, json!({ "note": id.to_string() }))).await
}

/// Sees to a follow-up.
pub async fn finish(app: &App, member: StaffId, id: NoteId) -> Result<(), Problem> {
    if !app.store.finish_follow_up(id, member, app.now()).await? {
        return Err(Problem::of(ProblemCode::WrongState));
    }
    let detail = json!({ "note": id.to_string() });
    note(app, member, StaffNote { detail, ..StaffNote::of("finish_follow_up") }).await
}

/// Reads free text: not empty, not too long, and never with what looks like the number of a bank card.
pub fn free_text(typed: &str, field: &'static str) -> Result<String, Problem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field(field));
    }
    if holds_bank_card(text) {
        return Err(Problem::of(ProblemCode::HoldsBankCard).in_field(field));
    }
    if text.chars().count() > LONGEST_NOTE {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field(field));
    }
    Ok(text.to_owned())
}
