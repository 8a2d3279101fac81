//! The real stand-in server on a loopback port, with a clock and randomness of ours, and faults on the way when a
//! test asks for them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router};
use farline_app::ports::payment::{CheckoutPage, PaymentProvider};
use farline_domain::kernel::Instant;
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_sandbox::{SIGNATURE_HEADER, Sandbox, SandboxConfig, numbers, signature};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc;

use super::contract::{Counterpart, Payer, Secret, Webhook};

pub(super) const API_KEY: &str = "sk_sandbox_test";
pub(super) const SECRET: &str = "whsec_sandbox_test";
/// 2026-11-22T12:00:00Z.
const START_MS: i64 = 1_795_348_800_000;

/// What becomes of a call of the machine API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Status(u16),
    Empty,
    Garbage,
    HalfBody,
    BrokenBody,
    Silence,
}

/// Whether the stand-in does what it is asked before the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    NotDone,
    Done,
}

type Faults = Arc<Mutex<VecDeque<(Effect, Fault)>>>;

pub(super) struct StandIn {
    pub(super) provider: SandboxProvider,
    /// For the calls that fail: it does not wait long.
    pub(super) hasty: SandboxProvider,
    pub(super) faults: Faults,
    base_url: String,
    browser: reqwest::Client,
    clock: Arc<AtomicI64>,
    webhooks: AsyncMutex<mpsc::UnboundedReceiver<Webhook>>,
    _folder: tempfile::TempDir,
}

pub(super) fn settings(base_url: &str, answer_within: Duration) -> SandboxSettings {
    SandboxSettings {
        base_url: base_url.to_owned(),
        api_key: API_KEY.to_owned(),
        webhook_secret: SECRET.to_owned(),
        answer_within,
    }
}

fn browser() -> reqwest::Client {
    // The second of a process finds the provider installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let stay = reqwest::redirect::Policy::none();
    reqwest::Client::builder().redirect(stay).no_proxy().build().unwrap()
}

#[async_trait]
impl Counterpart for StandIn {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (tell, webhooks) = mpsc::unbounded_channel();
        let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let webhook_url = format!("http://{}/hook", receiver.local_addr().unwrap());
        let hook = Router::new().route("/hook", post(receive)).layer(Extension(tell));
        tokio::spawn(async move { axum::serve(receiver, hook).await.unwrap() });

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/sandbox", listener.local_addr().unwrap());
        let clock = Arc::new(AtomicI64::new(START_MS));
        let (now, drawn) = (Arc::clone(&clock), AtomicU64::new(0));
        let sandbox = Sandbox::open(SandboxConfig {
            journal: folder.path().join("sandbox.jsonl"),
            base_url: base_url.clone(),
            webhook_url,
            webhook_secret: SECRET.to_owned(),
            api_key: API_KEY.to_owned(),
            now: Arc::new(move || now.load(Ordering::SeqCst)),
            random: Arc::new(move || {
                u128::from(drawn.fetch_add(1, Ordering::SeqCst)).to_be_bytes()
            }),
        })
        .unwrap();
        let faults = Faults::default();
        let between = from_fn_with_state(Arc::clone(&faults), faulty);
        let router = Router::new().nest("/sandbox", sandbox.router()).layer(between);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        tokio::spawn(async move { sandbox.run_webhooks(std::future::pending()).await });
        let provider = |patience| SandboxProvider::new(settings(&base_url, patience)).unwrap();
        Self {
            provider: provider(Duration::from_secs(30)),
            hasty: provider(Duration::from_secs(1)),
            faults,
            browser: browser(),
            clock,
            webhooks: AsyncMutex::new(webhooks),
            _folder: folder,
            base_url,
        }
    }

    fn provider(&self) -> &dyn PaymentProvider {
        &self.provider
    }

    fn now(&self) -> Instant {
        Instant::from_millis(self.clock.load(Ordering::SeqCst))
    }

    fn advance(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    async fn pay(&self, page: &CheckoutPage, payer: Payer) {
        let (number, expected) = match payer {
            Payer::PaysByCredit => (numbers::VISA_CREDIT, 303),
            Payer::PaysByDebit => (numbers::MASTERCARD_DEBIT, 303),
            Payer::PaysByPaypal => {
                let status = self.submit(&format!("{}/paypal", page.url), &[]).await;
                return assert_eq!(status, 303);
            }
            Payer::IsDeclined => (numbers::DECLINED, 200),
            Payer::LeavesTheBanksQuestion => (numbers::CHALLENGE, 200),
            Payer::PaysAlteredAmount => (numbers::AMOUNT_ALTERED, 303),
            Payer::PaysTooLate => (numbers::CAPTURED_AFTER_CANCELLATION, 303),
            Payer::PaysSoThatRefundsFail => (numbers::REFUND_FAILS_LATER, 303),
        };
        let form = [("cc-number", number), ("cc-exp", "12/34"), ("cc-csc", "123")];
        assert_eq!(self.submit(&page.url, &form).await, expected, "{payer:?}");
    }

    async fn pages(&self, order: &str) -> usize {
        self.count("checkouts", order).await
    }

    async fn refunds(&self, key: &str) -> usize {
        self.count("refunds", key).await
    }

    async fn webhook(&self) -> Webhook {
        let mut webhooks = self.webhooks.lock().await;
        let next = tokio::time::timeout(Duration::from_secs(30), webhooks.recv());
        next.await.unwrap().unwrap()
    }

    fn signed(&self, secrets: &[Secret], body: &[u8]) -> Webhook {
        let seconds = self.now().millis() / 1_000;
        let mut header = format!("t={seconds}");
        for secret in secrets {
            let secret = match secret {
                Secret::Ours => SECRET,
                Secret::Another => "whsec_sandbox_other",
            };
            header.push_str(",v1=");
            header.push_str(&v1(secret, seconds, body));
        }
        Webhook { header: (SIGNATURE_HEADER.to_owned(), header), body: body.to_vec() }
    }
}

