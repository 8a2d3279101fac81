//! The provider over real HTTP on a loopback port, with a receiver for its webhooks.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod charges;
mod disputes;
mod journal;
mod keeping;
mod machine;
mod page;
mod payments;
mod webhooks;
mod world;
