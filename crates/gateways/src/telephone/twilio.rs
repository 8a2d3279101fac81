//! Twilio, and carriers who sign as it does: base64 of HMAC-SHA1 over the address and the fields.

use crate::notice::twilio::verify_signature;
use farline_app::ports::Telephone;
use farline_app::ports::voice::Claimed;

/// Where the signature stands: at Twilio, and at SignalWire, which signs the same under a name of its own.
const HEADERS: [&str; 2] = ["x-twilio-signature", "x-signalwire-signature"];

/// An account at such a carrier.
pub struct TwilioTelephone {
    tokens: Vec<String>,
}

impl TwilioTelephone {
    /// `tokens` are the account's, two while one takes the other's place. An empty one signs nothing.
    pub fn new(tokens: Vec<String>) -> Self {
        Self { tokens: tokens.into_iter().filter(|token| !token.is_empty()).collect() }
    }
}

impl Telephone for TwilioTelephone {
    fn has_signed(&self, claimed: &Claimed<'_>) -> bool {
        let signature = HEADERS.iter().find_map(|name| (claimed.header)(name));
        let Some(signature) = signature else { return false };
        let is_by = |token: &String| verify_signature(token, claimed.url, claimed.form, &signature);
        self.tokens.iter().any(is_by)
    }
}
