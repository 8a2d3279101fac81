//! The part of the machine API about disputes: how they stand, and what the merchant and the bank
//! do about them. No real provider lets a merchant play the bank; this one does.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post},
};

use super::{
    Access, Body, ByReference, Call, Decision, LONGEST_LIST, NO_REFERENCE, Nothing, change,
    or_nothing, show, written,
};
use crate::{
    Server,
    disputes::{self, CloseDispute},
    records::{Change, Dispute},
    refusal::Refusal,
    shapes::{self, ListShape},
};

pub(super) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/v1/disputes", get(list_disputes))
        .route("/v1/disputes/{id}", get(show_dispute))
        .route("/v1/disputes/{id}/answer", post(answer_dispute))
        .route("/v1/disputes/{id}/close", post(close_dispute))
}

async fn list_disputes(server: Access, Query(query): Query<ByReference>) -> Response {
    show(&server, move |_, state| {
        let reference = query.reference.ok_or(NO_REFERENCE)?;
        let data = state.disputes_of(&reference).take(LONGEST_LIST).map(shapes::dispute).collect();
        written(&ListShape { data })
    })
    .await
}

async fn show_dispute(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |_, state| {
        written(&shapes::dispute(state.dispute(&id).ok_or(Refusal::NotFound)?))
    })
    .await
}

async fn answer_dispute(
    server: Access,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call { name: format!("POST /v1/disputes/{id}/answer"), success: StatusCode::OK };
    change(&server, call, &headers, or_nothing(body), move |moment, state, _: &Nothing| {
        let dispute = state.dispute(&id).ok_or(Refusal::NotFound)?;
        decided(dispute, disputes::answer(moment, dispute)?)
    })
    .await
}

async fn close_dispute(
    server: Access,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call { name: format!("POST /v1/disputes/{id}/close"), success: StatusCode::OK };
    change(&server, call, &headers, body, move |moment, state, request: &CloseDispute| {
        let dispute = state.dispute(&id).ok_or(Refusal::NotFound)?;
        decided(dispute, disputes::close(moment, state, dispute, request)?)
    })
    .await
}

/// The dispute as it is after the changes.
fn decided(dispute: &Dispute, changes: Vec<Change>) -> Result<Decision, Refusal> {
    let after = changes.iter().find_map(|change| match change {
        Change::Dispute(after) => Some(after),
        _ => None,
    });
    let text = written(&shapes::dispute(after.unwrap_or(dispute)))?;
    Ok(Decision::told(changes, text))
}
