//! What the staff does with money at the desk: who of them acts, up to how much, and what the day brought.

mod acting;
mod day_sheet;
mod settings;
pub mod today;

pub use acting::{Acting, reason_of};
pub use day_sheet::day_sheet;
pub use settings::{DeskSettings, Limits};
pub use today::today;
