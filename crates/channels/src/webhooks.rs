//! Webhooks of payment providers: verified over the raw body, acted on by asking, noted as seen.

use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use farline_app::payments::{Received, receive};
use farline_app::{Problem, ProblemCode};

/// The webhooks' routes.
pub fn routes() -> Router<Channels> {
    Router::new().route("/webhooks/{provider}", post(take))
}

/// A webhook of a payment provider. Forgeries are told apart by nothing but the status.
async fn take(
    State(channels): State<Channels>,
    Path(provider): Path<String>,
    (asker, headers): (Asker, HeaderMap),
    body: Bytes,
) -> Result<StatusCode, ApiProblem> {
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let Some(provider) = channels.app.providers.find(&provider) else {
        return Err(asker.problem(Problem::of(ProblemCode::NotFound)));
    };
    let received = receive((&channels.app, provider), &header, &body).await;
    match received.map_err(|problem| asker.problem(problem))? {
        Received::Taken | Received::SeenBefore => Ok(StatusCode::NO_CONTENT),
        Received::Forged(refusal) => {
            tracing::warn!(%refusal, "a webhook is refused");
            Ok(StatusCode::BAD_REQUEST)
        }
    }
}
