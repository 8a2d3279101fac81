//! Attacks over HTTP: what an attacker is answered, and that it helps nobody.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::accounts::world::{MINE, OTHER, World};
use axum::http::{HeaderMap, Method, StatusCode};
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_app::tokens::{Arrival, Seal};
use farline_domain::orders::Quote;
use farline_testkit::{OWN_BIG, SampleLine, new_line};
use serde_json::{Value, json};
use std::sync::Arc;

const WEI: &str = "li.wei@example.org";

async fn quote(world: &World, line: SampleLine) -> Quote {
    let mut seed = [0; 16];
    world.app.randomness.fill(&mut seed);
    let request = QuoteRequest {
        line: line.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed,
    };
    make(&world.app, request).await.unwrap()
}

fn key(world: &World) -> String {
    format!("an-attackers-key-{:016x}", world.app.randomness.bits())
}

/// Orders over the API, as a guest from a network address.
async fn order(world: &World, caller: &str, tag: &str, body: Value) -> (StatusCode, Value) {
    let key = key(world);
    let headers = [("idempotency-key", key.as_str()), ("x-caller", caller)];
    let path = format!("/api/v1/orders?language={tag}");
    let (status, text) = world.ask((Method::POST, &path), &headers, Some(body)).await;
    (status, serde_json::from_str(&text).unwrap())
}

async fn leave_unpaid(world: &World, caller: &str, times: usize) {
    for time in 0..times {
        let quote = quote(world, if time % 2 == 0 { MINE } else { OTHER }).await;
        let contact = json!({"email": format!("card{time}@example.org")});
        let body = json!({"quote": quote.id.to_string(), "language": "en-CA", "contact": contact});
        let (status, answer) = order(world, caller, "en-CA", body).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
    }
}

#[tokio::test]
async fn the_challenge_says_what_to_do_and_that_no_money_moved_in_each_language() {
    let world = World::open().await;
    leave_unpaid(&world, "192.0.2.66", 5).await;
    let said = [
        ("en-CA", "sign in with a one-time code"),
        ("fr-CA", "connectez-vous avec un code à usage unique"),
        ("zh-CN", "请先用一次性验证码登录"),
    ];
    for (tag, advice) in said {
        let quote = quote(&world, MINE).await.id.to_string();
        let body = json!({"quote": quote, "language": tag, "contact": {"email": WEI}});
        let (status, problem) = order(&world, "192.0.2.66", tag, body).await;
        assert_eq!((status, &problem["code"]), (StatusCode::UNAUTHORIZED, &json!("sign_in_first")));
        assert_eq!(problem["money_moved"], json!(false));
        assert!(problem["detail"].as_str().unwrap().contains(advice), "{problem}");
        assert!(problem["retry_at"].is_string());
    }
}

