//! How every marketplace is reached: an address that is safe for a secret, and a client that follows nobody.

use std::time::Duration;

use farline_domain::kernel::Instant;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShopSettingsError {
    /// The base address would carry secrets in the clear, or has a user, a query or a fragment.
    #[error(
        "the marketplace's address must be https (http on this machine only) without user, query or fragment"
    )]
    BaseUrl,
    /// A key or secret is missing. The word says which.
    #[error("{0} must not be empty")]
    Missing(&'static str),
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// The address and a client for it.
pub(super) fn open(
    base_url: &str,
    answer_within: Duration,
) -> Result<(Url, Client), ShopSettingsError> {
    let url = Url::parse(base_url).ok().filter(is_safe).ok_or(ShopSettingsError::BaseUrl)?;
    // Whoever comes second in a process finds the provider installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = Client::builder().redirect(Policy::none()).timeout(answer_within);
    if is_here(&url) {
        // What is on this machine is asked directly.
        client = client.no_proxy();
    }
    let client = client.build().map_err(|error| ShopSettingsError::Client(error.to_string()))?;
    Ok((url, client))
}

/// Refuses what is empty, by its name.
pub(super) fn present(given: &[(&'static str, &str)]) -> Result<(), ShopSettingsError> {
    let missing = given.iter().find(|(_, value)| value.trim().is_empty());
    missing.map_or(Ok(()), |(name, _)| Err(ShopSettingsError::Missing(name)))
}

/// Refuses webhook secrets of which there is none, or an empty one.
pub(super) fn secrets(given: &[String]) -> Result<(), ShopSettingsError> {
    let is_usable = !given.is_empty() && given.iter().all(|secret| !secret.trim().is_empty());
    if is_usable { Ok(()) } else { Err(ShopSettingsError::Missing("the webhook secrets")) }
}

/// Reads a time of RFC 3339.
pub(super) fn instant(text: &str) -> Option<Instant> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(Instant::from_millis(at.as_millisecond()))
}

/// The address with these segments behind it, each escaped, whatever is in it.
pub(super) fn below(url: &Url, segments: &[&str]) -> Url {
    let mut url = url.clone();
    // An http address always has a path.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

fn is_safe(url: &Url) -> bool {
    let is_closed = url.scheme() == "https" || (url.scheme() == "http" && is_here(url));
    is_closed
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{below, open, present};

    #[test]
    fn a_secret_goes_only_where_nobody_listens() {
        let table = [
            ("https://eco.taobao.com/router/rest", true),
            ("http://127.0.0.1:8080", true),
            ("http://shop.example", false),
            ("https://user@shop.example", false),
            ("https://shop.example/?a=b", false),
            ("ftp://shop.example", false),
            ("shop.example", false),
        ];
        for (url, is_open) in table {
            assert_eq!(open(url, Duration::from_secs(1)).is_ok(), is_open, "{url}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = present(&[("the key", "k"), ("the secret", " ")]).unwrap_err();
        assert_eq!(error.to_string(), "the secret must not be empty");
    }

    #[test]
    fn a_segment_stays_one() {
        let (url, _) = open("https://shop.example/wp/", Duration::from_secs(1)).unwrap();
        assert_eq!(below(&url, &["orders", "../1"]).path(), "/wp/orders/..%2F1");
    }
}
