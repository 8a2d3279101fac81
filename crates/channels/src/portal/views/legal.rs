//! Terms, privacy and complaints.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/terms`.
#[derive(Debug, Template)]
#[template(path = "terms.html")]
pub struct TermsPage {
    /// The frame; the business in it is the merchant.
    pub layout: Layout,
    /// The version of the terms.
    pub version: String,
    /// The day they came into force.
    pub since: String,
}

/// `GET /{lang}/privacy`.
#[derive(Debug, Template)]
#[template(path = "privacy.html")]
pub struct PrivacyPage {
    /// The frame; the business in it answers for the data.
    pub layout: Layout,
}

/// `GET /{lang}/complaints`: ours first, then the CCTS.
#[derive(Debug, Template)]
#[template(path = "complaints.html")]
pub struct ComplaintsPage {
    /// The frame.
    pub layout: Layout,
}
