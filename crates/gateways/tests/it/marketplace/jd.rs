//! A shop at JD: what JOS writes.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::shop::ShopGateway;
use farline_domain::kernel::Instant;
use farline_domain::shops::{RefundStanding, TradeState, china_time, china_words};
use farline_gateways::marketplace::jd::{JdSettings, JdShop};
use serde_json::{Value, json};

use super::contract::{Side, contract};
use super::market::{Asked, Book, Face, Market, PATIENCE, Said, Sold, Trouble, is_signed};

const SECRET: &str = "app-secret-of-ours";
const TOKEN: &str = "token-of-the-seller";

struct Jos;

fn error(code: &str) -> Said {
    let body = json!({"error_response": {"code": code, "zh_desc": "原因", "en_desc": "in words"}});
    (200, None, body)
}

const DONE: u32 = 0;
const REFUSED: u32 = 10_400_001;

fn result(code: u32) -> Value {
    // The truth value comes as text in some answers.
    json!({"success": (code == DONE).to_string(), "numberCode": code,
        "chineseErrCode": "原因", "englishErrCode": "in words"})
}

fn told(sold: &Sold) -> Value {
    let state = match (sold.refund, sold.state) {
        // A part is told by an interface of its own; while it is looked at, the order is locked.
        (RefundStanding::Open | RefundStanding::Part, _) => "LOCKED",
        (RefundStanding::Done, _) | (_, TradeState::Closed) => "TRADE_CANCELED",
        (_, TradeState::NotPaid) => "NOT_PAY",
        (_, TradeState::Paid) => "WAIT_SELLER_STOCK_OUT",
        (_, TradeState::Held) => "PAUSE",
        (_, TradeState::Shipped) => "WAIT_GOODS_RECEIVE_CONFIRM",
    };
    json!({
        "orderId": sold.number.to_string(), "orderState": state, "payType": "4-在线支付",
        "modified": china_words(sold.changed), "paymentConfirmTime": china_words(sold.changed),
        "orderRemark": sold.message, "venderRemark": sold.memo(), "orderPayment": sold.price(),
        "itemInfoList": [{"skuId": sold.item().to_string(), "outerSkuId": sold.sku,
            "itemTotal": sold.quantity.to_string(), "jdPrice": "1.00", "skuName": "30天"}],
    })
}

impl Face for Jos {
    fn answer(&self, book: &mut Book, now: Instant, asked: &Asked) -> Said {
        let at = china_time(asked.field("timestamp")).unwrap();
        if !is_signed(SECRET, asked) || now.millis_since(at).abs() > 600_000 {
            return error("12");
        }
        if asked.field("access_token") != TOKEN {
            return error("19");
        }
        let given: Value = serde_json::from_str(asked.field("360buy_param_json")).unwrap();
        let text = |name: &str| given[name].as_str().unwrap().to_owned();
        let method = asked.field("method");
        let body = match method {
            "jingdong.pop.order.search" => {
                let time = |name| china_time(&text(name)).unwrap();
                let count = |name: &str| text(name).parse().unwrap();
                let window = (time("start_date"), time("end_date"));
                let (page, total) = book.page(window, (count("page"), count("page_size")));
                let list: Vec<_> =
                    page.iter().map(|number| json!({"orderId": number.to_string()})).collect();
                json!({"code": "0", "searchorderinfo_result":
                    {"apiResult": result(DONE), "orderTotal": total, "orderInfoList": list}})
            }
            "jingdong.pop.order.get" => {
                let found = book.find(&text("order_id")).map(told);
                json!({"code": "0", "orderDetailInfo":
                    {"apiResult": result(if found.is_some() { DONE } else { REFUSED }), "orderInfo": found}})
            }
            "jingdong.pop.order.shipment" => {
                assert_eq!(text("logiCoprId"), "1274");
                let is_done = book.ship(&text("orderId"));
                json!({"code": "0", "sopjosshipment_result": result(if is_done { DONE } else { REFUSED })})
            }
            "360buy.order.vender.remark.update" => {
                let notes = text("remark").lines().map(str::to_owned).collect();
                let is_done = book.note(&text("order_id"), notes);
                return (
                    200,
                    None,
                    json!({"order_vender_remark_update_response":
                    {"code": if is_done { "0" } else { "1" }, "modified": "now"}}),
                );
            }
            _ => return error("15"),
        };
        (200, None, json!({format!("{}_responce", method.replace('.', "_")): body}))
    }

    fn trouble(&self, trouble: Trouble) -> Said {
        match trouble {
            Trouble::TooOften => error("2"),
            Trouble::SignedOut => error("19"),
            Trouble::Passing => error("65"),
        }
    }
}

struct Jd {
    shop: JdShop,
    market: Market,
}

#[async_trait]
impl Side for Jd {
    const SECRETS: &'static [&'static str] = &[SECRET, TOKEN];
    const CURRENCY: &'static str = "CNY";

    async fn open() -> Self {
        let market = Market::open(Jos).await;
        let shop = JdShop::new(JdSettings {
            base_url: format!("{}/routerjson", market.base_url),
            app_key: "JDKEY".to_owned(),
            app_secret: SECRET.to_owned(),
            access_token: TOKEN.to_owned(),
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

contract!(Jd);
