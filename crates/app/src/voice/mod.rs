//! Callers of the telephone robot, and customers who write text messages.
//!
//! [`calls`] answers webhooks of a call · `tasks` does what the robot wants done · `trace` keeps what the desk knows
//! of it · `standing` looks, `offer` prices and sends
//! the terms, `renew` charges, `link` sends a link to pay by: for both · [`texts`] answers text messages · [`stops`] knows
//! who wants none.

pub mod calls;
mod link;
mod offer;
mod renew;
mod standing;
pub mod stops;
mod tasks;
pub mod texts;
mod trace;

pub(crate) use offer::has_payer;

pub use calls::{begin, hang_up, press, stands};
pub use texts::{Reply, TextMessage, answer};
