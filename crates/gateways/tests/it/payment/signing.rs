//! Webhook signatures of the shape `t=…,v1=…`, made by other code than verifies them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};

/// One signature over any octets.
pub(super) fn v1(secret: &str, seconds: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    let octets = mac.finalize().into_bytes();
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").unwrap();
        text
    })
}

/// A header with one signature for each secret.
pub(super) fn header<'a>(
    secrets: impl Iterator<Item = &'a str>,
    seconds: i64,
    body: &[u8],
) -> String {
    secrets.fold(format!("t={seconds}"), |header, secret| {
        format!("{header},v1={}", v1(secret, seconds, body))
    })
}
