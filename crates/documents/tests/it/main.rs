//! What a reader of the documents relies on, seen from outside.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop at the first surprise"
)]

mod pages;
mod qr;
mod samples;
mod signature;
mod tools;
