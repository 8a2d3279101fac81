//! Reminders: when a line's people are told that a date, an allowance or the credit comes to its end.

mod due;
mod reason;
mod reminder;

pub use due::{
    Pace, Paces, Planned, Seen, due, emptied, may_be_sent_at, may_hear_of_promotions, period_of,
    promotion_ends,
};
pub use reason::ReminderReason;
pub use reminder::{Reminder, ReminderKey, ReminderProgress, ReminderWish, Told};
