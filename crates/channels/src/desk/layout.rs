//! The frame of every page of the desk. It is the portal's with a menu and a name of its own.

use crate::portal::layout::Layout;
use farline_domain::staff::{Deed, Roles};
use std::ops::{Deref, DerefMut};

/// The entries of the menu, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The search, and what it leads to.
    Desk,
    /// What somebody has to see to.
    FollowUps,
    /// Orders that wait for a person.
    Rescues,
    /// The day's figures.
    Today,
    /// What each member of the staff did.
    Supervise,
    /// Plans and prices.
    Plans,
    /// Who sells from an account with us.
    Partners,
    /// Who works here.
    Team,
    /// What they did.
    Audit,
    /// What whoever is signed in signs in with. Their name leads there, so it has no entry.
    Me,
}

/// What the menu leads to: the section, its path behind the language, and what one's roles have to allow. A page
/// that is not here yet has no entry.
pub const MENU: &[(Section, &str, Option<Deed>)] = &[
    (Section::Desk, "desk", None),
    (Section::FollowUps, "desk/follow-ups", Some(Deed::TakeCall)),
    (Section::Rescues, "desk/orders", Some(Deed::SeeRescues)),
    (Section::Today, "desk/today", Some(Deed::SeeDay)),
    (Section::Plans, "desk/plans", Some(Deed::SeePlans)),
    (Section::Partners, "desk/partners", Some(Deed::SeePartners)),
    (Section::Supervise, "desk/supervise", Some(Deed::Supervise)),
    (Section::Team, "desk/team", Some(Deed::ManageStaff)),
    (Section::Audit, "desk/audit", Some(Deed::SearchAudit)),
];

impl Section {
    /// The key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Desk => "desk-menu-desk",
            Self::FollowUps => "desk-menu-follow-ups",
            Self::Rescues => "desk-menu-rescues",
            Self::Today => "desk-menu-today",
            Self::Supervise => "desk-menu-supervise",
            Self::Plans => "desk-menu-plans",
            Self::Partners => "desk-menu-partners",
            Self::Team => "desk-menu-team",
            Self::Audit => "desk-menu-audit",
            Self::Me => "me-title",
        }
    }
}

/// Everything that is the same on each page of the desk.
#[derive(Clone, Debug)]
pub struct DeskLayout {
    /// Language, address, errors, business: as on every page.
    pub page: Layout,
    /// The entry of the menu that is marked as the current one.
    pub current: Section,
    /// What colleagues call whoever is signed in; nobody, on the pages of coming in.
    pub name: Option<String>,
    /// What they may do.
    pub roles: Roles,
}

/// The texts, the language and the errors of a page of the desk are those of any page, and the templates of their
/// parts are shared.
impl Deref for DeskLayout {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        &self.page
    }
}

impl DerefMut for DeskLayout {
    fn deref_mut(&mut self) -> &mut Layout {
        &mut self.page
    }
}

/// A way of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The address.
    pub address: String,
    /// What it says.
    pub label: String,
    /// Whether the page is under it.
    pub is_current: bool,
}

impl DeskLayout {
    /// The way to what whoever is signed in signs in with; nothing, on the pages of coming in.
    pub fn me(&self) -> Option<Entry> {
        let (address, is_current) = (self.page.href("desk/me"), self.current == Section::Me);
        self.name.clone().map(|label| Entry { address, label, is_current })
    }

    /// The menu: only what the roles allow.
    pub fn menu(&self) -> Vec<Entry> {
        let allowed = |deed: &Option<Deed>| deed.is_none_or(|deed| self.roles.may(deed));
        let entries = MENU.iter().filter(|(_, _, deed)| self.name.is_some() && allowed(deed));
        entries
            .map(|(section, path, _)| Entry {
                address: self.page.href(path),
                label: self.page.say(section.key()),
                is_current: *section == self.current,
            })
            .collect()
    }
}
