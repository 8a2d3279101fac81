//! How a partner's programs sign in.

use super::{Done, Hand, PartnerCode};
use crate::kernel::Instant;
use serde::{Deserialize, Serialize};

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read products, orders, the balance and the statement.
    Read,
    /// All of that, and place and cancel orders.
    Order,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::Read, Self::Order];

    /// The word stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Order => "order",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// Whether it allows what `wanted` allows.
    pub fn allows(self, wanted: Self) -> bool {
        self >= wanted
    }
}

/// Whether a key signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// It does.
    Live,
    /// Not any more, from this instant on. One that is replaced works for a while beside the new one.
    Ends(Instant),
}

/// A key as kept: its secret is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerKey {
    /// Whose.
    pub partner: PartnerCode,
    /// What they call it.
    pub label: String,
    /// Its last four letters, by which people tell keys apart.
    pub ending: String,
    /// What it may do.
    pub scope: Scope,
    /// Since when.
    pub since: Instant,
    /// Whether it signs in.
    pub state: KeyState,
    /// Who made it; not known of keys from before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_by: Option<Hand>,
    /// Who ended it, or had it replaced, and when they did so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Done>,
}

impl PartnerKey {
    /// Whether it signs in now.
    pub fn is_good_at(&self, now: Instant) -> bool {
        match self.state {
            KeyState::Live => true,
            KeyState::Ends(at) => now < at,
        }
    }
}
