//! Text messages over HTTP in the shape of Twilio's Messages resource, which other carriers' gateways copy.
//!
//! The number and the text travel in the form body, never in the address. The resource has no idempotency key,
//! so whoever retries after an unknown outcome accepts that a message may arrive twice.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use reqwest::redirect::Policy;
use serde::Deserialize;
use sha1::Sha1;

use super::{digits_of_recipient, refused};

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// One number, in E.164, or a short code.
    Number(String),
    /// A pool of numbers at the gateway, `MG…`.
    MessagingService(String),
}

/// The account at the gateway.
#[derive(Clone)]
pub struct TwilioSettings {
    /// Scheme, host and port without a path, for example `https://api.twilio.com`.
    pub base_url: String,
    /// The account, `AC…`: part of the address and the user of basic authentication.
    pub account_sid: String,
    /// The account's token: the password, and the key of the signatures on callbacks.
    pub auth_token: String,
    /// Who sends.
    pub sender: Sender,
    /// Where the gateway reports what became of a message; none when nobody listens.
    pub status_callback: Option<String>,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TwilioSettingsError {
    /// The account names a part of the address, so it is letters and digits only.
    #[error("the account's identifier may hold letters and digits only")]
    AccountSid,
    /// The base address does not begin with `https://` or `http://`.
    #[error("the base address must begin with https:// or http://")]
    BaseUrl,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Hands text messages to one HTTP gateway.
pub struct TwilioGateway {
    settings: TwilioSettings,
    messages_url: String,
    client: reqwest::Client,
}

impl TwilioGateway {
    /// Checks the settings; connects only when there is something to send.
    ///
    /// # Errors
    /// When the account or address is malformed or the HTTP client cannot be set up.
    pub fn new(settings: TwilioSettings) -> Result<Self, TwilioSettingsError> {
        let sid = &settings.account_sid;
        if sid.is_empty() || !sid.bytes().all(|octet| octet.is_ascii_alphanumeric()) {
            return Err(TwilioSettingsError::AccountSid);
        }
        if !settings.base_url.starts_with("https://") && !settings.base_url.starts_with("http://") {
            return Err(TwilioSettingsError::BaseUrl);
        }
        let base = settings.base_url.trim_end_matches('/');
        let messages_url = format!("{base}/2010-04-01/Accounts/{sid}/Messages.json");
        // The second gateway of a process finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(settings.answer_within)
            .redirect(Policy::none())
            .build()
            .map_err(|error| TwilioSettingsError::Client(error.to_string()))?;
        Ok(Self { settings, messages_url, client })
    }

    fn form<'a>(&'a self, message: &'a Message) -> Vec<(&'static str, &'a str)> {
        let mut form = vec![("To", message.to.as_str()), ("Body", message.body.as_str())];
        form.push(match &self.settings.sender {
            Sender::Number(number) => ("From", number.as_str()),
            Sender::MessagingService(sid) => ("MessagingServiceSid", sid.as_str()),
        });
        if let Some(callback) = &self.settings.status_callback {
            form.push(("StatusCallback", callback.as_str()));
        }
        form
    }
}

#[async_trait]
impl NoticeGateway for TwilioGateway {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn medium(&self) -> Medium {
        Medium::Sms
    }

    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        if let Err(code) = digits_of_recipient(message) {
            return Ok(refused(code, Retry::Never));
        }
        let answer = self
            .client
            .post(&self.messages_url)
            .basic_auth(&self.settings.account_sid, Some(&self.settings.auth_token))
            .form(&self.form(message))
            .send()
            .await;
        let response = match answer {
            Ok(response) => response,
            // Nothing was sent: a connection comes first.
            Err(error) if error.is_connect() => return Ok(refused("unreachable", Retry::Later)),
            Err(error) => return Err(unknown(&error)),
        };
        let status = response.status();
        let body = response.bytes().await;
        if status.is_success() {
            return match body {
                Ok(octets) => accepted(&octets),
                Err(error) => Err(unknown(&error)),
            };
        }
        // The status alone is an answer, so a body that is not readable takes nothing away.
        Ok(refusal(status, &body.unwrap_or_default()))
    }
}

fn unknown(error: &reqwest::Error) -> NoticeError {
    NoticeError::Unknown(if error.is_timeout() { "time_out" } else { "connection_lost" }.to_owned())
}

#[derive(Deserialize)]
struct Resource {
    sid: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    error_code: Option<u32>,
}

