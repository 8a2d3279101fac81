//! How suppliers want requests signed: the hexadecimal digest of a keyed hash.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};
use std::fmt::Write;

/// HMAC-SHA-512 of the body, as Airalo wants it.
pub(super) fn airalo(secret: &str, body: &str) -> String {
    // A key of any length is taken.
    Hmac::<Sha512>::new_from_slice(secret.as_bytes())
        .map(|mac| hexadecimal(&mac.chain_update(body).finalize().into_bytes()))
        .unwrap_or_default()
}

/// HMAC-SHA-256 of the time, the request's id, the access code and the body, as eSIM Access wants it.
pub(super) fn esim_access(secret: &str, parts: [&str; 4]) -> String {
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map(|mac| hexadecimal(&mac.chain_update(parts.concat()).finalize().into_bytes()))
        .unwrap_or_default()
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{octet:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{airalo, esim_access};

    #[test]
    fn signatures_are_the_facts_to_the_octet() {
        let body = r#"{"package_id":"pkg-7days-1gb-topup","iccid":"8910300000005271146"}"#;
        assert_eq!(
            airalo("client-secret-test", body),
            "6d5901f2aa91367997270745170dea581ac1ca3f27977969396db3ff9e4f495a\
             9baafcc6ec14643984284c6d47dcb40fe34f0935fd0797812199494768a6ccbe"
        );
        let parts = ["1700000000000", "req-1", "access-1", r#"{"iccid":"8910300000005271146"}"#];
        assert_eq!(
            esim_access("secret-test", parts),
            "d4ae675260c2139002c93ea11cd87fc9c38b5661d238187290162420f9e42c3f"
        );
    }
}
