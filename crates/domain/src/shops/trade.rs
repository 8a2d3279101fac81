//! One order of a buyer at a shop, as the marketplace tells it.

use crate::kernel::{Instant, Money};
use crate::orders::ShopRefund;
use std::fmt;

/// What a buyer wrote, or chose for a thing. Personal data: it is read for a number and not kept, and `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BuyerWords(String);

impl BuyerWords {
    /// What was written.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows how long it is, so that a log never holds a number.
impl fmt::Debug for BuyerWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} octets", self.0.len())
    }
}

/// How far a trade is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TradeState {
    /// The buyer has not paid.
    NotPaid,
    /// Paid, and the seller is to deliver.
    Paid,
    /// Paid, but the marketplace says not to deliver: a risk, or a refund that it looks at.
    Held,
    /// The seller has marked it as shipped.
    Shipped,
    /// It ended without being shipped, or after: never paid, or given back.
    Closed,
}

/// Whether the buyer wants the money of an item back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStanding {
    /// No, or no longer.
    Absent,
    /// Asked for and not decided.
    Open,
    /// A part was given back, or nobody says how much.
    Part,
    /// All of it was given back.
    Done,
}

/// One thing bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TradeItem {
    /// The marketplace's number of it, unique within the trade.
    pub number: String,
    /// What the seller calls it; empty where the seller gave it no code.
    pub sku: String,
    /// How many pieces.
    pub quantity: u32,
    /// What the buyer paid for all pieces, tax included, in the currency of the shop.
    pub paid: Money,
    /// Whether the money is wanted back.
    pub refund: RefundStanding,
    /// What the buyer chose or wrote for this thing alone.
    pub words: Vec<BuyerWords>,
}

/// One order of a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// The marketplace's number of it.
    pub number: String,
    /// How far it is.
    pub state: TradeState,
    /// When it last changed, by the marketplace's clock.
    pub changed_at: Instant,
    /// When the buyer paid; absent as long as that is not so, or not told.
    pub paid_at: Option<Instant>,
    /// What the buyer wrote about the whole.
    pub words: Vec<BuyerWords>,
    /// What was bought.
    pub items: Vec<TradeItem>,
}

impl Trade {
    /// The item with this number.
    pub fn item(&self, number: &str) -> Option<&TradeItem> {
        self.items.iter().find(|item| item.number == number)
    }

    /// What of an item's money the shop has given back. A trade that is closed has given back everything: what was shipped and
    /// not given back ends as shipped.
    pub fn given_back(&self, item: &TradeItem) -> Option<ShopRefund> {
        match (self.state, item.refund) {
            (TradeState::Closed, _) | (_, RefundStanding::Done) => Some(ShopRefund::Whole),
            (_, RefundStanding::Part) => Some(ShopRefund::Part),
            (_, RefundStanding::Absent | RefundStanding::Open) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BuyerWords;

    #[test]
    fn what_a_buyer_wrote_hides_itself() {
        let words = BuyerWords::new("416 555 0188".to_owned());
        assert_eq!(format!("{words:?}"), "12 octets");
    }
}
