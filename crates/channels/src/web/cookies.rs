//! Cookies: reading one, and giving one to a browser.

use super::Transport;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};
use axum::response::Response;

/// The cookie of a name, if the browser brought it along.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|cookies| cookies.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='));
    value.filter(|value| !value.is_empty()).map(str::to_owned)
}

/// Gives the browser a cookie for so many seconds, or takes it back with none. It is `Lax`: a link from elsewhere, as
/// from a message or a telephone system, opens the page for whoever is signed in. Other sites' forms are refused by
/// themselves.
pub fn give(
    mut response: Response,
    (name, value): (&str, &str),
    (seconds, transport): (i64, Transport),
) -> Response {
    let secure = match transport {
        Transport::Tls => "; Secure",
        Transport::Plain => "",
    };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(mut cookie) = HeaderValue::from_str(&cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
