//! A network whose supplier takes nothing: nobody is sold anything, everybody is told, and no money moves.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::accounts::browser::Browser;
use crate::accounts::world::{AWAY, MINE, PIN, World};
use crate::desk::team::DeskBrowser;
use axum::http::{Method, StatusCode};
use farline_app::accounts::prove;
use farline_app::ports::delivery::{SupplierStanding, Taking};
use farline_app::suppliers::{SupplierTerms, looked};
use farline_domain::staff::{Role, Roles};
use farline_testkit::{SUPPLIED_MONTH, SampleLine, new_line};
use serde_json::{Value, json};

const SUPPLIER: &str = "simulated";
/// The portal's languages, as addresses have them.
const PATHS: [&str; 3] = ["en", "fr", "zh"];

async fn open() -> World {
    World::dressed(|channels| {
        let terms = SupplierTerms::default();
        channels.app.supplier_terms.insert(SUPPLIER.to_owned(), terms);
    })
    .await
}

async fn takes(world: &World, taking: Taking) {
    let standing = SupplierStanding { float: None, taking };
    looked(&world.app, SUPPLIER, Ok(standing)).await.unwrap();
}

fn number(line: SampleLine) -> String {
    String::from(new_line(line).line.msisdn.unwrap())
}

async fn post(world: &World, path: &str, key: &str, body: Value) -> (StatusCode, Value) {
    let headers = [("idempotency-key", key)];
    let (status, text) = world.ask((Method::POST, path), &headers, Some(body)).await;
    (status, serde_json::from_str(&text).unwrap())
}

