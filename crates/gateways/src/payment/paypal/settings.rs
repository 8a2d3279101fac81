//! How PayPal is reached, and which hosts and names are PayPal's own.

use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::payment::ProviderMode;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, TrustAnchor};

/// Whose money it is. Each mode has its own hosts, keys and certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayPalMode {
    /// PayPal's sandbox: nobody's.
    Sandbox,
    /// The payers'.
    Live,
}

impl PayPalMode {
    pub(super) const fn at_the_port(self) -> ProviderMode {
        match self {
            Self::Sandbox => ProviderMode::Sandbox,
            Self::Live => ProviderMode::Live,
        }
    }

    pub(super) const fn api(self) -> &'static str {
        match self {
            Self::Sandbox => "https://api-m.sandbox.paypal.com",
            Self::Live => "https://api-m.paypal.com",
        }
    }

    /// Where payers agree.
    pub(super) const fn page_origins(self) -> &'static [&'static str] {
        match self {
            Self::Sandbox => &["https://www.sandbox.paypal.com"],
            Self::Live => &["https://www.paypal.com"],
        }
    }

    /// Where alone the certificates of webhooks are fetched.
    pub(super) const fn certificate_hosts(self) -> [&'static str; 2] {
        match self {
            Self::Sandbox => ["api.sandbox.paypal.com", "api-m.sandbox.paypal.com"],
            Self::Live => ["api.paypal.com", "api-m.paypal.com"],
        }
    }

    /// To whom the certificate that signs webhooks is issued.
    pub(super) const fn signer(self) -> &'static str {
        match self {
            Self::Sandbox => "messageverificationcerts.sandbox.paypal.com",
            Self::Live => "messageverificationcerts.paypal.com",
        }
    }
}

/// The account at PayPal. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct PayPalSettings {
    /// Whose money it is.
    pub mode: PayPalMode,
    /// The application's client id.
    pub client_id: String,
    /// The application's secret.
    pub client_secret: String,
    /// The id that PayPal gave to our webhook; part of what it signs.
    pub webhook_id: String,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
    /// Who is asked in place of PayPal, in tests; never in live mode.
    pub stand_in: Option<PayPalStandIn>,
}

/// A server that stands in for PayPal's sandbox.
#[derive(Clone)]
pub struct PayPalStandIn {
    /// Its prefix, for example `http://127.0.0.1:8080`.
    pub base_url: String,
    /// The authority, in DER, that its webhooks' certificate comes from. What a webhook says of the certificate's
    /// address is held against PayPal's own hosts all the same; only the fetching goes to the stand-in.
    pub authority: Vec<u8>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PayPalSettingsError {
    /// The base address is not an address of HTTP, or has a user, a query or a fragment.
    #[error("the base address must be an http or https address without user, query or fragment")]
    BaseUrl,
    /// Live keys go to PayPal only.
    #[error("nobody stands in for PayPal in live mode")]
    LiveStandIn,
    /// The client id, the secret or the webhook id is empty.
    #[error("PayPal's client id, secret and webhook id must not be empty")]
    EmptySecret,
    /// The authority is not a certificate.
    #[error("the authority is not a certificate")]
    Authority,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

impl PayPalSettings {
    pub(super) fn check(&self) -> Result<(), PayPalSettingsError> {
        let secrets = [&self.client_id, &self.client_secret, &self.webhook_id];
        if secrets.into_iter().any(String::is_empty) {
            return Err(PayPalSettingsError::EmptySecret);
        }
        if self.mode == PayPalMode::Live && self.stand_in.is_some() {
            return Err(PayPalSettingsError::LiveStandIn);
        }
        Ok(())
    }

    /// Where the API is.
    pub(super) fn api(&self) -> Result<Url, PayPalSettingsError> {
        let stand_in = self.stand_in.as_ref().map(|stand_in| stand_in.base_url.as_str());
        let base_url = stand_in.unwrap_or(self.mode.api());
        Url::parse(base_url).ok().filter(is_plain).ok_or(PayPalSettingsError::BaseUrl)
    }

    /// Who vouches for the certificate that signs webhooks.
    pub(super) fn anchors(&self) -> Result<Vec<TrustAnchor<'static>>, PayPalSettingsError> {
        let Some(stand_in) = &self.stand_in else {
            return Ok(webpki_roots::TLS_SERVER_ROOTS.to_vec());
        };
        let authority = CertificateDer::from(stand_in.authority.as_slice());
        let anchor = webpki::anchor_from_trusted_cert(&authority);
        Ok(vec![anchor.map_err(|_| PayPalSettingsError::Authority)?.to_owned()])
    }

    /// A client that follows no redirect and speaks TLS only, whatever authorities the machine has; to a stand-in it
    /// goes straight, as it is on this machine.
    pub(super) fn client(&self) -> Result<Client, PayPalSettingsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| PayPalSettingsError::Client(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .timeout(self.answer_within);
        let builder = match self.stand_in {
            Some(_) => builder.no_proxy(),
            None => builder.https_only(true),
        };
        builder.build().map_err(|error| PayPalSettingsError::Client(error.to_string()))
    }
}

fn is_plain(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}
