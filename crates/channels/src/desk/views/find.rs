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
