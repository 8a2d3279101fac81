//! The telephone of the configuration.

use crate::config::{Carrier, Config, Keypad, SecretPlace, Speaker, Voice};
use crate::keys;
use eyre::{Result, WrapErr, bail};
use farline_app::Mode;
use farline_app::ports::{KeypadLine, Randomness, Telephone};
use farline_channels::voice::{Agents, Settings, VoiceName};
use farline_domain::kernel::Msisdn;
use farline_gateways::telephone::keypad::{TwilioKeypad, TwilioKeypadSettings};
use farline_gateways::telephone::telnyx::TelnyxTelephone;
use farline_gateways::telephone::twilio::TwilioTelephone;
use std::sync::Arc;
use std::time::Duration;

/// Where Twilio's API is.
const API: &str = "https://api.twilio.com";
/// How long the carrier may take to answer, as an agent waits for it.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);
/// The provider whose tokens the connector makes.
const TOKENS_OF: &str = "stripe";

/// The telephone, if one is configured. What is wrong with it is said at the start, not to the first caller.
pub(crate) fn configured(config: &Config, randomness: &dyn Randomness) -> Result<Option<Settings>> {
    let Some(voice) = &config.voice else { return Ok(None) };
    number("number", &voice.number)?;
    let agents = match (&voice.agents, &voice.agents_queue) {
        (Some(agents), None) => Agents::Number(number("agents", agents)?),
        (None, Some(queue)) => Agents::Queue(queue.clone()),
        (None, None) => Agents::Nobody,
        (Some(_), Some(_)) => {
            bail!("[voice]: callers go to agents or to agents_queue, not to both")
        }
    };
    let speakers = [&voice.mandarin, &voice.cantonese, &voice.english, &voice.french];
    let voices = speakers.map(|Speaker { language, voice }| VoiceName {
        language: language.clone(),
        voice: voice.clone(),
    });
    Ok(Some(Settings { telephone: carrier(config, voice, randomness)?, agents, voices }))
}

fn number(name: &str, typed: &str) -> Result<String> {
    match Msisdn::parse(typed) {
        Ok(number) => Ok(String::from(number)),
        Err(_) => bail!("[voice]: {name} is not a telephone number"),
    }
}

fn carrier(
    config: &Config,
    voice: &Voice,
    randomness: &dyn Randomness,
) -> Result<Arc<dyn Telephone>> {
    if voice.carrier == Carrier::Telnyx {
        let Some(key) = &voice.public_key else { bail!("[voice]: Telnyx has a public_key") };
        return Ok(Arc::new(TelnyxTelephone::new(key)?));
    }
    let tokens = match (voice.tokens.as_slice(), config.mode()) {
        ([], Mode::Sandbox) => vec![keys::sandbox_secret(&config.data, "voice", randomness)?],
        ([], Mode::Live) => bail!("[voice]: tokens are missing: without them nobody could sign"),
        (tokens, _) => tokens.iter().map(SecretPlace::read).collect::<Result<_>>()?,
    };
    if tokens.iter().any(String::is_empty) {
        bail!("[voice]: a token is empty");
    }
    Ok(Arc::new(TwilioTelephone::new(tokens)))
}

/// What callers type their bank cards into, if that is configured.
pub(crate) fn keypad(config: &Config) -> Result<Option<KeypadLine>> {
    let Some((voice, keypad)) = config.voice.as_ref().zip(keypad_of(config)) else {
        return Ok(None);
    };
    if voice.carrier != Carrier::Twilio {
        bail!("[voice.keypad]: only Twilio takes bank cards on the telephone");
    }
    if config.stripe.is_none() {
        bail!("[voice.keypad]: its connector makes tokens of Stripe, and [stripe] is missing");
    }
    let token = match (&keypad.token, voice.tokens.as_slice()) {
        (Some(token), _) | (None, [token, ..]) => token.read()?,
        (None, []) => bail!("[voice.keypad]: the token of the account is missing"),
    };
    let settings = TwilioKeypadSettings {
        base_url: keypad.api.clone().unwrap_or_else(|| API.to_owned()),
        account_sid: keypad.account.clone(),
        auth_token: token,
        connector: keypad.connector.clone(),
        answer_within: ANSWERS_WITHIN,
    };
    let carrier = TwilioKeypad::new(settings).wrap_err("[voice.keypad]")?;
    Ok(Some(KeypadLine { carrier: Arc::new(carrier), provider: TOKENS_OF.to_owned() }))
}

fn keypad_of(config: &Config) -> Option<&Keypad> {
    config.voice.as_ref()?.keypad.as_ref()
}

/// The telephone, for people.
pub(crate) fn told(config: &Config) -> String {
    let Some(voice) = &config.voice else {
        return "not configured: its webhooks refuse everybody".to_owned();
    };
    let carrier = match voice.carrier {
        Carrier::Twilio => "signed as by Twilio",
        Carrier::Telnyx => "signed as by Telnyx",
    };
    let agents = match (&voice.agents, &voice.agents_queue) {
        (None, None) => "nobody to be put through to",
        (Some(_), _) | (_, Some(_)) => "callers are put through to agents",
    };
    let keypad = keypad_of(config).map_or("", |_| ", callers can type bank cards");
    format!("{}, {carrier}, {agents}{keypad}", voice.number)
}
