//! An installation with an endpoint for each platform, and a supplier that says what it is told to say.

use super::scripted::{Scripted, Seen, Sent, Wish};
use super::{goofish, jd, taobao};
use crate::accounts::world::{AWAY, MINE, OTHER, World};
use async_trait::async_trait;
use axum::body::to_bytes;
use axum::http::StatusCode;
use farline_app::endpoints::{Endpoint, OpenEndpoints};
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding,
};
use farline_app::ports::lines::ImportError;
use farline_app::ports::platform::Platform;
use farline_app::ports::{CallbackGateway, Catalogues, Lines, Store};
use farline_app::{jobs, partners};
use farline_channels::marketplace::jd_trade::JdSigning;
use farline_domain::catalog::PlanCode;
use farline_domain::commands::{Actor, DeliveryAnswer};
use farline_domain::kernel::{Money, Province, Rate};
use farline_domain::orders::PartnerCode;
use farline_domain::partners::{EndpointCode, Standing};
use farline_store::{OpenMode, PostgresOptions, PostgresStore};
use farline_testkit::{
    OWN_BIG, PostgresServer, SUPPLIED_MONTH, SampleLine, ToldPartners, catalogue, new_line, noon,
};
use std::sync::{Arc, Mutex};

/// What the plans cost there, in fen.
pub(crate) const BIG: i64 = 15_900;
pub(crate) const MONTH: i64 = 9_900;
/// Enough for many orders, in cents.
pub(crate) const PLENTY: i64 = 50_000;
const ALL: [&str; 3] = ["goofish", "taobao", "jd"];

/// A supplier that says what it is told to say.
pub(crate) struct Network(Mutex<DeliveryAnswer>);

impl Network {
    pub(crate) fn say(&self, answer: DeliveryAnswer) {
        *self.0.lock().unwrap() = answer;
    }
}

#[async_trait]
impl DeliverySupplier for Network {
    fn name(&self) -> &'static str {
        "simulated"
    }
    async fn send(&self, _: &DeliveryRequest) -> DeliveryAnswer {
        self.0.lock().unwrap().clone()
    }
    async fn ask(&self, _: &DeliveryRequest) -> DeliveryAnswer {
        self.0.lock().unwrap().clone()
    }
    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
}

/// Where everything is kept, beside who carries what is told and where Taobao is told.
pub(crate) struct Surroundings {
    pub(crate) signing: JdSigning,
    pub(crate) callbacks: Arc<dyn CallbackGateway>,
    pub(crate) taobao: String,
    pub(crate) store: Option<Arc<dyn Store>>,
}

impl Surroundings {
    pub(crate) fn of(told: &Arc<ToldPartners>) -> Self {
        Self {
            signing: JdSigning::Pairs,
            callbacks: told.clone(),
            taobao: "https://top.example/router/rest".to_owned(),
            store: None,
        }
    }
}

pub(crate) struct Market {
    pub(crate) world: World,
    pub(crate) network: Arc<Network>,
    pub(crate) told: Arc<ToldPartners>,
}

fn endpoint(name: &str, platform: Arc<dyn Platform>) -> Endpoint {
    let prices = [(OWN_BIG, BIG), (SUPPLIED_MONTH, MONTH)];
    Endpoint {
        name: EndpointCode::parse(name).unwrap(),
        partner: PartnerCode::parse(name).unwrap(),
        platform,
        prices: prices.map(|(plan, fen)| (PlanCode::parse(plan).unwrap(), fen)).into(),
        fen_per_unit: Some(520),
    }
}

impl Market {
    pub(crate) async fn open(paid_in: i64) -> Self {
        let told = Arc::<ToldPartners>::default();
        Self::with(paid_in, Surroundings::of(&told), told).await
    }

