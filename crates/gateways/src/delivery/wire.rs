//! HTTP to suppliers: where they are, and what an answer says before its own words are read. The reasons given here
//! never hold an address, a number, a key or a word of the other side.

use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::SupplierSilent;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};
use rustls::RootCertStore;
use serde::de::DeserializeOwned;

/// The most octets of an answer that are read: a page of a catalogue is the longest.
const LARGEST_ANSWER: usize = 4 * 1_024 * 1_024;

/// The most pages of a catalogue that are read.
pub(super) const MOST_PAGES: u32 = 100;

/// Which of a supplier's installations is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SupplierPlace {
    /// The one that delivers.
    Live,
    /// The one that plays, where the supplier has one.
    Sandbox,
    /// A server that stands in for it, such as `http://127.0.0.1:8080`.
    StandIn(String),
}

/// The addresses of a supplier's API.
pub(super) struct Addresses {
    pub(super) live: &'static str,
    pub(super) sandbox: Option<&'static str>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SupplierSettingsError {
    /// The base address is not an address of HTTP, or has a user, a query or a fragment.
    #[error("the address must be an http or https address without user, query or fragment")]
    Address,
    /// This supplier has no sandbox.
    #[error("this supplier has no sandbox: played money would buy real value")]
    NoSandbox,
    /// A credential is empty.
    #[error("{0} must not be empty")]
    Empty(&'static str),
    /// A plan's mapping does not say what to ask for.
    #[error("the mapping of the plan {plan}: {fault}")]
    Plan {
        /// The plan's code.
        plan: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Everything needed to ask.
pub(super) struct Wire {
    base: Url,
    client: Client,
}

impl Wire {
    /// A client that follows no redirect and speaks TLS only; to a stand-in it goes straight, as it is on this machine.
    pub(super) fn new(
        place: &SupplierPlace,
        addresses: &Addresses,
        answer_within: Duration,
    ) -> Result<Self, SupplierSettingsError> {
        let address = match place {
            SupplierPlace::Live => addresses.live,
            SupplierPlace::Sandbox => addresses.sandbox.ok_or(SupplierSettingsError::NoSandbox)?,
            SupplierPlace::StandIn(address) => address,
        };
        let base = Url::parse(address).ok().filter(is_plain);
        let base = base.ok_or(SupplierSettingsError::Address)?;
        let told = |error: &dyn std::fmt::Display| SupplierSettingsError::Client(error.to_string());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| told(&error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent("farline")
            .redirect(Policy::none())
            .timeout(answer_within);
        let builder = match place {
            SupplierPlace::StandIn(_) => builder.no_proxy(),
            SupplierPlace::Live | SupplierPlace::Sandbox => builder.https_only(true),
        };
        let client = builder.build().map_err(|error| told(&error))?;
        Ok(Self { base, client })
    }

    /// A request; each segment is escaped, whatever is in it.
    pub(super) fn request(&self, method: Method, segments: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        // An http address always has a path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        self.client.request(method, url)
    }

    pub(super) fn get(&self, segments: &[&str]) -> RequestBuilder {
        self.request(Method::GET, segments)
    }

    pub(super) fn post(&self, segments: &[&str]) -> RequestBuilder {
        self.request(Method::POST, segments)
    }
}

fn is_plain(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
}

/// Refuses a credential that is not there.
pub(super) fn given(what: &'static str, value: &str) -> Result<(), SupplierSettingsError> {
    if value.is_empty() { Err(SupplierSettingsError::Empty(what)) } else { Ok(()) }
}

/// An answer that is whole, whatever its status.
pub(super) struct Reply {
    pub(super) status: u16,
    body: Vec<u8>,
}

impl Reply {
    pub(super) const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Reads the body.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, SupplierSilent> {
        // The error's own words may quote the body.
        serde_json::from_slice(&self.body).map_err(|_| unsound())
    }

    /// Reads the body of a success; anything else says nothing.
    pub(super) fn success<T: DeserializeOwned>(&self) -> Result<T, SupplierSilent> {
        if self.is_success() { self.read() } else { Err(self.silent()) }
    }

    /// The answer taken as one that says nothing.
    pub(super) fn silent(&self) -> SupplierSilent {
        SupplierSilent(format!("status {}", self.status))
    }
}

/// An answer that is not, or does not fit, what was asked.
pub(super) fn unsound() -> SupplierSilent {
    SupplierSilent("the answer does not fit the question".to_owned())
}

/// Sends a request once and reads the whole answer.
pub(super) async fn ask(request: RequestBuilder) -> Result<Reply, SupplierSilent> {
    let mut response = request.send().await.map_err(|error| lost(&error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(octets) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + octets.len() > LARGEST_ANSWER {
            return Err(SupplierSilent("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&octets);
    }
    Ok(Reply { status, body })
}

fn lost(error: &reqwest::Error) -> SupplierSilent {
    // The error's own words hold the address.
    let reason = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "the request cannot be written"
    } else {
        "the connection was lost"
    };
    SupplierSilent(reason.to_owned())
}
