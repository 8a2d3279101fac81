//! Reminders: looking at every line for what its people are to be told in time, and telling them, once.

mod plan;
mod send;
mod wishes;

pub use plan::{PlannedAll, look_at_all, plan_all, plan_emptied};
pub use send::send_due;
pub use wishes::{SeenReminders, choose, see};

/// When and of what people are reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderSettings {
    /// The days before the last day of service, in any order.
    pub days_before: Vec<u8>,
}

impl Default for ReminderSettings {
    /// Seven, three and one.
    fn default() -> Self {
        Self { days_before: vec![7, 3, 1] }
    }
}

/// How long reminders are kept that are over, in seconds: longer than any period for which there is one.
pub const KEPT_SECONDS: i64 = 400 * 24 * 60 * 60;
