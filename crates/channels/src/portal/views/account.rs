//! The account, and the page after it is deleted.

use askama::Template;
use farline_domain::kernel::Language;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/account`. Posts, all below the same address: `language` to `/language`; `contact` to `/contacts`, nothing
/// to `/contacts/{id}/remove`; `current` and `password` to `/password`; nothing to `/sign-out-everywhere`; `confirm` = `yes`
/// to `/delete`; `medium`, `act` = `give` with `agree` = `yes`, or `act` = `end`, to `/marketing`. `/{lang}/sign-out` ends this session; `data.json` below the account is the download.
#[derive(Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The frame; errors belong to `contact`, `current`, `password`, `confirm` or the field of a consent.
    pub layout: Layout,
    /// The language of messages.
    pub language: Language,
    /// E-mail addresses and numbers, verified or not.
    pub contacts: Vec<ContactLine>,
    /// Whether there is a password to change; otherwise one can be set.
    pub has_password: bool,
    /// The least length of a password, in characters.
    pub password_length: i64,
    /// Signed-in devices, this one first.
    pub sessions: Vec<SessionLine>,
    /// The last day for which tax law keeps the money records: `December 31, 2032`; none if there are none.
    pub kept_until: Option<String>,
    /// Consent to promotions, by each medium by which the person is reached.
    pub consents: Vec<ConsentLine>,
}

impl AccountPage {
    /// Every language, for the choice.
    pub const fn languages(&self) -> [Language; 3] {
        Language::ALL
    }
}

/// A way to reach the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// The id in the address of *remove*.
    pub id: String,
    /// The address or grouped number.
    pub value: String,
    /// Whether a code proved it.
    pub verified: bool,
    /// Whether it may be removed (the last verified one may not).
    pub removable: bool,
}

/// A consent to promotions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentLine {
    /// `email` or `sms`.
    pub medium: String,
    /// The id of its box, to which its error belongs.
    pub field: String,
    /// `Promotions by e-mail`.
    pub title: String,
    /// What is agreed to, word for word.
    pub words: String,
    /// Since when it stands, if it does: `On since December 3, 2026`.
    pub since: Option<String>,
}

/// A signed-in device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// `Firefox on Android`.
    pub device: String,
    /// When it was last used.
    pub last_used: String,
    /// Whether it is the one in use.
    pub here: bool,
}

/// `GET /{lang}/deleted`.
#[derive(Debug, Template)]
#[template(path = "deleted.html")]
pub struct DeletedPage {
    /// The frame.
    pub layout: Layout,
    /// As in [`AccountPage::kept_until`].
    pub kept_until: Option<String>,
}

/// `GET /{lang}/unsubscribe/{token}`. Posts nothing to the same address.
#[derive(Debug, Template)]
#[template(path = "unsubscribe.html")]
pub struct UnsubscribePage {
    /// The frame.
    pub layout: Layout,
    /// The bearer in the address.
    pub token: String,
    /// Whether there is anything to end.
    pub state: UnsubscribeState,
}

/// Whether promotions are still to be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsubscribeState {
    /// They are; one tap ends them.
    Asks,
    /// None are sent.
    Done,
}
