//! What is kept, and how: the SQLite store behind every port of `farline_app::ports`.
//!
//! Nothing outside this crate knows SQL. One file per concept under [`sqlite`]; the crate's README
//! tells what holds.

pub mod sqlite;

pub use sqlite::{Floor, OpenMode, Rule, SqliteStore, Violation, write_again};
