//! Orders as JD writes them.

use farline_app::ports::shop::{ShopAnswer, ShopRefusal, ShopUnknown};
use farline_domain::kernel::{Currency, Money};
use farline_domain::shops::{
    BuyerWords, RefundStanding, Trade, TradeItem, TradeState, china_time, read_amount,
};
use serde::Deserialize;
use serde_json::Value;

use crate::marketplace::answer::{refused, unsound};

/// Orders on one page; the most there can be.
pub(super) const PAGE_SIZE: u32 = 100;
/// What is asked of an order: nothing about the receiver.
pub(super) const FIELDS: &str = "orderId,orderState,payType,modified,paymentConfirmTime,orderRemark,\
    venderRemark,orderPayment,itemInfoList";
/// Every state that an order may have come into.
pub(super) const STATES: &str = "WAIT_SELLER_STOCK_OUT,WAIT_SELLER_DELIVERY,WAIT_GOODS_RECEIVE_CONFIRM,\
    FINISHED_L,TRADE_CANCELED,NOT_PAY,LOCKED,PAUSE,POP_ORDER_PAUSE";

/// The answer to a search.
#[derive(Deserialize)]
pub(super) struct Search {
    searchorderinfo_result: Found,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    #[serde(default)]
    order_info_list: Vec<Named>,
    order_total: u32,
    api_result: ApiResult,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    order_id: Value,
}

impl Search {
    pub(super) const fn total(&self) -> u32 {
        self.searchorderinfo_result.order_total
    }

    pub(super) fn numbers(&self) -> ShopAnswer<Vec<String>> {
        let found = &self.searchorderinfo_result;
        if let Err(refusal) = found.api_result.result() {
            return Ok(Err(refusal));
        }
        let numbers = found.order_info_list.iter().map(|order| text_of(&order.order_id));
        numbers.collect::<Option<_>>().map(Ok).ok_or_else(unsound)
    }
}

/// Whether JD did it, which is told apart from whether it was asked well.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiResult {
    success: Value,
    #[serde(default)]
    number_code: Value,
}

