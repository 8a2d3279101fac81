//! One conversation with a caller.

use super::{Gravity, Proof, Way};
use crate::kernel::{CallId, Instant, LineId, OrderId, StaffId};
use serde::{Deserialize, Serialize};

/// Who talks to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// How often the card turned out to be locked against proofs, or became so.
    pub locks: u32,
    /// The newest order that came of it.
    pub order: Option<OrderId>,
    /// Since when the robot has been putting the caller through to a person.
    pub connecting_at: Option<Instant>,
}

/// A call is taken for abandoned when nothing was done in it for so long, in seconds.
const ABANDONED_SECONDS: i64 = 15 * 60;

/// Whoever was put through is awaited at the desk for so long, in seconds: ten minutes in a queue.
const AWAITED_SECONDS: i64 = 10 * 60;

impl Call {
    /// A call that begins now: nothing is proven and nothing came of it yet.
    pub const fn begun(
        id: CallId,
        (source, line, caller): (CallSource, LineId, Caller),
        now: Instant,
    ) -> Self {
        Self {
            id,
            source,
            line,
            caller,
            started_at: now,
            active_at: now,
            ended_at: None,
            proof: None,
            failures: 0,
            locks: 0,
            order: None,
            connecting_at: None,
        }
    }

    /// Whether it goes on.
    pub fn is_open(&self, now: Instant) -> bool {
        self.ended_at.is_none() && now < self.active_at.plus_seconds(ABANDONED_SECONDS)
    }

    /// Whether the caller is known well enough.
    pub fn is_verified(&self, gravity: Gravity, now: Instant) -> bool {
        self.is_open(now) && self.proof.is_some_and(|proof| proof.is_enough_for(gravity, now))
    }

    /// The proof that whoever takes this call over from the robot may go on with, so that the caller is not asked twice.
    /// It is worth something only while the robot puts the caller through, and only of the card that calls: whoever else is
    /// on the line at the same time must not be taken for them. It holds for as long as it would have with the robot.
    pub fn proof_to_hand_over(&self, now: Instant) -> Option<Proof> {
        let since = self.connecting_at.filter(|_| self.source == CallSource::Robot)?;
        let is_awaited = now < since.plus_seconds(AWAITED_SECONDS);
        let is_known = is_awaited && self.caller == Caller::Card;
        let proof = self.proof.filter(|_| is_known && self.is_verified(Gravity::Ordinary, now))?;
        Some(Proof { way: Way::HandedOver, ..proof })
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, CallSource, Caller};
    use crate::hotline::{Gravity, Proof, Way};
    use crate::kernel::{CallId, Cell, Instant, LineId, StaffId};

    fn at(minute: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000).plus_seconds(minute * 60)
    }

    /// A caller who gave the PIN at minute 1 and is put through at minute 5.
    fn robot() -> Call {
        let cell = Cell::numbered(5);
        Call {
            id: CallId::mint(at(0), cell, 1),
            source: CallSource::Robot,
            line: LineId::mint(at(0), cell, 2),
            caller: Caller::Card,
            started_at: at(0),
            active_at: at(5),
            ended_at: None,
            proof: Some(Proof { way: Way::Pin, at: at(1) }),
            failures: 0,
            locks: 0,
            order: None,
            connecting_at: Some(at(5)),
        }
    }

    #[test]
    fn a_proof_is_handed_over_while_its_caller_is_put_through() {
        let desk = CallSource::Desk(StaffId::mint(at(0), Cell::numbered(0), 1));
        // The call, the minute at which it is taken over, and whether its proof goes with it.
        let old = Some(Proof { way: Way::Pin, at: at(-22) });
        let table = [
            ("put through", robot(), 6, true),
            ("waits in the queue", robot(), 14, true),
            ("has waited too long", robot(), 15, false),
            ("not put through", Call { connecting_at: None, ..robot() }, 6, false),
            ("from another number", Call { caller: Caller::Other, ..robot() }, 6, false),
            ("a number withheld", Call { caller: Caller::Unknown, ..robot() }, 6, false),
            ("hung up, or taken already", Call { ended_at: Some(at(6)), ..robot() }, 6, false),
            ("nothing proven", Call { proof: None, ..robot() }, 6, false),
            ("proven just long enough ago", Call { proof: old, ..robot() }, 7, true),
            ("proven too long ago", Call { proof: old, ..robot() }, 8, false),
            ("a person's own call", Call { source: desk, ..robot() }, 6, false),
        ];
        for (what, call, minute, expected) in table {
            let proof = call.proof_to_hand_over(at(minute));
            assert_eq!(proof.is_some(), expected, "{what}");
            // It is as old as it was, and no good for what is grave.
            if let Some(proof) = proof {
                assert_eq!(Some(proof.at), call.proof.map(|own| own.at), "{what}");
                assert!(proof.is_enough_for(Gravity::Ordinary, at(minute)), "{what}");
                assert!(!proof.is_enough_for(Gravity::Grave, at(minute)), "{what}");
            }
        }
    }
}
