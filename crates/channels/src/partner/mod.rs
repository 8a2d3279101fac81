//! The partner API: who sells from an account with us orders under `/partner/v1`. Its document is open to all; everything else
//! answers a stranger 401.

pub mod account;
pub mod batches;
pub mod callbacks;
pub mod caller;
pub mod numbers;
pub mod openapi;
pub mod orders;
pub mod request_log;
pub mod shapes;

use crate::api::problem::{ApiProblem, Asker, in_form, method_not_allowed};
use crate::web::Channels;
use axum::Router;
use axum::routing::{any, get, post};
use caller::Reader;
use farline_app::{Problem, ProblemCode};
use request_log::RequestLog;

/// The routes of the partner API.
pub fn routes(channels: &Channels) -> Router<Channels> {
    let log = (channels.app.clone(), RequestLog::default());
    Router::new()
        .route("/partner/v1/openapi.json", get(openapi::document))
        .route("/partner/v1/numbers/{number}", get(numbers::look_up))
        .route("/partner/v1/orders", post(orders::place).get(orders::list))
        .route("/partner/v1/orders/{id}", get(orders::see).delete(orders::cancel))
        .route("/partner/v1/orders/{id}/receipt.pdf", get(orders::receipt_pdf))
        .route("/partner/v1/batches", post(batches::place))
        .route("/partner/v1/balance", get(account::balance))
        .route("/partner/v1/statement", get(account::statement))
        .route("/partner/v1/statement.csv", get(account::statement_csv))
        .route("/partner/v1/statement.pdf", get(account::statement_pdf))
        .route("/partner/v1/callbacks", get(callbacks::list))
        .route("/partner/v1/callbacks/{id}/replay", post(callbacks::replay))
        .route("/partner/{*rest}", any(no_such_route))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(axum::middleware::from_fn(in_form))
        .layer(axum::middleware::from_fn_with_state(log, request_log::note))
}

/// Anything else: nothing there, and a stranger is not told even that.
async fn no_such_route(_: Reader, asker: Asker) -> ApiProblem {
    asker.problem(Problem::of(ProblemCode::NotFound))
}
