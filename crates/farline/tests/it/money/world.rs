//! An installation, the stand-in provider behind the wire, and payers of every kind.

use super::wire::{Wire, fail};
use async_trait::async_trait;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::routing::post;
use axum::{Router, middleware};
use farline_app::catalog::publish;
use farline_app::charging::ChargingSettings;
use farline_app::desk::DeskSettings;
use farline_app::orders::{Buyer, Paying, PlaceRequest, cancel, pay_url, place, see};
use farline_app::payments::{Providers, receive};
use farline_app::ports::documents::{DocumentError, DocumentPrinter, DocumentText};
use farline_app::ports::lines::ImportError;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Sent};
use farline_app::ports::{Clock as _, Randomness as _};
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_app::wording::business::Business;
use farline_app::{App, Keys, Mode, jobs, reports};
use farline_domain::commands::{Actor, PayWith};
use farline_domain::kernel::{Language, OrderId};
use farline_domain::orders::{Channel, Order};
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_sandbox::{Sandbox, SandboxConfig, numbers};
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use farline_testkit::{
    FrozenClock, OWN, OWN_BIG, PostgresServer, SampleLine, SeededRandomness, catalogue, new_line,
    noon,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

const LINES: u32 = 400;
const API_KEY: &str = "sandbox-key";
const SECRET: &str = "sandbox-secret";

/// What payers do, each as often as it stands here.
const PAYERS: [&str; 20] = [
    numbers::VISA_CREDIT,
    numbers::VISA_CREDIT,
    numbers::VISA_CREDIT,
    numbers::VISA_DEBIT,
    numbers::MASTERCARD_CREDIT,
    numbers::MASTERCARD_DEBIT,
    numbers::WEBHOOK_LATE,
    numbers::WEBHOOK_TWICE,
    numbers::WEBHOOK_NEVER,
    numbers::WEBHOOK_NEVER,
    numbers::CHALLENGE,
    numbers::CHALLENGE,
    numbers::DECLINED,
    numbers::INSUFFICIENT_FUNDS,
    numbers::AMOUNT_ALTERED,
    numbers::AMOUNT_ALTERED,
    numbers::CAPTURED_AFTER_CANCELLATION,
    numbers::REFUND_FAILS_LATER,
    numbers::VISA_CREDIT,
    numbers::VISA_CREDIT,
];

/// What the provider took for an order, and what went back, in minor units.
#[derive(Debug, Default)]
pub(crate) struct Paid {
    pub(crate) taken: i64,
    pub(crate) given_back: i64,
}

/// Prints one octet.
struct Office;

impl DocumentPrinter for Office {
    fn print(&self, _: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        Ok(vec![1])
    }
    fn fingerprint(&self) -> String {
        String::new()
    }
}

/// Carries every message of a medium nowhere. What nobody carries is tried again for a day, which is not what is looked at here.
struct Post(Medium);

#[async_trait]
impl NoticeGateway for Post {
    fn name(&self) -> &'static str {
        "post"
    }
    fn medium(&self) -> Medium {
        self.0
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}

enum Place {
    Folder,
    Database(String),
}

pub(crate) struct World {
    app: App,
    store: Arc<dyn Database>,
    clock: Arc<FrozenClock>,
    wire: Arc<Wire>,
    /// The provider itself, without the wire.
    provider: Router,
    place: Place,
    _folder: TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        if let Place::Database(name) = &self.place {
            PostgresServer::shared().discard(name);
        }
    }
}