fn location(headers: &HeaderMap) -> &str {
    headers.get("location").map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_challenged_guest_signs_in_by_code_and_pays_for_what_they_chose() {
    let world = World::open().await;
    world.register(WEI).await;
    let quote = quote(&world, MINE).await;
    let token = Seal(&world.app.keys.tokens).quote_token(quote.id, Arrival::Typed);
    let check = format!("/en/check/{token}");
    let mut pages = 0;
    let (status, headers, page) = loop {
        let key = key(&world);
        let answer = world.send(&check, None, &[("key", &key), ("email", WEI)]).await;
        if answer.0 != StatusCode::SEE_OTHER {
            break answer;
        }
        assert!(location(&answer.1).starts_with("https://pay.example/"));
        pages += 1;
    };
    assert_eq!((pages, status), (5, StatusCode::UNAUTHORIZED));
    assert!(headers.get("retry-after").is_some());
    assert!(page.contains("Please sign in first.") && page.contains("No money has moved."));
    let way = page.split("href=\"").find_map(|rest| {
        let (address, _) = rest.split_once('"')?;
        address.starts_with("/en/sign-in?next=").then(|| address.to_owned())
    });
    let query = way.unwrap().split_once("next=").unwrap().1.to_owned();
    let next: Vec<(String, String)> = serde_urlencoded::from_str(&format!("next={query}")).unwrap();
    assert_eq!(next[0].1, check);
    let fields = [("who", WEI), ("way", "code"), ("next", check.as_str())];
    let (_, _, page) = world.send("/en/sign-in", None, &fields).await;
    let sealed = page.split("name=\"challenge\" value=\"").nth(1).unwrap();
    let sealed = sealed.split_once('"').unwrap().0.to_owned();
    let code = world.code(WEI, 2).await;
    let fields = [("challenge", sealed.as_str()), ("code", code.as_str())];
    let (status, headers, _) = world.send("/en/sign-in/code", None, &fields).await;
    assert_eq!((status, location(&headers)), (StatusCode::SEE_OTHER, check.as_str()));
    let cookie = headers.get("set-cookie").unwrap().to_str().unwrap().split(';').next().unwrap();
    let (_, _, page) = world.open_page(&check, cookie).await;
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split_once('"').unwrap().0;
    let key = key(&world);
    let fields = [("key", key.as_str()), ("email", WEI), ("csrf", csrf)];
    let (status, headers, page) = world.send(&check, Some(cookie), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert!(location(&headers).starts_with("https://pay.example/"));
}

#[tokio::test]
async fn accounts_that_leave_too_much_unpaid_are_told_when_to_come_back() {
    let world = World::open().await;
    let token = world.register(WEI).await.token;
    for attempt in 0..12 {
        let quote = quote(&world, MINE).await.id.to_string();
        let (key, bearer) = (key(&world), format!("Bearer {token}"));
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str())];
        let body = json!({"quote": quote, "language": "en-CA"});
        let ask = (Method::POST, "/api/v1/orders");
        let (status, text) = world.ask(ask, &headers, Some(body)).await;
        if attempt < 10 {
            assert_eq!(status, StatusCode::CREATED, "{text}");
        } else {
            assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{text}");
            assert!(text.contains("too_many_requests") && text.contains("\"money_moved\":false"));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_attempts_at_once_under_one_key_count_once() {
    let world = Arc::new(World::open().await);
    let quote = quote(&world, MINE).await.id.to_string();
    let body = json!({"quote": quote, "language": "en-CA", "contact": {"email": WEI}});
    let attempts = (0..16).map(|_| {
        let (world, body) = (world.clone(), body.clone());
        tokio::spawn(async move {
            let key = ("idempotency-key", "one-key-for-all-sixteen");
            let ask = (Method::POST, "/api/v1/orders");
            world.ask(ask, &[key, ("x-caller", "192.0.2.1")], Some(body)).await.0
        })
    });
    for attempt in attempts.collect::<Vec<_>>() {
        let status = attempt.await.unwrap();
        assert!([StatusCode::CREATED, StatusCode::CONFLICT].contains(&status), "{status}");
    }
    leave_unpaid(&world, "192.0.2.1", 4).await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_saves_no_method() {
    let world = World::open().await;
    for fields in [&[("provider", "none")][..], &[("provider", "none"), ("csrf", "guessed")]] {
        let (status, headers, _) = world.send("/en/account/methods", None, fields).await;
        assert_eq!((status, location(&headers)), (StatusCode::SEE_OTHER, "/en/sign-in"));
    }
    let body = json!({"provider": "none"});
    let ask = (Method::POST, "/api/v1/methods");
    let (status, _) = world.ask(ask, &[], Some(body)).await;
    assert!(status.is_client_error(), "{status}");
    // Nor is one kept beside a guest's order: the wish is passed over.
    let quote = quote(&world, MINE).await.id.to_string();
    let body = json!({
        "quote": quote, "language": "en-CA", "contact": {"email": WEI}, "save_method": true,
    });
    let (status, placed) = order(&world, "192.0.2.1", "en-CA", body).await;
    assert_eq!(status, StatusCode::CREATED, "{placed}");
}

#[tokio::test]
async fn a_price_that_the_caller_sends_is_refused_or_passed_over() {
    let world = World::open().await;
    let quote = quote(&world, MINE).await;
    let attacks = [
        json!({"total": {"amount": 1, "currency": "CAD"}}),
        json!({"price": 1}),
        json!({"amount": -100, "currency": "JPY"}),
        json!({"discount": 99, "promotion": "free"}),
    ];
    for attack in attacks {
        let mut body = attack.clone();
        body["quote"] = json!(quote.id.to_string());
        body["language"] = json!("en-CA");
        body["contact"] = json!({"email": WEI});
        let (status, answer) = order(&world, "192.0.2.1", "en-CA", body).await;
        if status == StatusCode::CREATED {
            let id = answer["id"].as_str().and_then(farline_domain::kernel::OrderId::parse);
            let order = world.app.store.order(id.unwrap()).await.unwrap().unwrap();
            assert_eq!(order.price, quote.price, "{attack}");
        } else {
            assert!(status.is_client_error(), "{attack}: {answer}");
        }
    }
    // Another card's price does for that card only; an expired one and an invented one do for none.
    let other = self::quote(&world, OTHER).await;
    let body = json!({"quote": other.id.to_string(), "language": "en-CA", "contact": {"email": WEI}, "line": number(MINE)});
    let (status, answer) = order(&world, "192.0.2.2", "en-CA", body).await;
    if status == StatusCode::CREATED {
        let id = answer["id"].as_str().and_then(farline_domain::kernel::OrderId::parse);
        let order = world.app.store.order(id.unwrap()).await.unwrap().unwrap();
        assert_eq!(order.line, OTHER.id());
    } else {
        assert!(status.is_client_error(), "{answer}");
    }
    world.wait(15 * 60 + 1);
    for (id, expected) in [
        (quote.id.to_string(), "quote_expired"),
        ("quo_0000000000000000000000000".to_owned(), "quote_not_found"),
    ] {
        let body =
            json!({"quote": id, "language": "en-CA", "contact": {"email": "late@example.org"}});
        let (status, problem) = order(&world, "192.0.2.3", "en-CA", body).await;
        assert!(status.is_client_error(), "{problem}");
        assert_eq!(problem["code"], expected);
        assert_eq!(problem["money_moved"], json!(false));
    }
}

fn number(line: SampleLine) -> String {
    String::from(new_line(line).line.msisdn.unwrap())
}

#[tokio::test]
async fn promotion_codes_are_not_guessed() {
    let world = World::open().await;
    let guess = async |number: u32| {
        let key = key(&world);
        let headers = [("idempotency-key", key.as_str()), ("x-caller", "192.0.2.66")];
        let code = format!("code{number}");
        let body = json!({"line": self::number(MINE), "plan": OWN_BIG, "promotion": code});
        let (status, text) =
            world.ask((Method::POST, "/api/v1/quotes"), &headers, Some(body)).await;
        (status, text)
    };
    for number in 0..40 {
        let (status, text) = guess(number).await;
        let expected = if number < 20 {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::TOO_MANY_REQUESTS
        };
        assert_eq!(status, expected, "{number}: {text}");
    }
}

#[tokio::test]
async fn without_a_telephone_its_webhooks_are_there_and_refuse_everybody() {
    let world = World::open().await;
    let paths =
        ["/webhooks/voice", "/webhooks/voice/steps/0", "/webhooks/voice/status", "/webhooks/sms"];
    for path in paths {
        let signed = [("x-twilio-signature", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")];
        for headers in [&signed[..], &[]] {
            let (status, text) = world.ask((Method::POST, path), headers, None).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {text}");
        }
    }
}
