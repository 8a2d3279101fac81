//! The same need priced over every channel.

use super::Choice;
use crate::portal::layout::{Layout, Section};
use askama::Template;

/// `GET /{lang}/compare[?gb=&minutes=&messages=&days=&from=&operator=&sort=]`. Sends the same to the same address.
#[derive(Debug, Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    /// The frame; errors belong to the fields of the form.
    pub layout: Layout,
    /// What is needed.
    pub need: NeedForm,
    /// The operators, the chosen one marked.
    pub operators: Vec<Choice>,
    /// The orders in which offers can stand.
    pub sorts: Vec<Choice>,
    /// The answer; none where what was sent is wrong.
    pub found: Option<CompareView>,
}

/// The need as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedForm {
    /// Data in GB.
    pub gb: String,
    /// Calls in minutes.
    pub minutes: String,
    /// Messages.
    pub messages: String,
    /// Days.
    pub days: String,
    /// The first day, such as `2026-12-01`.
    pub from: String,
}

/// Every offer for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareView {
    /// The best; none where nothing covers the need.
    pub best: Option<BestOffer>,
    /// Every offer.
    pub offers: Vec<OfferRow>,
    /// How many of them do not cover the need.
    pub short: i64,
    /// What cannot be compared: name with seller, and why.
    pub others: Vec<(String, String)>,
    /// Whose taxes are in our prices, and how old the others are.
    pub note: String,
    /// Where the table can be had.
    pub export: String,
}

/// The best offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestOffer {
    /// `The best for this: …`.
    pub title: String,
    /// `CA$33.90 in all`.
    pub total: String,
    /// What is had for it, and how often it is bought.
    pub gets: String,
    /// Why it is the best.
    pub reason: String,
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRow {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub seller: String,
    /// What it costs in all.
    pub total: String,
    /// What is had for that.
    pub gets: String,
    /// How often it is bought, or why it does not cover the need.
    pub covers: String,
    /// Whether it covers the need.
    pub is_enough: bool,
    /// How long one lasts, the price of a GB and of a day, how it is listed, what dominates it, how its channel serves: each a
    /// sentence.
    pub facts: Vec<String>,
    /// Whether it is the best.
    pub is_best: bool,
}
