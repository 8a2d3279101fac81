//! An installation with three lines, a clock that stands still, and an outbox in place of gateways.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use farline_app::accounts::{Registration, SignedIn, Visitor, register, verify};
use farline_app::charging::ChargingSettings;
use farline_app::desk::DeskSettings;
use farline_app::imports::secrets::{SecretKind, secret_digest};
use farline_app::payments::Providers;
use farline_app::ports::documents::{DocumentError, DocumentPrinter, DocumentText};
use farline_app::ports::lines::{ImportError, LineSecrets, NewLine};
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Sent};
use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState,
    PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState, WebhookHint,
    WebhookRefusal,
};
use farline_app::ports::{Catalogues, Lines};
use farline_app::wording::business::Business;
use farline_app::{App, Keys, Mode, Problem, ProblemCode};
use farline_channels::web::{Channels, Limiting, Settings, Transport};
use farline_domain::kernel::{AccountId, Instant, Language};
use farline_store::{OpenMode, SqliteStore};
use farline_testkit::{
    FrozenClock, OWN, SUPPLIED, SampleLine, SeededRandomness, catalogue, new_line, noon,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const MINE: SampleLine = SampleLine { operator: OWN, index: 0 };
pub(crate) const OTHER: SampleLine = SampleLine { operator: OWN, index: 1 };
pub(crate) const AWAY: SampleLine = SampleLine { operator: SUPPLIED, index: 2 };
pub(crate) const PIN: &str = "2468";
pub(crate) const PUK: &str = "13572468";
pub(crate) const PASSWORD: &str = "mulberry-anvil-Tuesday";

/// Keeps what was sent.
#[derive(Default)]
pub(crate) struct Outbox(Mutex<Vec<Message>>);

struct Gateway(Medium, Arc<Outbox>);

#[async_trait]
impl NoticeGateway for Gateway {
    fn name(&self) -> &'static str {
        "outbox"
    }
    fn medium(&self) -> Medium {
        self.0
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        self.1.0.lock().unwrap().push(message.clone());
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}

struct NoProvider;

fn silent<T>() -> Result<T, PaymentUnknown> {
    Err(PaymentUnknown("nobody answers".to_owned()))
}

#[async_trait]
impl PaymentProvider for NoProvider {
    fn name(&self) -> &'static str {
        "none"
    }
    fn mode(&self) -> ProviderMode {
        ProviderMode::Sandbox
    }
    fn page_origins(&self) -> &'static [&'static str] {
        &["https://pay.example"]
    }
    async fn probe(&self) -> Result<(), PaymentUnknown> {
        silent()
    }
    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let url = format!("https://pay.example/{}", request.order);
        Ok(Ok(CheckoutPage { id: request.order.clone(), url }))
    }
    async fn checkout_state(&self, _: &str) -> Result<CheckoutState, PaymentUnknown> {
        silent()
    }
    async fn expire_checkout(&self, _: &str) -> Result<CheckoutState, PaymentUnknown> {
        silent()
    }
    async fn refund(&self, _: &RefundRequest) -> Result<Answered<RefundState>, PaymentUnknown> {
        silent()
    }
    async fn refund_state(&self, _: &str) -> Result<RefundState, PaymentUnknown> {
        silent()
    }
    async fn charge(&self, _: &ChargeRequest) -> Result<Answered<ChargeState>, PaymentUnknown> {
        silent()
    }
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        Err(WebhookRefusal::Signature)
    }
}

struct NoPrinter;

impl DocumentPrinter for NoPrinter {
    fn print(&self, _: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        Err(DocumentError("there is no printer".to_owned()))
    }
    fn fingerprint(&self) -> String {
        String::new()
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) clock: Arc<FrozenClock>,
    outbox: Arc<Outbox>,
    router: Router,
    folder: TempDir,
}

fn keys() -> Keys {
    Keys { tokens: [1; 32], secrets: [2; 32] }
}

fn line(sample: SampleLine) -> NewLine {
    let new = new_line(sample);
    let digest = |kind, secret| secret_digest(&keys().secrets, kind, &new.line.iccid, secret);
    let (pin, puk) = (digest(SecretKind::Pin, PIN), digest(SecretKind::Puk, PUK));
    NewLine { secrets: LineSecrets { pin: Some(pin), puk: Some(puk) }, ..new }
}

impl World {
    pub(crate) async fn open() -> Self {
        Self::with_desk(DeskSettings::default()).await
    }

    /// With limits of its own for the staff.
    pub(crate) async fn with_desk(desk: DeskSettings) -> Self {
        Self::dressed(|channels| channels.app.desk = desk).await
    }

