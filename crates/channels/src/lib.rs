//! The parties who call us: people in the portal and on the telephone, the staff at the desk, programs and partners by their APIs,
//! providers by webhooks, and platforms that have numbers charged.

pub mod api;
pub mod desk;
pub mod marketplace;
pub mod partner;
pub mod portal;
pub mod shops;
pub mod voice;
pub mod web;
pub mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use web::Channels;
use web::headers::allow_payment_pages;

/// The largest request body anywhere, in octets.
const LARGEST_BODY: usize = 64 * 1024;
/// No request runs longer than this.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Every route of every channel.
pub fn routes(channels: Channels) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(partner::routes(&channels))
        .merge(webhooks::routes())
        .merge(shops::routes())
        .merge(marketplace::routes())
        .merge(desk::handlers::routes())
        .merge(voice::routes())
        .merge(portal::handlers::routes())
        .layer(from_fn_with_state(channels.clone(), allow_payment_pages))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .with_state(channels)
}
