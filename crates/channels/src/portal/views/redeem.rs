//! Renewing with what was bought at a shop, and the shops that may sell it.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/redeem`, and again when `POST /{lang}/redeem` finds something to correct.
///
/// Fields posted: `bought`, `number`, `csrf`.
#[derive(Debug, Template)]
#[template(path = "redeem.html")]
pub struct RedeemPage {
    /// The frame; errors belong to `bought` or `number`.
    pub layout: Layout,
    /// What was typed as the order's number or code.
    pub bought: String,
    /// What was typed as the card's number.
    pub number: String,
    /// Codes to try, in the demonstration only.
    pub samples: Vec<String>,
}

/// `POST /{lang}/redeem`: what was bought and for which card, before anything is done. What it shows is posted to
/// `/{lang}/redeem/confirm`.
#[derive(Debug, Template)]
#[template(path = "redeem-check.html")]
pub struct RedeemCheckPage {
    /// The frame.
    pub layout: Layout,
    /// What was typed as the order's number or code.
    pub bought: String,
    /// What was typed as the card's number.
    pub number: String,
    /// The card's number, grouped.
    pub card: String,
    /// `ends in 88 · Maplewave`.
    pub card_hint: String,
    /// The plan's name.
    pub plan: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// The rule by which it starts.
    pub starts: String,
    /// The shop, as its buyers know it.
    pub shop: String,
}

/// A shop that may sell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerLine {
    /// As its buyers know it.
    pub title: String,
    /// The marketplace, in the page's language; empty where it is none that we read.
    pub at: String,
    /// Where buyers find it: address and what is shown of it.
    pub address: Option<(String, String)>,
}

/// `GET /{lang}/sellers`
#[derive(Debug, Template)]
#[template(path = "sellers.html")]
pub struct SellersPage {
    /// The frame.
    pub layout: Layout,
    /// The shops that may sell, in the order of their titles.
    pub shops: Vec<SellerLine>,
}
