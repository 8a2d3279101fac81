//! The webhooks of shops over HTTP: what is signed is kept once and acknowledged, whatever else comes is not.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::accounts::world::World;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use farline_app::shops::{OpenShops, Shop};
use farline_domain::kernel::Language;
use farline_domain::shops::{ItemKey, ShopCode, SkuMap};
use farline_gateways::marketplace::shopify::{ShopifySettings, ShopifyShop};
use std::sync::Arc;
use std::time::Duration;

const BODY: &str = r#"{"id":1001,"financial_status":"paid"}"#;
/// Of that body under the secret below.
const SIGNATURE: &str = "ssL87wV/0zFyQ6UikUmNDKfRh4ve052AkuZ0PVE/Jkk=";
type Headers<'a> = &'a [(&'a str, &'a str)];

const DOMAIN: &str = "red-maple.myshopify.com";

fn name() -> ShopCode {
    ShopCode::parse("red-maple").unwrap()
}

async fn open() -> World {
    let gateway = ShopifyShop::new(ShopifySettings {
        // Nobody listens there: a webhook is answered without asking anybody.
        base_url: "http://127.0.0.1:9".to_owned(),
        domain: DOMAIN.to_owned(),
        access_token: "token".to_owned(),
        webhook_secrets: vec!["shpss_testsecret".to_owned()],
        answer_within: Duration::from_secs(1),
    });
    let shop = Shop {
        name: name(),
        title: "红枫".to_owned(),
        address: None,
        gateway: Some(Arc::new(gateway.unwrap())),
        skus: SkuMap::default(),
        read_every_seconds: 15,
        language: Language::ZhCn,
    };
    let unread = Shop { name: ShopCode::parse("spruce").unwrap(), gateway: None, ..shop.clone() };
    World::dressed(|channels| channels.app.shops = Arc::new(OpenShops::new([shop, unread]))).await
}

async fn sent(world: &World, shop: &str, headers: Headers<'_>, body: &str) -> StatusCode {
    let mut request = Request::post(format!("/webhooks/shops/{shop}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.answer(request.body(Body::from(body.to_owned())).unwrap()).await.status()
}

fn signed(signature: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("x-shopify-hmac-sha256", signature),
        ("x-shopify-shop-domain", DOMAIN),
        ("x-shopify-webhook-id", "w-1"),
        ("x-shopify-topic", "orders/paid"),
    ]
}

async fn is_kept(world: &World) -> bool {
    let key = ItemKey::whole(name(), "1001".to_owned());
    world.app.store.shop_item(&key).await.unwrap().is_some()
}

#[tokio::test]
async fn a_signed_webhook_is_kept_and_acknowledged_however_often_it_comes() {
    let world = open().await;
    for _ in 0..2 {
        assert_eq!(sent(&world, "red-maple", &signed(SIGNATURE), BODY).await, StatusCode::OK);
        assert!(is_kept(&world).await);
    }
}

#[tokio::test]
async fn what_is_not_from_the_shop_changes_nothing() {
    let world = open().await;
    let other_shop = [signed(SIGNATURE)[0], ("x-shopify-shop-domain", "blue-spruce.myshopify.com")];
    let table: [(&str, Headers<'_>, &str, StatusCode); 6] = [
        ("red-maple", &signed("AAAA"), BODY, StatusCode::BAD_REQUEST),
        ("red-maple", &signed(SIGNATURE), &BODY.replace("1001", "1002"), StatusCode::BAD_REQUEST),
        ("red-maple", &other_shop, BODY, StatusCode::BAD_REQUEST),
        ("red-maple", &[], BODY, StatusCode::BAD_REQUEST),
        // A shop that nobody reads sends none, and one that is not set up is not there.
        ("spruce", &signed(SIGNATURE), BODY, StatusCode::BAD_REQUEST),
        ("no-such-shop", &signed(SIGNATURE), BODY, StatusCode::NOT_FOUND),
    ];
    for (shop, headers, body, status) in table {
        assert_eq!(sent(&world, shop, headers, body).await, status, "{shop} {headers:?}");
    }
    assert!(!is_kept(&world).await);
}
