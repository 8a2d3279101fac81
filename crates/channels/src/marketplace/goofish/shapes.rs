//! What the steward asks and is told. Kinds are strict: a number is no text, and a text no number.

use super::super::clock::seconds;
use super::{DIRECT, status};
use farline_app::ports::platform::{Fault, Good, OrderTold};
use farline_domain::kernel::Instant;
use farline_domain::partners::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct GoodsAsked {
    pub(super) keyword: Option<String>,
    pub(super) goods_type: Option<i64>,
    pub(super) page_no: i64,
    pub(super) page_size: i64,
}

#[derive(Deserialize)]
pub(super) struct GoodAsked {
    pub(super) goods_type: i64,
    pub(super) goods_no: String,
}

#[derive(Deserialize)]
pub(super) struct OrderAsked {
    pub(super) order_no: String,
    pub(super) goods_no: String,
    pub(super) biz_content: Account,
    pub(super) buy_quantity: i64,
    pub(super) max_amount: Option<i64>,
    pub(super) notify_url: String,
}

#[derive(Deserialize)]
pub(super) struct Account {
    pub(super) account: String,
}

#[derive(Deserialize)]
pub(super) struct LookAsked {
    pub(super) order_type: i64,
    pub(super) order_no: Option<String>,
    pub(super) out_order_no: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RefundAsked {
    pub(super) order_type: Option<i64>,
    pub(super) order_no: Option<String>,
    pub(super) out_order_no: Option<String>,
    pub(super) refund_amount: Option<i64>,
}

/// Something sold, with what a buyer has to fill in.
pub(super) fn good(good: &Good) -> Value {
    json!({
        "goods_no": good.code,
        "goods_type": DIRECT,
        "goods_name": good.name,
        "price": good.price,
        "stock": good.stock,
        "status": if good.is_sold { 1 } else { 2 },
        "update_time": good.since.map(seconds),
        "template": [{ "code": "account", "name": "手机号或 ICCID", "check": 1 }],
    })
}

/// How an order stands.
pub(super) fn order(order: &OrderTold) -> Value {
    json!({
        "order_no": order.theirs,
        "out_order_no": order.ours,
        "order_status": status(order.outcome),
        "order_amount": order.price,
        "order_time": seconds(order.since),
        "end_time": order.ended.map(seconds),
        "card_items": [],
        "remark": order.refusal.unwrap_or_default(),
    })
}

/// An order of which it is not known whether it was taken.
pub(super) fn not_known(asked: &OrderAsked, now: Instant) -> Value {
    json!({
        "order_no": asked.order_no,
        "order_status": status(Outcome::Running),
        "order_time": seconds(now),
        "remark": "",
    })
}

/// What became of a wish for the money back: it comes back where nothing was charged, and does not where something was.
pub(super) fn refund(order: &OrderTold, asked: &RefundAsked, now: Instant) -> Result<Value, Fault> {
    let amount = asked.refund_amount.or(order.price);
    match order.outcome {
        Outcome::Failed => Ok(json!({
            "result": "agree",
            "remark": "",
            "refund_data": {
                "apply_time": seconds(now),
                "refund_status": status(Outcome::Succeeded),
                "refund_amount": amount,
                "refund_time": order.ended.map_or_else(|| seconds(now), seconds),
            },
        })),
        Outcome::Succeeded => Ok(json!({ "result": "refuse", "remark": "已充值成功" })),
        Outcome::Running => Err(Fault::NotKnownYet),
    }
}
