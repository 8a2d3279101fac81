//! How a caller proves who they are, and for what that is good enough.

use crate::kernel::Instant;
use serde::{Deserialize, Serialize};

/// A proof holds for so long, in seconds: half an hour, a long call.
const HOLDS_SECONDS: i64 = 30 * 60;

/// A way to prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A one-time code sent to an address on file that does not depend on the card.
    CodeElsewhere,
    /// A one-time code sent to the card itself.
    CodeToCard,
    /// The PIN of the card.
    Pin,
    /// The date of the last renewal and what was paid.
    LastRenewal,
    /// The number of an identity document, of which only a keyed digest is kept. Off unless the business turns it on.
    Document,
    /// The PIN, given to the telephone robot, which put the caller through.
    HandedOver,
}

/// How much harm somebody else could do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gravity {
    /// Seeing the card and renewing it.
    Ordinary,
    /// Another SIM, the PUK, another address, the number given up: whoever has the phone in hand must not be enough.
    Grave,
}

impl Way {
    /// All of them, in the order in which an agent offers them; the last is not offered, but taken over.
    pub const ALL: [Self; 6] = [
        Self::Pin,
        Self::CodeElsewhere,
        Self::CodeToCard,
        Self::LastRenewal,
        Self::Document,
        Self::HandedOver,
    ];

    /// The word stored, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CodeElsewhere => "code_elsewhere",
            Self::CodeToCard => "code_to_card",
            Self::Pin => "pin",
            Self::LastRenewal => "last_renewal",
            Self::Document => "document",
            Self::HandedOver => "handed_over",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == word)
    }

    /// Whether it is good enough. A code to the card says who holds the card, not whose it is; what was paid can be read
    /// on a statement. Who gave the robot a PIN is on the line that it put through, as far as a person can tell.
    pub const fn is_enough_for(self, gravity: Gravity) -> bool {
        match (self, gravity) {
            (Self::CodeElsewhere | Self::Pin | Self::Document, _)
            | (Self::CodeToCard | Self::LastRenewal | Self::HandedOver, Gravity::Ordinary) => true,
            (Self::CodeToCard | Self::LastRenewal | Self::HandedOver, Gravity::Grave) => false,
        }
    }
}

/// That a caller proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// How.
    pub way: Way,
    /// When.
    pub at: Instant,
}

impl Proof {
    /// Whether it still holds, and is good enough.
    pub fn is_enough_for(self, gravity: Gravity, now: Instant) -> bool {
        now < self.at.plus_seconds(HOLDS_SECONDS) && self.way.is_enough_for(gravity)
    }
}

#[cfg(test)]
mod tests {
    use super::{Gravity, Proof, Way};
    use crate::kernel::Instant;

    #[test]
    fn what_is_grave_never_rests_on_the_card_itself() {
        for way in Way::ALL {
            assert!(way.is_enough_for(Gravity::Ordinary), "{way:?}");
            let weak = matches!(way, Way::CodeToCard | Way::LastRenewal | Way::HandedOver);
            assert_eq!(way.is_enough_for(Gravity::Grave), !weak, "{way:?}");
            assert_eq!(Way::parse(way.code()), Some(way));
        }
    }

    #[test]
    fn a_proof_holds_for_half_an_hour() {
        let proof = Proof { way: Way::Pin, at: Instant::from_millis(0) };
        let after = |seconds| Instant::from_millis(0).plus_seconds(seconds);
        assert!(proof.is_enough_for(Gravity::Grave, after(1799)));
        assert!(!proof.is_enough_for(Gravity::Ordinary, after(1800)));
    }
}