impl StandIn {
    pub(super) fn settings(&self) -> SandboxSettings {
        settings(&self.base_url, Duration::from_secs(30))
    }

    async fn submit(&self, url: &str, form: &[(&str, &str)]) -> u16 {
        self.browser.post(url).form(form).send().await.unwrap().status().as_u16()
    }

    async fn count(&self, kind: &str, reference: &str) -> usize {
        let url = format!("{}/v1/{kind}", self.base_url);
        let request = self.browser.get(url).query(&[("reference", reference)]);
        let answer = request.bearer_auth(API_KEY).send().await.unwrap();
        let list: Value = answer.json().await.unwrap();
        list["data"].as_array().unwrap().len()
    }
}

/// One signature over any octets; the stand-in's own function signs text.
fn v1(secret: &str, seconds: i64, body: &[u8]) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    use std::fmt::Write;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    let octets = mac.finalize().into_bytes();
    let text = octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").unwrap();
        text
    });
    if let Ok(body) = std::str::from_utf8(body) {
        assert_eq!(signature(secret, seconds, body), format!("t={seconds},v1={text}"));
    }
    text
}

async fn receive(
    Extension(tell): Extension<mpsc::UnboundedSender<Webhook>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let value = headers.get(SIGNATURE_HEADER).unwrap().to_str().unwrap().to_owned();
    let header = (SIGNATURE_HEADER.to_owned(), value);
    // A test that ended no longer listens.
    let _ = tell.send(Webhook { header, body: body.to_vec() });
    StatusCode::OK
}

/// Lets the next fault happen to a call of the machine API, before or after the stand-in has done what it was asked.
async fn faulty(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/sandbox/v1/");
    let planned = if is_call { faults.lock().unwrap().pop_front() } else { None };
    let Some((effect, fault)) = planned else { return next.run(request).await };
    let answer = match effect {
        Effect::Done => next.run(request).await,
        Effect::NotDone => r#"{"id":"cs_never","status":"open"}"#.into_response(),
    };
    let status = answer.status();
    match fault {
        Fault::Status(status) => {
            let words = r#"{"error":{"code":"invalid_request","message":"not to be believed"}}"#;
            (StatusCode::from_u16(status).unwrap(), words).into_response()
        }
        Fault::Empty => status.into_response(),
        Fault::Garbage => (status, "<html>It works!</html>").into_response(),
        Fault::HalfBody => {
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, body.slice(..body.len() / 2)).into_response()
        }
        Fault::BrokenBody => {
            let parts = [Ok(Bytes::from_static(b"{\"id\":")), Err(io::Error::other("broken"))];
            (status, Body::from_stream(futures_util::stream::iter(parts))).into_response()
        }
        Fault::Silence => std::future::pending().await,
    }
}
