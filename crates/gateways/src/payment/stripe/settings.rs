//! How Stripe is reached.

use std::time::Duration;

use farline_app::ports::payment::ProviderMode;
use reqwest::Url;
use reqwest::redirect::Policy;
use serde::Deserialize;

use super::api::Api;

/// Where Stripe's API is.
pub const STRIPE_API: &str = "https://api.stripe.com";

/// Whether money is real. Stripe keeps the two apart: another key, other objects, other webhooks. On the wire it is the
/// truth value `livemode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum StripeMode {
    /// Test cards only; nothing is charged.
    Test,
    /// Money is real.
    Live,
}

impl From<bool> for StripeMode {
    fn from(livemode: bool) -> Self {
        if livemode { Self::Live } else { Self::Test }
    }
}

impl StripeMode {
    pub(super) const fn at_the_port(self) -> ProviderMode {
        match self {
            Self::Test => ProviderMode::Test,
            Self::Live => ProviderMode::Live,
        }
    }

    /// Whether a secret or restricted key is one of this mode's.
    fn has_key(self, key: &str) -> bool {
        let prefixes = match self {
            Self::Test => ["sk_test_", "rk_test_"],
            Self::Live => ["sk_live_", "rk_live_"],
        };
        prefixes.iter().any(|prefix| key.len() > prefix.len() && key.starts_with(prefix))
    }
}

/// A way to pay that Stripe's page can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferedMethod {
    /// Credit, debit and prepaid cards, and the wallets of phones that hold them.
    Card,
    /// Alipay.
    Alipay,
    /// WeChat Pay.
    WechatPay,
}

impl OfferedMethod {
    /// Stripe's word.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Alipay => "alipay",
            Self::WechatPay => "wechat_pay",
        }
    }
}

/// How Stripe is reached. Not shown by `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct StripeSettings {
    /// [`STRIPE_API`], or another place for tests: `https`, or `http` on this machine only.
    pub base_url: String,
    /// The account's secret key, `sk_…`, or a restricted one, `rk_…`.
    pub secret_key: String,
    /// The signing secrets of our webhook endpoints, `whsec_…`; several while one takes another's place.
    pub webhook_secrets: Vec<String>,
    /// What the key is for. Objects and webhooks of the other mode are not believed.
    pub mode: StripeMode,
    /// Exactly these ways to pay; Stripe makes no page when the account lacks one of them. Empty: whatever the
    /// account's owner switched on at Stripe, as far as it fits the amount and the payer.
    pub methods: Vec<OfferedMethod>,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StripeSettingsError {
    /// The base address would carry the key in the clear, or has a user, a query or a fragment.
    #[error(
        "Stripe's base address must be https (http on this machine only) without user, query or fragment"
    )]
    BaseUrl,
    /// The key is not a secret or restricted key of the configured mode.
    #[error(
        "Stripe's secret key is not one of the configured mode: sk_test_… or rk_test_…, live likewise"
    )]
    SecretKey,
    /// There is no webhook secret, or one is empty.
    #[error("Stripe's webhook secrets must not be empty")]
    WebhookSecrets,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

impl StripeSettings {
    /// The API that these settings lead to.
    pub(super) fn open(&self) -> Result<Api, StripeSettingsError> {
        let base_url = Url::parse(&self.base_url).ok().filter(is_safe);
        let base_url = base_url.ok_or(StripeSettingsError::BaseUrl)?;
        if !self.mode.has_key(&self.secret_key) {
            return Err(StripeSettingsError::SecretKey);
        }
        if self.webhook_secrets.is_empty() || self.webhook_secrets.iter().any(String::is_empty) {
            return Err(StripeSettingsError::WebhookSecrets);
        }
        // Whoever comes second in a process finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client =
            reqwest::Client::builder().redirect(Policy::none()).timeout(self.answer_within);
        if is_here(&base_url) {
            // What is on this machine is asked directly. To Stripe a proxy may lead: it carries TLS.
            client = client.no_proxy();
        }
        let client =
            client.build().map_err(|error| StripeSettingsError::Client(error.to_string()))?;
        Ok(Api::new(base_url, self.secret_key.clone(), client))
    }
}

/// Whether the key may go there.
fn is_safe(url: &Url) -> bool {
    let is_closed = url.scheme() == "https" || (url.scheme() == "http" && is_here(url));
    is_closed
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}
