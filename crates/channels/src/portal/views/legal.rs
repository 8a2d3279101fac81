//! Who sells, terms, privacy and complaints.

use askama::Template;

use farline_app::wording::business::TermsSection;

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
    /// The terms themselves, refund rules included.
    pub sections: Vec<TermsSection>,
}

/// `GET /{lang}/about`: who sells.
#[derive(Debug, Template)]
#[template(path = "about.html")]
pub struct AboutPage {
    /// The frame; the business in it is the one.
    pub layout: Layout,
    /// Where it sells.
    pub provinces: String,
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
    /// How the business deals with a complaint.
    pub steps: String,
    /// The CCTS.
    pub ccts: Ccts,
}

/// The Commission for Complaints for Telecom-television Services, where it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ccts {
    /// The phone as people read it.
    pub phone: String,
    /// The same for the `tel:` link.
    pub phone_e164: String,
    /// Its site as people read it: `ccts-cprst.ca`.
    pub website: String,
    /// Its postal address, one entry per line.
    pub address: Vec<String>,
}
