//! What becomes of one item of a trade here: from being told to the shop knowing that it was delivered.

use super::judge::Waiting;
use super::trade::TradeItem;
use crate::kernel::{CommandKey, Instant, LineId, Money, OrderId};
use crate::orders::{ShopCode, ShopRefund};
use serde::{Deserialize, Serialize};

/// Seconds for which whoever works on an item has it for themselves. Far longer than a placing can take to be decided, so
/// that an item is never placed on two lines.
const HELD_SECONDS: i64 = 120;
/// Seconds between two looks at what passes by itself.
const PASSING_SECONDS: i64 = 60;
/// Seconds between two looks at what somebody here may have mended: a code's plan, a card, the catalogue.
const MENDED_SECONDS: i64 = 15 * 60;
/// The longest time between two looks at what is on its way.
const LONGEST_BACK_OFF_SECONDS: i64 = 15 * 60;

/// What an item is called: by the shop, its trade and its own number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemKey {
    /// The shop.
    pub shop: ShopCode,
    /// The trade's number.
    pub trade: String,
    /// The item's number; empty for the trade as a whole, which is then to be read.
    pub item: String,
}

impl ItemKey {
    /// The trade as a whole.
    pub const fn whole(shop: ShopCode, trade: String) -> Self {
        Self { shop, trade, item: String::new() }
    }

    /// Whether it is the trade as a whole.
    pub const fn is_whole(&self) -> bool {
        self.item.is_empty()
    }
}

/// Where an item comes from, which says where its truth is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemSource {
    /// A trade of the shop, which is read from there whenever it matters.
    #[default]
    Read,
    /// A row of a file that the seller exported; nobody can be asked about it.
    Imported,
    /// A voucher.
    Voucher,
}

/// How far an item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Progress {
    /// It was told, and is to be looked at.
    New,
    /// It waits for this.
    Waits {
        /// For what, by its word.
        what: Waiting,
        /// The order that was made of it, where the network refused it or the shop will not be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderId>,
    },
    /// An order is being made: this one, on this line, of this plan, and no other.
    Placing {
        /// The line.
        line: LineId,
        /// The plan's code.
        plan: String,
        /// The order.
        order: OrderId,
    },
    /// The order is made. The shop is told when it is delivered.
    Placed {
        /// The order.
        order: OrderId,
        /// What the shop gave back since, and the order is to be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given_back: Option<ShopRefund>,
    },
    /// The shop knows that it was delivered; or it is delivered, and there is no shop that could be told.
    Told {
        /// The order.
        order: OrderId,
        /// What the shop gave back after that, as the order knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given_back: Option<ShopRefund>,
    },
    /// Nothing is to be done: it was shipped, closed or given back without us.
    Over,
}

impl Progress {
    /// The order is made, and as far as is known the shop has given nothing back.
    pub const fn placed(order: OrderId) -> Self {
        Self::Placed { order, given_back: None }
    }

    /// The shop knows that it is delivered, and as far as is known has given nothing back.
    pub const fn told(order: OrderId) -> Self {
        Self::Told { order, given_back: None }
    }

    /// It waits, and no order was made.
    pub const fn waits(what: Waiting) -> Self {
        Self::Waits { what, order: None }
    }

    /// What it waits for, if it waits.
    pub const fn waits_for(&self) -> Option<Waiting> {
        match self {
            Self::Waits { what, .. } => Some(*what),
            Self::New
            | Self::Placing { .. }
            | Self::Placed { .. }
            | Self::Told { .. }
            | Self::Over => None,
        }
    }

    /// The word that is stored and shown.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Waits { .. } => "waits",
            Self::Placing { .. } => "placing",
            Self::Placed { .. } => "placed",
            Self::Told { .. } => "told",
            Self::Over => "over",
        }
    }
}

/// One item of a trade, as it is kept. Nothing of what the buyer wrote is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopItem {
    /// What it is called.
    pub key: ItemKey,
    /// Where it comes from.
    #[serde(default)]
    pub source: ItemSource,
    /// What the seller calls the thing.
    pub sku: String,
    /// What the buyer paid there; absent for a trade as a whole.
    pub paid: Option<Money>,
    /// When it was first told.
    pub told_at: Instant,
    /// How far it is.
    pub progress: Progress,
    /// How often it was looked at since it came so far.
    pub looks: u32,
    /// When it is looked at next by itself.
    pub due_at: Option<Instant>,
}

impl ShopItem {
    /// An item that was told just now; whoever keeps it first has it for themselves.
    pub fn told(key: ItemKey, item: Option<&TradeItem>, now: Instant) -> Self {
        Self {
            key,
            source: ItemSource::Read,
            sku: item.map(|item| item.sku.clone()).unwrap_or_default(),
            paid: item.map(|item| item.paid),
            told_at: now,
            progress: Progress::New,
            looks: 0,
            due_at: Some(now.plus_seconds(HELD_SECONDS)),
        }
    }

