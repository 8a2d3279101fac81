//! What partners read before they sell.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// How whoever reads it gets a key.
#[derive(Clone, PartialEq, Eq)]
pub enum Start {
    /// From the business, which opens an account first.
    Account,
    /// At once: no money is real here.
    Sandbox,
    /// They have got one just now.
    Made {
        /// The secret; it is shown this once.
        secret: String,
        /// The path of their portal; none for strangers.
        portal: Option<String>,
    },
}

/// Never shows the key.
impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Account => "Account",
            Self::Sandbox => "Sandbox",
            Self::Made { .. } => "Made(…)",
        })
    }
}

/// `GET /{lang}/partners`
#[derive(Debug, Template)]
#[template(path = "partners.html")]
pub struct PartnersPage {
    /// The frame.
    pub layout: Layout,
    /// Where programs reach this installation.
    pub url: String,
    /// How to get a key.
    pub start: Start,
    /// The same order in several languages of programs: name and text.
    pub snippets: [(&'static str, &'static str); 4],
    /// What became of an order, in a word, and what to do then.
    pub outcomes: Vec<(&'static str, String)>,
    /// Numbers to try, and what becomes of an order for each; none where money is real.
    pub numbers: Vec<(&'static str, String)>,
}
