//! Reminders: when a line's people are told that a date, an allowance or the credit comes to its end.

mod due;
mod reason;
mod reminder;

pub use due::{Pace, Planned, Seen, due, emptied, may_be_sent_at, period_of};
pub use reason::ReminderReason;
pub use reminder::{Reminder, ReminderKey, ReminderProgress, ReminderWish, Told};
