//! A provider's settlement export, held line by line against what we know: nothing is changed,
//! unless the provider's fees are to be posted.
//!
//! The export is read once, row by row. A group of rows is held against its orders, which are read together; then
//! what was posted in the export's time is read through, group by group, for what the export lacks. What is kept meanwhile
//! is a digest of 16 octets for each row, some 50 MB for a million.

mod cells;
mod compare;
mod export;
mod fees;
pub mod paypal;
mod seen;
pub mod stripe;
mod summary;

pub use compare::{ReconcileError, reconcile};
pub use export::{Entry, Export, ExportError, Line, Meaning, Wrong};
pub use fees::{FeesBooked, FeesError, book_fees};
pub use summary::{Apart, Cause, Difference, Summary, Sums};
