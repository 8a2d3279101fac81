//! What may be done about an item now.

use super::reading::{Reading, Unreadable, read_number};
use super::sku::SkuMap;
use super::trade::{RefundStanding, Trade, TradeItem, TradeState};
use crate::kernel::LineNumber;
use serde::{Deserialize, Serialize};

/// What may be done about an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It may be delivered to this number.
    Deliver {
        /// The number read.
        number: LineNumber,
        /// The plan's code.
        plan: String,
    },
    /// Not yet, for this reason.
    Wait(Waiting),
    /// Nothing is to be done now: it is not paid. The marketplace tells when that changes.
    NotYet,
    /// Nothing is to be done any more.
    Over,
}

/// What an item waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// The marketplace, which says not to deliver.
    Held,
    /// The end of a refund that the buyer asked for.
    RefundOpen,
    /// A person: there are several pieces.
    Pieces,
    /// A person: no plan is known for the seller's code.
    Sku,
    /// The buyer or a person: no number was written.
    NoNumber,
    /// The buyer or a person: several numbers were written.
    SeveralNumbers,
    /// The buyer or a person: what was written may be a number abroad.
    MayBeAbroad,
    /// The buyer or a person: no card of ours has the number.
    Line,
    /// A person: the plan is not for the card, or not on sale.
    Plan,
    /// Another order of the card, which is not finished.
    OtherOrder,
    /// A person: nothing was paid there for it.
    Amount,
    /// A person: the order was refused, or ended without a delivery. The buyer's money is with the shop.
    Refused,
    /// A person: it is delivered, and the shop will not be told.
    NotTold,
}

impl Waiting {
    /// Every reason.
    pub const ALL: [Self; 13] = [
        Self::Held,
        Self::RefundOpen,
        Self::Pieces,
        Self::Sku,
        Self::NoNumber,
        Self::SeveralNumbers,
        Self::MayBeAbroad,
        Self::Line,
        Self::Plan,
        Self::OtherOrder,
        Self::Amount,
        Self::Refused,
        Self::NotTold,
    ];

    /// The word that is stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::RefundOpen => "refund_open",
            Self::Pieces => "pieces",
            Self::Sku => "sku",
            Self::NoNumber => "no_number",
            Self::SeveralNumbers => "several_numbers",
            Self::MayBeAbroad => "may_be_abroad",
            Self::Line => "line",
            Self::Plan => "plan",
            Self::OtherOrder => "other_order",
            Self::Amount => "amount",
            Self::Refused => "refused",
            Self::NotTold => "not_told",
        }
    }

    /// Reads that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|waiting| waiting.code() == code)
    }

    /// Whether the buyer can end it by saying for which card it is.
    pub const fn is_for_a_number(self) -> bool {
        match self {
            Self::NoNumber | Self::SeveralNumbers | Self::MayBeAbroad | Self::Line => true,
            Self::Held
            | Self::RefundOpen
            | Self::Pieces
            | Self::Sku
            | Self::Plan
            | Self::OtherOrder
            | Self::Amount
            | Self::Refused
            | Self::NotTold => false,
        }
    }
}

impl From<Unreadable> for Waiting {
    fn from(reason: Unreadable) -> Self {
        match reason {
            Unreadable::Absent => Self::NoNumber,
            Unreadable::Several => Self::SeveralNumbers,
            Unreadable::MayBeAbroad => Self::MayBeAbroad,
        }
    }
}

/// Judges an item of a trade that was read just now.
pub fn judge(trade: &Trade, item: &TradeItem, skus: &SkuMap) -> Judgement {
    let plan = match judge_plan(trade, item, skus) {
        Ok(plan) => plan,
        Err(judgement) => return judgement,
    };
    match read_number(item.words.iter().chain(&trade.words)) {
        Reading::Number(number) => Judgement::Deliver { number, plan: plan.to_owned() },
        Reading::Unreadable(reason) => Judgement::Wait(reason.into()),
    }
}

