//! A promotion that is limited in number, as callers of the API read of it.

use super::world::{MINE, OTHER, World};
use axum::http::{Method, StatusCode};
use farline_app::catalog::publish;
use farline_app::orders::{Buyer, PlaceRequest, place};
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_domain::catalog::{Promotion, PromotionCode, Reduction};
use farline_domain::commands::PayWith;
use farline_domain::kernel::{Language, Localized, Money, Units};
use farline_domain::orders::Channel;
use farline_testkit::{OWN_BIG, SampleLine, catalogue, new_line, today};
use serde_json::{Value, json};

const CODE: &str = "autumn";

/// Five dollars off, for one renewal in all, once per card.
async fn on_sale(world: &World) {
    let name = Language::ALL.into_iter().map(|language| (language, "Autumn".to_owned()));
    let one = Units::new(1).unwrap();
    let promotion = Promotion {
        reduction: Some(Reduction::Amount(Money::cad(500))),
        limit: Some(one),
        limit_per_line: Some(one),
        ..Promotion::new(
            PromotionCode::parse(CODE).unwrap(),
            Localized::new(name.collect()).unwrap(),
            (today(), today()),
        )
    };
    let mut catalogue = catalogue();
    catalogue.promotions.insert(promotion.code.clone(), promotion);
    publish(&world.app, catalogue).await.unwrap();
}

fn number(line: SampleLine) -> String {
    String::from(new_line(line).line.msisdn.unwrap())
}

async fn post(world: &World, path: &str, key: &str, body: Value) -> (StatusCode, Value) {
    let headers = [("idempotency-key", key)];
    let (status, text) = world.ask((Method::POST, path), &headers, Some(body)).await;
    (status, serde_json::from_str(&text).unwrap())
}

async fn quote(world: &World, (line, key): (SampleLine, &str), tag: &str) -> (StatusCode, Value) {
    let body = json!({"line": number(line), "plan": OWN_BIG, "promotion": CODE});
    post(world, &format!("/api/v1/quotes?language={tag}"), key, body).await
}

/// Somebody else takes the place.
async fn taken(world: &World) {
    let request = QuoteRequest {
        line: MINE.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::Typed(CODE.to_owned(), None),
        province: None,
        seed: [1; 16],
    };
    let quote = make(&world.app, request).await.unwrap();
    let buyer = Buyer { email: Some("quick@example.org".to_owned()), ..Buyer::default() };
    let request = PlaceRequest {
        quote: quote.id,
        buyer,
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Api,
        origin: None,
        assisted: None,
        another: false,
        pay_with: PayWith::Page,
        seed: ([1; 16], world.app.now()),
    };
    place(&world.app, request).await.unwrap();
}

#[tokio::test]
async fn whoever_comes_too_late_is_told_what_to_do_and_that_no_money_moved() {
    let world = World::open().await;
    on_sale(&world).await;
    let limits = [
        ("en-CA", "limited to the first renewal and 1 per card."),
        ("fr-CA", "limitée au premier renouvellement et à 1 par carte SIM."),
        ("zh-CN", "限前 1 笔续费和每张卡 1 次。"),
    ];
    let mut priced = Value::Null;
    for (place, (tag, words)) in limits.into_iter().enumerate() {
        let key = format!("quote-of-the-late-guest-{place}");
        let (status, shown) = quote(&world, (OTHER, &key), tag).await;
        assert_eq!(status, StatusCode::CREATED, "{shown}");
        let told = shown["promotion_limits"].as_str().unwrap();
        assert!(told.contains(words), "{told}");
        priced = shown;
    }
    taken(&world).await;
    let details =
        [("en-CA", "without the code"), ("fr-CA", "sans le code"), ("zh-CN", "不填优惠码")];
    for (place, (tag, advice)) in details.into_iter().enumerate() {
        let body = json!({
            "quote": priced["id"], "language": tag, "contact": {"email": "late@example.org"},
        });
        let key = format!("order-of-the-late-guest-{place}");
        let path = format!("/api/v1/orders?language={tag}");
        let (status, problem) = post(&world, &path, &key, body).await;
        let asked_again =
            quote(&world, (OTHER, &format!("a-quote-too-late-{place}-{tag}")), tag).await;
        for (status, problem) in [(status, problem), asked_again] {
            assert_eq!(status, StatusCode::CONFLICT, "{problem}");
            assert_eq!(problem["code"], "promotion_used_up");
            assert_eq!(problem["money_moved"], json!(false));
            assert!(problem["detail"].as_str().unwrap().contains(advice), "{problem}");
        }
    }
    let orders = world.app.store.orders_of_line(OTHER.id(), None, 9).await.unwrap();
    assert_eq!(orders, []);
}
