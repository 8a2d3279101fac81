//! A card that is looked at without a call.

use super::{FittingPlan, ShownNote};
use crate::desk::layout::DeskLayout;
use crate::portal::views::{Bucket, Days};
use askama::Template;

/// `GET /{lang}/desk/cards/{card}`: asks for the reason. Posts `reason` to the same address.
#[derive(Debug, Template)]
#[template(path = "desk/look.html")]
pub struct LookPage {
    /// The frame; an error belongs to `reason`.
    pub layout: DeskLayout,
    /// What leads to the card, sealed.
    pub token: String,
    /// The card, masked.
    pub card: String,
    /// Its operator.
    pub operator: String,
    /// The reason as it was typed.
    pub reason: String,
}

/// The same with `?look=`, once the reason is written down: what an agent sees of a verified caller's card, and nothing to
/// do about it.
#[derive(Debug, Template)]
#[template(path = "desk/looked.html")]
pub struct LookedPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The number in full.
    pub number: String,
    /// Its operator.
    pub operator: String,
    /// That the look is written down, and since when.
    pub recorded: String,
    /// The time left.
    pub days: Option<Days>,
    /// The line of the card's life.
    pub life_svg: String,
    /// What is left.
    pub buckets: Vec<Bucket>,
    /// How long data lasts at the present pace.
    pub pace: String,
    /// The order that is open: its address and its reference.
    pub open: Option<(String, String)>,
    /// Whether nothing of its operator is sold at present.
    pub is_paused: bool,
    /// The plans that an agent would offer.
    pub plans: Vec<FittingPlan>,
    /// Notes, the newest first.
    pub notes: Vec<ShownNote>,
}
