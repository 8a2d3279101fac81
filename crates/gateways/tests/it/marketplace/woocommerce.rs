//! A shop run on WooCommerce: what its REST API writes, and its webhooks.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::shop::{ShopGateway, ShopHint, ShopWebhookRefusal};
use farline_domain::kernel::Instant;
use farline_domain::shops::{RefundStanding, TradeState};
use farline_gateways::marketplace::woocommerce::{WoocommerceSettings, WoocommerceShop};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::contract::{Side, Webhook, contract};
use super::market::{Asked, Book, Face, Market, PATIENCE, START, Said, Sold, Trouble};

const KEY: &str = "ck_key_of_ours";
const SECRET: &str = "cs_secret_of_ours";
const WEBHOOK_SECRET: &str = "webhook-secret-of-ours";

struct Rest;

/// Without a zone: Greenwich is meant.
fn greenwich(at: Instant) -> String {
    at.rfc3339().split('.').next().unwrap().to_owned()
}

fn told(sold: &Sold) -> Value {
    let status = match (sold.refund, sold.state) {
        (RefundStanding::Done, _) => "refunded",
        (_, TradeState::NotPaid) => "on-hold",
        (_, TradeState::Paid) => "processing",
        (_, TradeState::Held) => "awaiting-check",
        (_, TradeState::Shipped) => "completed",
        (_, TradeState::Closed) => "cancelled",
    };
    let refunds = match sold.refund {
        RefundStanding::Absent => json!([]),
        RefundStanding::Open | RefundStanding::Part | RefundStanding::Done => {
            json!([{"id": 1, "reason": "in words", "total": "-1.00"}])
        }
    };
    let tax = format!("{}.{:02}", (sold.paid - 10_000) / 100, (sold.paid - 10_000) % 100);
    json!({
        "id": sold.number, "status": status, "currency": "CAD",
        "date_modified_gmt": greenwich(sold.changed), "date_paid_gmt": greenwich(sold.changed),
        "customer_note": sold.message, "refunds": refunds,
        "line_items": [{
            "id": sold.item(), "sku": sold.sku, "quantity": sold.quantity, "total": "100.00",
            "total_tax": tax,
            "meta_data": [{"id": 1, "key": "_reduced_stock", "value": "4375550199"}, {"id": 2, "key": "Plan", "value": ["30"]}],
        }],
    })
}

fn missing() -> Said {
    let body = json!({"code": "woocommerce_rest_shop_order_invalid_id", "message": "Invalid ID."});
    (404, None, body)
}

fn list(book: &mut Book, asked: &Asked) -> Said {
    let time = |name| {
        let at: jiff::Timestamp = asked.field(name).parse().unwrap();
        Instant::from_millis(at.as_millisecond())
    };
    assert_eq!(asked.field("dates_are_gmt"), "true");
    let count = |name: &str| asked.field(name).parse::<usize>().unwrap();
    let (number, size) = (count("page"), count("per_page"));
    let window = (time("modified_after"), time("modified_before"));
    let (page, total) = book.page(window, (number, size));
    let orders = page.iter().map(|number| told(&book.trades[number])).collect();
    (200, Some(total.div_ceil(size)), Value::Array(orders))
}

impl Face for Rest {
    fn answer(&self, book: &mut Book, _now: Instant, asked: &Asked) -> Said {
        let pair = STANDARD.encode(format!("{KEY}:{SECRET}"));
        if asked.header("authorization") != format!("Basic {pair}") {
            return (401, None, json!({"code": "woocommerce_rest_cannot_view"}));
        }
        let rest = asked.path.strip_prefix("/wp-json/wc/v3/orders").unwrap();
        let mut segments = rest.trim_start_matches('/').split('/');
        let (number, part) = (segments.next().unwrap().to_owned(), segments.next());
        if number.is_empty() {
            return list(book, asked);
        }
        let Some(sold) = book.find(&number).cloned() else { return missing() };
        match (&asked.method, part) {
            (&Method::GET, None) => (200, None, told(&sold)),
            (&Method::PUT, None) => {
                assert_eq!(asked.json(), json!({"status": "completed"}));
                if book.ship(&number) {
                    (200, None, told(&book.trades[&sold.number]))
                } else {
                    (400, None, json!({"code": "woocommerce_rest_invalid_order_status"}))
                }
            }
            (&Method::GET, Some("notes")) => {
                let notes = sold.notes.iter().map(|note| json!({"id": 1, "note": note})).collect();
                (200, None, Value::Array(notes))
            }
            (&Method::POST, Some("notes")) => {
                let note = asked.json()["note"].as_str().unwrap().to_owned();
                book.note(&number, [sold.notes, vec![note.clone()]].concat());
                (201, None, json!({"id": 2, "note": note}))
            }
            _ => missing(),
        }
    }

    fn trouble(&self, trouble: Trouble) -> Said {
        match trouble {
            Trouble::TooOften => (429, None, json!({})),
            Trouble::SignedOut => (401, None, json!({"code": "woocommerce_rest_cannot_view"})),
            Trouble::Passing => (503, None, json!({"code": "maintenance"})),
        }
    }
}

struct Woocommerce {
    shop: WoocommerceShop,
    market: Market,
    told: AtomicU32,
}

fn signed(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).unwrap();
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

#[async_trait]
impl Side for Woocommerce {
    const SECRETS: &'static [&'static str] = &[KEY, SECRET, WEBHOOK_SECRET];
    const CURRENCY: &'static str = "CAD";
    const WEBHOOK_HEADERS: [&'static str; 3] =
        ["X-WC-Webhook-Signature", "X-WC-Webhook-Source", "https://other.example/"];

    async fn open() -> Self {
        let market = Market::open(Rest).await;
        let shop = WoocommerceShop::new(WoocommerceSettings {
            base_url: market.base_url.clone(),
            consumer_key: KEY.to_owned(),
            consumer_secret: SECRET.to_owned(),
            webhook_secrets: vec![WEBHOOK_SECRET.to_owned()],
            answer_within: PATIENCE,
        });
        Self { shop: shop.unwrap(), market, told: AtomicU32::new(0) }
    }

    fn shop(&self) -> &dyn ShopGateway {
        &self.shop
    }

    fn debug(&self) -> String {
        format!("{:?}", self.shop)
    }

    fn market(&self) -> &Market {
        &self.market
    }

    fn webhook(&self, trade: u64) -> Option<Webhook> {
        let body = json!({"id": trade, "status": "processing"}).to_string().into_bytes();
        let id = self.told.fetch_add(1, Ordering::SeqCst);
        let headers = vec![
            ("X-WC-Webhook-Signature", signed(&body)),
            ("X-WC-Webhook-Source", format!("{}/", self.market.base_url)),
            ("X-WC-Webhook-Topic", "order.updated".to_owned()),
            ("X-WC-Webhook-Delivery-ID", format!("d-{id}")),
        ];
        Some(Webhook { headers, body })
    }
}

contract!(Woocommerce);

#[tokio::test]
async fn the_ping_is_answered_and_says_nothing() {
    let side = Woocommerce::open().await;
    let heard = |body: &[u8]| side.shop.webhook(&|_| None, body, START);
    assert_eq!(heard(b"webhook_id=7"), Ok(ShopHint { event: String::new(), trade: None }));
    for body in [&b"webhook_id="[..], b"webhook_id=7&id=1", b"webhook_id=7x", b"xwebhook_id=7"] {
        assert_eq!(heard(body), Err(ShopWebhookRefusal::Signature));
    }
}
