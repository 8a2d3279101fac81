//! A priced offer for one line, kept on the server for 15 minutes. What is charged is what was quoted.

use crate::catalog::{Offer, Price};
use crate::kernel::{Instant, Language, LineId, QuoteId};
use crate::subjects::SubjectKey;
use serde::{Deserialize, Serialize};

/// How a buyer in Quebec came to contract in another language (Charter of the French language):
/// the French terms were shown first, then the buyer chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrenchTerms {
    /// The version of the terms that was shown.
    pub version: String,
    /// The language chosen afterwards.
    pub chosen: Language,
    /// When it was chosen.
    pub at: Instant,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its id, which carries the line's cell.
    pub id: QuoteId,
    /// The line it is for.
    pub line: LineId,
    /// What would be delivered.
    pub offer: Offer,
    /// What would be paid.
    pub price: Price,
    /// The single-use code by which a promotion came into the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_use: Option<SubjectKey>,
    /// When it was made.
    pub made_at: Instant,
    /// Until when it can be ordered.
    pub expires_at: Instant,
}

impl Quote {
    /// How long a quote can be ordered, in seconds.
    pub const VALID_SECONDS: i64 = 15 * 60;

    /// Whether it can still be ordered.
    pub fn is_valid_at(&self, now: Instant) -> bool {
        now < self.expires_at
    }
}
