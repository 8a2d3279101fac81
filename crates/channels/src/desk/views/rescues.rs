//! Orders that wait for a person, and one order with what is known of it.

use crate::desk::layout::DeskLayout;
use askama::Template;

/// `GET /{lang}/desk/orders`
#[derive(Debug, Template)]
#[template(path = "desk/orders.html")]
pub struct WaitingPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The orders, soonest deadline first.
    pub orders: Vec<WaitingOrder>,
    /// What shops sold and is no order yet, the oldest trade first.
    pub items: Vec<WaitingItem>,
}

/// Something that a shop sold and that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingItem {
    /// The shop's number of the trade.
    pub trade: String,
    /// What its buyers know the shop as.
    pub shop: String,
    /// What the seller calls the thing.
    pub sold: String,
    /// What was paid there.
    pub paid: String,
    /// Since when it is known here.
    pub since: String,
    /// What it waits for, and who can end that.
    pub waits_for: String,
    /// Where it is said for which card it is, if that ends it.
    pub redeem: Option<String>,
}

/// An order that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingOrder {
    /// Where it is decided about.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// What it waits for.
    pub waits_for: String,
    /// By when: `by November 24, 2:02 p.m.`
    pub by: String,
    /// Its state.
    pub state: String,
    /// What was paid.
    pub total: String,
}

/// `GET /{lang}/desk/orders/{reference}`. Each form posts to an address below it.
#[derive(Debug, Template)]
#[template(path = "desk/order.html")]
pub struct RescuePage {
    /// The frame. An error belongs to a field of one of the forms.
    pub layout: DeskLayout,
    /// The order's reference.
    pub reference: String,
    /// What it is about: the card, the plan, the price, its state.
    pub rows: Vec<(String, String)>,
    /// What it waits for, if it waits for a person.
    pub waits: Option<String>,
    /// What is known, each with its time.
    pub facts: Vec<(String, String)>,
    /// Taking its payment by hand.
    pub take: Option<TakeForm>,
    /// Giving back what was delivered.
    pub refund: Option<RefundForm>,
    /// Noting that money was given back by hand.
    pub given: Option<GivenForm>,
    /// What a person may decide: the value and its words.
    pub rescues: Vec<(String, String)>,
    /// The reason typed, kept after an error.
    pub rescue_reason: String,
    /// Refunds that were asked for.
    pub requests: Vec<ShownRequest>,
}

/// Taking a payment by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakeForm {
    /// What is taken, and up to how much.
    pub lead: String,
    /// The ways: value, words, and whether it is chosen.
    pub methods: Vec<(String, String, bool)>,
    /// The reference typed.
    pub reference: String,
    /// The amount, as it is typed.
    pub amount: String,
}

/// Giving money back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundForm {
    /// What is left of the payment, and up to how much one gives back alone.
    pub lead: String,
    /// The amount typed.
    pub amount: String,
    /// Where it goes: value, words, and whether it is chosen.
    pub places: Vec<(String, String, bool)>,
    /// The reason typed.
    pub reason: String,
}

/// Noting that a refund was given back by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenForm {
    /// The refund's number.
    pub refund: u32,
    /// Which refund, and how much.
    pub lead: String,
    /// The ways: value, words, and whether it is chosen.
    pub methods: Vec<(String, String, bool)>,
    /// The reference typed.
    pub reference: String,
    /// The reason typed.
    pub reason: String,
}

/// A refund that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRequest {
    /// Its id, for the form's address.
    pub id: String,
    /// Who asks for how much, when and why.
    pub told: String,
    /// What became of it.
    pub state: String,
    /// Whether this member may agree.
    pub may_agree: bool,
    /// Whether this member may say no, or take it back.
    pub may_refuse: bool,
}
