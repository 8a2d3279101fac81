//! The desk over HTTP.

mod coming_in;
mod find;
mod money;
pub(crate) mod team;
