//! A shop at Taobao: what the platform writes, and its messages.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::shop::{ShopGateway, ShopMessage};
use farline_domain::kernel::Instant;
use farline_domain::shops::{RefundStanding, TradeState, china_time, china_words};
use farline_gateways::marketplace::taobao::{TaobaoSettings, TaobaoShop, TaobaoSigning};
use serde_json::{Value, json};

use super::contract::{Side, contract};
use super::market::{
    Asked, Book, Face, Market, Mishap, PATIENCE, START, Said, Sold, Trouble, Waiting, is_signed,
};

const SECRET: &str = "app-secret-of-ours";
const SESSION: &str = "session-of-the-seller";

struct Platform;

fn error(code: i64, sub_code: &str) -> Said {
    let body = json!({"error_response": {
        "code": code, "msg": "in words", "sub_code": sub_code, "sub_msg": "in words", "request_id": "r",
    }});
    (200, None, body)
}

fn status(sold: &Sold) -> &'static str {
    match sold.state {
        TradeState::NotPaid => "WAIT_BUYER_PAY",
        TradeState::Paid => "WAIT_SELLER_SEND_GOODS",
        TradeState::Held => "PAID_FORBID_CONSIGN",
        TradeState::Shipped => "WAIT_BUYER_CONFIRM_GOODS",
        TradeState::Closed => "TRADE_CLOSED",
    }
}

fn told(sold: &Sold) -> Value {
    let refund = match sold.refund {
        RefundStanding::Absent => "NO_REFUND",
        RefundStanding::Open => "WAIT_SELLER_AGREE",
        RefundStanding::Part | RefundStanding::Done => "SUCCESS",
    };
    let item_status = match sold.refund {
        RefundStanding::Done => "TRADE_CLOSED",
        RefundStanding::Absent | RefundStanding::Open | RefundStanding::Part => status(sold),
    };
    let order = json!({
        "oid": sold.item(), "num": sold.quantity, "outer_sku_id": sold.sku, "outer_iid": "WARE",
        "sku_properties_name": "套餐:30天", "payment": sold.price(), "status": item_status,
        "refund_status": refund,
    });
    json!({
        "tid": sold.number, "status": status(sold), "type": "fixed", "payment": sold.price(),
        "modified": china_words(sold.changed), "pay_time": china_words(sold.changed),
        "buyer_message": sold.message, "seller_memo": sold.memo(), "orders": {"order": [order]},
    })
}

impl Platform {
    fn told(book: &mut Book, asked: &Asked) -> Result<Value, Said> {
        let missing = || error(15, "isv.trade-not-exist");
        let number = asked.field("tid");
        Ok(match asked.field("method") {
            "taobao.trades.sold.increment.get" => {
                let time = |name| china_time(asked.field(name)).unwrap();
                let count = |name: &str| asked.field(name).parse().unwrap();
                let window = (time("start_modified"), time("end_modified"));
                let (page, total) = book.page(window, (count("page_no"), count("page_size")));
                let list: Vec<_> = page.iter().map(|number| json!({"tid": number})).collect();
                if total == 0 {
                    json!({"total_results": 0})
                } else {
                    json!({"total_results": total, "trades": {"trade": list}})
                }
            }
            "taobao.trade.fullinfo.get" => {
                json!({"trade": told(book.find(number).ok_or_else(missing)?)})
            }
            "taobao.logistics.dummy.send" => {
                if !book.ship(number) {
                    return Err(error(15, "isv.logistics-offline-service-error:S01"));
                }
                json!({"shipping": {"is_success": true}})
            }
            "taobao.trade.memo.update" => {
                let notes = asked.field("memo").lines().map(str::to_owned).collect();
                if !book.note(number, notes) {
                    return Err(missing());
                }
                json!({"trade": {"tid": number, "modified": china_words(START)}})
            }
            "taobao.tmc.messages.consume" => {
                let quantity = asked.field("quantity").parse().unwrap();
                let list: Vec<_> = book.messages.iter().take(quantity).map(|waiting| {
                    json!({"id": waiting.id, "topic": waiting.topic, "content": waiting.content.to_string()})
                }).collect();
                json!({"messages": {"tmc_message": list}})
            }
            "taobao.tmc.messages.confirm" => {
                let ids: Vec<u64> =
                    asked.field("s_message_ids").split(',').map(|id| id.parse().unwrap()).collect();
                book.messages.retain(|waiting| !ids.contains(&waiting.id));
                json!({"is_success": true})
            }
            _ => return Err(error(22, "")),
        })
    }
}

