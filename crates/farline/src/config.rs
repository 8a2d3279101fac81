//! `farline.toml`. Every key and its default stands, explained, in `config.example.toml`.

use crate::endpoints::EndpointEntry;
use crate::shops::ShopEntry;
use crate::suppliers::SupplierSection;
use eyre::{Context, Result, bail};
use farline_app::Mode;
use farline_app::charging::ChargingSettings;
use farline_app::desk::DeskSettings;
use farline_app::reminders::ReminderSettings;
use farline_app::wording::business::Business;
use farline_domain::kernel::{Language, Localized};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// Where the data is kept: `sqlite`, in the data folder, or the URL of a PostgreSQL database.
    #[serde(default = "StorePlace::sqlite")]
    pub(crate) store: StorePlace,
    /// The address to listen on.
    #[serde(default = "default_listen")]
    pub(crate) listen: SocketAddr,
    /// Where the portal is reached by customers.
    pub(crate) base_url: String,
    /// `sandbox` or `live`.
    #[serde(default = "default_mode")]
    pub(crate) mode: ModeName,
    /// The header in which the proxy in front writes the caller's address.
    #[serde(default)]
    pub(crate) address_header: Option<String>,
    /// Who sells.
    #[serde(default)]
    pub(crate) business: Business,
    /// Why a text that the business names could not be read: live mode refuses then, and so does the sandbox.
    #[serde(skip)]
    pub(crate) unread: Vec<String>,
    /// On which terms networks are granted quotas.
    #[serde(default)]
    pub(crate) charging: ChargingSettings,
    /// What the staff may do at the desk.
    #[serde(default)]
    pub(crate) desk: DeskSettings,
    /// When people are reminded.
    #[serde(default)]
    pub(crate) reminders: ReminderSettings,
    /// E-mail.
    #[serde(default)]
    pub(crate) smtp: Option<Smtp>,
    /// Text messages by an HTTP gateway.
    #[serde(default)]
    pub(crate) sms: Option<Sms>,
    /// Text messages by SMPP.
    #[serde(default)]
    pub(crate) smpp: Option<Smpp>,
    /// The telephone: the robot, and text messages from customers.
    #[serde(default)]
    pub(crate) voice: Option<Voice>,
    /// Partners who sell from an account with us.
    #[serde(default)]
    pub(crate) partners: Partners,
    /// Suppliers of networks that are not our own.
    #[serde(default)]
    pub(crate) suppliers: Vec<SupplierSection>,
    /// Payments at Stripe.
    #[serde(default)]
    pub(crate) stripe: Option<Stripe>,
    /// Payments at PayPal.
    #[serde(default)]
    pub(crate) paypal: Option<PayPal>,
    /// Shops on marketplaces that are read.
    #[serde(default)]
    pub(crate) shops: Vec<ShopEntry>,
    /// Endpoints that platforms call.
    #[serde(default)]
    pub(crate) endpoints: Vec<EndpointEntry>,
}

/// Partners.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Partners {
    /// Networks of the business's own that callbacks may reach beside the public one.
    #[serde(default)]
    pub(crate) reach: Vec<String>,
}

/// An account at Stripe.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stripe {
    /// The secret key, or a restricted one.
    pub(crate) secret_key: SecretPlace,
    /// The signing secrets of the webhook's endpoint; two while one takes the other's place.
    pub(crate) webhook_secrets: Vec<SecretPlace>,
}

/// An application at PayPal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayPal {
    /// Its client id.
    pub(crate) client_id: String,
    /// Its secret.
    pub(crate) client_secret: SecretPlace,
    /// The id that PayPal gave to the webhook.
    pub(crate) webhook_id: String,
}

/// Where a secret is: never in the configuration itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretPlace {
    /// In a file.
    File(PathBuf),
    /// In a variable of the environment.
    Env(String),
}

impl SecretPlace {
    /// The secret.
    ///
    /// # Errors
    /// When the file cannot be read or the variable is not set; the secret itself is never repeated.
    pub(crate) fn read(&self) -> Result<String> {
        match self {
            Self::File(path) => secret(path),
            Self::Env(name) => std::env::var(name).map_err(|_| {
                eyre::eyre!("the variable {name}, which holds a secret, is not set or not text")
            }),
        }
    }
}

/// Where the data is kept: the word `sqlite`, or a URL, which may hold a password. It is read without
/// a check, because whoever complains of a value shows it, and is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(crate) struct StorePlace(String);

impl StorePlace {
    /// An SQLite file in the data folder.
    pub(crate) fn sqlite() -> Self {
        Self("sqlite".to_owned())
    }

