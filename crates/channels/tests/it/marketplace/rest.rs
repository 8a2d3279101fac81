//! What only one platform asks.

use super::goofish::{asks, order_body};
use super::market::{BIG, MONTH, Market, PLENTY, big};
use super::scripted::Sent;
use super::taobao::{self, element};
use crate::accounts::world::MINE;
use axum::body::to_bytes;
use encoding_rs::GBK;
use farline_app::partners::{self, PartnerChange};
use farline_domain::orders::PartnerCode;
use farline_domain::partners::Trading;
use farline_testkit::{OWN_BIG, SUPPLIED_MONTH};
use serde_json::{Value, json};

async fn answered(market: &Market, sent: &Sent) -> Value {
    serde_json::from_slice(&market.asks(sent).await).unwrap()
}

async fn asked(market: &Market, path: &str, body: &Value) -> Value {
    answered(market, &asks(path, &body.to_string(), market.world.app.now())).await
}

#[tokio::test]
async fn the_steward_reads_who_we_are_what_is_left_and_what_is_sold() {
    let market = Market::open(PLENTY).await;
    let mut bare = asks("open/info", "", market.world.app.now());
    bare.query = String::new();
    let info = answered(&market, &bare).await;
    let features = json!({
        "is_support_order_refund": true,
        "is_support_goods_notify": false,
        "is_support_loss_purchase": false,
    });
    let expected = json!({ "app_id": "1001", "features": features });
    assert_eq!(info, json!({ "code": 0, "msg": "OK", "data": expected }));
    let signed_as_nothing = asks("user/info", "", market.world.app.now());
    let mut signed_as_empty = asks("user/info", "{}", market.world.app.now());
    signed_as_empty.body = Vec::new();
    for sent in [signed_as_nothing, signed_as_empty] {
        let balance = answered(&market, &sent).await;
        assert_eq!(balance["data"], json!({ "balance": PLENTY * 520 / 100 }));
    }
    let page = json!({ "keyword": "", "goods_type": 1, "page_no": 1, "page_size": 1 });
    let list = asked(&market, "goods/list", &page).await;
    let good = &list["data"]["list"][0];
    assert_eq!(
        (&list["data"]["count"], list["data"]["list"].as_array().unwrap().len()),
        (&json!(2), 1)
    );
    assert_eq!((&good["goods_no"], &good["price"]), (&json!(OWN_BIG), &json!(BIG)));
    assert_eq!((&good["goods_type"], &good["status"]), (&json!(1), &json!(1)));
    assert_eq!(good["stock"], json!(PLENTY / 3_119), "what the account pays for");
    assert!(good["update_time"].as_i64().unwrap() > 0 && good["template"].is_array());
    let second = json!({ "page_no": 2, "page_size": 1 });
    let list = asked(&market, "goods/list", &second).await;
    assert_eq!(list["data"]["list"][0]["goods_no"], SUPPLIED_MONTH);
    let wanted = json!({ "goods_type": 1, "goods_no": SUPPLIED_MONTH });
    let detail = asked(&market, "goods/detail", &wanted).await;
    assert_eq!(detail["data"]["price"], MONTH);
    let other = json!({ "goods_type": 1, "goods_no": "northlight-1gb-more" });
    assert_eq!(asked(&market, "goods/detail", &other).await["code"], 1001);
    stop(&market, "goofish").await;
    let detail = asked(&market, "goods/detail", &wanted).await;
    assert_eq!((&detail["data"]["status"], &detail["data"]["stock"]), (&json!(2), &json!(0)));
    let order = asked(&market, "order/recharge/create", &order_body(&big("P-1", MINE))).await;
    assert_eq!(order["code"], 1007);
}

async fn stop(market: &Market, name: &str) {
    let code = PartnerCode::parse(name).unwrap();
    let partner = market.world.app.store.partner(&code).await.unwrap().unwrap();
    let wish = PartnerChange { trading: Some(Trading::Stopped), ..PartnerChange::default() };
    partners::change(&market.world.app, &partner, wish).await.unwrap();
}

