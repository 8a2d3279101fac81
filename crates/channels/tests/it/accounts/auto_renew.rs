//! A line's auto-renew over HTTP: the text comes first, the yes repeats which, and ending is confirmed.

use super::api::{get, hold, number, post, send};
use super::methods::{change_address, save};
use super::world::{MINE, World};
use axum::http::{Method, StatusCode};
use farline_app::accounts::{SignedIn, approve, helpers, permit};
use farline_app::jobs;
use farline_domain::accounts::RequestReply;
use farline_testkit::{OWN_BIG, OWN_SMALL};
use serde_json::{Value, json};

const WEI: &str = "li.wei@example.org";
const OTHER: &str = "other@example.org";

fn path() -> String {
    format!("/api/v1/lines/{}/auto-renew", number())
}

/// A signed-in holder of the line.
async fn holder(world: &World) -> SignedIn {
    let wei = world.register(WEI).await;
    hold(world, wei.account).await;
    wei
}

fn wish(pay_with: &str) -> Value {
    let cad = |amount: i64| json!({"amount": amount, "currency": "CAD"});
    json!({
        "plan": OWN_BIG,
        "trigger": {"kind": "before_expiry", "days": 2},
        "pay_with": pay_with,
        "caps": {"charge": cad(4_000), "day": cad(4_000), "month": cad(8_000)},
        "language": "en-CA",
    })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

/// The text for a wish.
async fn text(world: &World, token: &str, wish: &Value) -> Value {
    let (status, text) = post(world, &format!("{}/consent", path()), token, wish.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{text}");
    text
}

fn agreed_to(wish: &Value, text: &Value) -> Value {
    let agreed = json!({"version": text["version"], "fingerprint": text["fingerprint"]});
    with(wish.clone(), "agreed", agreed)
}

async fn put(world: &World, who: (&str, &str), body: &Value) -> (StatusCode, Value) {
    send(world, (Method::PUT, &path()), who, Some(body.clone())).await
}

async fn given(world: &World) -> usize {
    world.app.store.consents(MINE.id()).await.unwrap().len()
}

/// Lets everything that was promised be sent; gives the subject of the last letter.
async fn last_letter(world: &World) -> String {
    while jobs::run_due(&world.app).await.unwrap() > 0 {}
    world.sent_to(WEI, 1).await.pop().unwrap().subject
}

#[tokio::test]
async fn the_text_comes_first_and_the_yes_repeats_which() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let method = save(&world, wei.account, "pm_1").await.to_string();
    let wish = wish(&method);
    let off = json!({"on": false, "can_change": true, "standing": null});
    assert_eq!(get(&world, &path(), Some(&wei.token)).await, (StatusCode::OK, off.clone()));
    let text = text(&world, &wei.token, &wish).await;
    assert!(text["text"].as_str().unwrap().contains("Visa ending in 4242"), "{text}");
    assert_eq!(text["total"], json!({"amount": 3_390, "currency": "CAD"}));
    assert_eq!(text["language"], "en-CA");
    let (status, problem) = put(&world, (&wei.token, "a"), &wish).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is agreed to in silence");
    assert_eq!(
        (&problem["code"], &problem["field"]),
        (&json!("consent_missing"), &json!("agreed"))
    );
    assert_eq!(get(&world, &path(), Some(&wei.token)).await.1, off);
    let agreed = agreed_to(&wish, &text);
    let (status, on) = put(&world, (&wei.token, "b"), &agreed).await;
    assert_eq!(status, StatusCode::OK, "{on}");
    let standing = &on["standing"];
    assert_eq!((&on["on"], &standing["plan"]), (&json!(true), &json!(OWN_BIG)));
    assert_eq!(
        (&standing["pay_with"], &standing["pays"]),
        (&json!(method), &json!("Visa ending in 4242"))
    );
    assert_eq!(standing["trigger"], wish["trigger"]);
    assert_eq!(standing["caps"], wish["caps"]);
    assert_eq!(standing["next_charge_at"], text["first_charge_at"]);
    assert_eq!(standing["next_amount"], text["total"]);
    // What is kept is what was shown, octet by octet.
    assert_eq!(standing["consent"]["text"], text["text"]);
    assert_eq!(standing["consent"]["version"], text["version"]);
    assert_eq!(get(&world, &path(), Some(&wei.token)).await.1, on);
    assert!(last_letter(&world).await.starts_with("Auto-renew is on "));
}

#[tokio::test]
async fn a_yes_to_another_text_turns_nothing_on() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let wish = wish("link");
    let text = text(&world, &wei.token, &wish).await;
    let agreed = agreed_to(&wish, &text);
    let month = json!({"amount": 99_000, "currency": "CAD"});
    let mut more = agreed.clone();
    more["caps"]["month"] = month;
    let mut older = agreed.clone();
    older["agreed"]["version"] = json!("2020-01-01");
    let french = with(agreed.clone(), "language", json!("fr-CA"));
    for body in [more, older, french] {
        let (status, problem) = put(&world, (&wei.token, "k"), &body).await;
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        assert_eq!(problem["code"], "consent_outdated");
        assert_eq!(problem["money_moved"], false);
    }
    assert_eq!(given(&world).await, 0);
    assert_eq!(put(&world, (&wei.token, "k"), &agreed).await.0, StatusCode::OK);
}

