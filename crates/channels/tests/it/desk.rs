//! The desk over HTTP.

mod coming_in;
pub(crate) mod team;
