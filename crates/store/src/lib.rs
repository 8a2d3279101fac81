//! What is kept, and how: the stores behind every port of `farline_app::ports`.
//!
//! Nothing outside this crate knows SQL. One file per concept, under the same name in [`sqlite`] and
//! in [`postgres`]; what is the same in both stands in `kept`, and the invariants in `check`. The
//! crate's README tells what holds.

/// Names every SQL statement of a file, so that a test can prepare all of them. Those that are `hot`
/// can be listed by the program too, which prepares them before it needs them.
macro_rules! statements {
    (hot; $($(#[$meta:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$meta])* pub(crate) const $name: &str = $sql;)*

        /// Every statement of this file by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
    ($($(#[$meta:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$meta])* pub(crate) const $name: &str = $sql;)*

        /// Every statement of this file by name.
        #[cfg(test)]
        pub(crate) fn statements() -> &'static [(&'static str, &'static str)] {
            &[$((stringify!($name), $name)),*]
        }
    };
}

pub mod backup;
mod check;
mod condition;
mod database;
mod floor;
mod kept;
pub mod moving;
pub mod postgres;
pub mod sqlite;

pub use check::{Rule, Violation};
pub use condition::{Condition, Holder, LeaseState, Machine, SpreadState};
pub use database::{Database, OpenMode};
pub use floor::{Floor, Side};
pub use postgres::{CommitScope, Placement, PostgresOptions, PostgresStore, PostgresTrial, Spread};
pub use sqlite::{Holdings, SqliteStore, copy_lines, write_again};
