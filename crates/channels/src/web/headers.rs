//! The security headers of every answer.

use super::Channels;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Headers that every answer carries unless its handler set them itself. The content security policy
/// allows nothing; pages set their own, which allows their one style sheet.
const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the headers.
pub async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in ALWAYS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Where a page's forms may lead, as its policy begins.
const OWN_FORMS: &str = "form-action 'self'";

/// Lets a page's forms lead to the payment pages of the configured providers: browsers hold every step of a form's answer against the
/// policy, so that a redirect to any other origin ends there.
pub(crate) async fn allow_payment_pages(
    State(channels): State<Channels>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let providers = channels.app.providers.iter();
    let origins: Vec<&str> =
        providers.flat_map(|provider| provider.page_origins().iter().copied()).collect();
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok());
    if let Some(policy) = policy.filter(|policy| !origins.is_empty() && policy.contains(OWN_FORMS))
    {
        let wider = policy.replace(OWN_FORMS, &format!("{OWN_FORMS} {}", origins.join(" ")));
        if let Ok(wider) = HeaderValue::from_str(&wider) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, wider);
        }
    }
    response
}
