//! Twilio's agent-assisted payments (twilio.com/docs/voice/api/payment-resource): the caller types a bank card, the agent hears no
//! tone, and a connector hands the card to our payment provider. It is only ever asked for a token: what is charged, we charge.

use async_trait::async_trait;
use farline_app::ports::KeypadCarrier;
use farline_app::ports::keypad::{KeypadAnswer, KeypadRefusal, KeypadRequest, KeypadUnknown, Wish};
use farline_domain::hotline::keypad::{End, Field, Outcome, Slip, Token, Word};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use std::time::Duration;

/// The longest id that is taken from the carrier or the provider.
const LONGEST_ID: usize = 100;
/// Seconds between two digits after which the carrier takes what is there: people read them off a card.
const PATIENCE: &str = "10";

/// The account at the carrier.
#[derive(Clone)]
pub struct TwilioKeypadSettings {
    /// Scheme, host and port without a path, for example `https://api.twilio.com`.
    pub base_url: String,
    /// The account, `AC…`.
    pub account_sid: String,
    /// The account's token.
    pub auth_token: String,
    /// The connector's unique name.
    pub connector: String,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TwilioKeypadSettingsError {
    /// The account is a part of the address.
    #[error("the account is AC and 32 hexadecimal digits")]
    AccountSid,
    /// The account's token is missing.
    #[error("the account's token is empty")]
    AuthToken,
    /// The connector has no name.
    #[error("the connector's name is empty")]
    Connector,
    /// The base address is none.
    #[error("the base address must be one of https:// or http:// without a path")]
    BaseUrl,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Has callers type their bank cards at Twilio.
pub struct TwilioKeypad {
    settings: TwilioKeypadSettings,
    base_url: Url,
    client: reqwest::Client,
}

impl TwilioKeypad {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When a setting is malformed or the HTTP client cannot be set up.
    pub fn new(settings: TwilioKeypadSettings) -> Result<Self, TwilioKeypadSettingsError> {
        let digits = settings.account_sid.strip_prefix("AC").unwrap_or_default();
        if digits.len() != 32 || !digits.bytes().all(|octet| octet.is_ascii_hexdigit()) {
            return Err(TwilioKeypadSettingsError::AccountSid);
        }
        if settings.auth_token.is_empty() {
            return Err(TwilioKeypadSettingsError::AuthToken);
        }
        if settings.connector.trim().is_empty() {
            return Err(TwilioKeypadSettingsError::Connector);
        }
        let base_url = Url::parse(&settings.base_url).ok();
        let base_url = base_url
            .filter(|url| matches!(url.scheme(), "https" | "http") && url.path() == "/")
            .ok_or(TwilioKeypadSettingsError::BaseUrl)?;
        // The second gateway of a process finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(settings.answer_within)
            .redirect(Policy::none())
            .build()
            .map_err(|error| TwilioKeypadSettingsError::Client(error.to_string()))?;
        Ok(Self { settings, base_url, client })
    }

    fn address(&self, request: &KeypadRequest, rest: &[&str]) -> Url {
        let mut url = self.base_url.clone();
        let account = self.settings.account_sid.as_str();
        let call = ["2010-04-01", "Accounts", account, "Calls", request.telephone.as_str()];
        // An http address always has a path. Each segment is escaped, whatever is in it.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(call).extend(rest);
        }
        url
    }

    async fn ask(
        &self,
        (request, rest): (&KeypadRequest, &[&str]),
        form: &[(&str, &str)],
    ) -> KeypadAnswer<String> {
        let both = [
            ("IdempotencyKey", request.key.as_str()),
            ("StatusCallback", request.callback.as_str()),
        ];
        let answer = self
            .client
            .post(self.address(request, rest))
            .basic_auth(&self.settings.account_sid, Some(&self.settings.auth_token))
            .form(&[&both, form].concat())
            .send()
            .await;
        let response = match answer {
            Ok(response) => response,
            // Nothing was asked: a connection comes first.
            Err(error) if error.is_connect() => return Ok(Err(refused("unreachable"))),
            Err(error) => {
                return Err(unknown(if error.is_timeout() { "time_out" } else { "lost" }));
            }
        };
        let status = response.status();
        let octets = response.bytes().await;
        if !status.is_success() {
            return refusal(status, &octets.unwrap_or_default());
        }
        let octets = octets.map_err(|_| unknown("lost"))?;
        match serde_json::from_slice::<Resource>(&octets) {
            Ok(Resource { sid }) if is_id(&sid) => Ok(Ok(sid)),
            _ => Err(unknown("a success without a payment resource")),
        }
    }
}

#[async_trait]
impl KeypadCarrier for TwilioKeypad {
    async fn open(&self, request: &KeypadRequest) -> KeypadAnswer<String> {
        let form = [
            ("PaymentConnector", self.settings.connector.as_str()),
            ("PaymentMethod", "credit-card"),
            // Nothing to charge, so a token; and one that our own key at the provider can charge.
            ("ChargeAmount", "0"),
            ("TokenType", "payment-method"),
            ("SecurityCode", "true"),
            ("PostalCode", "false"),
            ("Timeout", PATIENCE),
        ];
        self.ask((request, &["Payments.json"]), &form).await
    }

