//! What marketplaces sign with: MD5 and HMAC in upper-case hexadecimal for requests, HMAC-SHA256 in base64 for webhooks.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// MD5 of the parts one after the other.
pub(super) fn md5(parts: &[&[u8]]) -> String {
    let mut digest = Md5::new();
    for part in parts {
        digest.update(part);
    }
    upper_hex(&digest.finalize())
}

/// HMAC-MD5; none only for a key that HMAC cannot take, which there is not.
pub(super) fn hmac_md5(key: &[u8], text: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Md5>::new_from_slice(key).ok()?;
    mac.update(text);
    Some(upper_hex(&mac.finalize().into_bytes()))
}

/// HMAC-SHA256; none only for a key that HMAC cannot take, which there is not.
pub(super) fn hmac_sha256(key: &[u8], text: &[u8]) -> Option<String> {
    sha256(key, text).map(|octets| upper_hex(&octets))
}

/// Whether a webhook's signature, in base64, is made with one of our secrets over this body. The comparisons take the same time
/// wherever the signatures differ, and all of them are made.
pub(super) fn is_signed(secrets: &[String], signature: &str, body: &[u8]) -> bool {
    let fits = secrets
        .iter()
        .filter_map(|secret| sha256(secret.as_bytes(), body))
        .fold(Choice::from(0), |fits, octets| {
            fits | STANDARD.encode(octets).as_bytes().ct_eq(signature.as_bytes())
        });
    fits.into()
}

fn sha256(key: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text);
    Some(mac.finalize().into_bytes().to_vec())
}

fn upper_hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{octet:02X}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::is_signed;

    // python3 -c "import hmac,base64; print(base64.b64encode(hmac.digest(b'shpss_testsecret', body, 'sha256')))"
    const BODY: &[u8] = br#"{"id":1001,"financial_status":"paid"}"#;
    const SIGNATURE: &str = "ssL87wV/0zFyQ6UikUmNDKfRh4ve052AkuZ0PVE/Jkk=";

    #[test]
    fn a_webhook_is_signed_over_its_octets_by_any_of_our_secrets() {
        let other = "shpss_other";
        let ours = "shpss_testsecret";
        let altered = br#"{"id":1001,"financial_status": "paid"}"#;
        let table: [(&[&str], &str, &[u8], bool); 8] = [
            (&[ours], SIGNATURE, BODY, true),
            (&[other, ours], SIGNATURE, BODY, true),
            (&[ours, other], SIGNATURE, BODY, true),
            (&[other], SIGNATURE, BODY, false),
            (&[], SIGNATURE, BODY, false),
            (&[ours], SIGNATURE, altered, false),
            (&[ours], "", BODY, false),
            (&[ours], &SIGNATURE[..43], BODY, false),
        ];
        for (secrets, signature, body, expected) in table {
            let owned: Vec<String> = secrets.iter().map(|&secret| secret.to_owned()).collect();
            assert_eq!(is_signed(&owned, signature, body), expected, "{secrets:?} {signature}");
        }
    }
}
