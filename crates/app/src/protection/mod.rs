//! What keeps strangers from using us against others: testing stolen cards, spending saved methods that are not theirs.
//! `docs/operate/protection.md` tells the whole of it, attack by attack.
//!
//! Orders are counted by the caller's network address, the line, the contact and the account, never by something left on the
//! device: we set no cookie but that of a session, and whoever tests cards throws cookies away first.

mod figures;
pub mod placing;
mod spread;

pub use placing::guard;
