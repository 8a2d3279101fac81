//! Keeping a card's number until a date.

use askama::Template;

use super::Choice;
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/cards/{id}/keep[?until=&goal=]`. Sends `until` and `goal` to the same address.
#[derive(Debug, Template)]
#[template(path = "keep.html")]
pub struct KeepPage {
    /// The frame; an error belongs to `until`.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// The date in the form, such as `2027-09-01`.
    pub until: String,
    /// The first and the last date that can be asked for, written alike.
    pub between: (String, String),
    /// What can be kept.
    pub goals: Vec<Choice>,
    /// The cheapest way; none where there is none, or none was asked for rightly.
    pub plan: Option<KeepView>,
    /// Why there is no way, where the date is not to blame.
    pub refused: Option<String>,
}

/// The cheapest way to keep a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepView {
    /// What to do, in the order of its days; empty where there is nothing to do.
    pub renewals: Vec<KeepStep>,
    /// `CA$33.90`.
    pub total: String,
    /// Until when it is kept, when it is without service and how much time there is to spare, as sentences.
    pub facts: Vec<String>,
    /// Where the dates can be had for a calendar; none where there are none.
    pub calendar: Option<String>,
    /// Where to agree to its renewing itself like this; none where that cannot be agreed to.
    pub auto_renew: Option<String>,
    /// `life_line::draw` of the card if nothing is done; may be empty.
    pub life_svg: String,
    /// What is lost if nothing is done, and when.
    pub lost: Vec<String>,
}

/// One renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepStep {
    /// The day.
    pub on: String,
    /// The plan's name.
    pub plan: String,
    /// With tax.
    pub price: String,
    /// Until when the service lasts then.
    pub after: String,
}
