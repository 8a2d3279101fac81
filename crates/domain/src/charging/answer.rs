//! What a network is answered.

use crate::kernel::Units;
use serde::{Deserialize, Serialize};

/// Units that may be used now, and on which terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// How much, in the unit of the service; at least 1.
    pub units: Units,
    /// For how long, in seconds: never beyond the moment at which a bucket it is held in closes
    /// (Validity-Time).
    pub validity_seconds: u32,
    /// Ask again once this much of it is used; at least 1.
    pub ask_again_after: Units,
    /// Whether nothing is free beyond it (Final-Unit-Indication).
    pub is_final: bool,
}

impl Quota {
    /// After how many of these units to ask again: a percentage, rounded down, but at least one.
    pub fn threshold(units: Units, percent: u8) -> Units {
        let (count, percent) = (units.count(), i64::from(percent.min(100)));
        // In two parts, so that the product does not leave 63 bits.
        let part = (count / 100) * percent + (count % 100) * percent / 100;
        Units::new(part.max(1)).unwrap_or_default()
    }
}

/// Why nothing is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargingRefusal {
    /// Nothing is left that could serve now: `DIAMETER_CREDIT_LIMIT_REACHED`, `QUOTA_LIMIT_REACHED`.
    CreditLimitReached,
    /// There is something, but not for where the line is, or the line is out of service:
    /// `DIAMETER_END_USER_SERVICE_DENIED`, `END_USER_SERVICE_DENIED`.
    ServiceDenied,
    /// There is no such line: `DIAMETER_USER_UNKNOWN`.
    UnknownLine,
    /// The session was never started: `DIAMETER_UNKNOWN_SESSION_ID`. What it reports is not debited.
    UnknownSession,
    /// The session has ended. What it reports now is noted, and not debited.
    SessionEnded,
    /// A later request of the session was answered already: this one changes nothing.
    Superseded,
    /// The request does not fit the session: another service, or a one-time event within it:
    /// `DIAMETER_RATING_FAILED`, `RATING_FAILED`.
    RatingFailed,
}

impl ChargingRefusal {
    /// The Diameter result code (RFC 6733, RFC 8506) that says it.
    pub const fn diameter(self) -> u16 {
        match self {
            Self::ServiceDenied => 4010,
            Self::CreditLimitReached => 4012,
            Self::UnknownSession | Self::SessionEnded => 5002,
            // DIAMETER_UNABLE_TO_COMPLY: nothing is wrong with it but its place.
            Self::Superseded => 5012,
            Self::UnknownLine => 5030,
            Self::RatingFailed => 5031,
        }
    }
}

/// What a request led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargingResult {
    /// The session may use this much.
    Granted(Quota),
    /// Done; nothing was to be granted.
    Done,
    /// Nothing is granted. What was reported is debited nevertheless, as far as the session runs.
    Refused(ChargingRefusal),
}

/// The answer to one request. A repeated request gets the very same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargingAnswer {
    /// What it led to.
    pub result: ChargingResult,
    /// How much of what was reported was debited.
    pub debited: Units,
    /// How much of what was reported no bucket could give.
    pub overrun: Units,
    /// What is free after it, in the buckets that can serve now.
    pub left: Units,
}

impl ChargingAnswer {
    /// A refusal that changed nothing.
    pub const fn refused(refusal: ChargingRefusal) -> Self {
        let result = ChargingResult::Refused(refusal);
        Self { result, debited: Units::ZERO, overrun: Units::ZERO, left: Units::ZERO }
    }
}
