//! A standing consent to renew a line: what, by which method, when, and how much at most.

pub mod consent;
pub mod due;
pub mod standing;

pub use consent::{Caps, Consent, ConsentRecord, Means, Trigger};
pub use due::{
    CARD_WARNING_DAYS, Due, MOST_DECLINES, NOTICE_DAYS, SHORTEST_NOTICE_SECONDS, SPREAD_SECONDS,
    retry_at,
};
pub use standing::{AutoRenew, Low, Occasion, Progress, Spent, Why};
