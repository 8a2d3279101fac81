//! Notes about a card, and follow-ups.

use super::{address, name, on, shown, time};
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{FollowUpsPage, ShownNote};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::html;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::hotline::{calls, notes};
use farline_app::staff::{StaffNote, note};
use farline_app::wording::masked;
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::hotline::Note;
use farline_domain::kernel::{CallId, Instant, LineId, NoteId};
use farline_domain::staff::Deed;
use jiff::civil::DateTime;

/// How many follow-ups are listed.
const LISTED: u32 = 100;

/// The notes about a card, for a verified caller's page.
pub(super) async fn of_line(here: &Here, line: LineId) -> Result<Vec<ShownNote>, Problem> {
    let notes = here.frame.channels().app.store.notes_of_line(line).await?;
    let mut shown = Vec::new();
    for note in &notes {
        shown.push(shown_note(here, (note, String::new())).await?);
    }
    Ok(shown)
}

async fn shown_note(here: &Here, (note, card): (&Note, String)) -> Result<ShownNote, Problem> {
    let app = &here.frame.channels().app;
    let zone = app.desk.zone();
    let done_by = match note.done {
        Some((member, _)) => Some(name(app, member).await?),
        None => None,
    };
    Ok(ShownNote {
        id: note.id.to_string(),
        card,
        by: name(app, note.by).await?,
        at: time(here, note.at, &zone),
        text: note.text.clone(),
        due: note.due_at.map(|at| time(here, at, &zone)),
        done_by,
    })
}

/// `POST /{language}/desk/calls/{call}/notes`
pub(super) async fn write(
    Path((_, id)): Path<(String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let written = async {
        let app = &here.frame.channels().app;
        here.may(Deed::TakeCall)?;
        let id = CallId::parse(&id).ok_or(Problem::of(ProblemCode::NotFound))?;
        let call = calls::verified(app, here.member.id, id).await?;
        notes::write(app, &call, (fields.get("note"), due(&here, &fields)?)).await?;
        Ok::<_, Problem>(address(&here, &call))
    };
    match written.await {
        Ok(address) => on(&here, Ok(address)),
        Err(problem) if problem.field.is_some() => {
            let error = here.frame.error(&problem, "note");
            shown(&here, &id, None, vec![error]).await
        }
        Err(problem) => here.problem(&problem),
    }
}

/// By when, in the zone of the business.
fn due(here: &Here, fields: &Fields) -> Result<Option<Instant>, Problem> {
    let Some(typed) = fields.given("due") else { return Ok(None) };
    let invalid = || Problem::of(ProblemCode::FieldInvalid).in_field("due");
    let local: DateTime = typed.parse().map_err(|_| invalid())?;
    let zone = here.frame.channels().app.desk.zone();
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    let before = zone.start_of(local.date()).plus_seconds(-1);
    Ok(Some(zone.next_minute(before, minute.map_err(|_| invalid())?)))
}

/// `GET /{language}/desk/follow-ups`
pub(super) async fn follow_ups(here: Here) -> Response {
    let page = async {
        here.may(Deed::TakeCall)?;
        let app = &here.frame.channels().app;
        note(app, here.member.id, StaffNote::of("see_follow_ups")).await?;
        let mut shown = Vec::new();
        for note in app.store.open_follow_ups(LISTED).await? {
            let card = masked(&lines::find::view(app, note.line).await?.line);
            shown.push(shown_note(&here, (&note, card)).await?);
        }
        Ok(FollowUpsPage { layout: here.layout(Section::FollowUps), notes: shown })
    };
    match page.await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/follow-ups/{note}`: somebody has seen to it.
pub(super) async fn finish(
    Path((_, id)): Path<(String, String)>,
    Posted { here, .. }: Posted,
) -> Response {
    let finished = async {
        here.may(Deed::TakeCall)?;
        let id = NoteId::parse(&id).ok_or(Problem::of(ProblemCode::NotFound))?;
        notes::finish(&here.frame.channels().app, here.member.id, id).await?;
        Ok(here.href("desk/follow-ups"))
    };
    let led = finished.await;
    on(&here, led)
}
