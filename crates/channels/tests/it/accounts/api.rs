//! The API of accounts over HTTP.

use super::world::{AWAY, MINE, PASSWORD, PIN, World};
use axum::http::{Method, StatusCode};
use farline_app::accounts::prove;
use farline_domain::catalog::Allowance;
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::{AccountId, AllowanceKind};
use farline_testkit::{OWN_BIG, grant_data, new_line};
use serde_json::{Value, json};

const WEI: &str = "li.wei@example.org";
const PHONE: &str = "+14165550188";

pub(super) fn number() -> String {
    String::from(new_line(MINE).line.msisdn.unwrap())
}

pub(super) async fn get(world: &World, path: &str, token: Option<&str>) -> (StatusCode, Value) {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<_> = bearer.iter().map(|value| ("authorization", value.as_str())).collect();
    let (status, text) = world.ask((Method::GET, path), &headers, None).await;
    (status, serde_json::from_str(&text).unwrap())
}

async fn sign_in(world: &World, body: Value) -> (StatusCode, String) {
    world.ask((Method::POST, "/api/v1/sign-in"), &[], Some(body)).await
}

pub(super) async fn hold(world: &World, account: AccountId) {
    prove::with_pin(&world.app, account, MINE.id(), PIN).await.unwrap();
}

#[tokio::test]
async fn signing_in_by_password_and_by_code() {
    let world = World::open().await;
    world.register(WEI).await;
    world.register(PHONE).await;
    let (status, text) = sign_in(&world, json!({"email": WEI, "password": PASSWORD})).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let token = serde_json::from_str::<Value>(&text).unwrap()["token"].clone();
    let (status, lines) = get(&world, "/api/v1/lines", token.as_str()).await;
    assert_eq!((status, lines), (StatusCode::OK, json!({"lines": []})));
    let (status, _) = sign_in(&world, json!({"phone": PHONE})).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let code = world.code(PHONE, 2).await;
    let (status, text) = sign_in(&world, json!({"phone": PHONE, "code": code})).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(serde_json::from_str::<Value>(&text).unwrap()["expires_at"].is_string());
    for body in [json!({}), json!({"email": WEI, "phone": PHONE}), json!({"phone": "12"})] {
        let (status, text) = sign_in(&world, body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    }
}

#[tokio::test]
async fn known_and_unknown_answer_the_same_octets() {
    let world = World::open().await;
    world.register(WEI).await;
    world.register(PHONE).await;
    let pairs = [
        (json!({"phone": PHONE}), json!({"phone": "+14165550177"})),
        (json!({"phone": PHONE, "code": "12"}), json!({"phone": "+14165550177", "code": "12"})),
        (
            json!({"email": WEI, "password": "not the password"}),
            json!({"email": "nobody@example.org", "password": "not the password"}),
        ),
    ];
    for (known, unknown) in pairs {
        let known = sign_in(&world, known).await;
        assert_eq!(known, sign_in(&world, unknown).await);
    }
}

#[tokio::test]
async fn authentication_comes_before_everything_else() {
    let world = World::open().await;
    let account = world.account(WEI).await;
    hold(&world, account).await;
    let line = number();
    for path in [
        "/api/v1/lines".to_owned(),
        format!("/api/v1/lines/{line}/balance"),
        "/api/v1/lines/nonsense/balance".to_owned(),
        format!("/api/v1/lines/{line}/history?limit=0"),
    ] {
        for token in [None, Some("A2345678901234567890123456789012345678901234"), Some("a.b")] {
            let (status, problem) = get(&world, &path, token).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{path} {token:?}");
            assert_eq!(problem["code"], "unauthorized");
        }
    }
    // On a route that is open to strangers, a session that has ended is told so.
    let path = format!("/api/v1/lines/{line}/plans");
    assert_eq!(get(&world, &path, None).await.0, StatusCode::OK);
    assert_eq!(get(&world, &path, Some("ended")).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_line_is_seen_by_its_people_alone() {
    let world = World::open().await;
    let holder = world.register(WEI).await;
    let stranger = world.register(PHONE).await;
    hold(&world, holder.account).await;
    let line = number();
    let (status, mine) = get(&world, "/api/v1/lines", Some(&holder.token)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(mine["lines"][0]["number"], line.as_str());
    assert_eq!(mine["lines"][0]["rights"], "holder");
    let path = format!("/api/v1/lines/{line}/balance");
    let (status, balance) = get(&world, &path, Some(&holder.token)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(balance["status"], "active");
    assert_eq!(balance["expires_at"], "2026-11-30T23:59:59.999-05:00");
    assert_eq!(balance["buckets"][0]["remaining"], 1_000_000_000);
    let history = format!("/api/v1/lines/{line}/history");
    let (status, page) = get(&world, &history, Some(&holder.token)).await;
    assert_eq!((status, &page["next"]), (StatusCode::OK, &Value::Null));
    for path in [path, history, "/api/v1/lines/+14165550999/balance".to_owned()] {
        let (status, mut problem) = get(&world, &path, Some(&stranger.token)).await;
        problem["instance"] = json!("");
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(problem["code"], "not_found", "somebody else's line and none are the same");
    }
}

/// Asks with a body as an account, under a key of its own.
pub(super) async fn send(
    world: &World,
    ask: (Method, &str),
    (token, key): (&str, &str),
    body: Option<Value>,
) -> (StatusCode, Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
    let (status, text) = world.ask(ask, &headers, body).await;
    (status, serde_json::from_str(&text).unwrap_or_default())
}

pub(super) async fn post(
    world: &World,
    path: &str,
    token: &str,
    body: Value,
) -> (StatusCode, Value) {
    // A few digits are enough of a key for an account, whose keys are its own.
    let key = (world.app.randomness.bits() % 100_000).to_string();
    send(world, (Method::POST, path), (token, &key), Some(body)).await
}

#[tokio::test]
async fn a_holder_is_told_dates_and_owns_the_orders() {
    let world = World::open().await;
    let holder = world.register(WEI).await;
    let stranger = world.register(PHONE).await;
    hold(&world, holder.account).await;
    let wanted = json!({"line": number(), "plan": OWN_BIG});
    let (status, foreign) = post(&world, "/api/v1/quotes", &stranger.token, wanted.clone()).await;
    assert_eq!((status, &foreign["new_expiry"]), (StatusCode::CREATED, &Value::Null));
    let (status, quote) = post(&world, "/api/v1/quotes", &holder.token, wanted).await;
    assert_eq!(status, StatusCode::CREATED, "{quote}");
    assert_eq!(quote["new_expiry"], "2026-12-30T23:59:59.999-05:00");
    assert!(quote["starts_at"].is_string());
    let credit =
        |quote: &Value| json!({"quote": quote["id"], "language": "en-CA", "pay_with": "credit"});
    let (status, problem) = post(&world, "/api/v1/orders", &stranger.token, credit(&foreign)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")));
    let (status, problem) = post(&world, "/api/v1/orders", &holder.token, credit(&quote)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("not_enough_credit")));
    let body = json!({"quote": quote["id"], "language": "en-CA"});
    let (status, order) = post(&world, "/api/v1/orders", &holder.token, body).await;
    assert_eq!(status, StatusCode::CREATED, "{order}");
    assert!(order["pay_url"].is_string());
    let itself = order["self"].as_str().unwrap();
    assert_eq!(get(&world, itself, Some(&holder.token)).await.0, StatusCode::OK);
    assert_eq!(get(&world, itself, order["token"].as_str()).await.0, StatusCode::OK);
    for token in [None, Some(stranger.token.as_str()), Some("ended")] {
        assert_eq!(get(&world, itself, token).await.0, StatusCode::NOT_FOUND, "{token:?}");
    }
    let bearer = format!("Bearer {}", holder.token);
    let headers = [("authorization", bearer.as_str())];
    let (status, text) = world.ask((Method::DELETE, itself), &headers, None).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    // Told at the account's own address, as the order named none.
    let placed = world.app.store.orders_of_account(holder.account, None, 9).await.unwrap();
    let payer = placed[0].payer.as_ref().unwrap();
    let contact = world.app.store.contact(payer.contact).await.unwrap().unwrap();
    assert_eq!(contact.email.as_deref(), Some(WEI));
}

#[tokio::test]
async fn a_holder_pays_with_the_credit_of_the_line() {
    let world = World::open().await;
    let holder = world.register(WEI).await;
    hold(&world, holder.account).await;
    let LineCommand::Grant { allowance, valid_until } = grant_data(5_000) else {
        panic!("not a grant");
    };
    let allowance = Allowance { kind: AllowanceKind::Credit, ..allowance };
    let grant = LineCommand::Grant { allowance, valid_until };
    world.app.decide(MINE.id(), grant, Actor::System).await.unwrap();
    let wanted = json!({"line": number(), "plan": OWN_BIG});
    let (_, quote) = post(&world, "/api/v1/quotes", &holder.token, wanted).await;
    let body = json!({"quote": quote["id"], "language": "en-CA", "pay_with": "credit"});
    let (status, order) = post(&world, "/api/v1/orders", &holder.token, body).await;
    assert_eq!((status, &order["state"]), (StatusCode::CREATED, &json!("delivered")), "{order}");
    assert_eq!(order.get("pay_url"), None);
    let path = format!("/api/v1/lines/{}/balance", number());
    let (_, balance) = get(&world, &path, Some(&holder.token)).await;
    let buckets = balance["buckets"].as_array().unwrap();
    let credit = buckets.iter().find(|bucket| bucket["kind"] == "credit").unwrap();
    assert_eq!((&credit["remaining"], &credit["unit"]), (&json!(1_610), &json!("minor_unit")));
}

#[tokio::test]
async fn guests_cannot_pay_with_credit_nor_use_short_keys() {
    let world = World::open().await;
    let line = String::from(new_line(AWAY).line.msisdn.unwrap());
    let wanted = json!({"line": line, "plan": "prairie-call-month"});
    let key = [("idempotency-key", "k")];
    let ask = (Method::POST, "/api/v1/quotes");
    assert_eq!(world.ask(ask, &key, Some(wanted)).await.0, StatusCode::BAD_REQUEST);
    let key = [("idempotency-key", "0123456789012345678901")];
    let body = json!({"quote": "quo_0000000000000000000000000", "language": "en-CA", "pay_with": "credit"});
    let ask = (Method::POST, "/api/v1/orders");
    assert_eq!(world.ask(ask, &key, Some(body)).await.0, StatusCode::UNAUTHORIZED);
}
