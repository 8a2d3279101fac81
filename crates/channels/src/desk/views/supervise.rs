//! The supervisor's view.

use crate::desk::layout::DeskLayout;
use crate::portal::charts::stacked;
use askama::Template;

/// `GET /{lang}/desk/supervise`: `?from=&until=` to the same address.
#[derive(Debug, Template)]
#[template(path = "desk/supervise.html")]
pub struct SupervisePage {
    /// The frame; an error belongs to `from` or `until`.
    pub layout: DeskLayout,
    /// The first day, as it was typed.
    pub from: String,
    /// The last day, as it was typed.
    pub until: String,
    /// What was found; nothing, if the days are no period.
    pub found: Option<SupervisedView>,
}

/// Some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedView {
    /// Which, in words, with their zone.
    pub days: String,
    /// The address of the sheet.
    pub sheet: String,
    /// How many orders wait now.
    pub waiting: String,
    /// The pictures.
    pub charts: Vec<SupervisedChart>,
    /// All days together, each day, each who did anything.
    pub groups: Vec<SupervisedGroup>,
}

/// A picture with what its parts mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedChart {
    /// Its heading.
    pub title: String,
    /// The picture.
    pub picture: String,
    /// The name of each part.
    pub parts: Vec<String>,
}

impl SupervisedChart {
    /// The square before the name of a part.
    pub fn swatch(&self, part: &usize) -> String {
        stacked::swatch(*part)
    }
}

/// Rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedGroup {
    /// What tells its tables from others.
    pub name: &'static str,
    /// Its heading.
    pub title: String,
    /// What a row is.
    pub of: String,
    /// The rows, that of the sum last.
    pub rows: Vec<SupervisedRow>,
}

/// The figures of a day or of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisedRow {
    /// Which day, or who.
    pub name: String,
    /// Calls: how many, their length, with an order, paid, verified and how, failures, locks.
    pub calls: Vec<Counted>,
    /// Money: each deed with how often and how much; and orders decided about.
    pub money: Vec<Counted>,
}

/// A figure, and what it consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The figure.
    pub figure: String,
    /// What it consists of, if there is more to say.
    pub detail: String,
}

impl SupervisePage {
    /// The headings of the calls' columns.
    fn calls(&self) -> Vec<String> {
        let columns = ["calls", "length", "ordered", "paid", "verified", "failed", "locked"];
        columns.iter().map(|column| self.layout.say(format!("supervise-{column}"))).collect()
    }

    /// The headings of the columns about money and orders.
    fn money(&self) -> Vec<String> {
        let columns = ["refunded", "asked", "agreed", "took", "gave", "decided"];
        columns.iter().map(|column| self.layout.say(format!("supervise-{column}"))).collect()
    }
}