    /// The URL of a PostgreSQL database; absent for SQLite.
    pub(crate) fn postgres(&self) -> Result<Option<&str>> {
        let begins = |scheme: &str| self.0.starts_with(scheme);
        if self.0 == "sqlite" {
            Ok(None)
        } else if begins("postgres://") || begins("postgresql://") {
            Ok(Some(&self.0))
        } else {
            bail!("the store is the word sqlite, or a URL that begins with postgres://")
        }
    }
}

impl std::fmt::Debug for StorePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StorePlace")
    }
}

impl From<String> for StorePlace {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::str::FromStr for StorePlace {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Whether money is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ModeName {
    /// Played.
    Sandbox,
    /// Real.
    Live,
}

/// An SMTP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Smtp {
    /// Its host.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// `tls`, `starttls` or `none`.
    pub(crate) security: SmtpSecurity,
    /// The user to sign in as.
    #[serde(default)]
    pub(crate) user: Option<String>,
    /// The file that holds the password.
    #[serde(default)]
    pub(crate) password_file: Option<PathBuf>,
    /// The sender's address.
    pub(crate) from: String,
}

/// How the connection to an SMTP server is protected.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SmtpSecurity {
    /// From the start.
    Tls,
    /// After a greeting.
    Starttls,
    /// Not at all: a relay on this machine.
    None,
}

/// An HTTP gateway in the shape of Twilio's Messages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sms {
    /// Its base URL.
    pub(crate) base_url: String,
    /// The account.
    pub(crate) account: String,
    /// The file that holds the token.
    pub(crate) token_file: PathBuf,
    /// The number it sends from.
    pub(crate) from: String,
}

/// A carrier that brings us calls and text messages from customers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Voice {
    /// How it signs its webhooks.
    #[serde(default = "Carrier::twilio")]
    pub(crate) carrier: Carrier,
    /// The secrets it signs with, two while one takes the other's place. Without any, the sandbox makes one; real money wants
    /// them said.
    #[serde(default)]
    pub(crate) tokens: Vec<SecretPlace>,
    /// The public key that it signs for, at Telnyx.
    #[serde(default)]
    pub(crate) public_key: Option<String>,
    /// The number that customers call and write to.
    pub(crate) number: String,
    /// The number that callers are put through to.
    #[serde(default)]
    pub(crate) agents: Option<String>,
    /// The carrier's queue that callers are put into instead.
    #[serde(default)]
    pub(crate) agents_queue: Option<String>,
    /// How callers type bank cards; without it, nobody types any.
    #[serde(default)]
    pub(crate) keypad: Option<Keypad>,
    /// Who speaks Mandarin.
    #[serde(default = "Speaker::mandarin")]
    pub(crate) mandarin: Speaker,
    /// Who speaks Cantonese.
    #[serde(default = "Speaker::cantonese")]
    pub(crate) cantonese: Speaker,
    /// Who speaks English.
    #[serde(default = "Speaker::english")]
    pub(crate) english: Speaker,
    /// Who speaks French.
    #[serde(default = "Speaker::french")]
    pub(crate) french: Speaker,
}

/// Callers type bank cards on the telephone, and a connector of Twilio's has Stripe keep them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keypad {
    /// The connector's unique name.
    pub(crate) connector: String,
    /// The account that the calls are of, `AC…`.
    pub(crate) account: String,
    /// What opens its API; the first of the tokens that it signs with, if none is said.
    #[serde(default)]
    pub(crate) token: Option<SecretPlace>,
    /// Where its API is, if not at Twilio's first address.
    #[serde(default)]
    pub(crate) api: Option<String>,
}

/// How a carrier signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Carrier {
    /// As Twilio does; SignalWire, too.
    Twilio,
    /// As Telnyx does.
    Telnyx,
}

impl Carrier {
    const fn twilio() -> Self {
        Self::Twilio
    }
}

/// A voice and its language. A carrier refuses pairs that do not fit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Speaker {
    /// The language, such as `yue-CN`.
    pub(crate) language: String,
    /// The carrier's name of the voice; its own choice for the language, if none is said.
    #[serde(default)]
    pub(crate) voice: Option<String>,
}

impl Speaker {
    fn of(language: &str, voice: Option<&str>) -> Self {
        Self { language: language.to_owned(), voice: voice.map(str::to_owned) }
    }

    fn mandarin() -> Self {
        Self::of("cmn-CN", Some("Polly.Zhiyu"))
    }

    fn cantonese() -> Self {
        Self::of("yue-CN", Some("Polly.Hiujin-Neural"))
    }

    fn english() -> Self {
        Self::of("en-CA", None)
    }

    fn french() -> Self {
        Self::of("fr-CA", Some("Polly.Gabrielle-Neural"))
    }
}

