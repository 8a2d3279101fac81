//! Who sells from an account with us, how the account stands, and what came in.

use crate::desk::layout::DeskLayout;
use crate::portal::views::KeyLine;
use askama::Template;

/// `GET /{lang}/desk/partners`
#[derive(Debug, Template)]
#[template(path = "desk/partners.html")]
pub struct DeskPartnersPage {
    /// The frame.
    pub layout: DeskLayout,
    /// By their codes.
    pub partners: Vec<DeskPartnerRow>,
}

/// A partner in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPartnerRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Paid in and not used.
    pub balance: String,
    /// What a new order may cost, worded; that its orders are stopped, where they are.
    pub state: String,
}

/// `GET /{lang}/desk/partners/{code}`. Posts `amount`, `paid_by`, `reference` and `reason` to `/pay-in`.
#[derive(Debug, Template)]
#[template(path = "desk/partner.html")]
pub struct DeskPartnerPage {
    /// The frame; errors belong to the form's fields.
    pub layout: DeskLayout,
    /// The partner's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether new orders of it are stopped.
    pub is_stopped: bool,
    /// How the account stands: what, and how much.
    pub account: Vec<(String, String)>,
    /// The form of a payment, for those whose role allows it.
    pub form: Option<PayInForm>,
    /// What came in and went out last, the newest first.
    pub payments: Vec<PaymentRow>,
    /// What it gets off every plan that has no price of its own.
    pub discount: String,
    /// Plans that cost it a price of its own.
    pub prices: Vec<PriceRow>,
    /// Who changed its prices last, and when.
    pub repriced: Option<String>,
    /// The keys of its programs, the newest first.
    pub keys: Vec<KeyLine>,
}

/// What was typed of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayInForm {
    /// That it counts once, and up to how much one may book.
    pub lead: String,
    /// How much.
    pub amount: String,
    /// The ways to pay: the word, its name, whether it is chosen.
    pub ways: Vec<(String, String, bool)>,
    /// What the bank calls it.
    pub reference: String,
    /// Why it is booked.
    pub reason: String,
}

/// A payment, or a credit that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// What it is, how it was paid and what the bank calls it.
    pub what: String,
    /// How much.
    pub amount: String,
    /// Who booked it, and when.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

/// A price of a partner's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// The plan's name.
    pub name: String,
    /// The plan's code.
    pub code: String,
    /// What it costs the partner.
    pub price: String,
    /// What everybody pays, worded; nothing where the plan is not known any more.
    pub public: String,
}
