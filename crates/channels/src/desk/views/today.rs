//! The owner's morning.

use crate::desk::layout::DeskLayout;
use crate::desk::views::WaitingOrder;
use crate::portal::charts::bar::{self, Level};
use askama::Template;

/// `GET /{lang}/desk/today`, `?day=` for another one.
#[derive(Debug, Template)]
#[template(path = "desk/today.html")]
pub struct TodayPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The day, in words, with its zone.
    pub day: String,
    /// The day before, the day after unless it is to come, and the sheet.
    pub ways: Vec<(String, String)>,
    /// Orders by the state in which the day left them.
    pub orders: Vec<Figure>,
    /// Takings, by where they came from.
    pub takings: Vec<Figure>,
    /// What became of money: the words and the amount.
    pub money: Vec<(String, String)>,
    /// Money that passed from hand to hand.
    pub by_hand: Vec<HandRow>,
    /// Refunds that are owed and wait for a person, of those below.
    pub owed: Option<String>,
    /// Orders that wait for a person.
    pub waiting: Vec<WaitingOrder>,
    /// Jobs that had no answer.
    pub unanswered: Vec<Figure>,
    /// Refunds that wait for a second person.
    pub requests: Vec<WaitingOrder>,
}

/// A figure beside the others of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Of what.
    pub what: String,
    /// How much, in words.
    pub figure: String,
    /// How much of the greatest, in thousandths.
    pub thousandths: u16,
}

impl Figure {
    /// The bar beside it, which repeats the figure.
    pub fn bar(&self) -> String {
        bar::draw(self.thousandths, Level::Enough)
    }
}

/// Money from hand to hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandRow {
    /// How, and under which reference.
    pub what: String,
    /// How much; below zero, it was given back.
    pub amount: String,
    /// When and by whom.
    pub by: String,
    /// The order: its address and its reference.
    pub order: Option<(String, String)>,
    /// What is to be done, if the order does not know of it.
    pub warning: Option<String>,
}
