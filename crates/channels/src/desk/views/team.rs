//! Who works here, and what they did.

use crate::desk::layout::DeskLayout;
use askama::Template;

/// `GET /{lang}/desk/team`. Posts `sign_in` and a field for each role to the same address; roles to `{id}/roles` below
/// it; nothing to `{id}/end`.
#[derive(Debug, Template)]
#[template(path = "desk/team.html")]
pub struct TeamPage {
    /// The frame; an error belongs to `sign_in` or `roles`.
    pub layout: DeskLayout,
    /// Everybody.
    pub members: Vec<MemberLine>,
    /// The roles of an invitation.
    pub choices: Vec<RoleChoice>,
    /// The link that was just made.
    pub invited: Option<Invitation>,
}

/// A link, shown once.
#[derive(Debug)]
pub struct Invitation {
    /// The link.
    pub link: String,
    /// Until when it opens.
    pub until: String,
}

/// Somebody who works here, or did.
#[derive(Debug)]
pub struct MemberLine {
    /// The id.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// The name to sign in with.
    pub sign_in: String,
    /// Their roles, worded.
    pub roles: String,
    /// All roles, with theirs marked.
    pub choices: Vec<RoleChoice>,
    /// Whether nobody else has to agree to what is above their limits.
    pub is_alone: bool,
    /// Where they stand.
    pub standing: MemberStanding,
}

/// Where somebody stands.
#[derive(Debug, PartialEq, Eq)]
pub enum MemberStanding {
    /// Has a link.
    Invited {
        /// Until when it opens.
        until: String,
    },
    /// Works here.
    Active,
    /// Did.
    Ended,
}

/// A role to choose.
#[derive(Debug)]
pub struct RoleChoice {
    /// The field's name.
    pub code: &'static str,
    /// The role, worded.
    pub label: String,
    /// Whether it is held.
    pub is_held: bool,
}

/// `GET /{lang}/desk/audit`: `?member=&line=&day=` to the same address.
#[derive(Debug, Template)]
#[template(path = "desk/audit.html")]
pub struct AuditPage {
    /// The frame.
    pub layout: DeskLayout,
    /// Everybody.
    pub choices: Vec<MemberChoice>,
    /// The card typed.
    pub line: String,
    /// The day: `2026-11-28`.
    pub day: String,
    /// The lines found, the newest first.
    pub lines: Vec<AuditLine>,
    /// Whether there are more.
    pub is_cut: bool,
    /// Whose chain does not hold.
    pub broken: Vec<String>,
}

/// Somebody to choose.
#[derive(Debug)]
pub struct MemberChoice {
    /// The id.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// Whether they are chosen.
    pub is_chosen: bool,
}

/// A line of the audit.
#[derive(Debug)]
pub struct AuditLine {
    /// When.
    pub at: String,
    /// Who.
    pub name: String,
    /// What, as the word that is kept.
    pub action: String,
    /// About what: ids.
    pub about: String,
}
