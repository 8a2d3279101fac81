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
use farline_app::ports::payment::{
    CapturedPayment, CheckoutPage, CheckoutState, PaymentProvider, SetupState,
};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{CardExpiry, DeclineAdvice, PaymentMethod, SavedMethod};
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_sandbox::{SIGNATURE_HEADER, Sandbox, SandboxConfig, numbers, signature};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc;

use super::contract::{Counterpart, PRICE, Payer, Secret, Webhook, opened};
use super::disputes::{Bank, Complaint, Verdict};
use super::keeping::{Keeper, Later, setup};
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
        assert_eq!(self.type_card(page, number).await, expected, "{payer:?}");
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

#[async_trait]
impl Keeper for StandIn {
    const WAY: (Payer, PaymentMethod) = (Payer::PaysByCredit, PaymentMethod::Credit);
    const KNOWN_BY: (&'static str, &'static str, Option<CardExpiry>) =
        ("Visa", "4242", Some(CardExpiry { year: 2034, month: 12 }));
    const ADVICES: &'static [DeclineAdvice] = &[
        DeclineAdvice::RetryLater,
        DeclineAdvice::RetryOnce,
        DeclineAdvice::Authenticate,
        DeclineAdvice::AskCustomer,
        DeclineAdvice::Never,
    ];
    const SETUP_LINGERS_SECONDS: i64 = 0;
    const REMEMBERS_SECONDS: i64 = 86_400;
    const TELLS_OF_DECLINES: bool = true;

    async fn keep(&self, page: &CheckoutPage, later: Later) {
        let number = match later {
            Later::Captures => numbers::VISA_CREDIT,
            Later::TakesLess => numbers::AMOUNT_ALTERED,
            Later::Waits => numbers::KEPT_THEN_PENDING,
            Later::Declines(advice) => match advice {
                DeclineAdvice::RetryLater => numbers::KEPT_THEN_SHORT,
                DeclineAdvice::RetryOnce => numbers::KEPT_THEN_DECLINED,
                DeclineAdvice::Authenticate => numbers::CHALLENGE,
                DeclineAdvice::AskCustomer => numbers::KEPT_THEN_EXPIRED,
                DeclineAdvice::Never => numbers::KEPT_THEN_LOST,
            },
        };
        let mut status = self.type_card(page, number).await;
        if number == numbers::CHALLENGE {
            assert_eq!(status, 200);
            let answer = [("decision", "approve")];
            status = self.submit(&format!("{}/challenge", page.url), &answer).await;
        }
        assert_eq!(status, 303, "{later:?}");
    }

    async fn fail_to_keep(&self, page: &CheckoutPage) {
        assert_eq!(self.type_card(page, numbers::DECLINED).await, 200);
    }

    async fn setups(&self, key: &str) -> usize {
        self.count("setups", key).await
    }

    async fn taken(&self, order: &str) -> usize {
        let charges = self.list("charges", order).await;
        charges.iter().filter(|charge| !charge["payment"].is_null()).count()
    }
}

#[async_trait]
impl Bank for StandIn {
    const WARNS: bool = true;
    const TAKES: Money = PRICE;

    async fn complain(&self, order: &str, complaint: Complaint) -> (CapturedPayment, String) {
        let number = match complaint {
            Complaint::Disputes => numbers::DISPUTED,
            Complaint::Asks => numbers::INQUIRY,
            Complaint::Warns => numbers::FRAUD_WARNING,
        };
        let page = opened(self, order).await;
        assert_eq!(self.type_card(&page, number).await, 303);
        let state = self.provider.checkout_state(&page.id).await.unwrap();
        let CheckoutState::Captured(payment) = state else { panic!("{state:?}") };
        self.advance(60);
        let disputes = self.list("disputes", order).await;
        let [dispute] = disputes.as_slice() else { panic!("{disputes:?}") };
        (payment, dispute["id"].as_str().unwrap().to_owned())
    }

    async fn answer(&self, dispute: &str) {
        self.act(&format!("disputes/{dispute}/answer"), &json!({})).await;
    }

    async fn decide(&self, dispute: &str, verdict: Verdict) {
        let outcome = match verdict {
            Verdict::Won => "won",
            Verdict::Lost => "lost",
        };
        self.act(&format!("disputes/{dispute}/close"), &json!({"outcome": outcome})).await;
    }

    /// Every payment here is one merchant's, and names what that merchant called it.
    async fn complain_of_others(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Lossy for StandIn {
    const LOOKS_BEFORE_REFUND: usize = 0;
    const CALLS_AFTER_DECLINE: usize = 0;
    const CALLS_AFTER_WAIT: usize = 1;

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

    /// Keeps the card of a test number.
    pub(super) async fn kept_as(&self, number: &str) -> SavedMethod {
        let page = self.provider.set_up(&setup("set_1", self.now())).await.unwrap().unwrap();
        assert_eq!(self.type_card(&page, number).await, 303);
        match self.provider.setup_state(&page.id, "set_1").await.unwrap().unwrap() {
            SetupState::Saved(method) => method,
            other => panic!("{other:?}"),
        }
    }

    async fn type_card(&self, page: &CheckoutPage, number: &str) -> u16 {
        let form = [("cc-number", number), ("cc-exp", "12/34"), ("cc-csc", "123")];
        self.submit(&page.url, &form).await
    }

    async fn act(&self, path: &str, body: &Value) {
        let request = self.browser.post(format!("{}/v1/{path}", self.base_url)).json(body);
        let answer = request.bearer_auth(API_KEY).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }

    async fn count(&self, kind: &str, reference: &str) -> usize {
        self.list(kind, reference).await.len()
    }

    async fn list(&self, kind: &str, reference: &str) -> Vec<Value> {
        let url = format!("{}/v1/{kind}", self.base_url);
        let request = self.browser.get(url).query(&[("reference", reference)]);
        let answer = request.bearer_auth(API_KEY).send().await.unwrap();
        let list: Value = answer.json().await.unwrap();
        list["data"].as_array().unwrap().clone()
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
