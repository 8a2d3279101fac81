//! Platforms that call us to have a number charged, ask how it stands, and are told: siblings behind one shape
//! ([`farline_app::ports::platform::Platform`]). Each is signed by its own rules, looked at over the octets that came.

mod clock;
mod digest;
mod form;
pub mod goofish;
pub mod jd_trade;
pub mod taobao_direct;
mod words;
mod xml;

use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use farline_app::ports::platform::{Asked, Fault};
use farline_app::{Problem, ProblemCode, endpoints};

/// The endpoints' routes. What stands behind an endpoint's address is the platform's own.
pub fn routes() -> Router<Channels> {
    Router::new().route("/endpoints/{name}/{*path}", any(answer))
}

/// Answers a platform, in its own form and under status 200; only an address without an endpoint is told so by the status.
async fn answer(
    State(channels): State<Channels>,
    Path((name, path)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    (asker, headers): (Asker, HeaderMap),
    body: Bytes,
) -> Result<Response, ApiProblem> {
    let Some(endpoint) = channels.app.endpoints.find(&name) else {
        return Err(asker.problem(Problem::of(ProblemCode::NotFound)));
    };
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let query = query.unwrap_or_default();
    let asked = Asked { path: &path, query: &query, header: &header, body: &body };
    let told = match endpoint.platform.read(&asked, channels.app.now()) {
        Ok(question) => endpoints::answer(&channels.app, endpoint, question).await,
        Err(fault) => Err(fault),
    };
    if let Err(fault @ (Fault::Signature | Fault::TooOld)) = told {
        tracing::warn!(endpoint = %endpoint.name, ?fault, "a request to an endpoint is refused");
    }
    let told = told.as_ref().map_err(|fault| *fault);
    let written = endpoint.platform.write(&asked, told, channels.app.now());
    Ok(([(CONTENT_TYPE, written.content_type)], written.body).into_response())
}
