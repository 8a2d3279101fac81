//! Reminders: looking at every line for what its people are to be told in time, and telling them, once.

mod plan;
mod promotions;
mod send;
mod wishes;

pub use plan::{PlannedAll, look_at_all, plan_all, plan_emptied};
pub use send::send_due;
pub use wishes::{SeenReminders, choose, see};

use serde::Deserialize;

/// When people are reminded, and who.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderSettings {
    /// The days before the last day of service, in any order; each at most 60.
    pub days_before: Vec<u8>,
    /// Cards that are in no account.
    pub without_account: WithoutAccount,
}

/// Whether a card is reminded that is in no account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithoutAccount {
    /// By text message to its own number.
    #[default]
    Text,
    /// Not at all.
    Nothing,
}

impl Default for ReminderSettings {
    /// Seven, three and one; cards in no account by text message.
    fn default() -> Self {
        Self { days_before: vec![7, 3, 1], without_account: WithoutAccount::Text }
    }
}

impl ReminderSettings {
    /// As usual, but only for cards that are in an account: the demonstration's invented ones are nobody's, and their messages
    /// would hide those of whoever tries it.
    pub fn for_accounts() -> Self {
        Self { without_account: WithoutAccount::Nothing, ..Self::default() }
    }

    /// What is wrong with it, if anything.
    pub fn fault(&self) -> Option<&'static str> {
        let is_far = self.days_before.iter().any(|days| *days > MOST_DAYS_BEFORE);
        is_far.then_some("nobody is reminded more than 60 days before")
    }
}

/// The most days before the last day of service.
const MOST_DAYS_BEFORE: u8 = 60;
/// How long reminders are kept that are over, in seconds: longer than any period for which there is one.
pub const KEPT_SECONDS: i64 = 400 * 24 * 60 * 60;
