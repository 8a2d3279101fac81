//! `/partner/v1/callbacks`

use super::caller::{Orderer, Reader};
use super::shapes::{CallbackShape, CallbacksShape};
use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Json;
use axum::extract::{Path, Query, State};
use farline_app::Problem;
use farline_app::partners;
use farline_app::ports::partners::CallbackRecord;
use farline_domain::kernel::Instant;
use serde::Deserialize;

/// Callbacks of a page.
const PAGE: u32 = 50;

/// What can be said about the page wanted.
#[derive(Debug, Deserialize)]
pub struct CallbacksQuery {
    before: Option<i64>,
}

/// Lists what you were told, the newest try first.
#[utoipa::path(get, path = "/partner/v1/callbacks", tag = "callbacks",
    params(("before" = Option<i64>, Query, description = "The `next` of the page before")),
    security(("key" = [])),
    responses((status = 200, body = CallbacksShape)))]
pub async fn list(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
    Query(query): Query<CallbacksQuery>,
) -> Result<Json<CallbacksShape>, ApiProblem> {
    let before = Instant::from_millis(query.before.unwrap_or(i64::MAX));
    let found = channels.app.store.callbacks(&partner.code, before, PAGE).await;
    let found = found.map_err(|error| asker.problem(Problem::from(error)))?;
    let is_full = found.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = found.last().filter(|_| is_full).map(|last| last.tried_at.millis().to_string());
    Ok(Json(CallbacksShape { callbacks: found.iter().map(shape).collect(), next }))
}

/// Tells you something again, at once.
#[utoipa::path(post, path = "/partner/v1/callbacks/{id}/replay", tag = "callbacks",
    params(("id" = String, Path, description = "The callback's id")),
    security(("key" = [])),
    responses((status = 200, body = CallbackShape, description = "Told; what came of it stands in the answer"),
        (status = 404, description = "You have no such callback")))]
pub async fn replay(
    State(channels): State<Channels>,
    (Orderer(partner), asker): (Orderer, Asker),
    Path(id): Path<String>,
) -> Result<Json<CallbackShape>, ApiProblem> {
    let told = partners::replay(&channels.app, &partner, &id).await;
    told.map(|record| Json(shape(&record))).map_err(|problem| asker.problem(problem))
}

fn shape(record: &CallbackRecord) -> CallbackShape {
    CallbackShape {
        id: record.id(),
        order: record.order.to_string(),
        kind: format!("order.{}", record.stage.code()),
        url: record.url.clone(),
        tries: record.tries,
        tried_at: record.tried_at.rfc3339(),
        came_of_it: record.came_of_it.clone(),
        taken_at: record.taken_at.map(Instant::rfc3339),
        next_at: record.next_at.map(Instant::rfc3339),
    }
}
