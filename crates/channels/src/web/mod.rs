//! What every channel over HTTP shares: the surroundings, who calls from where, request ids, limits
//! and security headers.

pub mod calendar;
pub mod caller;
pub mod cookies;
pub mod headers;
pub mod limits;
pub mod once;
pub mod request_id;

pub use caller::{Address, Caller, Newcomer};
pub use once::{Once, once};
pub use request_id::RequestId;

use farline_app::App;
use farline_app::ports::notice::Mailbox;
use farline_domain::kernel::Language;
use std::sync::Arc;

/// What the channels are run with.
#[derive(Clone)]
pub struct Channels {
    /// The use cases.
    pub app: App,
    /// How the channels are set up.
    pub settings: Arc<Settings>,
    /// The demonstration's mailbox, where notices land instead of travelling.
    pub mailbox: Option<Arc<dyn Mailbox>>,
    /// The telephone, where one is configured.
    pub voice: Option<Arc<crate::voice::Settings>>,
}

/// How the channels are set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether requests are counted and limited. Only a benchmark turns this off.
    pub limits: Limiting,
    /// The header in which a trusted proxy writes the caller's address; none without a proxy.
    pub address_header: Option<String>,
    /// Whether the portal is served over TLS, so that cookies can be `__Host-` ones.
    pub transport: Transport,
}

/// Whether requests are limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limiting {
    /// They are.
    On,
    /// They are not: benchmarks only.
    Off,
}

/// How browsers reach the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over TLS, ended by a proxy before us.
    Tls,
    /// Over plain HTTP, as in the demonstration.
    Plain,
}

/// The language of a request: what `language` says, else what the browser prefers, else English.
pub fn language_of(asked: Option<&str>, headers: &axum::http::HeaderMap) -> Language {
    let preferred = || {
        let header = headers.get(axum::http::header::ACCEPT_LANGUAGE)?;
        Language::negotiate(header.to_str().ok()?)
    };
    asked.and_then(Language::parse).or_else(preferred).unwrap_or(Language::EnCa)
}
