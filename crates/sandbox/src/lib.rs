//! Farline's stand-in payment provider: a small server of its own with a machine API, hosted pages,
//! signed webhooks and a journal. It knows nothing of Farline, so that Farline talks to it exactly
//! as it talks to a real provider. No money moves here.
//!
//! The README beside this crate states every HTTP shape.

mod addresses;
mod amounts;
mod card;
mod charges;
mod checkouts;
mod deliveries;
mod disputes;
mod events;
mod journal;
mod ledger;
mod machine;
mod methods;
pub mod numbers;
mod pages;
mod payments;
mod records;
mod refunds;
mod refusal;
mod setups;
mod shapes;
mod state;
mod texts;
mod timers;
mod views;

use std::{future::Future, path::PathBuf, sync::Arc};

use sha2::{Digest, Sha256};

pub use crate::events::{SIGNATURE_HEADER, signature};
use crate::{
    ledger::Ledger,
    records::{Change, Moment},
    refusal::Refusal,
    state::State,
};

/// The clock: milliseconds since the Unix epoch.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The source of randomness: sixteen fresh random octets at each call.
pub type Random = Arc<dyn Fn() -> [u8; 16] + Send + Sync>;

/// What the server needs to know.
#[derive(Clone)]
pub struct SandboxConfig {
    /// The journal file; created when absent. Only one server may have it open.
    pub journal: PathBuf,
    /// The public prefix the router is mounted under: an address such as
    /// `http://127.0.0.1:8080/sandbox`, or a path such as `/sandbox`, which makes checkout
    /// addresses relative.
    pub base_url: String,
    /// Where events are sent; plain `http`, as the receiver runs beside this server.
    pub webhook_url: String,
    /// The key of the events' signatures, used as its bytes.
    pub webhook_secret: String,
    /// The bearer token of the machine API.
    pub api_key: String,
    /// The clock that every schedule follows.
    pub now: Now,
    /// Randomness for ids.
    pub random: Random,
}

/// Why the server could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The journal file could not be read, created or synced.
    #[error("the sandbox journal cannot be opened")]
    Journal(#[from] std::io::Error),
    /// Another server has the journal open.
    #[error("the sandbox journal is in use by another server")]
    JournalInUse,
    /// A line before the last one is not what was written.
    #[error("the sandbox journal is damaged in line {line}")]
    JournalDamaged {
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The address for events is not a plain http address.
    #[error("the sandbox webhook address must be an http address")]
    WebhookUrl,
    /// The key or the secret is empty.
    #[error("the sandbox API key and webhook secret must not be empty")]
    EmptySecret,
    /// The HTTP client could not be set up.
    #[error("the sandbox webhook client cannot be set up: {0}")]
    Client(String),
}

/// The open server. Clones share one state.
#[derive(Clone)]
pub struct Sandbox {
    server: Arc<Server>,
}

/// What all handlers share.
struct Server {
    ledger: Arc<Ledger>,
    base_url: Arc<str>,
    prefix_path: String,
    webhook_url: reqwest::Url,
    webhook_secret: String,
    api_key_digest: [u8; 32],
    client: reqwest::Client,
    now: Now,
    random: Random,
    /// Told after every change, so that events leave without waiting for the next look.
    news: Arc<tokio::sync::Notify>,
}

impl Sandbox {
    /// Opens the journal, cuts a torn end and replays the rest. Reads the whole file, so it
    /// belongs to the start of the program.
    pub fn open(config: SandboxConfig) -> Result<Self, OpenError> {
        if config.api_key.is_empty() || config.webhook_secret.is_empty() {
            return Err(OpenError::EmptySecret);
        }
        let webhook_url = reqwest::Url::parse(&config.webhook_url)
            .ok()
            .filter(|url| url.scheme() == "http")
            .ok_or(OpenError::WebhookUrl)?;
        let base_url = config.base_url.trim_end_matches('/');
        let server = Server {
            ledger: Arc::new(Ledger::open(&config.journal)?),
            base_url: Arc::from(base_url),
            prefix_path: addresses::prefix_path(base_url),
            webhook_url,
            webhook_secret: config.webhook_secret,
            api_key_digest: Sha256::digest(&config.api_key).into(),
            client: deliveries::client()?,
            now: config.now,
            random: config.random,
            news: Arc::new(tokio::sync::Notify::new()),
        };
        Ok(Self { server: Arc::new(server) })
    }

    /// The machine API under `/v1` and the hosted pages under `/pay`, to be nested under the path
    /// of `base_url`.
    pub fn router(&self) -> axum::Router {
        axum::Router::new()
            .merge(machine::router(Arc::clone(&self.server)))
            .merge(pages::router())
            .with_state(Arc::clone(&self.server))
    }

    /// Delivers events until `shutdown` completes. Run it once.
    pub async fn run_webhooks(&self, shutdown: impl Future<Output = ()> + Send) {
        deliveries::run(Arc::clone(&self.server), shutdown).await;
    }
}

impl Server {
    fn moment(&self) -> Moment {
        let (base_url, random) = (Arc::clone(&self.base_url), Arc::clone(&self.random));
        Moment { now_ms: (self.now)(), base_url, random }
    }

    /// Decides on the state and makes the outcome durable, on a thread that may block. It runs to
    /// its end even when the caller goes away.
    async fn transact<T, F>(&self, decide: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Moment, &State) -> (Vec<Change>, T) + Send + 'static,
    {
        let (ledger, moment) = (Arc::clone(&self.ledger), self.moment());
        let news = Arc::clone(&self.news);
        let work = tokio::task::spawn_blocking(move || {
            ledger.transact(&moment, |state| {
                let (changes, answer) = decide(&moment, state);
                if !changes.is_empty() {
                    news.notify_one();
                }
                (changes, answer)
            })
        });
        work.await.ok().and_then(Result::ok).ok_or(Refusal::Broken)
    }

    /// As [`Server::transact`], for changes that may be lost and done again.
    async fn write<T, F>(&self, decide: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Moment, &State) -> (Vec<Change>, T) + Send + 'static,
    {
        let (ledger, moment) = (Arc::clone(&self.ledger), self.moment());
        let work = tokio::task::spawn_blocking(move || {
            ledger.write(&moment, |state| decide(&moment, state)).map(|(answer, _)| answer)
        });
        work.await.ok().and_then(Result::ok).ok_or(Refusal::Broken)
    }
}
