//! Whose hand changed something of a partner, and when.

use crate::kernel::{AccountId, Instant};
use serde::{Deserialize, Serialize};

/// Whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// One of the partner's people, signed in with this account.
    Account(AccountId),
    /// The business, at the command line.
    Business,
    /// Somebody who was not signed in, in a sandbox.
    Guest,
}

/// A hand, and when it did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whose.
    pub by: Hand,
    /// When.
    pub at: Instant,
}

/// A change of what plans cost a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repricing {
    /// Who did it, and when.
    pub done: Done,
    /// How many plans have another price of their own, or one for the first time.
    pub changed: u32,
    /// How many have none any more: the discount counts again.
    pub removed: u32,
}
