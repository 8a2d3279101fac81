//! What is given now, to whom and until when.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/promotions`.
#[derive(Debug, Template)]
#[template(path = "promotions.html")]
pub struct PromotionsPage {
    /// The frame.
    pub layout: Layout,
    /// Each promotion.
    pub promotions: Vec<PromotionLine>,
}

/// A promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionLine {
    /// Its name.
    pub name: String,
    /// What it gives: `10% off`.
    pub gives: String,
    /// Its terms, each a sentence.
    pub terms: Vec<String>,
}