#[tokio::test]
async fn one_key_agrees_once() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let wish = wish("link");
    let agreed = agreed_to(&wish, &text(&world, &wei.token, &wish).await);
    let first = put(&world, (&wei.token, "k"), &agreed).await;
    assert_eq!(first.0, StatusCode::OK);
    assert_eq!(put(&world, (&wei.token, "k"), &agreed).await, first);
    assert_eq!(given(&world).await, 1);
    let other = with(agreed.clone(), "language", json!("zh-CN"));
    let (status, problem) = put(&world, (&wei.token, "k"), &other).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["code"], "idempotency_key_reused");
    let bearer = format!("Bearer {}", wei.token);
    let headers = [("authorization", bearer.as_str())];
    for ask in [(Method::PUT, path()), (Method::POST, format!("{}/consent", path()))] {
        let ask = (ask.0, ask.1.as_str());
        let (status, text) = world.ask(ask, &headers, Some(agreed.clone())).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{text}");
    }
}

#[tokio::test]
async fn ending_it_is_confirmed_in_writing() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let wish = wish("link");
    let agreed = agreed_to(&wish, &text(&world, &wei.token, &wish).await);
    put(&world, (&wei.token, "k"), &agreed).await;
    let off = json!({"on": false, "can_change": true, "standing": null});
    for _ in 0..2 {
        let ended = send(&world, (Method::DELETE, &path()), (&wei.token, ""), None).await;
        assert_eq!(ended, (StatusCode::OK, off.clone()));
    }
    assert!(last_letter(&world).await.starts_with("Auto-renew is off "));
    let told = world.app.store.auto_renew_notices(MINE.id()).await.unwrap();
    assert_eq!(told.len(), 2, "once on, once off");
}

