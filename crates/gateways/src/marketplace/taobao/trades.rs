//! Trades and messages as Taobao writes them.

use farline_app::ports::shop::ShopMessage;
use farline_domain::kernel::Currency;
use farline_domain::shops::{
    BuyerWords, RefundStanding, Trade, TradeItem, TradeState, china_time, read_amount,
};
use serde::Deserialize;
use serde_json::Value;

/// Trades on one page; the most there can be.
pub(super) const PAGE_SIZE: u32 = 100;
/// What is asked of a trade: nothing about the receiver.
pub(super) const FIELDS: &str = "tid,status,type,modified,pay_time,buyer_message,seller_memo,\
    orders.oid,orders.num,orders.outer_sku_id,orders.outer_iid,orders.sku_properties_name,\
    orders.payment,orders.status,orders.refund_status";

/// A number that is written as one or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u64),
    Text(String),
}

impl Number {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The answer to what changed.
#[derive(Deserialize)]
pub(super) struct Changed {
    pub(super) total_results: u32,
    /// Absent when there is none.
    #[serde(default)]
    trades: List,
}

#[derive(Default, Deserialize)]
struct List {
    #[serde(default)]
    trade: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    tid: Number,
}

impl Changed {
    pub(super) fn into_numbers(self) -> Vec<String> {
        self.trades.trade.iter().map(|trade| trade.tid.text()).collect()
    }
}

/// The answer about one trade.
#[derive(Deserialize)]
pub(super) struct Told {
    pub(super) trade: Full,
}

#[derive(Deserialize)]
pub(super) struct Full {
    tid: Number,
    status: String,
    #[serde(rename = "type")]
    kind: String,
    modified: String,
    pay_time: Option<String>,
    #[serde(default)]
    buyer_message: String,
    #[serde(default)]
    seller_memo: String,
    orders: Orders,
}

#[derive(Deserialize)]
struct Orders {
    order: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    oid: Number,
    num: u32,
    #[serde(default)]
    outer_sku_id: String,
    #[serde(default)]
    outer_iid: String,
    #[serde(default)]
    sku_properties_name: String,
    payment: String,
    status: String,
    refund_status: String,
}

impl Full {
    pub(super) fn number(&self) -> String {
        self.tid.text()
    }

    pub(super) fn memo(&self) -> &str {
        &self.seller_memo
    }