    /// With whatever is to be otherwise.
    pub(crate) async fn dressed(dress: impl FnOnce(&mut Channels)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farline.db");
        let store = SqliteStore::open(&path, OpenMode::ReadWrite).unwrap();
        store.publish(catalogue(), noon()).await.unwrap();
        let rows = (2..).zip([MINE, OTHER, AWAY].map(line)).map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let clock = Arc::new(FrozenClock::at(noon()));
        let outbox = Arc::new(Outbox::default());
        let gateway = |medium| Arc::new(Gateway(medium, outbox.clone())) as Arc<dyn NoticeGateway>;
        let app = App {
            store: Arc::new(store),
            clock: clock.clone(),
            randomness: Arc::new(SeededRandomness::seeded(42)),
            providers: Providers::new(Arc::new(NoProvider), Vec::new()),
            suppliers: BTreeMap::new(),
            supplier_terms: BTreeMap::new(),
            gateways: vec![gateway(Medium::Email), gateway(Medium::Sms)],
            keypad: None,
            shops: Arc::default(),
            endpoints: Arc::default(),
            callbacks: Arc::<farline_testkit::ToldPartners>::default(),
            printer: Arc::new(NoPrinter),
            keys: keys(),
            business: Arc::new(Business::demonstration()),
            charging: ChargingSettings::default(),
            reminders: farline_app::reminders::ReminderSettings::default(),
            base_url: "https://farline.example:8443".to_owned(),
            mode: Mode::Sandbox,
            desk: DeskSettings::default(),
            wake: Arc::new(tokio::sync::Notify::new()),
        };
        let settings = Settings {
            limits: Limiting::On,
            address_header: Some("x-caller".to_owned()),
            transport: Transport::Plain,
        };
        let mut channels =
            Channels { app, settings: Arc::new(settings), mailbox: None, voice: None };
        dress(&mut channels);
        let app = channels.app.clone();
        let router = farline_channels::routes(channels);
        Self { app, clock, outbox, router, folder }
    }

    /// The octets of every file of the data folder.
    pub(crate) fn everything_kept(&self) -> Vec<Vec<u8>> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    pub(crate) fn wait(&self, seconds: u32) {
        self.clock.advance_seconds(seconds);
    }

    /// A visitor from a network of their own, so that limits per network do not meet.
    pub(crate) fn visitor(&self) -> Visitor {
        let network = format!("{:016x}", self.app.randomness.bits());
        Visitor { network, device: "Firefox on Android".to_owned(), token: None }
    }

    /// Everything sent to an address so far, waiting a little for what is on its way.
    pub(crate) async fn sent_to(&self, address: &str, at_least: usize) -> Vec<Message> {
        for _ in 0..500 {
            let sent = self.outbox.0.lock().unwrap().clone();
            let found: Vec<_> = sent.into_iter().filter(|message| message.to == address).collect();
            if found.len() >= at_least {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        panic!("fewer than {at_least} messages to {address}");
    }

    /// How many messages there are in all, after whatever was on its way has arrived.
    pub(crate) async fn sent(&self) -> usize {
        tokio::time::sleep(Duration::from_millis(50)).await;
        self.outbox.0.lock().unwrap().len()
    }

    /// The code in the n-th message to an address, from 1.
    pub(crate) async fn code(&self, address: &str, number: usize) -> String {
        let sent = self.sent_to(address, number).await;
        let last = sent[number - 1].body.lines().last().unwrap().to_owned();
        let code = last.strip_prefix("@farline.example #").unwrap();
        assert_eq!(code.len(), 6);
        code.to_owned()
    }

    /// The link's token in the n-th message to an address, from 1.
    pub(crate) async fn link(&self, address: &str, number: usize) -> String {
        let sent = self.sent_to(address, number).await;
        let (_, rest) = sent[number - 1].body.split_once("/approve/").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }

    pub(crate) async fn register(&self, who: &str) -> SignedIn {
        let password = Some(PASSWORD.to_owned());
        let wanted = Registration { who: who.to_owned(), password, language: Language::EnCa };
        let visitor = self.visitor();
        let before = self.outbox.0.lock().unwrap().iter().filter(|one| one.to == who).count();
        let challenge = register(&self.app, wanted, &visitor).await.unwrap();
        let code = self.code(who, before + 1).await;
        verify(&self.app, &challenge.id, &code, &visitor).await.unwrap()
    }

    pub(crate) async fn account(&self, who: &str) -> AccountId {
        self.register(who).await.account
    }

    /// The content security policy of an answer.
    pub(crate) async fn policy(&self, path: &str) -> String {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.answer(request).await;
        let policy = response.headers().get("content-security-policy");
        policy.map_or_else(String::new, |policy| policy.to_str().unwrap().to_owned())
    }

    /// Sends a form, as a browser without scripts does: status, headers, page.
    pub(crate) async fn send(
        &self,
        path: &str,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::post(path);
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let form = "application/x-www-form-urlencoded";
        let body = Body::from(serde_urlencoded::to_string(fields).unwrap());
        let request = request.header("content-type", form).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let octets = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, headers, String::from_utf8(octets.to_vec()).unwrap())
    }

    /// Opens a page with a cookie.
    pub(crate) async fn open_page(
        &self,
        path: &str,
        cookie: &str,
    ) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let octets = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, headers, String::from_utf8(octets.to_vec()).unwrap())
    }

    /// Asks the API.
    pub(crate) async fn ask(
        &self,
        (method, path): (Method, &str),
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let content = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
        let request = request.header("content-type", "application/json").body(content).unwrap();
        answered(self.answer(request).await).await
    }

    /// Asks anything.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }
}

/// The status and the text of a response.
pub(crate) async fn answered(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let octets = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(octets.to_vec()).unwrap())
}

/// The code of a refusal.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemCode {
    match result {
        Ok(value) => panic!("not refused: {value:?}"),
        Err(problem) => problem.code,
    }
}
