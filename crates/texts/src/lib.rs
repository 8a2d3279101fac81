//! What people read: every text in every language, and how numbers, money, data, dates and phone numbers are written.
//!
//! Start at [`Words::of`]. The texts stand in `languages/<tag>/*.ftl`; see the crate's README.

mod argument;
mod formats;
mod sources;
mod words;

pub use argument::Argument;
pub use sources::{cantonese_keys, keys};
pub use words::Words;
