//! Attacks on the use cases, on both databases: testing cards, spending what is not theirs, and doing at once what may happen
//! once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod bank;
mod cards;
mod races;
mod spending;
mod world;
