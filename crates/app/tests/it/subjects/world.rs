//! An installation on either database that sells a promotion to seventy lines.

use crate::charging::world::app_over;
use farline_app::catalog::publish;
use farline_app::charging::ChargingSettings;
use farline_app::orders::{Buyer, PlaceRequest, place};
use farline_app::ports::lines::ImportError;
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_app::{App, Problem, jobs};
use farline_domain::catalog::{Promotion, PromotionCode, Reduction};
use farline_domain::commands::{Actor, LineCommand, PayWith};
use farline_domain::kernel::{Language, Localized, Rate, Units};
use farline_domain::orders::{Channel, Order, Quote};
use farline_domain::payments::{Capture, PaymentMethod};
use farline_domain::subjects::SubjectKey;
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use farline_testkit::{
    FrozenClock, OWN, OWN_BIG, PostgresServer, SUPPLIED, SUPPLIED_MONTH, SampleLine, catalogue,
    new_line, noon, today,
};
use std::sync::Arc;
use tempfile::TempDir;

/// The promotion's code.
pub(crate) const LIMITED: &str = "last-places";
/// A line at the supplier.
const AWAY: SampleLine = SampleLine { operator: SUPPLIED, index: 90 };

/// One of seventy lines on our own network.
pub(crate) const fn line(number: u32) -> SampleLine {
    SampleLine { operator: OWN, index: number }
}

pub(crate) fn promotion() -> SubjectKey {
    SubjectKey::Promotion(PromotionCode::parse(LIMITED).unwrap())
}

/// Where an installation's data are.
enum Place {
    Folder(TempDir),
    Database(String),
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) store: Arc<dyn Database>,
    pub(crate) clock: Arc<FrozenClock>,
    place: Place,
}

impl Drop for World {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => assert!(folder.path().exists()),
            Place::Database(name) => PostgresServer::shared().discard(name),
        }
    }
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farline.db");
        let store = SqliteStore::open(&path, OpenMode::ReadWrite).unwrap();
        Self::over(Arc::new(store), Place::Folder(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = PostgresServer::shared();
        let name = server.database();
        let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
        let store = PostgresStore::open(&server.url(&name), options).await.unwrap();
        Self::over(Arc::new(store), Place::Database(name)).await
    }

    async fn over(store: Arc<dyn Database>, place: Place) -> Self {
        let clock = Arc::new(FrozenClock::at(noon()));
        let app = app_over(store.clone(), clock.clone(), ChargingSettings::default());
        publish(&app, catalogue()).await.unwrap();
        let rows = (2..).zip((0..70).map(line).chain([AWAY]).map(new_line));
        let rows = rows.map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        Self { app, store, clock, place }
    }

    /// Publishes the catalogue with the promotion under these limits.
    pub(crate) async fn sell(&self, limit: Option<i64>, limit_per_line: Option<i64>) {
        let name = Language::ALL.into_iter().map(|language| (language, "Last places".to_owned()));
        let units = |count: i64| Units::new(count).unwrap();
        let promotion = Promotion {
            reduction: Some(Reduction::Share(Rate { ppm: 100_000 })),
            limit: limit.map(units),
            limit_per_line: limit_per_line.map(units),
            ..Promotion::new(
                PromotionCode::parse(LIMITED).unwrap(),
                Localized::new(name.collect()).unwrap(),
                (today(), today()),
            )
        };
        let mut catalogue = catalogue();
        catalogue.promotions.insert(promotion.code.clone(), promotion);
        publish(&self.app, catalogue).await.unwrap();
    }

    pub(crate) async fn try_quote(
        &self,
        number: u32,
        promotion: Option<&str>,
    ) -> Result<Quote, Problem> {
        self.quote_of((line(number), OWN_BIG), promotion).await
    }

    pub(crate) async fn quote_of(
        &self,
        (line, plan): (SampleLine, &str),
        promotion: Option<&str>,
    ) -> Result<Quote, Problem> {
        let mut seed = [0; 16];
        self.app.randomness.fill(&mut seed);
        let request = QuoteRequest {
            line: line.id(),
            plan: plan.to_owned(),
            promotions: Promoting::to(None, promotion.map(str::to_owned)),
            province: None,
            seed,
        };
        make(&self.app, request).await
    }

    /// A price without a code for one of the lines.
    pub(crate) async fn quote_plain(&self, number: u32) -> Quote {
        self.try_quote(number, None).await.unwrap()
    }

    /// A price with the promotion for one of the lines.
    pub(crate) async fn quote(&self, number: u32) -> Quote {
        self.try_quote(number, Some(LIMITED)).await.unwrap()
    }

    /// A price for the line at the supplier.
    pub(crate) async fn supplied_quote(&self, promotion: Option<&str>) -> Quote {
        self.quote_of((AWAY, SUPPLIED_MONTH), promotion).await.unwrap()
    }

    /// Places an order, as a guest: the same seed makes the same order.
    pub(crate) async fn place(&self, quote: &Quote, seed: u64) -> Result<Order, Problem> {
        place(&self.app, request(quote, seed)).await
    }

    /// Runs a command on an order's line.
    pub(crate) async fn run(&self, order: &Order, command: LineCommand) -> Order {
        self.app.run(order.line, command, Actor::System).await.unwrap()
    }

    /// The provider has taken the money.
    pub(crate) async fn pay(&self, order: &Order, payment: &str) -> Order {
        let capture = Capture {
            provider: "nobody".to_owned(),
            payment: payment.to_owned(),
            amount: order.price.total,
            method: PaymentMethod::Credit,
            at: self.app.now(),
        };
        self.run(order, LineCommand::Capture(order.id, capture)).await
    }

    pub(crate) async fn order(&self, order: &Order) -> Order {
        self.app.store.order(order.id).await.unwrap().unwrap()
    }

    /// Does everything that is due.
    pub(crate) async fn work(&self) {
        while jobs::run_due(&self.app).await.unwrap() > 0 {}
    }

    /// Used and reserved of the promotion.
    pub(crate) async fn figures(&self) -> (i64, i64) {
        let found = self.app.store.subject(&promotion()).await.unwrap();
        found.map_or((0, 0), |found| (found.whole.used.count(), found.whole.reserved.count()))
    }

    /// What the checker finds must be nothing.
    pub(crate) async fn assert_sound(&self) {
        let violations = self.store.violations().await.unwrap();
        assert!(violations.is_empty(), "{violations:#?}");
    }
}

/// What a guest asks for, under a seed.
pub(crate) fn request(quote: &Quote, seed: u64) -> PlaceRequest {
    let mut octets = [0; 16];
    octets[..8].copy_from_slice(&seed.to_be_bytes());
    octets[8..].copy_from_slice(&seed.to_be_bytes());
    PlaceRequest {
        quote: quote.id,
        buyer: Buyer { email: Some("guest@example.org".to_owned()), ..Buyer::default() },
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Api,
        origin: None,
        assisted: None,
        another: false,
        pay_with: PayWith::Page,
        seed: (octets, quote.made_at),
    }
}
