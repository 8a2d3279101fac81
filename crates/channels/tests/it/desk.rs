//! The desk over HTTP.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod calls;
mod coming_in;
mod device;
mod find;
mod keypad;
mod look;
mod matrix;
mod money;
mod partners;
mod passkeys;
mod plans;
mod robot;
mod supervise;
pub(crate) mod team;
