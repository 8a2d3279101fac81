//! Telnyx: an Ed25519 signature over the time and the body. It says nothing of the address, so the time bounds how long a
//! webhook that somebody recorded could be played again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::Telephone;
use farline_app::ports::voice::Claimed;
use rustls::pki_types::SignatureVerificationAlgorithm;

/// How old, or how far ahead of our clock, a webhook may be, in seconds.
const TOLERANCE_SECONDS: i64 = 300;

/// An account at Telnyx.
pub struct TelnyxTelephone {
    public_key: Vec<u8>,
}

/// A public key that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the public key is not base64 of 32 octets")]
pub struct TelnyxKeyError;

impl TelnyxTelephone {
    /// `public_key` is the account's, as its portal shows it.
    ///
    /// # Errors
    /// When it is not a key.
    pub fn new(public_key: &str) -> Result<Self, TelnyxKeyError> {
        let public_key = STANDARD.decode(public_key.trim()).map_err(|_| TelnyxKeyError)?;
        if public_key.len() == 32 { Ok(Self { public_key }) } else { Err(TelnyxKeyError) }
    }
}

impl Telephone for TelnyxTelephone {
    fn has_signed(&self, claimed: &Claimed<'_>) -> bool {
        let header = claimed.header;
        let (Some(time), Some(signature)) =
            (header("telnyx-timestamp"), header("telnyx-signature-ed25519"))
        else {
            return false;
        };
        let Ok(seconds) = time.parse::<i64>() else { return false };
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        let now = claimed.now.millis() / 1000;
        let is_fresh = now.abs_diff(seconds) <= TOLERANCE_SECONDS.unsigned_abs();
        let signed = [time.as_bytes(), b"|", claimed.body].concat();
        let algorithm: &dyn SignatureVerificationAlgorithm = webpki::ring::ED25519;
        let is_theirs = algorithm.verify_signature(&self.public_key, &signed, &signature).is_ok();
        is_fresh && is_theirs
    }
}
