//! Check your answers, then pay.

use askama::Template;

use super::{PlanTile, PriceItem};
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/check/{quote}`, and again when `POST /{lang}/check/{quote}` finds something to correct.
///
/// Fields posted: `key`, `email`, `phone`, `pay_with`, `terms_language` = `seen` (Quebec, not in French), `csrf`.
/// The province goes to `/{lang}/check/{quote}/province` as `province`, a code to `/{lang}/check/{quote}/promotion` as `promotion`.
#[derive(Debug, Template)]
#[template(path = "check.html")]
pub struct CheckPage {
    /// The frame; errors belong to `email`, `phone`, `province`, `promotion` or `terms_language`.
    pub layout: Layout,
    /// The quote's id in the address.
    pub quote: String,
    /// The idempotency key of this form, in the hidden field `key`.
    pub key: String,
    /// The card: grouped in full for whoever typed it, masked behind a signed link.
    pub card: String,
    /// `ends in 88 · Maplewave`.
    pub card_hint: String,
    /// Where to choose another card.
    pub change_card: String,
    /// The plan's name.
    pub plan: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// Where to choose another plan.
    pub change_plan: String,
    /// From when, and until when where the caller may know: `From December 1 to December 31, 11:59 p.m. (Toronto)`.
    pub starts: String,
    /// The time in which the new plan cannot help, with a plan that can; owners only.
    pub gap: Option<Gap>,
    /// The code of the chosen province of tax.
    pub province: String,
    /// All thirteen, in the order of the language.
    pub provinces: Vec<ProvinceChoice>,
    /// Price, promotion and each tax.
    pub items: Vec<PriceItem>,
    /// What came into the price, and how it is limited: `Autumn: 10% off`.
    pub promotions: Vec<String>,
    /// The code that was typed, whether it came into the price or not; empty, if none was.
    pub code: String,
    /// The label of the total, which names the currency.
    pub total_label: String,
    /// What is charged.
    pub total: String,
    /// The e-mail address typed or known.
    pub email: String,
    /// The mobile number typed or known.
    pub phone: String,
    /// The ways to pay; with only one there is nothing to choose.
    pub pay_with: Vec<PayMethod>,
    /// Whether a way to pay can be kept for next time.
    pub keep: Keep,
    /// The French terms, when the province is Quebec and the page is not in French.
    pub french_terms: Option<FrenchTerms>,
    /// What happens if the number turns out to be wrong.
    pub wrong_number: WrongNumberRule,
    /// The time until which the price holds: `2:17 p.m. (Toronto)`.
    pub holds_until: String,
}

/// A province to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvinceChoice {
    /// The two-letter postal code.
    pub code: String,
    /// The name in the page's language.
    pub name: String,
}

/// A way to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayMethod {
    /// The value of `pay_with`: a saved method's id, a provider's name, or `credit`.
    pub id: String,
    /// `Credit on this card`.
    pub label: String,
    /// What else is to be known of it; may be empty.
    pub note: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
    /// Whether it can be chosen; the note says why not.
    pub usable: bool,
}

/// Days in which the old data is gone and the new plan has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The sentence that says so.
    pub sentence: String,
    /// A plan that starts at once; posted to [`Gap::action`] as `plan`.
    pub better: Option<PlanTile>,
    /// The address the tile posts to.
    pub action: String,
}

/// The contract in French, shown before another language may be chosen (Charter of the French Language, s. 55).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrenchTerms {
    /// The version, kept with the choice.
    pub version: String,
    /// The paragraphs, in French.
    pub paragraphs: Vec<String>,
    /// Whether the box was ticked in the form sent.
    pub chosen: bool,
}

/// What happens after a wrong number, said before paying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongNumberRule {
    /// Own network: taken back and refunded at once while nothing was used.
    TakenBack,
    /// Another network: a person asks, and answers within this many hours.
    Desk {
        /// Hours, 1–72.
        hours: i64,
    },
}

/// Whether the way that is chosen can be kept for next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nobody is signed in, or no provider keeps anything.
    Impossible,
    /// It is offered: `keep_method` = `yes`. Never ticked beforehand.
    Offered {
        /// Whether it was ticked in the form sent.
        ticked: bool,
    },
}
