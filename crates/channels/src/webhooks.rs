//! Webhooks of payment providers: verified over the raw body, noted once, acted on by asking.

use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use farline_app::payments::{Received, receive};

/// The webhooks' routes.
pub fn routes() -> Router<Channels> {
    Router::new().route("/webhooks/sandbox", post(sandbox))
}

/// A webhook of the sandbox provider. Forgeries are told apart by nothing but the status.
async fn sandbox(
    State(channels): State<Channels>,
    (asker, headers): (Asker, HeaderMap),
    body: Bytes,
) -> Result<StatusCode, ApiProblem> {
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let received = receive(&channels.app, &header, &body).await;
    match received.map_err(|problem| asker.problem(problem))? {
        Received::Taken | Received::SeenBefore => Ok(StatusCode::NO_CONTENT),
        Received::Forged(refusal) => {
            tracing::warn!(%refusal, "a webhook is refused");
            Ok(StatusCode::BAD_REQUEST)
        }
    }
}
