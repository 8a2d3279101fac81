//! A shop run on Shopify: what its Admin API writes, and its webhooks.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::shop::{ShopGateway, ShopWebhookRefusal};
use farline_domain::kernel::Instant;
use farline_domain::shops::{RefundStanding, TradeState};
use farline_gateways::marketplace::shopify::{ShopifySettings, ShopifyShop};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::contract::{Side, Webhook, contract};
use super::market::{Asked, Book, Face, Market, PATIENCE, START, Said, Sold, Trouble};

const TOKEN: &str = "shpat_token_of_ours";
const SECRET: &str = "shpss_secret_of_ours";
const DOMAIN: &str = "red-maple.myshopify.com";

struct Admin;

fn error(code: &str) -> Said {
    (200, None, json!({"errors": [{"message": "in words", "extensions": {"code": code}}]}))
}

fn money(amount: &str) -> Value {
    json!({"presentmentMoney": {"amount": amount, "currencyCode": "CAD"}})
}

fn told(sold: &Sold) -> Value {
    let (cancelled, money_word, goods) = match sold.state {
        TradeState::NotPaid => (Value::Null, "PENDING", "UNFULFILLED"),
        TradeState::Paid => (Value::Null, "PAID", "UNFULFILLED"),
        TradeState::Held => (Value::Null, "PAID", "ON_HOLD"),
        TradeState::Shipped => (Value::Null, "PAID", "FULFILLED"),
        TradeState::Closed => (json!("2026-01-02T03:04:05Z"), "PAID", "UNFULFILLED"),
    };
    let (left, returned, money_word) = match sold.refund {
        RefundStanding::Absent => (sold.quantity, "NO_RETURN", money_word),
        RefundStanding::Open => (sold.quantity, "RETURN_REQUESTED", money_word),
        RefundStanding::Part => (sold.quantity, "NO_RETURN", "PARTIALLY_REFUNDED"),
        RefundStanding::Done => (0, "NO_RETURN", "PARTIALLY_REFUNDED"),
    };
    // 100.00 of it is the price, the rest is tax.
    let tax = format!("{}.{:02}", (sold.paid - 10_000) / 100, (sold.paid - 10_000) % 100);
    json!({
        "id": format!("gid://shopify/Order/{}", sold.number), "updatedAt": sold.changed.rfc3339(),
        "processedAt": sold.changed.rfc3339(), "cancelledAt": cancelled,
        "displayFinancialStatus": money_word, "displayFulfillmentStatus": goods,
        "returnStatus": returned, "note": sold.memo(), "taxesIncluded": false,
        "customAttributes": [{"key": "_source", "value": "4375550199"}],
        "lineItems": {"nodes": [{
            "id": format!("gid://shopify/LineItem/{}", sold.item()), "sku": sold.sku,
            "quantity": sold.quantity, "currentQuantity": left,
            "customAttributes": [{"key": "Phone", "value": sold.message}],
            "discountedTotalSet": money("100.0"), "taxLines": [{"priceSet": money(&tax)}],
        }]},
    })
}

/// The two times in `updated_at:>='…' AND updated_at:<='…'`.
fn window(query: &str) -> (Instant, Instant) {
    let mut times = query.split('\'').skip(1).step_by(2).map(|text| {
        Instant::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    });
    (times.next().unwrap(), times.next().unwrap())
}

/// Oldest first, each page from behind the last cursor on.
fn page(book: &mut Book, given: &Value) -> Value {
    let window = window(given["query"].as_str().unwrap());
    let size = usize::try_from(given["first"].as_u64().unwrap()).unwrap();
    let after: Option<(i64, u64)> = given["after"].as_str().map(|cursor| {
        let (at, number) = cursor.split_once(' ').unwrap();
        (at.parse().unwrap(), number.parse().unwrap())
    });
    let mut all: Vec<(i64, u64)> = book
        .changed(window.0, window.1)
        .iter()
        .map(|number| (book.trades[number].changed.millis(), *number))
        .filter(|place| after.is_none_or(|after| *place > after))
        .collect();
    all.sort_unstable();
    let page: Vec<_> = all.iter().take(size).collect();
    let nodes: Vec<_> = page
        .iter()
        .map(|(_, number)| json!({"id": format!("gid://shopify/Order/{number}")}))
        .collect();
    let cursor = page.last().map(|(at, number)| format!("{at} {number}"));
    book.a_page_was_told(window.1);
    json!({"orders": {"nodes": nodes,
        "pageInfo": {"hasNextPage": all.len() > size, "endCursor": cursor}}})
}

