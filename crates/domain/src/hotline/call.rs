//! One conversation with a caller.

use super::{Gravity, Proof};
use crate::kernel::{CallId, Instant, LineId, StaffId};
use serde::{Deserialize, Serialize};

/// Who talks to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallSource {
    /// A member of the staff.
    Desk(StaffId),
    /// The telephone robot.
    Robot,
}

/// From where somebody calls, as the telephone system says. It proves nothing, as it can be forged, and the number
/// itself is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// From the card that the call is about.
    Card,
    /// From another number.
    Other,
    /// It does not say.
    Unknown,
}

impl Caller {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Card, Self::Other, Self::Unknown];

    /// The word stored, and the stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// Who placed an order for its payer, and what they told the payer before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assistance {
    /// Who.
    pub by: CallSource,
    /// In which call, where there was one.
    pub call: Option<CallId>,
    /// What was read to the payer, in the order's language, before they said yes: plan, price and dates.
    pub read_out: String,
}

/// One conversation with a caller about one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// Who talks.
    pub source: CallSource,
    /// The card it is about.
    pub line: LineId,
    /// From where the telephone system says they call.
    pub caller: Caller,
    /// When it began.
    pub started_at: Instant,
    /// When something was last done in it.
    pub active_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// That the caller proved who they are.
    pub proof: Option<Proof>,
    /// Proofs that failed.
    pub failures: u32,
}

/// A call is taken for abandoned when nothing was done in it for so long, in seconds.
const ABANDONED_SECONDS: i64 = 15 * 60;

impl Call {
    /// Whether it goes on.
    pub fn is_open(&self, now: Instant) -> bool {
        self.ended_at.is_none() && now < self.active_at.plus_seconds(ABANDONED_SECONDS)
    }

    /// Whether the caller is known well enough.
    pub fn is_verified(&self, gravity: Gravity, now: Instant) -> bool {
        self.is_open(now) && self.proof.is_some_and(|proof| proof.is_enough_for(gravity, now))
    }
}