#[derive(Deserialize)]
struct Problem {
    code: u32,
}

fn accepted(octets: &[u8]) -> Result<Sent, NoticeError> {
    let Ok(resource) = serde_json::from_slice::<Resource>(octets) else {
        return Err(NoticeError::Unknown("a success without a message resource".to_owned()));
    };
    if matches!(resource.status.as_str(), "failed" | "undelivered" | "canceled") {
        let retry = resource.error_code.map_or(Retry::Later, retry_of);
        let code = resource.error_code.map_or(resource.status, |code| code.to_string());
        return Ok(refused(code, retry));
    }
    Ok(Sent::Accepted { provider_id: resource.sid })
}

fn refusal(status: StatusCode, octets: &[u8]) -> Sent {
    let code = serde_json::from_slice::<Problem>(octets).ok().map(|problem| problem.code);
    match (code, status.as_u16()) {
        (Some(code), 429 | 500..) => refused(code.to_string(), Retry::Later),
        (Some(code), _) => refused(code.to_string(), retry_of(code)),
        // 400 without the gateway's code: the request itself is wrong and will not get better.
        (None, 400) => refused("400", Retry::Never),
        // Too many requests, the gateway's own faults, and our account (401, 403, 404).
        (None, status) => refused(status.to_string(), Retry::Later),
    }
}

/// Codes that speak of this recipient or this text, and are final.
#[rustfmt::skip]
const FINAL_CODES: [u32; 18] = [
    // Not a number, not reachable from this sender, opted out, not a mobile number.
    21211, 21214, 21217, 21219, 21265, 21610, 21612, 21614,
    // No recipient, no text, text over 1,600 characters or not writable.
    21602, 21604, 21605, 21617, 21619, 21623,
    // Blocked, unknown, unreachable for ever, or filtered for its content.
    30004, 30005, 30006, 30007,
];

/// Codes not listed as final speak of load (20429, 21611, 30001), of our account or sender (20003, 21212,
/// 21606) or of its permissions (21408), which an operator can mend. An unknown code is taken as passing: the
/// notice's own use-by date ends the attempts.
fn retry_of(code: u32) -> Retry {
    if FINAL_CODES.contains(&code) { Retry::Never } else { Retry::Later }
}

/// Whether `signature` (the header `X-Twilio-Signature`) is the gateway's own for a form it posted:
/// base64 of HMAC-SHA1 over the address followed by every parameter's name and value, sorted.
///
/// `url` is the address as the gateway was told it, rebuilt from configuration and never from the Host header.
/// A parameter that is there twice with one value counts once, as in the vendor's libraries. The comparison
/// takes the same time wherever the signatures differ.
pub fn verify_signature(
    token: &str,
    url: &str,
    params: &[(String, String)],
    signature: &str,
) -> bool {
    let Ok(given) = STANDARD.decode(signature) else { return false };
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else { return false };
    mac.update(url.as_bytes());
    let mut sorted: Vec<&(String, String)> = params.iter().collect();
    sorted.sort();
    sorted.dedup();
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac.verify_slice(&given).is_ok()
}

#[cfg(test)]
mod tests {
    use super::verify_signature;

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_documented_signatures_are_verified_and_altered_ones_are_not() {
        let documented = form(&[
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
        ]);
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert!(verify_signature("12345", url, &documented, signature));
        assert!(!verify_signature("12346", url, &documented, signature));
        assert!(!verify_signature(
            "12345",
            "https://mycompany.com/myapp.php?foo=1",
            &documented,
            signature
        ));
        assert!(!verify_signature("12345", url, &documented[1..], signature));
        assert!(!verify_signature("12345", url, &documented, "RSOYDt4T1cUTdK1PDd93/VVr8B4="));
        assert!(!verify_signature("12345", url, &documented, "RSOYDt4T1cUTdK1P"));
        assert!(!verify_signature("12345", url, &documented, "not base64"));
        assert!(!verify_signature("12345", url, &documented, ""));

        let hotline = form(&[
            ("CallSid", "CA00000000000000000000000000000001"),
            ("CallStatus", "ringing"),
            ("From", "+14165550101"),
            ("To", "+16045550199"),
        ]);
        assert!(verify_signature(
            "authtoken-test",
            "https://hotline.example.test/voice/incoming?lang=zh",
            &hotline,
            "72XqL5tf9UX2i1yzY3L3Z7tJQa0=",
        ));
    }
}