#[tokio::test]
async fn what_cannot_work_or_be_spent_is_refused() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let other = world.register(OTHER).await;
    let (mine, theirs) =
        (save(&world, wei.account, "pm_1").await, save(&world, other.account, "pm_2").await);
    change_address(&world, wei.account).await;
    let wrong = |field, value| with(wish("link"), field, value);
    let usd = |amount: i64| json!({"amount": amount, "currency": "USD"});
    let below =
        |allowance, amount| json!({"kind": "below", "allowance": allowance, "amount": amount});
    let table = [
        (wish(&theirs.to_string()), "field_invalid"),
        (wish(&mine.to_string()), "method_not_usable"),
        (wrong("plan", json!("no-such-plan")), "unknown_plan"),
        (wrong("plan", json!("Not A Code")), "unknown_plan"),
        // It adds to what is there and does not carry the service on.
        (wrong("plan", json!(OWN_SMALL)), "field_invalid"),
        (wrong("language", json!("de-DE")), "language_unknown"),
        (wrong("province", json!("XX")), "province_unknown"),
        (wrong("trigger", json!({"kind": "before_expiry", "days": 15})), "trigger_does_not_fit"),
        (wrong("trigger", json!({"kind": "never"})), "field_invalid"),
        (wrong("trigger", below("data", -1)), "field_invalid"),
        (wrong("trigger", below("gold", 1)), "field_invalid"),
        (
            wrong("caps", json!({"charge": usd(9_000), "day": usd(9_000), "month": usd(9_000)})),
            "caps_too_low",
        ),
    ];
    for (body, code) in table {
        let (status, problem) =
            post(&world, &format!("{}/consent", path()), &wei.token, body.clone()).await;
        assert_eq!(problem["code"], code, "{status} {body}");
        assert_eq!(problem["money_moved"], false);
        let agreed = with(body, "agreed", json!({"version": "2026-11-28", "fingerprint": "00"}));
        let (_, problem) = put(&world, (&wei.token, "k"), &agreed).await;
        assert_eq!(problem["code"], code);
    }
    assert_eq!(given(&world).await, 0);
}

#[tokio::test]
async fn others_see_no_line_and_helpers_not_who_pays() {
    let world = World::open().await;
    let wei = holder(&world).await;
    let other = world.register(OTHER).await;
    let method = save(&world, wei.account, "pm_1").await.to_string();
    let wish = wish(&method);
    let agreed = agreed_to(&wish, &text(&world, &wei.token, &wish).await);
    assert_eq!(put(&world, (&wei.token, "k"), &agreed).await.0, StatusCode::OK);
    let ways = [
        (Method::GET, path(), None),
        (Method::PUT, path(), Some(agreed.clone())),
        (Method::POST, format!("{}/consent", path()), Some(wish.clone())),
        (Method::DELETE, path(), None),
    ];
    for (method, path, body) in &ways {
        let ask = |token| send(&world, (method.clone(), path), (token, "k"), body.clone());
        assert_eq!(ask("nobody").await.0, StatusCode::UNAUTHORIZED, "{method} {path}");
        assert_eq!(ask(&other.token).await.0, StatusCode::NOT_FOUND, "{method} {path}");
    }
    let permitted = permit(&world.app, wei.account, MINE.id()).await.unwrap();
    helpers::invite(&world.app, permitted.as_holder().unwrap(), (OTHER, "Other")).await.unwrap();
    let link = world.link(OTHER, 2).await;
    approve::answer(&world.app, &link, RequestReply::Approve, Some(other.account)).await.unwrap();
    let (status, seen) = get(&world, &path(), Some(&other.token)).await;
    assert_eq!(
        (status, &seen["on"], &seen["can_change"]),
        (StatusCode::OK, &json!(true), &json!(false))
    );
    let standing = &seen["standing"];
    assert_eq!((&standing["pay_with"], &standing["consent"]), (&Value::Null, &Value::Null));
    assert!(!seen.to_string().contains("4242"), "{seen}");
    for (method, path, body) in ways.into_iter().skip(1) {
        let (status, _) = send(&world, (method, &path), (&other.token, "k"), body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(get(&world, &path(), Some(&wei.token)).await.1["on"], true, "it is still on");
    // Removing the method says which lines it renews, and ends that.
    let (_, mine) = get(&world, "/api/v1/methods", Some(&wei.token)).await;
    assert_eq!(mine["methods"][0]["renews"], json!([number()]));
    let remove = format!("/api/v1/methods/{method}");
    let removed = send(&world, (Method::DELETE, &remove), (&wei.token, ""), None).await;
    assert_eq!(removed.0, StatusCode::NO_CONTENT);
    assert_eq!(get(&world, &path(), Some(&wei.token)).await.1["on"], false);
}
