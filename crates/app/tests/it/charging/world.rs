//! An installation with one line and a clock that stands still. Nobody is called: charging needs
//! no provider, supplier or gateway.

use async_trait::async_trait;
use farline_app::charging::ChargingSettings;
use farline_app::desk::DeskSettings;
use farline_app::payments::Providers;
use farline_app::ports::documents::{DocumentError, DocumentPrinter, DocumentText};
use farline_app::ports::lines::ImportError;
use farline_app::ports::payment::{
    Answered, CheckoutPage, CheckoutRequest, CheckoutState, PaymentProvider, PaymentUnknown,
    ProviderMode, RefundRequest, RefundState, WebhookHint, WebhookRefusal,
};
use farline_app::ports::{Catalogues, Lines, Store};
use farline_app::wording::business::Business;
use farline_app::{App, Keys, Mode, jobs};
use farline_domain::catalog::{Allowance, ZoneCode};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_store::{Database as _, OpenMode, SqliteStore};
use farline_testkit::{FrozenClock, OWN, SampleLine, SeededRandomness, catalogue, new_line, noon};
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const LINE: SampleLine = SampleLine { operator: OWN, index: 0 };
pub(crate) const NOBODY: SampleLine = SampleLine { operator: OWN, index: 77 };

pub(crate) struct Nobody;

fn silent<T>() -> Result<T, PaymentUnknown> {
    Err(PaymentUnknown("nobody answers".to_owned()))
}

#[async_trait]
impl PaymentProvider for Nobody {
    fn name(&self) -> &'static str {
        "nobody"
    }
    fn mode(&self) -> ProviderMode {
        ProviderMode::Sandbox
    }
    async fn probe(&self) -> Result<(), PaymentUnknown> {
        silent()
    }
    async fn checkout(
        &self,
        _: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        silent()
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
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        Err(WebhookRefusal::Signature)
    }
}

impl DocumentPrinter for Nobody {
    fn print(&self, _: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        Err(DocumentError("there is no printer".to_owned()))
    }
    fn fingerprint(&self) -> String {
        String::new()
    }
}

/// The use cases over a store, with nobody to call.
pub(crate) fn app_over(
    store: Arc<dyn Store>,
    clock: Arc<FrozenClock>,
    charging: ChargingSettings,
) -> App {
    App {
        store,
        clock,
        randomness: Arc::new(SeededRandomness::seeded(42)),
        providers: Providers::new(Arc::new(Nobody), Vec::new()),
        suppliers: BTreeMap::new(),
        supplier_terms: BTreeMap::new(),
        gateways: Vec::new(),
        keypad: None,
        shops: Arc::default(),
        endpoints: Arc::default(),
        callbacks: Arc::<farline_testkit::ToldPartners>::default(),
        printer: Arc::new(Nobody),
        keys: Keys { tokens: [1; 32], secrets: [2; 32] },
        business: Arc::new(Business::demonstration()),
        charging,
        reminders: farline_app::reminders::ReminderSettings::default(),
        base_url: "https://farline.example".to_owned(),
        mode: Mode::Sandbox,
        desk: DeskSettings::default(),
        wake: Arc::new(tokio::sync::Notify::new()),
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) clock: Arc<FrozenClock>,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn open(charging: ChargingSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farline.db");
        let store = Arc::new(SqliteStore::open(&path, OpenMode::ReadWrite).unwrap());
        store.publish(catalogue(), noon()).await.unwrap();
        let rows = (2..).zip([new_line(LINE)]).map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let clock = Arc::new(FrozenClock::at(noon()));
        let app = app_over(store.clone(), clock.clone(), charging);
        Self { app, store, clock, _folder: folder }
    }

    /// Does everything that is due.
    pub(crate) async fn work(&self) {
        while jobs::run_due(&self.app).await.unwrap() > 0 {}
    }

    pub(crate) async fn grant_messages(&self, count: i64) {
        let allowance = Allowance {
            kind: AllowanceKind::Messages,
            units: Units::new(count).unwrap(),
            zone: ZoneCode::parse("canada").unwrap(),
            breadth: 1,
            window: None,
            bonus: false,
        };
        let command = LineCommand::Grant { allowance, valid_until: None };
        self.app.decide(LINE.id(), command, Actor::System).await.unwrap();
    }

    /// What the checker finds must be nothing.
    pub(crate) async fn assert_sound(&self) {
        let violations = self.store.violations().await.unwrap();
        assert!(violations.is_empty(), "{violations:?}");
    }
}
