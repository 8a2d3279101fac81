//! The helpers of a card.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/cards/{id}/helpers`. Posts `contact` and `name` to the same address, and nothing to
/// `/{helper}/revoke` below it.
#[derive(Debug, Template)]
#[template(path = "helpers.html")]
pub struct HelpersPage {
    /// The frame; errors belong to `contact` or `name`.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// Who may help now, or was asked.
    pub helpers: Vec<HelperLine>,
    /// The address or number typed.
    pub contact: String,
    /// The name typed.
    pub name: String,
}

/// A helper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelperLine {
    /// The id in the address of *revoke*.
    pub id: String,
    /// The name the holder gave.
    pub name: String,
    /// Where the helper is reached, masked.
    pub contact: String,
    /// Whether the helper has accepted.
    pub state: HelperState,
    /// The day it was granted or asked: `November 1, 2026`.
    pub since: String,
}

/// How far the naming of a helper has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelperState {
    /// Asked; has not opened the link yet.
    Asked,
    /// Sees, renews, is reminded.
    Active,
}

/// `GET /{lang}/cards/{id}/reminders`. Posts `by` to the same address.
#[derive(Debug, Template)]
#[template(path = "reminders.html")]
pub struct RemindersPage {
    /// The frame.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// How one may be told: value, words, and whether it is chosen.
    pub choices: Vec<(String, String, bool)>,
    /// What was told, the newest first.
    pub told: Vec<ReminderLine>,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderLine {
    /// Of what.
    pub reason: String,
    /// When.
    pub when: String,
    /// What became of it.
    pub state: String,
}
