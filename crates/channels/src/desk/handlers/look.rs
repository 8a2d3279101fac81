//! A card without a call: the reason first, then what an agent sees of it.

use super::call::{LINE, card};
use super::order::acting;
use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{LookPage, LookedPage};
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::present::clock_time;
use crate::portal::layout::FieldError;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::hotline::look;
use farline_app::ports::lines::LineView;
use farline_app::tokens::Seal;
use farline_app::wording::masked;
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::kernel::LineId;
use farline_domain::staff::Deed;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct CardPath {
    card: String,
}

/// `?look=`: what a written reason gave.
#[derive(Debug, Default, Deserialize)]
pub struct LookQuery {
    #[serde(default)]
    look: String,
}

/// The card of an address, for those who may look at any.
fn line_of(here: &Here, path: &CardPath) -> Result<LineId, Problem> {
    here.may(Deed::SeeUnverified)?;
    let named = Seal(&here.frame.channels().app.keys.tokens).said(LINE, &path.card);
    let line = named.and_then(|line| LineId::parse(&line));
    line.ok_or(Problem::of(ProblemCode::NotFound))
}

/// `GET /{language}/desk/cards/{card}`
pub async fn show(
    here: Here,
    Path(path): Path<CardPath>,
    Query(query): Query<LookQuery>,
) -> Response {
    let shown = async {
        let line = line_of(&here, &path)?;
        let app = &here.frame.channels().app;
        match look::look(app, &acting(&here), line, &query.look).await? {
            Some(view) => Ok(html(StatusCode::OK, &looked(&here, &view).await?)),
            None => asks(&here, (&path, line), (StatusCode::OK, "", Vec::new())).await,
        }
    };
    let shown: Result<Response, Problem> = shown.await;
    shown.unwrap_or_else(|problem| here.problem(&problem))
}

/// `POST /{language}/desk/cards/{card}`: the reason.
pub async fn ask(Path(path): Path<CardPath>, Posted { here, fields }: Posted) -> Response {
    let line = match line_of(&here, &path) {
        Ok(line) => line,
        Err(problem) => return here.problem(&problem),
    };
    let reason = fields.get("reason");
    match look::ask(&here.frame.channels().app, &acting(&here), line, reason).await {
        Ok(given) => see_other(&here.href(&format!("desk/cards/{}?look={given}", path.card))),
        Err(problem) if problem.field.is_some() => {
            let errors = vec![here.frame.error(&problem, "reason")];
            let typed = (status_of(problem.code.kind()), reason, errors);
            let asked = asks(&here, (&path, line), typed).await;
            asked.unwrap_or_else(|problem| here.problem(&problem))
        }
        Err(problem) => here.problem(&problem),
    }
}

/// The page that asks for the reason: nothing private is on it.
async fn asks(
    here: &Here,
    (path, line): (&CardPath, LineId),
    (status, reason, errors): (StatusCode, &str, Vec<FieldError>),
) -> Result<Response, Problem> {
    let app = &here.frame.channels().app;
    let view = lines::find::view(app, line).await?;
    let mut layout = here.layout(Section::Desk);
    layout.errors = errors;
    let catalogue = app.store.catalogue();
    let page = LookPage {
        layout,
        token: path.card.clone(),
        card: masked(&view.line),
        operator: lines::operator_of(&catalogue, &view.line)?.name.clone(),
        reason: reason.to_owned(),
    };
    Ok(html(status, &page))
}

async fn looked(here: &Here, view: &LineView) -> Result<LookedPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let shown = card::shown(here, view).await?;
    let open = card::newest_open(app, view).await?;
    let address = |reference: String| (here.href(&format!("desk/orders/{reference}")), reference);
    let (zone, now) = (app.desk.zone(), app.now());
    let time = clock_time(words, now, (&zone, now));
    let catalogue = app.store.catalogue();
    Ok(LookedPage {
        layout: here.layout(Section::Desk),
        number: shown.number,
        operator: lines::operator_of(&catalogue, &view.line)?.name.clone(),
        recorded: words.say_with("look-recorded", &[("time", time.into())]),
        days: shown.days,
        life_svg: shown.life_svg,
        buckets: shown.buckets,
        pace: shown.pace,
        open: open.map(|order| address(order.reference.to_string())),
        is_paused: shown.is_paused,
        plans: shown.plans,
        notes: shown.notes,
    })
}
