//! What can be offered to a line.

pub mod offers;

pub use offers::{Audience, OfferTile, Reason, offers};
