//! The desk's one script: it asks the browser for a passkey, which nothing else can do. It stands in the page like the style
//! sheet, allowed by its digest, and the pages that have it may ask this site, and nobody else.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The script as people edit it.
const SOURCE: &str = include_str!("../../assets/passkey.js");

/// The script as it is sent: without comments and indentation. Each line of the source that begins with a slash is a
/// comment.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let lines = SOURCE.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
});

/// The script, for the template.
pub fn passkey() -> &'static str {
    &SCRIPT
}

/// Lets a page run the script, and the script ask this site.
pub fn allowed(mut response: Response) -> Response {
    let digest = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let policy = response.headers().get(CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok()).unwrap_or("default-src 'none'");
    let wider = format!("{policy}; script-src 'sha256-{digest}'; connect-src 'self'");
    if let Ok(wider) = HeaderValue::from_str(&wider) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, wider);
    }
    response
}
