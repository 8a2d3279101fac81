//! Webhooks of the shops that we read: verified over the raw body, kept as a trade to be read, and answered within a moment.

use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use farline_app::shops::{Heard, hear};
use farline_app::{Problem, ProblemCode};
use farline_domain::shops::ShopCode;

/// The webhooks' routes.
pub fn routes() -> Router<Channels> {
    Router::new().route("/webhooks/shops/{shop}", post(take))
}

/// A webhook of a shop. Forgeries are told apart by nothing but the status.
async fn take(
    State(channels): State<Channels>,
    Path(shop): Path<String>,
    (asker, headers): (Asker, HeaderMap),
    body: Bytes,
) -> Result<StatusCode, ApiProblem> {
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let code = ShopCode::parse(&shop).ok();
    let Some(shop) = code.and_then(|code| channels.app.shops.find(&code)) else {
        return Err(asker.problem(Problem::of(ProblemCode::NotFound)));
    };
    let heard = hear(&channels.app, shop, &header, &body).await;
    match heard.map_err(|problem| asker.problem(problem))? {
        Heard::Taken | Heard::SeenBefore => Ok(StatusCode::OK),
        Heard::Forged(refusal) => {
            tracing::warn!(shop = %shop.name, %refusal, "a webhook of a shop is refused");
            Ok(StatusCode::BAD_REQUEST)
        }
    }
}
