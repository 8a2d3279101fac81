//! What is remembered of a session, and where a request stands in it.

use super::answer::ChargingAnswer;
use super::request::ServiceKind;
use crate::balance::Session;
use crate::kernel::{Instant, Units};
use jiff::civil::Date;
use std::cmp::Ordering;

/// Whether a session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It may ask again, even after its quota lapsed.
    Running,
    /// It has ended, for ever.
    Ended {
        /// When.
        at: Instant,
    },
}

/// A session as it is remembered. What it holds stands in the line's reservations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargingSession {
    /// The network's name for it.
    pub session: Session,
    /// What it uses.
    pub kind: ServiceKind,
    /// Whether it goes on.
    pub state: SessionState,
    /// The highest sequence number that was answered.
    pub sequence: u32,
    /// The last local date on which it was heard of; it is forgotten by this date.
    pub heard_on: Date,
    /// Debited in all.
    pub used: Units,
    /// Reported in all beyond what buckets could give.
    pub overrun: Units,
    /// Reported in all after it had ended, and not debited.
    pub refused: Units,
    /// The answer to the request with the highest number.
    pub answer: ChargingAnswer,
}

/// Where a request stands among those that were answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was answered before.
    Repeated,
    /// It comes after a later one.
    Superseded,
    /// It is new, but the session has ended.
    TooLate,
    /// It is the next one.
    Next,
}

impl ChargingSession {
    /// A session of which nothing is known but its first answer.
    pub fn begun(
        (session, kind): (Session, ServiceKind),
        (sequence, answer): (u32, ChargingAnswer),
        (state, heard_on): (SessionState, Date),
    ) -> Self {
        Self {
            session,
            kind,
            state,
            sequence,
            heard_on,
            used: answer.debited,
            overrun: answer.overrun,
            refused: Units::ZERO,
            answer,
        }
    }

    /// Whether it has ended.
    pub const fn has_ended(&self) -> bool {
        matches!(self.state, SessionState::Ended { .. })
    }

    /// Where a request with this number stands.
    pub fn standing(&self, sequence: u32) -> Standing {
        match (sequence.cmp(&self.sequence), self.has_ended()) {
            (Ordering::Equal, _) => Standing::Repeated,
            (Ordering::Less, _) => Standing::Superseded,
            (Ordering::Greater, true) => Standing::TooLate,
            (Ordering::Greater, false) => Standing::Next,
        }
    }
}
