//! The real stand-in server on a loopback port, with a clock and randomness of ours, and faults on the way when a
//! test asks for them.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use axum::{Extension, Router};
use farline_app::ports::payment::{CheckoutPage, PaymentProvider};
use farline_domain::kernel::Instant;
use farline_domain::payments::PaymentMethod;
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_sandbox::{SIGNATURE_HEADER, Sandbox, SandboxConfig, numbers, signature};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc;

use super::contract::{Counterpart, Payer, Secret, Webhook};
use super::losses::{Losses, Lossy, lose};
use super::signing::{header, v1};

pub(super) const API_KEY: &str = "sk_sandbox_test";
pub(super) const SECRET: &str = "whsec_sandbox_test";
/// 2026-11-22T12:00:00Z.
const START_MS: i64 = 1_795_348_800_000;

pub(super) struct StandIn {
    provider: SandboxProvider,
    hasty: SandboxProvider,
    losses: Losses,
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
    const WAYS: &'static [(Payer, PaymentMethod)] = &[
        (Payer::PaysByCredit, PaymentMethod::Credit),
        (Payer::PaysByDebit, PaymentMethod::Debit),
        (Payer::PaysByPaypal, PaymentMethod::Paypal),
    ];
    const LINGERS_SECONDS: i64 = 0;

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
        let losses = Losses::default();
        let between = from_fn_with_state(losses.clone(), lose);
        let router = Router::new().nest("/sandbox", sandbox.router()).layer(between);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        tokio::spawn(async move { sandbox.run_webhooks(std::future::pending()).await });
        let provider = |patience| SandboxProvider::new(settings(&base_url, patience)).unwrap();
        Self {
            provider: provider(Duration::from_secs(30)),
            hasty: provider(Duration::from_secs(1)),
            losses,
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
            Payer::PaysByAlipay
            | Payer::PaysByWechatPay
            | Payer::PaysByPrepaidCard
            | Payer::PaysOtherwise => panic!("{payer:?} is no way to pay here"),
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
        let secrets = secrets.iter().map(|secret| match secret {
            Secret::Ours => SECRET,
            Secret::Another => "whsec_sandbox_other",
        });
        let header = header(secrets, seconds, body);
        if let Ok(body) = std::str::from_utf8(body) {
            // The stand-in's own function signs text.
            let theirs = signature(SECRET, seconds, body);
            assert_eq!(theirs, format!("t={seconds},v1={}", v1(SECRET, seconds, body.as_bytes())));
        }
        Webhook { header: (SIGNATURE_HEADER.to_owned(), header), body: body.to_vec() }
    }
}

impl Lossy for StandIn {
    const LOOKS_BEFORE_REFUND: usize = 0;

    fn hasty(&self) -> &dyn PaymentProvider {
        &self.hasty
    }

    fn losses(&self) -> &Losses {
        &self.losses
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
