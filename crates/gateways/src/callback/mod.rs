//! Telling partners what became of their orders, without being led inside.

pub mod reach;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::CallbackGateway;
use farline_app::ports::callback::{
    CallbackAnswer, CallbackForm, CallbackRefusal, CallbackRequest,
};
use farline_domain::kernel::Instant;
use hmac::{Hmac, KeyInit, Mac};
use reach::Reach;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, Url};
use sha2::Sha256;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// The ports of public hosts that are called.
const PORTS: [u16; 2] = [443, 8443];
/// Octets read of an answer; what says that something was taken is short.
const MOST_READ: usize = 16 * 1024;
/// What callers of a name that leads inside are told.
const INSIDE: &str = "it leads into a private network";

/// How callbacks are carried.
#[derive(Clone, Debug)]
pub struct CallbackSettings {
    /// What may be called.
    pub reach: Reach,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// Carries callbacks over HTTP.
pub struct HttpCallbacks {
    reach: Arc<Reach>,
    client: reqwest::Client,
}

/// Passes on of a name's addresses those that may be connected to. The client connects to these and no others.
struct Guard(Arc<Reach>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = Arc::clone(&self.0);
        Box::pin(async move {
            // The port is the address's own; it is set by the client.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|it| reach.allows(it.ip())).collect();
            if allowed.is_empty() {
                return Err(Box::<dyn Error + Send + Sync>::from(INSIDE));
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

impl HttpCallbacks {
    /// Sets the client up. Nothing is called yet.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn new(settings: CallbackSettings) -> Result<Self, String> {
        let reach = Arc::new(settings.reach);
        // The second gateway of a process finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .dns_resolver(Arc::new(Guard(Arc::clone(&reach))))
            .redirect(Policy::none())
            .no_proxy()
            .timeout(settings.answer_within)
            .build()
            .map_err(|error| format!("the HTTP client could not be set up: {error}"))?;
        Ok(Self { reach, client })
    }

    fn read(&self, url: &str) -> Result<Url, CallbackRefusal> {
        let url = Url::parse(url).map_err(|_| CallbackRefusal::Address)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(CallbackRefusal::Address);
        }
        let host = url.host_str().ok_or(CallbackRefusal::Address)?;
        let literal: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        if literal.is_some_and(|address| self.reach.is_named(address)) {
            let is_http = matches!(url.scheme(), "https" | "http");
            return if is_http { Ok(url) } else { Err(CallbackRefusal::Address) };
        }
        let port = url.port_or_known_default().unwrap_or(0);
        if url.scheme() != "https" || !PORTS.contains(&port) {
            return Err(CallbackRefusal::Address);
        }
        match literal {
            Some(address) if !reach::is_public(address) => Err(CallbackRefusal::Inside),
            _ => Ok(url),
        }
    }
}

/// `v1,…` for every secret, as the receiver computes it over `id.timestamp.body`.
fn signatures(request: &CallbackRequest, secrets: &[[u8; 32]], timestamp: i64) -> String {
    let signed = format!("{}.{timestamp}.{}", request.id, request.body);
    let one = |secret: &[u8; 32]| {
        // HMAC takes a key of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(signed.as_bytes());
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    };
    secrets.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}

/// A secret as partners put it into their own programs.
pub fn spelled(secret: &[u8; 32]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

#[async_trait]
impl CallbackGateway for HttpCallbacks {
    fn may_call(&self, url: &str) -> Result<(), CallbackRefusal> {
        self.read(url).map(|_| ())
    }

    async fn tell(&self, request: &CallbackRequest) -> CallbackAnswer {
        let url = match self.read(&request.url) {
            Ok(url) => url,
            Err(refusal) => return not_taken(refusal.to_string()),
        };
        match in_form(self.client.post(url), request).body(request.body.clone()).send().await {
            Ok(response) => answer_of(response, &request.form).await,
            Err(error) => not_taken(word(&error)),
        }
    }
}

/// A request with the headers of its form.
fn in_form(post: RequestBuilder, request: &CallbackRequest) -> RequestBuilder {
    let post = post.header(USER_AGENT, "Farline-Callbacks/1");
    match &request.form {
        CallbackForm::Standard(secrets) => {
            let timestamp = seconds(request.at);
            post.header(CONTENT_TYPE, "application/json")
                .header("webhook-id", &request.id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signatures(request, secrets, timestamp))
        }
        CallbackForm::Platform { content_type, .. } => post.header(CONTENT_TYPE, *content_type),
    }
}

/// What an answer says: of a platform the text has to say it too.
async fn answer_of(response: Response, form: &CallbackForm) -> CallbackAnswer {
    let status = response.status();
    if !status.is_success() {
        let (why, wait) = (status.as_u16().to_string(), wait_of(&response));
        return CallbackAnswer::NotTaken { why, wait };
    }
    match form {
        CallbackForm::Standard(_) => CallbackAnswer::Taken(status.as_u16()),
        CallbackForm::Platform { taken, .. } => match text_of(response).await {
            Some(text) if taken.by(&text) => CallbackAnswer::Taken(status.as_u16()),
            Some(_) => not_taken(format!("{}, but not taken", status.as_u16())),
            None => not_taken("the connection broke".to_owned()),
        },
    }
}

/// The beginning of an answer's text.
async fn text_of(mut response: Response) -> Option<String> {
    let mut octets = Vec::new();
    while octets.len() < MOST_READ {
        let Some(chunk) = response.chunk().await.ok()? else { break };
        octets.extend_from_slice(&chunk);
    }
    Some(String::from_utf8_lossy(&octets).into_owned())
}

fn not_taken(why: String) -> CallbackAnswer {
    CallbackAnswer::NotTaken { why, wait: None }
}

const fn seconds(at: Instant) -> i64 {
    at.millis().div_euclid(1000)
}

/// How many seconds the other side asks us to wait.
fn wait_of(response: &Response) -> Option<i64> {
    let said = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    said.trim().parse().ok().filter(|seconds: &i64| *seconds >= 0)
}

/// What went wrong, in a word that says nothing of where names lead.
fn word(error: &reqwest::Error) -> String {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(one) = cause {
        if one.to_string() == INSIDE {
            return CallbackRefusal::Inside.to_string();
        }
        cause = one.source();
    }
    let word = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    word.to_owned()
}

/// Only what the adapter is called.
impl std::fmt::Debug for HttpCallbacks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpCallbacks").finish_non_exhaustive()
    }
}
