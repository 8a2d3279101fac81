//! A platform asks, is told over HTTP what became of it, checks who tells it, and asks once more. On both databases.

use super::goofish::Steward;
use super::jd::Jd;
use super::market::{Market, PLENTY, Surroundings, big, month, postgres};
use super::scripted::{Scripted, Seen, Wish};
use super::taobao::Taobao;
use crate::accounts::world::MINE;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use farline_app::ports::Store;
use farline_channels::marketplace::jd_trade::JdSigning;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::callback::reach::Reach;
use farline_gateways::callback::{CallbackSettings, HttpCallbacks};
use farline_testkit::PostgresServer;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const JD: Jd = Jd(JdSigning::Pairs);
const ALL: [&dyn Scripted; 3] = [&Steward, &Taobao, &JD];

/// What each platform was told, and how often it says that it did not hear.
#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<(&'static str, Seen)>>,
    deaf: Mutex<Vec<(StatusCode, &'static str)>>,
}

impl Ear {
    fn last(&self) -> Option<(&'static str, Seen)> {
        self.heard.lock().unwrap().last().cloned()
    }

    fn count(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

async fn hear(
    State((platform, ear)): State<(&'static dyn Scripted, Arc<Ear>)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let seen = platform.hear(&query.unwrap_or_default(), &headers, &body);
    ear.heard.lock().unwrap().push((platform.name(), seen));
    match ear.deaf.lock().unwrap().pop() {
        Some((status, words)) => (status, words.to_owned()),
        None => (StatusCode::OK, platform.heard()),
    }
}

/// The platforms' own server: where it is, and what it heard.
async fn listening() -> (String, Arc<Ear>) {
    let ear = Arc::<Ear>::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = ALL.into_iter().fold(Router::new(), |router, platform| {
        let one = post(hear).with_state((platform, ear.clone()));
        router.route(&format!("/{}/told", platform.name()), one)
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, ear)
}

async fn open(base: &str, store: Option<Arc<dyn Store>>) -> Market {
    let also = vec!["127.0.0.0/8".parse().unwrap()];
    let settings =
        CallbackSettings { reach: Reach { also }, answer_within: Duration::from_secs(10) };
    let around = Surroundings {
        signing: JdSigning::Pairs,
        callbacks: Arc::new(HttpCallbacks::new(settings).unwrap()),
        taobao: format!("{base}/taobao/told"),
        store,
    };
    Market::with(PLENTY, around, Arc::default()).await
}

fn notified(base: &str, platform: &dyn Scripted, wish: Wish) -> Wish {
    Wish { notify: format!("{base}/{}/told?token=t0", platform.name()), ..wish }
}

async fn plays_through(store: Option<Arc<dyn Store>>) {
    let (base, ear) = listening().await;
    let market = open(&base, store).await;
    for (number, platform) in ALL.into_iter().enumerate() {
        let words = platform.words();
        // Each has the card of the network that answers at once.
        let mut wish = notified(&base, platform, big("P-1", MINE));
        wish.account = super::market::number(MINE);
        let ours = market.ordered(platform, &wish).await;
        market.work().await;
        let expected = Seen { says: words.done.to_owned(), theirs: "P-1".to_owned(), ours };
        assert_eq!(ear.last(), Some((platform.name(), expected.clone())));
        // As the steward does before it ships.
        let looked = platform.look("P-1", market.world.app.now());
        assert_eq!(market.seen(platform, &looked).await, expected);
        assert_eq!(ear.count(), number + 1, "told once");
    }
    refused_and_deaf((&market, &ear), &base).await;
}

/// What the network refuses is told as a failure, again and again until it is heard.
async fn refused_and_deaf((market, ear): (&Market, &Ear), base: &str) {
    market.network.say(DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted));
    for platform in ALL {
        let before = ear.count();
        // A fault, and two answers under 200 that do not say that it was heard.
        *ear.deaf.lock().unwrap() = vec![
            (StatusCode::OK, r#"{"code":1,"isSuccess":"F","error_response":{"code":15}}"#),
            (StatusCode::OK, "<html>"),
            (StatusCode::BAD_GATEWAY, "success"),
        ];
        market.ordered(platform, &notified(base, platform, month("P-2"))).await;
        market.work().await;
        assert_eq!(market.stands(platform, "P-2").await, platform.words().failed);
        assert_eq!(ear.count(), before + 1);
        for (wait, tries) in [(5, 2), (300, 3), (1_800, 4), (7_200, 4)] {
            market.world.wait(wait);
            market.work().await;
            assert_eq!(ear.count() - before, tries, "{} after {wait} s more", platform.name());
        }
        let (name, seen) = ear.last().unwrap();
        assert_eq!((name, seen.says.as_str()), (platform.name(), platform.words().failed));
        assert_eq!(market.account(platform.name()).await.reserved.minor, 0);
    }
}

#[tokio::test]
async fn platforms_are_told_over_http_and_ask_once_more() {
    plays_through(None).await;
}

#[tokio::test]
async fn platforms_are_told_over_http_and_ask_once_more_on_postgresql() {
    let (store, name) = postgres().await;
    plays_through(Some(store)).await;
    PostgresServer::shared().discard(&name);
}
