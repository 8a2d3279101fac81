//! The texts and formats, tested as data: each language's files against rules, each format against a table from Intl.
#![expect(clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod check;
mod formats;
mod goldens;
mod spoken;
mod texts;
mod words;
