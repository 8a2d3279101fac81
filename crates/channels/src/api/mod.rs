//! The self-service API: the same use cases as the portal, as JSON under `/api/v1`.

pub mod account_lines;
pub mod auto_renew;
pub mod body;
pub mod lines;
pub mod methods;
pub mod openapi;
pub mod orders;
pub mod problem;
pub mod quotes;
pub mod shapes;
pub mod sign_in;

use crate::web::Channels;
use axum::Router;
use axum::routing::{delete, get, post};

/// The API's routes.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/api/openapi.json", get(openapi::document))
        .route("/api/v1/sign-in", post(sign_in::sign_in))
        .route("/api/v1/lines", get(account_lines::mine))
        .route("/api/v1/lines/{number}/balance", get(account_lines::balance))
        .route("/api/v1/lines/{number}/history", get(account_lines::history))
        .route("/api/v1/lines/{number}/plans", get(lines::plans))
        .route(
            "/api/v1/lines/{number}/auto-renew",
            get(auto_renew::see).put(auto_renew::agree).delete(auto_renew::end),
        )
        .route("/api/v1/lines/{number}/auto-renew/consent", post(auto_renew::text))
        .route("/api/v1/methods", get(methods::mine))
        .route("/api/v1/methods/{id}", delete(methods::forget))
        .route("/api/v1/quotes", post(quotes::make))
        .route("/api/v1/orders", post(orders::place))
        .route("/api/v1/orders/{id}", get(orders::see).delete(orders::cancel))
        .route("/api/v1/orders/{id}/receipt.pdf", get(orders::receipt_pdf))
        .route("/api/v1/orders/{id}/proof.pdf", get(orders::proof_pdf))
        .route("/api/{*rest}", axum::routing::any(problem::no_such_route))
        .route("/problems/{code}", get(problem::explain))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(axum::middleware::from_fn(problem::in_form))
}