/// Judges everything but the number, for when the buyer says that elsewhere: the code of the plan that may be delivered.
///
/// # Errors
/// What is to be done instead, which is never to deliver.
pub fn judge_plan<'a>(
    trade: &Trade,
    item: &'a TradeItem,
    skus: &'a SkuMap,
) -> Result<&'a str, Judgement> {
    match trade.state {
        TradeState::NotPaid => return Err(Judgement::NotYet),
        TradeState::Held => return Err(Judgement::Wait(Waiting::Held)),
        TradeState::Shipped | TradeState::Closed => return Err(Judgement::Over),
        TradeState::Paid => {}
    }
    match item.refund {
        RefundStanding::Open | RefundStanding::Part => {
            return Err(Judgement::Wait(Waiting::RefundOpen));
        }
        RefundStanding::Done => return Err(Judgement::Over),
        RefundStanding::Absent => {}
    }
    if item.quantity != 1 {
        return Err(Judgement::Wait(Waiting::Pieces));
    }
    if item.paid.minor <= 0 {
        return Err(Judgement::Wait(Waiting::Amount));
    }
    skus.plan(&item.sku).ok_or(Judgement::Wait(Waiting::Sku))
}

#[cfg(test)]
mod tests {
    use super::{Judgement, Waiting, judge};
    use crate::kernel::{Instant, LineNumber, Money};
    use crate::shops::{BuyerWords, RefundStanding, SkuMap, Trade, TradeItem, TradeState};

    fn trade(state: TradeState, item: TradeItem, message: &str) -> Trade {
        let words = vec![BuyerWords::new(message.to_owned())];
        let at = Instant::from_millis(0);
        let number = "1".to_owned();
        Trade { number, state, changed_at: at, paid_at: None, words, items: vec![item] }
    }

    fn item() -> TradeItem {
        TradeItem {
            number: "1".to_owned(),
            sku: "maple".to_owned(),
            quantity: 1,
            paid: Money::cad(100),
            refund: RefundStanding::Absent,
            words: Vec::new(),
        }
    }

    fn judged(trade: &Trade) -> Judgement {
        judge(trade, &trade.items[0], &SkuMap::default())
    }

    #[test]
    fn only_what_is_paid_and_wanted_is_delivered() {
        let deliver = Judgement::Deliver {
            number: LineNumber::parse("4165550188").unwrap(),
            plan: "maple".to_owned(),
        };
        let wait = Judgement::Wait;
        let with = |change: fn(&mut TradeItem)| {
            let mut item = item();
            change(&mut item);
            item
        };
        let say = "416 555 0188";
        let table = [
            (TradeState::Paid, item(), say, deliver.clone()),
            (TradeState::NotPaid, item(), say, Judgement::NotYet),
            (TradeState::Held, item(), say, wait(Waiting::Held)),
            (TradeState::Shipped, item(), say, Judgement::Over),
            (TradeState::Closed, item(), say, Judgement::Over),
            (
                TradeState::Paid,
                with(|item| item.refund = RefundStanding::Open),
                say,
                wait(Waiting::RefundOpen),
            ),
            (
                TradeState::Paid,
                with(|item| item.refund = RefundStanding::Done),
                say,
                Judgement::Over,
            ),
            (TradeState::Paid, with(|item| item.quantity = 2), say, wait(Waiting::Pieces)),
            (TradeState::Paid, with(|item| item.quantity = 0), say, wait(Waiting::Pieces)),
            (TradeState::Paid, with(|item| item.paid.minor = 0), say, wait(Waiting::Amount)),
            (TradeState::Paid, with(|item| item.sku.clear()), say, wait(Waiting::Sku)),
            (TradeState::Paid, item(), "请快一点", wait(Waiting::NoNumber)),
            (TradeState::Paid, item(), "4165550188或4165550199", wait(Waiting::SeveralNumbers)),
        ];
        for (state, item, message, expected) in table {
            let trade = trade(state, item, message);
            assert_eq!(judged(&trade), expected, "{trade:?}");
        }
    }

    #[test]
    fn a_property_and_the_message_must_agree() {
        let mut item = item();
        item.words = vec![BuyerWords::new("+14165550188".to_owned())];
        let agreeing = trade(TradeState::Paid, item.clone(), "416-555-0188 谢谢");
        assert!(matches!(judged(&agreeing), Judgement::Deliver { .. }));
        let silent = trade(TradeState::Paid, item.clone(), "");
        assert!(matches!(judged(&silent), Judgement::Deliver { .. }));
        let other = trade(TradeState::Paid, item, "416-555-0199");
        assert_eq!(judged(&other), Judgement::Wait(Waiting::SeveralNumbers));
    }

    #[test]
    fn words_are_read_back() {
        for waiting in Waiting::ALL {
            assert_eq!(Waiting::parse(waiting.code()), Some(waiting));
        }
    }
}
