//! The account, and the page after it is deleted.

use askama::Template;
use farline_domain::kernel::Language;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/account`. Posts, all below the same address: `language` to `/language`; `contact` to `/contacts`, nothing
/// to `/contacts/{id}/remove`; `current` and `password` to `/password`; nothing to `/sign-out-everywhere`; `confirm` = `yes`
/// to `/delete`. `/{lang}/sign-out` ends this session; `data.json` below the account is the download.
#[derive(Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The frame; errors belong to `contact`, `current`, `password` or `confirm`.
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
