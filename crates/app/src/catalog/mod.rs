//! What is on sale, and what can be offered to a line.

pub mod change;
pub mod offers;
pub mod promote;
pub mod publish;

pub use change::PlanSeen;
pub use offers::{Audience, OfferTile, Reason, offers};
pub use publish::publish;
