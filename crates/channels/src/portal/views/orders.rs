//! My orders.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/orders[?after=]`.
#[derive(Debug, Template)]
#[template(path = "orders.html")]
pub struct OrdersPage {
    /// The frame.
    pub layout: Layout,
    /// Newest first.
    pub orders: Vec<OrderLine>,
    /// The address of the next page, if there is more.
    pub older: Option<String>,
}

/// An order in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// The order's page.
    pub href: String,
    /// `K7M3-QX9T`.
    pub reference: String,
    /// `November 22, 2026`.
    pub at: String,
    /// The card's name, or its grouped number.
    pub card: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// The total with tax.
    pub total: String,
    /// The name of its state: `order-state-…` of the common texts.
    pub state: String,
}
