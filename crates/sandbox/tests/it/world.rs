//! A running provider, its merchant's receiver, and a clock that only moves when told.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use farline_sandbox::{SIGNATURE_HEADER, Sandbox, SandboxConfig, signature};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub(crate) const API_KEY: &str = "sk_sandbox_test";
pub(crate) const SECRET: &str = "whsec_sandbox_test";
/// 2026-11-22T12:00:00Z.
pub(crate) const START_MS: i64 = 1_795_348_800_000;
pub(crate) const RETURN_URL: &str = "http://shop.example/orders/1?done=1";
pub(crate) const CANCEL_URL: &str = "http://shop.example/orders/1?cancelled=1";

/// One request that reached the receiver.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) body: String,
    pub(crate) signature: String,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Clone, Default)]
pub(crate) struct Inbox {
    pub(crate) received: Arc<Mutex<Vec<Received>>>,
    /// The next answers; 200 when there is none.
    pub(crate) answers: Arc<Mutex<VecDeque<u16>>>,
}

/// The process-like part that can be stopped and opened again.
struct Running {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

pub(crate) struct World {
    pub(crate) client: Client,
    pub(crate) inbox: Inbox,
    pub(crate) base: String,
    pub(crate) config: SandboxConfig,
    clock: Arc<AtomicI64>,
    running: Option<Running>,
    _folder: tempfile::TempDir,
}

pub(crate) fn client() -> Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(0)
        .no_proxy()
        .build()
        .unwrap()
}

