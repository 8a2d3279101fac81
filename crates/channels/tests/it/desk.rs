//! The desk over HTTP.

mod coming_in;
mod money;
pub(crate) mod team;