impl ApiResult {
    fn result(&self) -> Result<(), ShopRefusal> {
        // The truth value comes as one or as text.
        if self.success == true || self.success == "true" {
            return Ok(());
        }
        Err(refused(&text_of(&self.number_code).unwrap_or_else(|| "no_code".to_owned())))
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The answer about a shipment.
#[derive(Deserialize)]
pub(super) struct Done {
    sopjosshipment_result: ApiResult,
}

impl Done {
    pub(super) fn result(&self) -> Result<(), ShopRefusal> {
        self.sopjosshipment_result.result()
    }
}

/// The answer about a remark: `0` is done.
#[derive(Deserialize)]
pub(super) struct Remarked {
    code: Value,
}

impl Remarked {
    pub(super) fn result(&self) -> ShopAnswer<()> {
        match text_of(&self.code).as_deref() {
            Some("0") => Ok(Ok(())),
            Some(code) => Ok(Err(refused(code))),
            None => Err(unsound()),
        }
    }
}

/// The answer about one order.
#[derive(Deserialize)]
pub(super) struct Detail {
    #[serde(rename = "orderDetailInfo")]
    info: DetailInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DetailInfo {
    api_result: ApiResult,
    order_info: Option<Full>,
}

impl Detail {
    /// The order, if it is the one that was asked for.
    pub(super) fn full(self, number: &str) -> Result<Result<Full, ShopRefusal>, ShopUnknown> {
        if let Err(refusal) = self.info.api_result.result() {
            return Ok(Err(refusal));
        }
        let full = self.info.order_info.ok_or_else(unsound)?;
        let is_asked_for = text_of(&full.order_id).is_some_and(|own| own == number);
        if is_asked_for { Ok(Ok(full)) } else { Err(unsound()) }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Full {
    order_id: Value,
    order_state: String,
    #[serde(default)]
    pay_type: String,
    modified: String,
    payment_confirm_time: Option<String>,
    #[serde(default)]
    order_remark: Option<String>,
    #[serde(default)]
    vender_remark: Option<String>,
    order_payment: String,
    item_info_list: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    sku_id: Value,
    /// The seller's code.
    #[serde(default)]
    outer_sku_id: Option<String>,
    #[serde(rename = "itemTotal")]
    pieces: String,
    jd_price: String,
}

impl Full {
    pub(super) fn remark(&self) -> &str {
        self.vender_remark.as_deref().unwrap_or_default()
    }

    /// The order; none when something in it cannot be read.
    pub(super) fn trade(&self) -> Option<Trade> {
        let paid_at = match self.payment_confirm_time.as_deref() {
            None | Some("") => None,
            Some(text) => Some(china_time(text)?),
        };
        let words = self.order_remark.clone().unwrap_or_default();
        Some(Trade {
            number: text_of(&self.order_id)?,
            state: state(&self.order_state, &self.pay_type),
            changed_at: china_time(&self.modified)?,
            paid_at,
            words: vec![BuyerWords::new(words)],
            items: self.item_info_list.iter().map(|item| self.item(item)).collect::<Option<_>>()?,
        })
    }

    fn item(&self, item: &Item) -> Option<TradeItem> {
        let quantity: u32 = item.pieces.parse().ok()?;
        let yuan = Currency::parse("CNY")?;
        // What was paid is told for the whole; of several things each counts at its price.
        let paid = if self.item_info_list.len() == 1 {
            read_amount(&self.order_payment, yuan)?
        } else {
            let price = read_amount(&item.jd_price, yuan)?;
            Money { minor: price.minor.checked_mul(i64::from(quantity))?, ..price }
        };
        Some(TradeItem {
            number: text_of(&item.sku_id)?,
            sku: item.outer_sku_id.clone().unwrap_or_default(),
            quantity,
            paid,
            // JD locks the whole order when a refund is asked for.
            refund: RefundStanding::Absent,
            words: Vec::new(),
        })
    }
}

/// A word that is not known is held: nothing is delivered on it, and a person sees it.
fn state(state: &str, pay_type: &str) -> TradeState {
    match state {
        // Paid on delivery: nobody has the money.
        "WAIT_SELLER_STOCK_OUT" if pay_type.starts_with("1-") => TradeState::Held,
        "WAIT_SELLER_STOCK_OUT" => TradeState::Paid,
        "WAIT_SELLER_DELIVERY" | "WAIT_GOODS_RECEIVE_CONFIRM" | "FINISHED_L" => TradeState::Shipped,
        "TRADE_CANCELED" => TradeState::Closed,
        "NOT_PAY" => TradeState::NotPaid,
        _ => TradeState::Held,
    }
}

#[cfg(test)]
mod tests {
    use farline_domain::shops::TradeState;

    use super::state;

    #[test]
    fn only_one_word_means_that_it_is_to_be_delivered() {
        let table = [
            ("WAIT_SELLER_STOCK_OUT", "4-在线支付", TradeState::Paid),
            ("WAIT_SELLER_STOCK_OUT", "1-货到付款", TradeState::Held),
            ("WAIT_SELLER_DELIVERY", "4-在线支付", TradeState::Shipped),
            ("WAIT_GOODS_RECEIVE_CONFIRM", "4-在线支付", TradeState::Shipped),
            ("FINISHED_L", "4-在线支付", TradeState::Shipped),
            ("TRADE_CANCELED", "4-在线支付", TradeState::Closed),
            ("NOT_PAY", "4-在线支付", TradeState::NotPaid),
            ("LOCKED", "4-在线支付", TradeState::Held),
            ("PAUSE", "4-在线支付", TradeState::Held),
            ("POP_ORDER_PAUSE", "4-在线支付", TradeState::Held),
            ("SOMETHING_NEW", "4-在线支付", TradeState::Held),
        ];
        for (word, pay_type, expected) in table {
            assert_eq!(state(word, pay_type), expected, "{word} {pay_type}");
        }
    }
}