fn is_paused((status, problem): &(StatusCode, Value)) {
    assert_eq!(*status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
    assert_eq!(problem["code"], "supplier_paused");
    assert_eq!(problem["money_moved"], json!(false));
    // Which supplier it is, and what is wrong there, is nobody's business.
    assert!(!problem.to_string().contains(SUPPLIER), "{problem}");
}

#[tokio::test]
async fn the_api_sells_nothing_of_a_paused_network_and_says_that_no_money_moved() {
    let world = open().await;
    takes(&world, Taking::Deliveries).await;
    let wanted = || json!({"line": number(AWAY), "plan": SUPPLIED_MONTH});
    let (status, quote) =
        post(&world, "/api/v1/quotes", "a-quote-in-good-time-of-a-guest", wanted()).await;
    assert_eq!(status, StatusCode::CREATED, "{quote}");
    takes(&world, Taking::Nothing).await;
    is_paused(&post(&world, "/api/v1/quotes", "a-quote-too-late-to-sell-a-guest", wanted()).await);
    // It was quoted while all was well, and is not ordered any more: before any page asks for money.
    let order = json!({"quote": quote["id"], "language": "en-CA",
        "contact": {"email": "guest@example.org"}});
    is_paused(
        &post(&world, "/api/v1/orders", "an-order-too-late-to-sell-a-guest", order.clone()).await,
    );
    let path = format!("/api/v1/lines/{}/plans", number(AWAY));
    let (status, shown) = world.ask((Method::GET, &path), &[], None).await;
    is_paused(&(status, serde_json::from_str(&shown).unwrap()));
    assert_eq!(world.app.store.orders_of_line(AWAY.id(), None, 9).await.unwrap(), []);
    takes(&world, Taking::Deliveries).await;
    let (status, order) =
        post(&world, "/api/v1/orders", "an-order-in-good-time-of-a-guest", order).await;
    assert_eq!(status, StatusCode::CREATED, "{order}");
}

#[tokio::test]
async fn a_guest_is_told_in_three_languages_instead_of_being_shown_plans() {
    let world = open().await;
    let titles = [
        "Renewals on this network are paused.",
        "Les renouvellements sur ce réseau sont suspendus.",
        "该网络暂停续费。",
    ];
    for (path, title) in PATHS.into_iter().zip(titles) {
        takes(&world, Taking::Deliveries).await;
        let guest = Browser::nobody(&world);
        let renew = format!("/{path}/renew");
        let found = guest.post_bare(&renew, &[("number", &number(AWAY))]).await;
        let shown = guest.get(&found.location).await;
        assert!(shown.text.contains(SUPPLIED_MONTH), "{}", shown.text);
        takes(&world, Taking::Nothing).await;
        let paused = guest.get(&found.location).await;
        assert_eq!(paused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(paused.text.contains(title), "{path}: {}", paused.text);
        assert!(!paused.text.contains("class=\"tile"), "{path}: {}", paused.text);
        let chosen = guest.post_bare(&found.location, &[("plan", SUPPLIED_MONTH)]).await;
        assert_eq!(chosen.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(chosen.text.contains(title), "{}", chosen.text);
    }
}

#[tokio::test]
async fn the_pages_of_a_card_say_it_in_three_languages_instead_of_selling() {
    let world = open().await;
    let holder = world.register("holder@example.org").await;
    prove::with_pin(&world.app, holder.account, AWAY.id(), PIN).await.unwrap();
    prove::with_pin(&world.app, holder.account, MINE.id(), PIN).await.unwrap();
    let person = Browser::of(&world, &holder);
    let titles = [
        "Renewals are paused just now",
        "Les renouvellements sont suspendus pour le moment",
        "暂停续费",
    ];
    for (path, title) in PATHS.into_iter().zip(titles) {
        let cards = format!("/{path}/cards");
        let card = format!("{cards}/{}", AWAY.id());
        takes(&world, Taking::Deliveries).await;
        let sold = person.get(&card).await;
        assert!(sold.text.contains("class=\"tile") && !sold.text.contains(title), "{}", sold.text);
        takes(&world, Taking::Nothing).await;
        let paused = person.get(&card).await;
        assert_eq!(paused.status, StatusCode::OK);
        assert!(paused.text.contains(title), "{}", paused.text);
        assert!(!paused.text.contains("class=\"tile"), "{}", paused.text);
        assert!(person.get(&cards).await.text.contains(title));
        // Our own network is not theirs.
        let own = person.get(&format!("{cards}/{}", MINE.id())).await;
        assert!(own.text.contains("class=\"tile") && !own.text.contains(title));
    }
    let renew = format!("/en/cards/{}/renew", AWAY.id());
    let tried = person.post(&renew, &[("plan", SUPPLIED_MONTH)]).await;
    assert_eq!(tried.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_desk_offers_nothing_of_a_paused_network_and_says_why() {
    let world = open().await;
    let mut agent = DeskBrowser::with_roles(&world, Roles::from_iter([Role::Agent])).await;
    let found = agent.get(&format!("/en/desk?q={}", number(AWAY).replace('+', "%2B"))).await;
    let (_, rest) = found.text.split_once("name=\"line\" value=\"").unwrap();
    let line = rest.split('"').next().unwrap().to_owned();
    let call = agent.post("/en/desk/calls", &[("line", &line), ("caller", "")]).await.location;
    agent.post(&format!("{call}/verify"), &[("way", "pin"), ("pin", PIN)]).await;
    takes(&world, Taking::Deliveries).await;
    assert!(agent.get(&call).await.text.contains("button class=\"tile\""));
    takes(&world, Taking::Nothing).await;
    let said = [
        "Renewals of this operator are paused",
        "Les renouvellements de cet opérateur sont suspendus",
        "该运营商暂停续费",
    ];
    for (path, said) in PATHS.into_iter().zip(said) {
        let page = agent.get(&call.replacen("/en/", &format!("/{path}/"), 1)).await;
        assert!(page.text.contains(said), "{path}: {}", page.text);
        assert!(!page.text.contains("button class=\"tile\""), "{path}");
    }
    let chosen = agent.post(&format!("{call}/plan"), &[("plan", SUPPLIED_MONTH)]).await;
    assert_eq!(chosen.status, StatusCode::SERVICE_UNAVAILABLE, "{}", chosen.text);
}
