//! What the staff does with money at the desk: who of them acts, up to how much, what the day brought, and who did how much.

mod acting;
mod day_sheet;
mod settings;
pub mod supervise;
mod supervision_sheet;
pub mod today;

pub use acting::{Acting, reason_of};
pub use day_sheet::day_sheet;
pub use settings::{DeskSettings, Limits};
pub use supervise::supervise;
pub use supervision_sheet::supervision_sheet;
pub use today::today;