    /// With no partner behind any endpoint, where less than nothing is paid in.
    pub(crate) async fn with(paid_in: i64, around: Surroundings, told: Arc<ToldPartners>) -> Self {
        let network = Arc::new(Network(Mutex::new(DeliveryAnswer::Unknown)));
        let supplier: Arc<dyn DeliverySupplier> = network.clone();
        let platforms: [Arc<dyn Platform>; 3] = [
            Arc::new(goofish::adapter()),
            Arc::new(taobao::adapter(around.taobao)),
            Arc::new(jd::adapter(around.signing)),
        ];
        let endpoints =
            ALL.into_iter().zip(platforms).map(|(name, platform)| endpoint(name, platform));
        let world = World::dressed(|channels| {
            channels.app.endpoints = Arc::new(OpenEndpoints::new(endpoints));
            channels.app.callbacks = around.callbacks;
            channels.app.suppliers.insert("simulated".to_owned(), supplier);
            if let Some(store) = around.store {
                channels.app.store = store;
            }
        })
        .await;
        for name in ALL.into_iter().filter(|_| paid_in >= 0) {
            let named = (PartnerCode::parse(name).unwrap(), "A platform");
            let rate = Rate { ppm: 80_000 };
            let partner = partners::create(&world.app, named, Province::On, rate).await.unwrap();
            if paid_in > 0 {
                let by = (&partner, Actor::System);
                partners::pay_in(&world.app, by, (Money::cad(paid_in), "T-0001")).await.unwrap();
            }
        }
        Self { world, network, told }
    }

    /// Sends a request; the answer is always told under 200.
    pub(crate) async fn asks(&self, sent: &Sent) -> Vec<u8> {
        let response = self.world.answer(sent.request()).await;
        assert_eq!(response.status(), StatusCode::OK, "{sent:?}");
        to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()
    }

    pub(crate) async fn seen(&self, platform: &dyn Scripted, sent: &Sent) -> Seen {
        platform.read(&self.asks(sent).await)
    }

    /// How an order stands, by the platform's number.
    pub(crate) async fn stands(&self, platform: &dyn Scripted, order: &str) -> String {
        self.seen(platform, &platform.look(order, self.world.app.now())).await.says
    }

    /// Orders, and gives our number of it.
    pub(crate) async fn ordered(&self, platform: &dyn Scripted, wish: &Wish) -> String {
        let seen = self.seen(platform, &platform.order(wish, self.world.app.now())).await;
        assert!(seen.ours.starts_with("ord_"), "{seen:?}");
        assert_eq!(seen.theirs, wish.order);
        seen.ours
    }

    /// The worker does all that is due.
    pub(crate) async fn work(&self) {
        while jobs::run_due(&self.world.app).await.unwrap() > 0 {}
    }

    /// How the account behind an endpoint stands.
    pub(crate) async fn account(&self, name: &str) -> Standing {
        let code = PartnerCode::parse(name).unwrap();
        let partner = self.world.app.store.partner(&code).await.unwrap().unwrap();
        partners::standing(&self.world.app, &partner).await.unwrap()
    }
}

pub(crate) fn number(line: SampleLine) -> String {
    new_line(line).line.msisdn.map(String::from).unwrap()
}

/// A wish for a card on our own network.
pub(crate) fn big(order: &'static str, line: SampleLine) -> Wish {
    Wish {
        order,
        good: OWN_BIG.to_owned(),
        account: number(line),
        quantity: 1,
        price: BIG,
        notify: "https://platform.example/told?token=t0".to_owned(),
    }
}

/// A wish for the card that the supplier charges.
pub(crate) fn month(order: &'static str) -> Wish {
    Wish { good: SUPPLIED_MONTH.to_owned(), price: MONTH, ..big(order, AWAY) }
}

/// A database of PostgreSQL with the catalogue and the lines.
pub(crate) async fn postgres() -> (Arc<dyn Store>, String) {
    let server = PostgresServer::shared();
    let name = server.database();
    let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
    let store = PostgresStore::open(&server.url(&name), options).await.unwrap();
    store.publish(catalogue(), noon()).await.unwrap();
    let rows = (2..).zip([MINE, OTHER, AWAY].map(new_line)).map(Ok::<_, ImportError>);
    store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    (Arc::new(store), name)
}
