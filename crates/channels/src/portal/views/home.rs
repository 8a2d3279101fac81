//! The first page.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}`, and the same page again when the number sent to `POST /{lang}/renew` cannot be read or found.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// The frame; an error belongs to the field `number`.
    pub layout: Layout,
    /// What was typed, kept after an error; empty on a first visit.
    pub number: String,
    /// Whether shops sell, whose buyers come here with their orders.
    pub has_shops: bool,
    /// Whether there are promotions that everybody is told of.
    pub has_promotions: bool,
    /// Numbers to try, in the demonstration only.
    pub samples: Vec<String>,
}
