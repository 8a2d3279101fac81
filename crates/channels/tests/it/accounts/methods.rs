//! The saved methods of an account over HTTP: listed, spent by whose they are, removed.

use super::api::{get, hold, number, post, send};
use super::world::{MINE, World};
use axum::http::{Method, StatusCode};
use farline_app::accounts::contacts;
use farline_app::methods::{HOLD_SECONDS, keep};
use farline_domain::kernel::{AccountId, SavedMethodId};
use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use farline_testkit::OWN_BIG;
use serde_json::{Value, json};

const WEI: &str = "li.wei@example.org";
const OTHER: &str = "other@example.org";
const NEW: &str = "wei.new@example.org";
const METHODS: &str = "/api/v1/methods";

/// Keeps a card of a provider that is not asked any more.
pub(super) async fn save(world: &World, account: AccountId, name: &str) -> SavedMethodId {
    let saved = SavedMethod {
        id: name.to_owned(),
        customer: "cus_1".to_owned(),
        method: PaymentMethod::Debit,
        brand: "Visa".to_owned(),
        hint: "4242".to_owned(),
        expiry: Some(CardExpiry { year: 2030, month: 4 }),
    };
    keep(&world.app, account, ("former", saved)).await.unwrap()
}

/// Adds an address to an account, after which its methods rest.
pub(super) async fn change_address(world: &World, account: AccountId) {
    world.wait(1);
    let challenge = contacts::add(&world.app, account, NEW).await.unwrap();
    let code = world.code(NEW, 1).await;
    let typed = (challenge.id.as_str(), code.as_str());
    contacts::confirm(&world.app, account, typed, &world.visitor()).await.unwrap();
}

async fn quote(world: &World, token: &str) -> Value {
    let wanted = json!({"line": number(), "plan": OWN_BIG});
    let (status, quote) = post(world, "/api/v1/quotes", token, wanted).await;
    assert_eq!(status, StatusCode::CREATED, "{quote}");
    quote
}

/// Orders with a saved method.
async fn order(world: &World, token: &str, method: SavedMethodId) -> (StatusCode, Value) {
    let quote = quote(world, token).await;
    let body = json!({"quote": quote["id"], "language": "en-CA", "pay_with": method.to_string()});
    post(world, "/api/v1/orders", token, body).await
}

#[tokio::test]
async fn a_method_is_listed_and_removed_by_whose_it_is() {
    let world = World::open().await;
    let (wei, other) = (world.register(WEI).await, world.register(OTHER).await);
    let id = save(&world, wei.account, "pm_1").await;
    let (status, mine) = get(&world, METHODS, Some(&wei.token)).await;
    let expected = json!({"methods": [{
        "id": id.to_string(),
        "kind": "debit",
        "label": "Visa ending in 4242",
        "expiry": "2030-04",
        "rests_until": null,
        "usable": true,
        "renews": [],
    }]});
    assert_eq!((status, mine), (StatusCode::OK, expected));
    let (_, theirs) = get(&world, METHODS, Some(&other.token)).await;
    assert_eq!(theirs, json!({"methods": []}));
    let path = format!("{METHODS}/{id}");
    let remove = |token: &str| {
        let (token, path, world) = (token.to_owned(), path.clone(), &world);
        async move { send(world, (Method::DELETE, &path), (&token, "k"), None).await }
    };
    let (status, problem) = remove("nobody").await;
    assert_eq!((status, &problem["code"]), (StatusCode::UNAUTHORIZED, &json!("unauthorized")));
    let (status, problem) = remove(&other.token).await;
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    assert_eq!(remove(&wei.token).await, (StatusCode::NO_CONTENT, Value::Null));
    assert_eq!(remove(&wei.token).await.0, StatusCode::NOT_FOUND, "it is gone already");
    assert_eq!(get(&world, METHODS, Some(&wei.token)).await.1, json!({"methods": []}));
}

#[tokio::test]
async fn anothers_method_pays_for_nothing() {
    let world = World::open().await;
    let (wei, other) = (world.register(WEI).await, world.register(OTHER).await);
    hold(&world, wei.account).await;
    let (mine, theirs) =
        (save(&world, wei.account, "pm_1").await, save(&world, other.account, "pm_2").await);
    // The holder's line with somebody else's method, and the other way round.
    let (status, problem) = order(&world, &wei.token, theirs).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert_eq!(
        (&problem["code"], &problem["field"]),
        (&json!("field_invalid"), &json!("pay_with"))
    );
    assert_eq!(problem["money_moved"], false);
    for method in [mine, theirs] {
        let (status, problem) = order(&world, &other.token, method).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{problem}");
        assert_eq!(problem["money_moved"], false);
    }
    let placed = world.app.store.orders_of_line(MINE.id(), None, 9).await.unwrap();
    assert_eq!(placed, [], "no order was placed, so nothing can be charged");
}

#[tokio::test]
async fn a_method_that_rests_pays_for_nothing_and_says_until_when() {
    let world = World::open().await;
    let wei = world.register(WEI).await;
    hold(&world, wei.account).await;
    let method = save(&world, wei.account, "pm_1").await;
    change_address(&world, wei.account).await;
    let until = world.app.now().plus_seconds(HOLD_SECONDS).rfc3339();
    let (_, mine) = get(&world, METHODS, Some(&wei.token)).await;
    let listed = &mine["methods"][0];
    assert_eq!((&listed["usable"], &listed["rests_until"]), (&json!(false), &json!(until)));
    let (status, problem) = order(&world, &wei.token, method).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert_eq!(problem["code"], "method_not_usable");
    assert_eq!((&problem["field"], &problem["retry_at"]), (&json!("pay_with"), &json!(until)));
    assert_eq!(problem["money_moved"], false);
    let placed = world.app.store.orders_of_line(MINE.id(), None, 9).await.unwrap();
    assert_eq!(placed, [], "no order was placed, so nothing can be charged");
}