    /// The same, which anybody may look at now.
    #[must_use]
    pub fn offered(self, now: Instant) -> Self {
        Self { due_at: Some(now), ..self }
    }

    /// Taken by whoever looks at it now.
    #[must_use]
    pub fn taken(&self, now: Instant) -> Self {
        let looks = self.looks.saturating_add(1);
        Self { looks, due_at: Some(now.plus_seconds(HELD_SECONDS)), ..self.clone() }
    }

    /// After a look it is so far.
    #[must_use]
    pub fn at(&self, progress: Progress, now: Instant) -> Self {
        let looks = if progress.code() == self.progress.code() { self.looks } else { 0 };
        let seconds = match (self.source, &progress) {
            // Nobody can be asked whether it may go on: whoever sold it or bought it says so again.
            (ItemSource::Imported | ItemSource::Voucher, Progress::Waits { .. }) => None,
            (ItemSource::Read | ItemSource::Imported | ItemSource::Voucher, _) => {
                next_look(&progress, looks)
            }
        };
        let due_at = seconds.map(|seconds| now.plus_seconds(seconds));
        Self { progress, looks, due_at, ..self.clone() }
    }

    /// The order that was made of it, or may have been. From then on nothing the buyer or the shop says makes another.
    pub const fn order(&self) -> Option<OrderId> {
        match self.progress {
            Progress::Placing { order, .. }
            | Progress::Placed { order, .. }
            | Progress::Told { order, .. } => Some(order),
            Progress::Waits { order, .. } => order,
            Progress::New | Progress::Over => None,
        }
    }

    /// The key from which the id of its order is made: the same for ever.
    pub fn order_key(&self) -> CommandKey {
        let key = &self.key;
        CommandKey::of(&["shop item", key.shop.as_str(), &key.trade, &key.item])
    }

    /// What the order's seller calls it: unlike any other of that shop.
    pub fn reference(&self) -> String {
        format!("{}-{}", self.key.trade, self.key.item)
    }
}

/// Seconds until the next look, if one is due by itself.
fn next_look(progress: &Progress, looks: u32) -> Option<i64> {
    let back_off = 1_i64.checked_shl(looks.min(10)).unwrap_or(LONGEST_BACK_OFF_SECONDS);
    match progress {
        Progress::New | Progress::Placing { .. } | Progress::Placed { .. } => {
            Some(back_off.min(LONGEST_BACK_OFF_SECONDS))
        }
        Progress::Waits { what, .. } => match what {
            Waiting::Held | Waiting::RefundOpen | Waiting::OtherOrder => Some(PASSING_SECONDS),
            Waiting::Sku | Waiting::Line | Waiting::Plan => Some(MENDED_SECONDS),
            Waiting::Pieces
            | Waiting::Amount
            | Waiting::NoNumber
            | Waiting::SeveralNumbers
            | Waiting::MayBeAbroad
            | Waiting::Refused
            | Waiting::NotTold => None,
        },
        Progress::Told { .. } | Progress::Over => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemKey, Progress, ShopItem};
    use crate::kernel::{Cell, Instant, OrderId};
    use crate::shops::{ShopCode, Waiting};

    fn item(trade: &str, item: &str) -> ShopItem {
        let shop = ShopCode::parse("maple").unwrap();
        let key = ItemKey { shop, trade: trade.to_owned(), item: item.to_owned() };
        ShopItem::told(key, None, Instant::from_millis(0))
    }

    #[test]
    fn no_two_items_make_the_same_order() {
        assert_ne!(item("1", "23").order_key(), item("12", "3").order_key());
        assert_eq!(item("1", "2").order_key(), item("1", "2").order_key());
    }

    #[test]
    fn what_waits_for_a_person_is_not_looked_at_by_itself() {
        let order = OrderId::mint(Instant::from_millis(1), Cell::numbered(1), 1);
        let waits = Progress::waits;
        let table = [
            (Progress::New, Some(1)),
            (waits(Waiting::RefundOpen), Some(60)),
            (waits(Waiting::Sku), Some(900)),
            (waits(Waiting::SeveralNumbers), None),
            (Progress::placed(order), Some(1)),
            (Progress::told(order), None),
            (Progress::Over, None),
        ];
        for (progress, seconds) in table {
            let now = Instant::from_millis(0);
            let due = item("1", "1").at(progress.clone(), now).due_at;
            assert_eq!(due, seconds.map(|seconds| now.plus_seconds(seconds)), "{progress:?}");
        }
    }

    #[test]
    fn looks_at_the_same_become_rarer() {
        let now = Instant::from_millis(0);
        let mut item = item("1", "1");
        let mut waits = Vec::new();
        for _ in 0..13 {
            item = item.taken(now).at(Progress::New, now);
            waits.push(item.due_at.unwrap().millis() / 1000);
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    }
}
