//! The desk over HTTP.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod coming_in;
mod matrix;
mod find;
mod money;
pub(crate) mod team;