impl World {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::default();
        let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let webhook_url = format!("http://{}/hook", receiver.local_addr().unwrap());
        let hook = Router::new().route("/hook", post(receive)).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(receiver, hook).await.unwrap() });
        let clock = Arc::new(AtomicI64::new(START_MS));
        let (now, drawn) = (Arc::clone(&clock), AtomicU64::new(0));
        let config = SandboxConfig {
            journal: folder.path().join("sandbox.jsonl"),
            base_url: String::new(),
            webhook_url,
            webhook_secret: SECRET.to_owned(),
            api_key: API_KEY.to_owned(),
            now: Arc::new(move || now.load(Ordering::SeqCst)),
            random: Arc::new(move || {
                u128::from(drawn.fetch_add(1, Ordering::SeqCst)).to_be_bytes()
            }),
        };
        let mut world = Self {
            client: client(),
            inbox,
            base: String::new(),
            config,
            clock,
            running: None,
            _folder: folder,
        };
        world.open().await;
        world
    }

    pub(crate) async fn open(&mut self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.base = format!("http://{}/sandbox", listener.local_addr().unwrap());
        self.config.base_url.clone_from(&self.base);
        let sandbox = Sandbox::open(self.config.clone()).unwrap();
        let (stop, stopped) = watch::channel(false);
        let router = Router::new().nest("/sandbox", sandbox.router());
        let server = axum::serve(listener, router).with_graceful_shutdown(told(stopped.clone()));
        let tasks = vec![
            tokio::spawn(async move { server.await.unwrap() }),
            tokio::spawn(async move { sandbox.run_webhooks(told(stopped)).await }),
        ];
        self.running = Some(Running { stop, tasks });
    }

    pub(crate) async fn stop(&mut self) {
        let running = self.running.take().unwrap();
        running.stop.send(true).unwrap();
        for task in running.tasks {
            task.await.unwrap();
        }
        // A connection's task may outlive the server by a moment and hold the journal open.
        let journal = std::fs::File::open(self.journal()).unwrap();
        while journal.try_lock().is_err() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.config.journal.clone()
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        let request = self.client.get(format!("{}{path}", self.base)).bearer_auth(API_KEY);
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = self.client.post(format!("{}{path}", self.base)).bearer_auth(API_KEY);
        read(request.json(body).send().await.unwrap()).await
    }

    pub(crate) async fn post_once(
        &self,
        path: &str,
        key: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        let request = self.client.post(format!("{}{path}", self.base)).bearer_auth(API_KEY);
        let request = request.header("Idempotency-Key", key).json(body);
        read(request.send().await.unwrap()).await
    }

    /// Opens a checkout of 28.25 CAD and returns its id.
    pub(crate) async fn checkout(&self) -> String {
        let (status, body) = self.post("/v1/checkouts", &self.order("ord_1")).await;
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn order(&self, reference: &str) -> Value {
        json!({
            "amount": 2825, "currency": "CAD", "reference": reference,
            "description": "Maplewave 5 GB, 30 days", "language": "en-CA",
            "return_url": RETURN_URL, "cancel_url": CANCEL_URL,
            "expires_at_ms": self.clock.load(Ordering::SeqCst) + 900_000,
        })
    }

    /// Opens a page on which a method is kept and returns its id.
    pub(crate) async fn setup(&self, customer: &str) -> String {
        let (status, body) = self.post("/v1/setups", &self.keeping(customer)).await;
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn keeping(&self, customer: &str) -> Value {
        json!({
            "keep_for": customer, "reference": "setup_1", "language": "en-CA",
            "return_url": RETURN_URL, "cancel_url": CANCEL_URL,
            "expires_at_ms": self.clock.load(Ordering::SeqCst) + 900_000,
        })
    }

    /// Keeps a card and returns the kept method.
    pub(crate) async fn kept(&self, customer: &str, number: &str) -> Value {
        let setup = self.setup(customer).await;
        let mut answer = self.keep(&setup, number).await;
        if number == farline_sandbox::numbers::CHALLENGE {
            answer = self.press(&setup, "/challenge", &[("decision", "approve")]).await;
        }
        assert_eq!(answer.status(), 303, "{number}");
        self.get(&format!("/v1/setups/{setup}")).await.1["kept"].clone()
    }

    pub(crate) async fn keep(&self, setup: &str, number: &str) -> Response {
        self.press(setup, "", &[("cc-number", number), ("cc-exp", "12/34"), ("cc-csc", "123")])
            .await
    }

    pub(crate) async fn press(&self, setup: &str, part: &str, form: &[(&str, &str)]) -> Response {
        let url = format!("{}/setup/{setup}{part}", self.base);
        self.client.post(url).form(form).send().await.unwrap()
    }

    /// Charges a kept method under a key.
    pub(crate) async fn charge(&self, key: &str, method: &Value) -> (StatusCode, Value) {
        let body = json!({
            "method": method["id"], "amount": 2825, "currency": "CAD", "reference": "ord_9",
            "description": "Maplewave 5 GB, 30 days", "payer_is_there": false,
        });
        self.post_once("/v1/charges", key, &body).await
    }

    pub(crate) async fn show(&self, checkout: &str) -> Value {
        let (status, body) = self.get(&format!("/v1/checkouts/{checkout}")).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Sends the card form as a browser without scripts does.
    pub(crate) async fn pay(&self, checkout: &str, number: &str) -> Response {
        self.submit(checkout, "", &[("cc-number", number), ("cc-exp", "12/34"), ("cc-csc", "123")])
            .await
    }

    pub(crate) async fn submit(
        &self,
        checkout: &str,
        part: &str,
        form: &[(&str, &str)],
    ) -> Response {
        let url = format!("{}/pay/{checkout}{part}", self.base);
        self.client.post(url).form(form).send().await.unwrap()
    }

    /// Opens a checkout, pays it with this number and returns the payment.
    pub(crate) async fn paid_with(&self, number: &str) -> Value {
        let checkout = self.checkout().await;
        let answer = self.pay(&checkout, number).await;
        assert_eq!(answer.status(), 303, "{number}");
        self.show(&checkout).await["payment"].clone()
    }

    /// The types of the events received so far, once there are `count`.
    pub(crate) async fn events(&self, count: usize) -> Vec<String> {
        for _ in 0..1_000 {
            let events = self.inbox.received.lock().unwrap().clone();
            if events.len() >= count {
                let kinds = events.iter().map(|event| event.json()["type"].clone());
                return kinds.map(|kind| kind.as_str().unwrap().to_owned()).collect();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{count} events did not come");
    }

    /// The object of the first event of this type, once it has come. Events come in any order.
    pub(crate) async fn told(&self, kind: &str) -> Value {
        let mut count = 1;
        loop {
            self.events(count).await;
            let mut events = self.received().into_iter().map(|event| event.json());
            if let Some(event) = events.find(|event| event["type"] == kind) {
                return event["data"]["object"].clone();
            }
            count += 1;
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.inbox.received.lock().unwrap().clone()
    }
}

async fn told(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn read(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} {text}")))
}

async fn receive(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let header = headers.get(SIGNATURE_HEADER).unwrap().to_str().unwrap().to_owned();
    let sent_at = header.strip_prefix("t=").unwrap().split_once(',').unwrap().0;
    assert_eq!(header, signature(SECRET, sent_at.parse().unwrap(), &body));
    inbox.received.lock().unwrap().push(Received { body, signature: header });
    let answer = inbox.answers.lock().unwrap().pop_front().unwrap_or(200);
    StatusCode::from_u16(answer).unwrap()
}
