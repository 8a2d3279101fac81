//! The OpenAPI 3.1 document of the partner API, made from the handlers themselves.

use super::{account, batches, callbacks, numbers, orders};
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Farline partner API",
        description = "Sell renewals of prepaid travel SIM and eSIM cards from an account with the business: look a number up, order, be told the outcome, read the statement. Every error is application/problem+json and says whether money moved.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "Farline")
    ),
    paths(
        numbers::look_up,
        orders::place,
        orders::see,
        orders::list,
        orders::cancel,
        orders::receipt_pdf,
        batches::place,
        account::balance,
        account::statement,
        account::statement_csv,
        account::statement_pdf,
        callbacks::list,
        callbacks::replay,
    ),
    modifiers(&Key)
)]
struct Document;

struct Key;

impl Modify for Key {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("key", scheme);
    }
}

static TEXT: LazyLock<String> =
    LazyLock::new(|| Document::openapi().to_json().unwrap_or_else(|_| "{}".to_owned()));

/// `GET /partner/v1/openapi.json`
pub async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str())
}
