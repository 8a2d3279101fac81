//! Orders as WooCommerce writes them.

use farline_domain::kernel::{Currency, Instant};
use farline_domain::shops::{
    BuyerWords, RefundStanding, Trade, TradeItem, TradeState, read_amount,
};
use serde::Deserialize;
use serde_json::Value;

use crate::marketplace::client::instant;

/// An order of which only the number counts.
#[derive(Deserialize)]
pub(super) struct Named {
    id: u64,
}

impl Named {
    pub(super) fn number(&self) -> String {
        self.id.to_string()
    }
}

/// A note of the seller's.
#[derive(Deserialize)]
pub(super) struct Note {
    note: String,
}

impl Note {
    pub(super) fn is(&self, words: &str) -> bool {
        self.note == words
    }
}

#[derive(Deserialize)]
pub(super) struct Full {
    id: u64,
    status: String,
    currency: String,
    date_modified_gmt: String,
    date_paid_gmt: Option<String>,
    customer_note: String,
    line_items: Vec<Item>,
    /// Every refund, whatever it was for.
    refunds: Vec<Value>,
}

#[derive(Deserialize)]
struct Item {
    id: u64,
    sku: Option<String>,
    quantity: u32,
    total: String,
    total_tax: String,
    meta_data: Vec<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    key: String,
    value: Value,
}

impl Full {
    pub(super) fn number(&self) -> String {
        self.id.to_string()
    }

    pub(super) fn is_completed(&self) -> bool {
        self.status == "completed"
    }

    /// The order; none when something in it cannot be read.
    pub(super) fn trade(&self) -> Option<Trade> {
        let paid_at = match &self.date_paid_gmt {
            Some(text) => Some(greenwich(text)?),
            None => None,
        };
        Some(Trade {
            number: self.number(),
            state: state(&self.status),
            changed_at: greenwich(&self.date_modified_gmt)?,
            paid_at,
            words: vec![BuyerWords::new(self.customer_note.clone())],
            items: self.line_items.iter().map(|item| self.item(item)).collect::<Option<_>>()?,
        })
    }

    fn item(&self, item: &Item) -> Option<TradeItem> {
        let currency = Currency::parse(&self.currency)?;
        let tax = read_amount(&item.total_tax, currency)?;
        // Names that begin with an underline are the shop's own.
        let of_buyer = item.meta_data.iter().filter(|meta| !meta.key.starts_with('_'));
        let texts = of_buyer.filter_map(|meta| meta.value.as_str());
        // For which thing money went back is not told; a person looks.
        let refund =
            if self.refunds.is_empty() { RefundStanding::Absent } else { RefundStanding::Part };
        Some(TradeItem {
            number: item.id.to_string(),
            sku: item.sku.clone().unwrap_or_default(),
            quantity: item.quantity,
            paid: read_amount(&item.total, currency)?.plus(tax).ok()?,
            refund,
            words: texts.map(|text| BuyerWords::new(text.to_owned())).collect(),
        })
    }
}

/// A word that is not known, as shops may add their own, is held: nothing is delivered on it, and a person sees it.
fn state(status: &str) -> TradeState {
    match status {
        "pending" | "on-hold" | "failed" | "checkout-draft" => TradeState::NotPaid,
        "processing" => TradeState::Paid,
        "completed" => TradeState::Shipped,
        "cancelled" | "refunded" | "trash" => TradeState::Closed,
        _ => TradeState::Held,
    }
}

/// `2026-01-02T03:04:05`, without a zone: Greenwich is meant.
fn greenwich(text: &str) -> Option<Instant> {
    instant(&format!("{text}Z"))
}

#[cfg(test)]
mod tests {
    use farline_domain::shops::TradeState;

    use super::state;

    #[test]
    fn only_one_word_means_that_it_is_to_be_delivered() {
        let table = [
            ("pending", TradeState::NotPaid),
            ("processing", TradeState::Paid),
            ("on-hold", TradeState::NotPaid),
            ("completed", TradeState::Shipped),
            ("cancelled", TradeState::Closed),
            ("refunded", TradeState::Closed),
            ("failed", TradeState::NotPaid),
            ("awaiting-check", TradeState::Held),
        ];
        for (status, expected) in table {
            assert_eq!(state(status), expected, "{status}");
        }
    }
}
