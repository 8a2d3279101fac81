//! Roles. One person may hold several, and may do what any of them may.

use super::Deed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a member of the staff is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Talks to callers: finds, verifies, advises, renews.
    Agent,
    /// An agent who also rescues orders, up to a higher amount.
    SeniorAgent,
    /// Looks after agents, approves what is above their limits, and names the staff.
    Supervisor,
    /// Looks after money: approves refunds and reads the reports.
    Finance,
    /// Looks after plans and prices.
    Catalogue,
    /// Reads everything and changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Agent,
        Self::SeniorAgent,
        Self::Supervisor,
        Self::Finance,
        Self::Catalogue,
        Self::Auditor,
    ];

    /// The word stored, typed at the command line, and the stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::SeniorAgent => "senior_agent",
            Self::Supervisor => "supervisor",
            Self::Finance => "finance",
            Self::Catalogue => "catalogue",
            Self::Auditor => "auditor",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == word)
    }
}

/// The roles of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whoever owns the business and does everything alone.
    pub fn owner() -> Self {
        Role::ALL.into_iter().collect()
    }

    /// Whether one of them allows it.
    pub fn may(&self, deed: Deed) -> bool {
        self.0.iter().any(|role| deed.allowed_to().contains(role))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        Self(roles.into_iter().collect())
    }
}
