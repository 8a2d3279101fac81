//! Finding a line and looking at it.

pub mod find;
pub mod outlook;

pub use find::find;
pub use outlook::{Outlook, outlook};