#[tokio::test]
async fn codes_and_tickets_are_refused_clearly_and_kinds_are_strict() {
    let market = Market::open(PLENTY).await;
    let order = order_body(&big("P-1", MINE));
    for (path, body) in [
        ("order/purchase/create", order.clone()),
        ("order/ticket/create", order.clone()),
        ("goods/change/subscribe", json!({})),
        ("goods/list", json!({ "goods_type": 2, "page_no": 1, "page_size": 10 })),
        ("goods/detail", json!({ "goods_type": 2, "goods_no": OWN_BIG })),
        ("order/detail", json!({ "order_type": 2, "order_no": "P-1" })),
    ] {
        assert_eq!(asked(&market, path, &body).await["code"], 1000, "{path} {body}");
    }
    let with = |name: &str, value: Value| {
        let mut changed = order.clone();
        changed[name] = value;
        ("order/recharge/create", changed)
    };
    for (path, body) in [
        with("buy_quantity", json!("1")),
        with("buy_quantity", json!(1.5)),
        with("max_amount", json!("15900")),
        with("order_no", json!(1)),
        with("notify_url", Value::Null),
        with("biz_content", json!({ "account": 14_165_550_100_i64 })),
        ("goods/list", json!({ "page_no": 1, "page_size": 101 })),
        ("goods/list", json!({ "page_no": 0, "page_size": 10 })),
        ("goods/list", json!({ "page_no": "1", "page_size": 10 })),
        ("order/detail", json!({ "order_type": 1 })),
        ("order/detail", json!([])),
    ] {
        assert_eq!(asked(&market, path, &body).await["code"], 400, "{path} {body}");
    }
    // Without a most, the price is not looked at; fields that are new are none of ours.
    let mut free = order.clone();
    free.as_object_mut().unwrap().remove("max_amount");
    free["product_id"] = json!(7);
    let placed = asked(&market, "order/recharge/create", &free).await;
    assert_eq!((&placed["code"], &placed["data"]["order_status"]), (&json!(0), &json!(20)));
    assert_eq!(placed["data"]["order_amount"], BIG);
}

#[tokio::test]
async fn only_the_whole_of_an_order_is_given_back() {
    let market = Market::open(PLENTY).await;
    let wish = super::market::month("P-1");
    asked(&market, "order/recharge/create", &order_body(&wish)).await;
    let back = |fen: i64| json!({ "order_no": "P-1", "order_type": 1, "refund_amount": fen });
    assert_eq!(asked(&market, "order/refund/apply", &back(MONTH - 1)).await["code"], 1012);
    let agreed = asked(&market, "order/refund/apply", &back(MONTH)).await;
    assert_eq!(agreed["data"]["result"], "agree");
    assert_eq!(agreed["data"]["refund_data"]["refund_amount"], MONTH);
}

#[tokio::test]
async fn the_direct_charge_is_answered_in_gbk_whichever_way_it_asks() {
    let market = Market::open(PLENTY).await;
    let now = market.world.app.now();
    let pairs = taobao::order_pairs(&big("P-1", MINE));
    let mut pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (root, sent) in [
        ("gamezctoporder", taobao::asks_by_get("order", &pairs, now)),
        ("gamezctopquery", taobao::asks("query", &pairs, now)),
    ] {
        let response = market.world.answer(sent.request()).await;
        assert_eq!(response.headers()["content-type"], "application/xml; charset=GBK");
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let xml = GBK.decode_without_bom_handling_and_without_replacement(&body).unwrap();
        assert!(
            xml.contains(&format!("<{root}>\n")) && xml.contains(&format!("</{root}>")),
            "{xml}"
        );
        assert_eq!(element(&xml, "coopOrderStatus"), "SUCCESS");
        assert_eq!(element(&xml, "coopOrderSnap"), format!("{OWN_BIG}|P-1"));
    }
    let refused = taobao::asks("query", &[("coopId", "88"), ("tbOrderNo", "P-9")], now);
    let body = market.asks(&refused).await;
    assert!(body.windows(4).any(|octets| octets == b"\xc3\xbb\xd3\xd0"), "the reason is in GBK");
    for (at, value) in [(0, "89"), (3, "1.0"), (5, "158.999"), (5, "15900"), (5, "-1")] {
        let kept = std::mem::replace(&mut pairs[at].1, value);
        let says = market.asks(&taobao::asks("order", &pairs, now)).await;
        let says = String::from_utf8_lossy(&says).into_owned();
        // 15900 yuan is more than enough, and the order stands already.
        let expected = if value == "15900" { "SUCCESS" } else { "GENERAL_ERROR" };
        assert_eq!(element(&says, "coopOrderStatus"), expected, "{value}");
        pairs[at].1 = kept;
    }
    // Twice the same name is no name.
    pairs.push(("customer", "+14165550101"));
    let says = market.asks(&taobao::asks("order", &pairs, now)).await;
    assert_eq!(element(&String::from_utf8_lossy(&says), "failedCode"), "0101");
}
