//! What is given, what is left of it, and a new one.

use crate::desk::layout::DeskLayout;
use askama::Template;

/// `GET /{lang}/desk/promotions`
#[derive(Debug, Template)]
#[template(path = "desk/promotions.html")]
pub struct DeskPromotionsPage {
    /// The frame; errors belong to the form's fields, or to `reason`.
    pub layout: DeskLayout,
    /// All promotions.
    pub promotions: Vec<PromotionRow>,
    /// The form of a new one, for those whose role allows it.
    pub form: Option<PromotionForm>,
}

/// A promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it gives.
    pub gives: String,
    /// Whether it is given.
    pub state: String,
    /// How often it was used, and what is left; absent where it is not counted.
    pub taken: Option<String>,
    /// Its terms, each a sentence.
    pub terms: Vec<String>,
    /// Whether it is over, so that it cannot be ended.
    pub is_over: bool,
}

/// What was typed for a new promotion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromotionForm {
    /// Its code.
    pub code: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// Its name in French.
    pub name_fr: String,
    /// What it takes off.
    pub reduction: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// How often in all.
    pub limit: String,
    /// How often per card.
    pub limit_line: String,
    /// How one gets it: `code` or `itself`.
    pub way: String,
    /// For which renewals: `every` or `first`.
    pub who: String,
    /// With what it goes: `alone` or `others`.
    pub with: String,
    /// Whether it is shown: `hidden` or `public`.
    pub shown: String,
}

impl PromotionForm {
    /// The form with what each field holds.
    pub fn typed(field: impl Fn(&str) -> String) -> Self {
        Self {
            code: field("code"),
            name_zh: field("name_zh"),
            name_en: field("name_en"),
            name_fr: field("name_fr"),
            reduction: field("reduction"),
            from: field("from"),
            until: field("until"),
            limit: field("limit"),
            limit_line: field("limit_line"),
            way: field("way"),
            who: field("who"),
            with: field("with"),
            shown: field("shown"),
        }
    }
}