    /// The trade; none when something in it cannot be read.
    pub(super) fn trade(&self) -> Option<Trade> {
        let paid_at = match self.pay_time.as_deref() {
            None | Some("") => None,
            Some(text) => Some(china_time(text)?),
        };
        Some(Trade {
            number: self.number(),
            state: state(&self.status, &self.kind),
            changed_at: china_time(&self.modified)?,
            paid_at,
            words: vec![BuyerWords::new(self.buyer_message.clone())],
            items: self.orders.order.iter().map(Item::item).collect::<Option<_>>()?,
        })
    }
}

impl Item {
    fn item(&self) -> Option<TradeItem> {
        // The code of the very variant, else that of the thing.
        let sku = if self.outer_sku_id.is_empty() { &self.outer_iid } else { &self.outer_sku_id };
        Some(TradeItem {
            number: self.oid.text(),
            sku: sku.clone(),
            quantity: self.num,
            paid: read_amount(&self.payment, Currency::parse("CNY")?)?,
            refund: refund(&self.refund_status, &self.status),
            words: vec![BuyerWords::new(self.sku_properties_name.clone())],
        })
    }
}

/// A word that is not known is held: nothing is delivered on it, and a person sees it.
fn state(status: &str, kind: &str) -> TradeState {
    match status {
        // Paid on delivery: nobody has the money.
        "WAIT_SELLER_SEND_GOODS" if kind == "cod" => TradeState::Held,
        "WAIT_SELLER_SEND_GOODS" => TradeState::Paid,
        "TRADE_NO_CREATE_PAY" | "WAIT_BUYER_PAY" | "PAY_PENDING" | "WAIT_PRE_AUTH_CONFIRM" => {
            TradeState::NotPaid
        }
        "WAIT_BUYER_CONFIRM_GOODS" | "TRADE_BUYER_SIGNED" | "TRADE_FINISHED" => TradeState::Shipped,
        "TRADE_CLOSED" | "TRADE_CLOSED_BY_TAOBAO" => TradeState::Closed,
        _ => TradeState::Held,
    }
}

/// A word that is not known is an open refund. A refund that the seller refused can be asked for again.
fn refund(refund: &str, status: &str) -> RefundStanding {
    match refund {
        _ if matches!(status, "TRADE_CLOSED" | "TRADE_CLOSED_BY_TAOBAO") => RefundStanding::Done,
        "NO_REFUND" | "CLOSED" => RefundStanding::Absent,
        // What is given back whole is closed; how much this is, only another interface tells.
        "SUCCESS" => RefundStanding::Part,
        _ => RefundStanding::Open,
    }
}

/// The answer with messages.
#[derive(Deserialize)]
pub(super) struct Messages {
    #[serde(default)]
    messages: MessageList,
}

#[derive(Default, Deserialize)]
struct MessageList {
    #[serde(default)]
    tmc_message: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    id: Number,
    content: String,
}

#[derive(Deserialize)]
struct Content {
    tid: Option<Value>,
}

impl Messages {
    pub(super) fn into_messages(self) -> Vec<ShopMessage> {
        let read = |message: Message| ShopMessage {
            id: message.id.text(),
            trade: serde_json::from_str(&message.content).ok().and_then(trade_of),
        };
        self.messages.tmc_message.into_iter().map(read).collect()
    }
}

/// The trade that a message is about; one about something else names none.
fn trade_of(content: Content) -> Option<String> {
    match content.tid? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use farline_domain::shops::{RefundStanding, TradeState};

    use super::{refund, state};

    #[test]
    fn only_one_word_means_that_it_is_to_be_delivered() {
        let table = [
            ("TRADE_NO_CREATE_PAY", "fixed", TradeState::NotPaid),
            ("WAIT_BUYER_PAY", "fixed", TradeState::NotPaid),
            ("PAY_PENDING", "fixed", TradeState::NotPaid),
            ("WAIT_PRE_AUTH_CONFIRM", "fixed", TradeState::NotPaid),
            ("WAIT_SELLER_SEND_GOODS", "fixed", TradeState::Paid),
            ("WAIT_SELLER_SEND_GOODS", "cod", TradeState::Held),
            ("PAID_FORBID_CONSIGN", "fixed", TradeState::Held),
            ("SELLER_CONSIGNED_PART", "fixed", TradeState::Held),
            ("WAIT_BUYER_CONFIRM_GOODS", "fixed", TradeState::Shipped),
            ("TRADE_BUYER_SIGNED", "fixed", TradeState::Shipped),
            ("TRADE_FINISHED", "fixed", TradeState::Shipped),
            ("TRADE_CLOSED", "fixed", TradeState::Closed),
            ("TRADE_CLOSED_BY_TAOBAO", "fixed", TradeState::Closed),
            ("SOMETHING_NEW", "fixed", TradeState::Held),
        ];
        for (status, kind, expected) in table {
            assert_eq!(state(status, kind), expected, "{status} {kind}");
        }
    }

    #[test]
    fn a_refund_that_is_not_surely_over_is_open() {
        let table = [
            ("NO_REFUND", RefundStanding::Absent),
            ("CLOSED", RefundStanding::Absent),
            ("SUCCESS", RefundStanding::Part),
            ("WAIT_SELLER_AGREE", RefundStanding::Open),
            ("WAIT_BUYER_RETURN_GOODS", RefundStanding::Open),
            ("WAIT_SELLER_CONFIRM_GOODS", RefundStanding::Open),
            ("SELLER_REFUSE_BUYER", RefundStanding::Open),
            ("", RefundStanding::Open),
        ];
        for (word, expected) in table {
            assert_eq!(refund(word, "WAIT_SELLER_SEND_GOODS"), expected, "{word}");
        }
        assert_eq!(refund("NO_REFUND", "TRADE_CLOSED"), RefundStanding::Done);
    }
}
