//! What is sold, and what will change.

use crate::desk::layout::DeskLayout;
use crate::portal::views::PlanTile;
use askama::Template;
use farline_domain::kernel::Language;

/// `GET /{lang}/desk/plans`
#[derive(Debug, Template)]
#[template(path = "desk/plans.html")]
pub struct PlansPage {
    /// The frame.
    pub layout: DeskLayout,
    /// Each operator's name with its plans.
    pub operators: Vec<(String, Vec<PlanLine>)>,
}

/// A plan in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// Its page.
    pub address: String,
    /// Its name.
    pub name: String,
    /// What it grants and how long it lasts.
    pub gets: String,
    /// Its price before tax.
    pub price: String,
    /// Whether it is sold.
    pub sale: Sale,
    /// The prices to come.
    pub coming: Vec<String>,
}

/// Whether a plan is sold, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sale {
    /// It is.
    Sold(String),
    /// Its time of sale is over or yet to come.
    NotNow(String),
    /// Somebody stopped it.
    Stopped(String),
}

/// `GET /{lang}/desk/plans/{plan}`
#[derive(Debug, Template)]
#[template(path = "desk/plan.html")]
pub struct PlanPage {
    /// The frame.
    pub layout: DeskLayout,
    /// Its code, as addresses have it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The version in force.
    pub version: String,
    /// Whether it is sold.
    pub sale: Sale,
    /// How customers see it.
    pub seen: SeenIn,
    /// Prices to come: in words, and the version to take back.
    pub coming: Vec<(String, u32)>,
    /// The versions, the newest first: which, and what became of it.
    pub versions: Vec<(String, String)>,
    /// The form for another price; nothing, for whoever only looks.
    pub form: Option<PriceForm>,
}

/// A plan as customers see it, in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenIn {
    /// Whose taxes the price is with; nothing, where it is before tax.
    pub taxes: Option<String>,
    /// The languages.
    pub tiles: Vec<(Language, PlanTile)>,
}

/// The form for another price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceForm {
    /// The currency of the price.
    pub currency: String,
    /// The amount as typed.
    pub price: String,
    /// The first day, as a form has it.
    pub from: String,
    /// The earliest such day.
    pub today: String,
    /// Why a sale is to be stopped, as typed.
    pub reason: String,
}

/// The same address with `?price=` and `from=`: what another price would be, before it is set.
#[derive(Debug, Template)]
#[template(path = "desk/plan-price.html")]
pub struct PlanPricePage {
    /// The frame.
    pub layout: DeskLayout,
    /// Its code, as addresses have it.
    pub code: String,
    /// The new price and the old.
    pub title: String,
    /// From when, and what becomes of what is there.
    pub sentences: Vec<String>,
    /// How customers will see it.
    pub seen: SeenIn,
    /// The amount, the first day and the newest version that was seen, as the form sends them.
    pub wish: (String, String, u32),
}