    async fn tell(&self, request: &KeypadRequest, session: &str, wish: Wish) -> KeypadAnswer<()> {
        let form = match wish {
            Wish::Ask(field) => ("Capture", name_of(field)),
            Wish::Finish => ("Status", "complete"),
            Wish::Cancel => ("Status", "cancel"),
        };
        let file = format!("{session}.json");
        let answer = self.ask((request, &["Payments", &file]), &[form]).await?;
        match answer {
            Ok(sid) if sid == session => Ok(Ok(())),
            Ok(_) => Err(unknown("another payment resource")),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn word(&self, form: &[(String, String)]) -> Option<Word> {
        let get = |name: &str| {
            let found = form.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        Some(Word {
            session: get("Sid").filter(|sid| is_id(sid))?.to_owned(),
            field: get("Capture").and_then(field_of),
            is_partial: get("PartialResult").is_none_or(|word| word != "false"),
            slip: get("ErrorType").map(slip_of),
            last_four: get("PaymentCardNumber").and_then(last_four),
            outcome: get("Result").map(|result| {
                let token = get("PaymentToken").filter(|token| is_id(token));
                match (result, token) {
                    ("success", Some(token)) => Outcome::Token(Token {
                        method: token.to_owned(),
                        customer: get("ProfileId").filter(|id| is_id(id)).unwrap_or("").to_owned(),
                    }),
                    (result, _) => Outcome::Over(end_of(result)),
                }
            }),
        })
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for TwilioKeypad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TwilioKeypad").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Resource {
    sid: String,
}

#[derive(Deserialize)]
struct Problem {
    code: u32,
}

fn refused(code: &str) -> KeypadRefusal {
    KeypadRefusal(code.to_owned())
}

fn unknown(why: &str) -> KeypadUnknown {
    KeypadUnknown(why.to_owned())
}

/// An objection to the question is a refusal; a fault of the carrier's own leaves open whether it listens.
fn refusal<T>(status: StatusCode, octets: &[u8]) -> KeypadAnswer<T> {
    if !status.is_client_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Err(KeypadUnknown(format!("status {}", status.as_u16())));
    }
    let code = serde_json::from_slice::<Problem>(octets).ok().map(|problem| problem.code);
    Ok(Err(KeypadRefusal(
        code.map_or_else(|| status.as_u16().to_string(), |code| code.to_string()),
    )))
}

/// An id that can be kept and be a part of an address.
fn is_id(text: &str) -> bool {
    let is_sign = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'_';
    // No id is of digits alone, as a bank card's number is.
    (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(is_sign)
        && text.bytes().any(|octet| octet.is_ascii_alphabetic())
}

const fn name_of(field: Field) -> &'static str {
    match field {
        Field::Number => "payment-card-number",
        Field::Expiry => "expiration-date",
        Field::SecurityCode => "security-code",
    }
}

fn field_of(name: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| name_of(*field) == name)
}

fn slip_of(word: &str) -> Slip {
    match word {
        "timeout" => Slip::Timeout,
        "invalid-card-number" => Slip::Number,
        "invalid-card-type" => Slip::CardType,
        "invalid-date" => Slip::Expiry,
        "invalid-security-code" => Slip::SecurityCode,
        _ => Slip::Other,
    }
}

fn end_of(result: &str) -> End {
    match result {
        "caller-hung-up" => End::HungUp,
        "caller-interrupted-with-star" => End::Interrupted,
        "transaction-cancelled" => End::Cancelled,
        // Nothing else is a token, a success without one least of all.
        _ => End::NoToken,
    }
}

/// The last four digits of a masked number. What has more digits is not masked, and nothing of it is taken.
fn last_four(masked: &str) -> Option<String> {
    let digits: String = masked.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 4 && masked.ends_with(&digits)).then_some(digits)
}
