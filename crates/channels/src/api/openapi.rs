//! The OpenAPI 3.1 document, made from the handlers themselves.

use super::{account_lines, auto_renew, lines, methods, orders, quotes, sign_in};
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Farline self-service API",
        description = "Renew prepaid travel SIM and eSIM cards: find, quote, order, follow, prove.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "Farline")
    ),
    paths(
        sign_in::sign_in,
        account_lines::mine,
        account_lines::balance,
        account_lines::history,
        lines::plans,
        auto_renew::see,
        auto_renew::text,
        auto_renew::agree,
        auto_renew::end,
        methods::mine,
        methods::forget,
        quotes::make,
        orders::place,
        orders::see,
        orders::cancel,
        orders::receipt_pdf,
        orders::proof_pdf,
    ),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", scheme);
    }
}

static TEXT: LazyLock<String> =
    LazyLock::new(|| Document::openapi().to_json().unwrap_or_else(|_| "{}".to_owned()));

/// `GET /api/openapi.json`
pub async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str())
}
