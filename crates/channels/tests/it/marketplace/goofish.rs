//! The steward, played.

use super::scripted::{Scripted, Seen, Sent, Wish, Words, fields, md5, of};
use axum::http::HeaderMap;
use farline_channels::marketplace::goofish::{Goofish, GoofishSettings};
use farline_domain::kernel::Instant;
use serde_json::{Value, json};

pub(crate) const APP_SECRET: &str = "app-tell-nobody";
pub(crate) const MCH_SECRET: &str = "mch-tell-nobody";

pub(crate) struct Steward;

pub(crate) fn adapter() -> Goofish {
    Goofish::new(GoofishSettings {
        app_id: "1001".to_owned(),
        app_secret: APP_SECRET.to_owned(),
        mch_id: "2002".to_owned(),
        mch_secrets: vec!["the-next-one".to_owned(), MCH_SECRET.to_owned()],
    })
}

fn sign((secret, body): (&str, &[u8]), timestamp: &str) -> String {
    let body = md5(body);
    md5(format!("1001,{APP_SECRET},{body},{timestamp},2002,{secret}").as_bytes())
}

/// A signed request.
pub(crate) fn asks(path: &str, body: &str, at: Instant) -> Sent {
    let timestamp = (at.millis() / 1000).to_string();
    let sign = sign((MCH_SECRET, body.as_bytes()), &timestamp);
    Sent {
        method: "POST",
        path: format!("/endpoints/goofish/goofish/{path}"),
        query: format!("mch_id=2002&timestamp={timestamp}&sign={sign}"),
        headers: vec![("content-type", "application/json".to_owned())],
        body: body.as_bytes().to_vec(),
    }
}

pub(crate) fn order_body(wish: &Wish) -> Value {
    json!({
        "order_no": wish.order,
        "goods_no": wish.good,
        "biz_content": { "account": wish.account, "buyer_ip": "203.0.113.9" },
        "buy_quantity": wish.quantity,
        "max_amount": wish.price,
        "notify_url": wish.notify,
        "biz_order_no": "4400000000000000001",
    })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Scripted for Steward {
    fn name(&self) -> &'static str {
        "goofish"
    }

    fn words(&self) -> Words {
        Words {
            running: "10",
            done: "20",
            failed: "30",
            forged: "401",
            old: Some(("408", 301)),
            unreadable: "400",
            quantity: "1003",
            good: "1001",
            account: "1004",
            price: "1005",
            used_up: "1006",
            in_progress: "1008",
            other_order: "1009",
            unknown_order: "1010",
        }
    }

    fn order(&self, wish: &Wish, at: Instant) -> Sent {
        asks("order/recharge/create", &order_body(wish).to_string(), at)
    }

    fn look(&self, order: &str, at: Instant) -> Sent {
        let body = json!({ "order_type": 1, "order_no": order, "out_order_no": "ord_other" });
        asks("order/detail", &body.to_string(), at)
    }

    fn look_by_ours(&self, ours: &str, at: Instant) -> Option<Sent> {
        let body = json!({ "order_type": 1, "out_order_no": ours });
        Some(asks("order/detail", &body.to_string(), at))
    }

    fn cancel(&self, order: &str, at: Instant) -> Option<Sent> {
        let body = json!({
            "order_no": order, "order_type": 1, "refund_type": 1, "refund_reason": "不想要了",
            "notify_url": "https://steward.example/refund",
        });
        Some(asks("order/refund/apply", &body.to_string(), at))
    }

    fn read(&self, body: &[u8]) -> Seen {
        let answer: Value = serde_json::from_slice(body).unwrap();
        let data = &answer["data"];
        let says = match (answer["code"].as_i64().unwrap(), data["result"].as_str()) {
            (0, None) => data["order_status"].to_string(),
            // What is given back was not charged.
            (0, Some("agree")) => "30".to_owned(),
            (0, Some("refuse")) => "20".to_owned(),
            (0, Some(other)) => other.to_owned(),
            (1011, _) => "10".to_owned(),
            (code, _) => code.to_string(),
        };
        assert_eq!(answer["msg"] == "OK", answer["code"] == 0, "{answer}");
        Seen { says, theirs: text(&data["order_no"]), ours: text(&data["out_order_no"]) }
    }

    fn hear(&self, query: &str, headers: &HeaderMap, body: &[u8]) -> Seen {
        let query = fields(query);
        let expected = sign(("the-next-one", body), &of(&query, "timestamp"));
        assert_eq!((of(&query, "sign"), of(&query, "mch_id")), (expected, "2002".to_owned()));
        assert_eq!(of(&query, "token"), "t0", "what stood in the address stays");
        assert_eq!(headers["content-type"], "application/json");
        let told: Value = serde_json::from_slice(body).unwrap();
        assert_eq!((&told["order_type"], &told["card_items"]), (&json!(1), &json!([])));
        assert!(told["end_time"].is_i64());
        let says = told["order_status"].to_string();
        Seen { says, theirs: text(&told["order_no"]), ours: text(&told["out_order_no"]) }
    }

    fn heard(&self) -> String {
        r#"{"code":0,"msg":"OK"}"#.to_owned()
    }
}
