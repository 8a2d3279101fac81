//! A short random id per request, for the answer, the log and the person who asks about it.

use super::Channels;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

/// The id of a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives each request its id, logs it without anything personal, and says the id in the answer.
pub async fn identify(
    State(channels): State<Channels>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = format!("req_{:016x}", channels.app.randomness.bits());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let matched = request.extensions().get::<axum::extract::MatchedPath>().cloned();
    let mut response = next.run(request).await;
    // The matched pattern, never the address itself: addresses carry numbers and tokens.
    let route = matched.as_ref().map_or("-", |path| path.as_str());
    tracing::debug!(request = id, %method, route, status = response.status().as_u16());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
