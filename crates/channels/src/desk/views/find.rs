//! The first page of the desk.

use crate::desk::layout::DeskLayout;
use askama::Template;

/// `GET /{lang}/desk`: the search, `?q=` to the same address.
#[derive(Debug, Template)]
#[template(path = "desk/find.html")]
pub struct FindPage {
    /// The frame.
    pub layout: DeskLayout,
    /// What was typed.
    pub typed: String,
    /// Whether there is a search for this member.
    pub may_find: bool,
    /// Whether this member takes calls.
    pub may_take: bool,
    /// Whether this member may look at a card without a call.
    pub may_look: bool,
    /// What was found, once something was looked for.
    pub found: Option<FoundView>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct FoundView {
    /// Which ways were tried: `number ending in 0142`; empty when it was too little to look for.
    pub ways: Vec<String>,
    /// What is to be said of it: nothing, too little, more than these.
    pub remark: Option<String>,
    /// The cards.
    pub rows: Vec<FoundRow>,
    /// The number that calls, for whoever takes the call; empty if it is not known.
    pub caller: String,
    /// The carrier's id of their call; empty if it is not known.
    pub telephone: String,
}

impl FindPage {
    /// Whether one card is the one that it must be.
    fn has_single(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.rows.iter().any(|row| row.single))
    }
}

/// A card that was found, with nothing private.
#[derive(Clone, Debug)]
pub struct FoundRow {
    /// What leads to it, sealed.
    pub token: String,
    /// Its number with only the beginning and the end.
    pub number: String,
    /// Its operator's name.
    pub operator: String,
    /// Its holder's name, masked.
    pub name: Option<String>,
    /// How it was found.
    pub why: String,
    /// Whether it is the one that it must be: the Enter key takes it.
    pub single: bool,
    /// The robot's call that comes from it, where it is taken over: what names it, sealed, and what the robot knows.
    pub robot: Option<(String, String)>,
}

/// 403: none of the member's roles allows it.
#[derive(Debug, Template)]
#[template(path = "desk/forbidden.html")]
pub struct ForbiddenPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The roles that do.
    pub roles: Vec<String>,
}