/// A webhook on its way: lost, or delivered, or delivered twice.
async fn hear((app, wire): (App, Arc<Wire>), headers: HeaderMap, body: Bytes) -> StatusCode {
    let fate = wire.below(10);
    if fate == 0 && !wire.is_good.load(Ordering::SeqCst) {
        return StatusCode::OK;
    }
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let mut status = StatusCode::OK;
    for _ in 0..=u8::from(fate == 1) {
        let received = receive((&app, app.providers.first()), &header, &body).await;
        if received.is_err() {
            status = StatusCode::SERVICE_UNAVAILABLE;
        }
    }
    status
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farline.db");
        let store = SqliteStore::open(&path, OpenMode::ReadWrite).unwrap();
        Self::over(Arc::new(store), Place::Folder, folder).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = PostgresServer::shared();
        let name = server.database();
        let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
        let store = PostgresStore::open(&server.url(&name), options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Self::over(Arc::new(store), Place::Database(name), folder).await
    }

    async fn over(store: Arc<dyn Database>, place: Place, folder: TempDir) -> Self {
        let clock = Arc::new(FrozenClock::at(noon()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = app_at(&base, (store.clone(), clock.clone()));
        publish(&app, catalogue()).await.unwrap();
        let rows = (2..).zip((0..LINES).map(|index| new_line(SampleLine { operator: OWN, index })));
        let rows = rows.map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let (now, drawn) = (clock.clone(), SeededRandomness::seeded(7));
        let sandbox = Sandbox::open(SandboxConfig {
            journal: folder.path().join("sandbox.jsonl"),
            base_url: format!("{base}/sandbox"),
            webhook_url: format!("{base}/webhooks/sandbox"),
            webhook_secret: SECRET.to_owned(),
            api_key: API_KEY.to_owned(),
            now: Arc::new(move || now.now().millis()),
            random: Arc::new(move || {
                let mut octets = [0; 16];
                drawn.fill(&mut octets);
                octets
            }),
        });
        let sandbox = sandbox.unwrap();
        let wire = Arc::new(Wire::new(20_261_128));
        let provider = Router::new().nest("/sandbox", sandbox.router());
        let behind = provider.clone().layer(middleware::from_fn_with_state(wire.clone(), fail));
        let hearing = |State(place): State<(App, Arc<Wire>)>, headers: HeaderMap, body: Bytes| {
            hear(place, headers, body)
        };
        let hook = Router::new().route("/webhooks/sandbox", post(hearing));
        let served = behind.merge(hook.with_state((app.clone(), wire.clone())));
        tokio::spawn(async move { axum::serve(listener, served).await.unwrap() });
        tokio::spawn(async move { sandbox.run_webhooks(std::future::pending()).await });
        Self { app, store, clock, wire, provider, place, _folder: folder }
    }

    /// Renews cards, many at a time, while the worker works and the clock goes on.
    pub(crate) async fn renew(&self, payments: u64, at_once: usize) -> Vec<OrderId> {
        let places = Arc::new(Semaphore::new(at_once));
        let mut running = tokio::task::JoinSet::new();
        let mut orders = Vec::new();
        for number in 0..payments {
            let permit = places.clone().acquire_owned().await.unwrap();
            let (app, wire, provider) =
                (self.app.clone(), self.wire.clone(), self.provider.clone());
            running.spawn(async move {
                let order = renew_one(&app, &wire, (&provider, number)).await;
                drop(permit);
                order
            });
            if number % 40 == 0 {
                self.clock.advance_seconds(5);
                jobs::run_due(&self.app).await.unwrap();
            }
            while let Some(done) = running.try_join_next() {
                orders.extend(done.unwrap());
            }
        }
        while let Some(done) = running.join_next().await {
            orders.extend(done.unwrap());
        }
        orders
    }

    /// The wire mends after a day; what was promised is done.
    pub(crate) async fn let_two_days_pass(&self) {
        for step in 0..60 {
            self.wire.is_good.store(step >= 40, Ordering::SeqCst);
            self.clock.advance_seconds(if step < 20 { 120 } else { 4_000 });
            while jobs::run_due(&self.app).await.unwrap() > 0 {}
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) fn faults(&self) -> u64 {
        self.wire.faults.load(Ordering::SeqCst)
    }

    pub(crate) async fn order(&self, id: OrderId) -> Order {
        self.app.order(id).await.unwrap()
    }

    /// What the provider itself says of an order.
    pub(crate) async fn truth(&self, id: OrderId) -> Paid {
        let mut paid = Paid::default();
        let uri = format!("/sandbox/v1/checkouts?reference={id}");
        let request = Request::get(uri).header(header::AUTHORIZATION, format!("Bearer {API_KEY}"));
        let list = ask(&self.provider, request.body(Body::empty()).unwrap()).await.1;
        let list: Value = serde_json::from_slice(&list).unwrap();
        for checkout in list["data"].as_array().unwrap() {
            let payment = &checkout["payment"];
            if payment["status"] == "captured" {
                paid.taken += payment["amount"].as_i64().unwrap();
                paid.given_back += payment["refunded_amount"].as_i64().unwrap();
            }
        }
        paid
    }

    pub(crate) async fn assert_sound(&self) {
        let violations = self.store.violations().await.unwrap();
        assert!(violations.is_empty(), "{violations:?}");
        let span = (noon(), self.clock.now());
        let flows = reports::money(&*self.store, span, |_| {}).await.unwrap();
        for (currency, flows) in flows.currencies() {
            let difference = flows.difference().unwrap();
            assert_eq!(difference.minor, 0, "{currency:?}: {flows:?}");
        }
    }
}

fn app_at(base: &str, (store, clock): (Arc<dyn Database>, Arc<FrozenClock>)) -> App {
    let provider = SandboxProvider::new(SandboxSettings {
        base_url: format!("{base}/sandbox"),
        api_key: API_KEY.to_owned(),
        webhook_secret: SECRET.to_owned(),
        answer_within: Duration::from_secs(20),
    });
    App {
        store,
        clock,
        randomness: Arc::new(SeededRandomness::seeded(42)),
        providers: Providers::new(Arc::new(provider.unwrap()), Vec::new()),
        suppliers: BTreeMap::new(),
        supplier_terms: BTreeMap::new(),
        gateways: vec![Arc::new(Post(Medium::Email)), Arc::new(Post(Medium::Sms))],
        keypad: None,
        shops: Arc::default(),
        endpoints: Arc::default(),
        callbacks: Arc::<farline_testkit::ToldPartners>::default(),
        printer: Arc::new(Office),
        keys: Keys { tokens: [1; 32], secrets: [2; 32] },
        business: Arc::new(Business::demonstration()),
        charging: ChargingSettings::default(),
        reminders: farline_app::reminders::ReminderSettings::default(),
        base_url: base.to_owned(),
        mode: Mode::Sandbox,
        desk: DeskSettings::default(),
        wake: Arc::new(tokio::sync::Notify::new()),
    }
}

async fn ask(provider: &Router, request: Request<Body>) -> (StatusCode, Bytes) {
    let response = provider.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap())
}

/// One payer, from the price to wherever it ends. None where the price could not be had in time.
async fn renew_one(app: &App, wire: &Wire, (provider, number): (&Router, u64)) -> Option<OrderId> {
    let index = u32::try_from(number % u64::from(LINES)).unwrap();
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let request = QuoteRequest {
        line: SampleLine { operator: OWN, index }.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed,
    };
    let quote = make(app, request).await.unwrap();
    let placing = PlaceRequest {
        quote: quote.id,
        buyer: Buyer { email: Some("payer@example.org".to_owned()), ..Buyer::default() },
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Api,
        origin: None,
        assisted: None,
        another: true,
        pay_with: PayWith::Page,
        seed: (seed, app.now()),
    };
    let order = place(app, placing).await.unwrap();
    let mut page = None;
    for _ in 0..6 {
        page = pay_url(app, &order, Paying::default()).await.unwrap_or_default();
        if page.is_some() {
            break;
        }
    }
    let Some(page) = page else { return Some(order.id) };
    if wire.below(20) == 0 {
        // Gives up before paying.
        let _ = cancel(app, &order, Actor::Guest).await;
    }
    let card = PAYERS[usize::try_from(wire.below(20)).unwrap()];
    pay(provider, &page, card, wire).await;
    if wire.below(3) > 0 {
        // Comes back to the shop.
        let _ = see(app, order.id).await;
    }
    Some(order.id)
}

/// Pays on the provider's own page, which no fault is between.
async fn pay(provider: &Router, page: &str, card: &str, wire: &Wire) {
    let path = page.find("/sandbox/").map(|at| page[at..].to_owned()).unwrap();
    let path = path.split('?').next().unwrap().to_owned();
    let form = format!("cc-number={card}&cc-exp=12/30&cc-csc=123");
    send(provider, &path, form).await;
    if card == numbers::CHALLENGE {
        let decision = if wire.below(3) == 0 { "refuse" } else { "approve" };
        send(provider, &format!("{path}/challenge"), format!("decision={decision}")).await;
    }
}

async fn send(provider: &Router, path: &str, form: String) {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let (status, _) = ask(provider, request.unwrap()).await;
    assert_ne!(status, StatusCode::NOT_FOUND, "{path}");
}
