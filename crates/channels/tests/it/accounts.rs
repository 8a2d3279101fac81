//! Accounts from end to end: the use cases over the real store, and the API over the use cases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod api;
mod auto_renew;
pub(crate) mod browser;
mod coming_in;
mod lines;
mod methods;
mod person;
mod policy;
mod promotions;
mod renewing;
pub(crate) mod world;