impl Voice {
    /// The demonstration's: it is signed with a secret in the data folder.
    fn demonstration() -> Self {
        Self {
            carrier: Carrier::Twilio,
            tokens: Vec::new(),
            public_key: None,
            number: "+1 800 555 0142".to_owned(),
            agents: Some("+1 800 555 0143".to_owned()),
            agents_queue: None,
            keypad: None,
            mandarin: Speaker::mandarin(),
            cantonese: Speaker::cantonese(),
            english: Speaker::english(),
            french: Speaker::french(),
        }
    }
}

/// An SMPP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Smpp {
    /// Its host.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// The user.
    pub(crate) system_id: String,
    /// The file that holds the password.
    pub(crate) password_file: PathBuf,
    /// The number it sends from.
    pub(crate) from: String,
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

const fn default_mode() -> ModeName {
    ModeName::Sandbox
}

impl Config {
    /// Reads a file. What is wrong is named with its line.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .wrap_err_with(|| format!("{} cannot be read", path.display()))?;
        let mut config: Self =
            toml::from_str(&text).map_err(|error| eyre::eyre!("{}: {error}", path.display()))?;
        if config.data.is_relative() {
            let folder = path.parent().unwrap_or(Path::new("."));
            config.data = folder.join(&config.data);
        }
        while config.base_url.ends_with('/') {
            config.base_url.pop();
        }
        if let Some(fault) = config.charging.fault() {
            bail!("{}: [charging]: {fault}", path.display());
        }
        if let Some(fault) = config.reminders.fault() {
            bail!("{}: [reminders]: {fault}", path.display());
        }
        if let Some(fault) = config.desk.fault() {
            bail!("{}: [desk]: {fault}", path.display());
        }
        config.unread = config.read_texts(path.parent().unwrap_or(Path::new(".")));
        // What live mode misses is said all at once, when it is to start.
        if config.mode() == Mode::Sandbox {
            config.is_presentable().wrap_err_with(|| path.display().to_string())?;
        }
        Ok(config)
    }

    /// Reads the texts that the business names, each beside the file. Returns what could not be read.
    fn read_texts(&mut self, folder: &Path) -> Vec<String> {
        let mut unread = Vec::new();
        let mut read = |files: &Option<Localized>| {
            let files = files.as_ref()?;
            let mut text = |language: Language| {
                let path = folder.join(files.get(language));
                let text = fs::read_to_string(&path).map_err(|error| error.to_string());
                let text = match text {
                    Ok(text) if text.trim().is_empty() => Err("is empty".to_owned()),
                    text => text,
                };
                text.unwrap_or_else(|why| {
                    unread.push(format!("{}: {why}", path.display()));
                    String::new()
                })
            };
            let texts = Language::ALL.map(|language| (language, text(language)));
            Localized::new(BTreeMap::from(texts)).ok()
        };
        self.business.own_terms = read(&self.business.terms_files);
        self.business.own_refunds = read(&self.business.refund_files);
        self.business.own_clause = read(&self.business.clause_files);
        unread
    }

    fn is_presentable(&self) -> Result<()> {
        let blank = self.business.blank();
        if !blank.is_empty() {
            bail!("[business] lacks {}: `farline setup` asks for it", blank.join(", "));
        }
        match self.unread.first() {
            Some(unread) => bail!("[business]: {unread}"),
            None => Ok(()),
        }
    }

    /// Whether money is real.
    pub(crate) const fn mode(&self) -> Mode {
        match self.mode {
            ModeName::Sandbox => Mode::Sandbox,
            ModeName::Live => Mode::Live,
        }
    }

    /// The configuration of a demonstration.
    pub(crate) fn demonstration(data: PathBuf, listen: SocketAddr) -> Self {
        Self {
            data,
            store: StorePlace::sqlite(),
            listen,
            base_url: format!("http://{listen}"),
            mode: ModeName::Sandbox,
            address_header: None,
            business: Business::demonstration(),
            unread: Vec::new(),
            charging: ChargingSettings::default(),
            desk: DeskSettings::default(),
            reminders: ReminderSettings::for_accounts(),
            smtp: None,
            sms: None,
            smpp: None,
            voice: Some(Voice::demonstration()),
            // Whoever tries the demonstration has their program on the same machine.
            partners: Partners { reach: vec!["127.0.0.0/8".to_owned()] },
            suppliers: Vec::new(),
            stripe: None,
            paypal: None,
            shops: ShopEntry::demonstration().into_iter().collect(),
            endpoints: Vec::new(),
        }
    }
}

/// A secret from the file that holds it.
pub(crate) fn secret(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path)
        .wrap_err_with(|| format!("the secret in {} cannot be read", path.display()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