impl Face for Admin {
    fn answer(&self, book: &mut Book, _now: Instant, asked: &Asked) -> Said {
        if asked.header("X-Shopify-Access-Token") != TOKEN {
            return (401, None, json!({"errors": "[API] Invalid API key or access token"}));
        }
        assert_eq!(asked.path, "/admin/api/2026-04/graphql.json");
        let body = asked.json();
        let (query, given) = (body["query"].as_str().unwrap(), &body["variables"]);
        let number = |id: &Value| id.as_str().unwrap_or("").rsplit('/').next().unwrap().to_owned();
        let objections = |is_done: bool| {
            if is_done { json!([]) } else { json!([{"field": ["id"], "message": "in words"}]) }
        };
        let data = if query.contains("orders(first") {
            page(book, given)
        } else if query.contains("fulfillmentCreate") {
            let part =
                &given["fulfillment"]["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderId"];
            let is_done = book.ship(&number(part));
            json!({"fulfillmentCreate": {"fulfillment": null, "userErrors": objections(is_done)}})
        } else if query.contains("orderUpdate") {
            let input = &given["input"];
            let notes = input["note"].as_str().unwrap().lines().map(str::to_owned).collect();
            let is_done = book.note(&number(&input["id"]), notes);
            json!({"orderUpdate": {"order": null, "userErrors": objections(is_done)}})
        } else if query.contains("fulfillmentOrders(first") {
            let id = format!("gid://shopify/FulfillmentOrder/{}", number(&given["id"]));
            json!({"order": {"fulfillmentOrders": {"nodes": [{"id": id, "status": "OPEN"}]}}})
        } else {
            json!({"order": book.find(&number(&given["id"])).map(told)})
        };
        (200, None, json!({"data": data}))
    }

    fn trouble(&self, trouble: Trouble) -> Said {
        match trouble {
            Trouble::TooOften => error("THROTTLED"),
            Trouble::SignedOut => (401, None, json!({"errors": "in words"})),
            Trouble::Passing => error("INTERNAL_SERVER_ERROR"),
        }
    }
}

struct Shopify {
    shop: ShopifyShop,
    market: Market,
    told: AtomicU32,
}

fn signed(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

impl Shopify {
    fn webhook_about(&self, topic: &str, body: &Value) -> Webhook {
        let body = body.to_string().into_bytes();
        let id = self.told.fetch_add(1, Ordering::SeqCst);
        let headers = vec![
            ("X-Shopify-Hmac-Sha256", signed(&body)),
            ("X-Shopify-Shop-Domain", DOMAIN.to_owned()),
            ("X-Shopify-Topic", topic.to_owned()),
            ("X-Shopify-Webhook-Id", format!("w-{id}")),
            ("X-Shopify-Triggered-At", START.rfc3339()),
        ];
        Webhook { headers, body }
    }
}

#[async_trait]
impl Side for Shopify {
    const SECRETS: &'static [&'static str] = &[TOKEN, SECRET];
    const CURRENCY: &'static str = "CAD";
    const WEBHOOK_HEADERS: [&'static str; 3] =
        ["X-Shopify-Hmac-Sha256", "X-Shopify-Shop-Domain", "blue-spruce.myshopify.com"];

    async fn open() -> Self {
        let market = Market::open(Admin).await;
        let shop = ShopifyShop::new(ShopifySettings {
            domain: DOMAIN.to_owned(),
            base_url: market.base_url.clone(),
            access_token: TOKEN.to_owned(),
            webhook_secrets: vec!["shpss_the_one_before".to_owned(), SECRET.to_owned()],
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
        let body = json!({"id": trade, "financial_status": "paid", "note": "4165550188"});
        Some(self.webhook_about("orders/paid", &body))
    }
}

contract!(Shopify);

fn heard(
    side: &Shopify,
    webhook: &Webhook,
    now: Instant,
) -> Result<Option<String>, ShopWebhookRefusal> {
    let header = |asked: &str| {
        let found = webhook.headers.iter().find(|(name, _)| *name == asked);
        found.map(|(_, value)| value.clone())
    };
    side.shop.webhook(&header, &webhook.body, now).map(|hint| hint.trade)
}

#[tokio::test]
async fn a_webhook_names_its_trade_or_none() {
    let side = Shopify::open().await;
    let table = [
        ("orders/paid", json!({"id": 1001}), Ok(Some("1001"))),
        ("orders/cancelled", json!({"id": 1001}), Ok(Some("1001"))),
        ("refunds/create", json!({"id": 5, "order_id": 1001}), Ok(Some("1001"))),
        ("app/uninstalled", json!({"id": 5}), Ok(None)),
        ("orders/paid", json!({"name": "#1"}), Err(ShopWebhookRefusal::Body)),
        ("orders/paid", json!([1001]), Err(ShopWebhookRefusal::Body)),
        ("refunds/create", json!({"id": 5}), Err(ShopWebhookRefusal::Body)),
    ];
    for (topic, body, expected) in table {
        let told = heard(&side, &side.webhook_about(topic, &body), START);
        assert_eq!(
            told.as_ref().map(Option::as_deref),
            expected.as_ref().copied(),
            "{topic} {body}"
        );
    }
}

#[tokio::test]
async fn a_webhook_is_repeated_for_four_hours_and_no_longer() {
    let side = Shopify::open().await;
    let webhook = side.webhook(1).unwrap();
    let at = |hours: i64| heard(&side, &webhook, START.plus_seconds(hours * 3_600));
    assert!(at(4).is_ok());
    assert_eq!(at(6), Err(ShopWebhookRefusal::TooOld));
}