impl Face for Platform {
    fn answer(&self, book: &mut Book, now: Instant, asked: &Asked) -> Said {
        let at = china_time(asked.field("timestamp")).unwrap();
        if !is_signed(SECRET, asked) {
            return error(25, "");
        }
        if asked.field("session") != SESSION {
            return error(27, "isv.invalid-session");
        }
        if now.millis_since(at).abs() > 600_000 {
            return error(31, "");
        }
        match Self::told(book, asked) {
            Ok(body) => {
                let name = asked.field("method").trim_start_matches("taobao.").replace('.', "_");
                (200, None, json!({format!("{name}_response"): body}))
            }
            Err(said) => said,
        }
    }

    fn trouble(&self, trouble: Trouble) -> Said {
        match trouble {
            Trouble::TooOften => error(7, "accesscontrol.limited-by-app-access-count"),
            Trouble::SignedOut => error(27, "isv.invalid-session"),
            Trouble::Passing => error(15, "isp.remote-service-timeout"),
        }
    }
}

struct Taobao {
    shop: TaobaoShop,
    market: Market,
}

#[async_trait]
impl Side for Taobao {
    const SECRETS: &'static [&'static str] = &[SECRET, SESSION];
    const CURRENCY: &'static str = "CNY";

    async fn open() -> Self {
        let market = Market::open(Platform).await;
        let shop = TaobaoShop::new(TaobaoSettings {
            base_url: format!("{}/router/rest", market.base_url),
            app_key: "12345678".to_owned(),
            app_secret: SECRET.to_owned(),
            session: SESSION.to_owned(),
            signing: TaobaoSigning::Md5,
            message_group: Some("default".to_owned()),
            answer_within: PATIENCE,
        });
        Self { shop: shop.unwrap(), market }
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
}

contract!(Taobao);

fn message(id: u64, trade: Option<&str>) -> ShopMessage {
    ShopMessage { id: id.to_string(), trade: trade.map(str::to_owned) }
}

#[tokio::test]
async fn messages_come_again_until_they_are_confirmed() {
    let side = Taobao::open().await;
    assert!(side.shop.has_messages());
    assert_eq!(side.shop.messages(START).await, Ok(Ok(Vec::new())));
    let paid = |tid: Value| json!({"tid": tid, "oid": 1, "payment": "12.50", "buyer_nick": "b"});
    side.market.book().messages = vec![
        Waiting { id: 1, topic: "taobao_trade_TradeBuyerPay", content: paid(json!(11)) },
        // Told twice, under another id.
        Waiting { id: 2, topic: "taobao_trade_TradeBuyerPay", content: paid(json!("11")) },
        Waiting { id: 3, topic: "taobao_top_AuthCancel", content: json!({"seller": 1}) },
        Waiting { id: 4, topic: "taobao_trade_TradeBuyerPay", content: json!("broken") },
    ];
    let expected =
        [message(1, Some("11")), message(2, Some("11")), message(3, None), message(4, None)];
    for _ in 0..2 {
        assert_eq!(side.shop.messages(START).await.unwrap().unwrap(), expected);
    }
    let ids = ["1".to_owned(), "2".to_owned()];
    // The answer is lost: they are confirmed, and confirming again does no harm.
    side.market.fail(0, Mishap::Half);
    assert!(side.shop.confirm(&ids, START).await.is_err());
    assert_eq!(side.shop.confirm(&ids, START).await, Ok(Ok(())));
    assert_eq!(side.shop.messages(START).await.unwrap().unwrap(), expected[2..]);
    assert_eq!(side.shop.confirm(&[], START).await, Ok(Ok(())));
}

#[tokio::test]
async fn a_wrong_secret_is_refused_and_not_asked_again() {
    let market = Market::open(Platform).await;
    let settings = TaobaoSettings {
        base_url: market.base_url.clone(),
        app_key: "12345678".to_owned(),
        app_secret: "another".to_owned(),
        session: SESSION.to_owned(),
        signing: TaobaoSigning::Md5,
        message_group: None,
        answer_within: PATIENCE,
    };
    let shop = TaobaoShop::new(settings).unwrap();
    assert_eq!(shop.trade("1", START).await.unwrap().unwrap_err().0, "25");
    assert!(!shop.has_messages());
}
