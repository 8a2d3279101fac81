//! What somebody signs in with.

use crate::desk::layout::DeskLayout;
use askama::Template;

/// `GET /{lang}/desk/me`. Posts a browser's `answer` to `passkeys` below it, `passkey` to `passkeys/remove`, and nothing to
/// `again`, which signs out and leads back here.
#[derive(Debug, Template)]
#[template(path = "desk/me.html")]
pub struct MePage {
    /// The frame.
    pub layout: DeskLayout,
    /// The name to sign in with.
    pub sign_in: String,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<ShownPasskey>,
    /// Whether one can be added.
    pub adding: Adding,
    /// The script that asks for one.
    pub script: &'static str,
}

/// A passkey.
#[derive(Debug)]
pub struct ShownPasskey {
    /// Its id.
    pub id: String,
    /// The device on which it was added.
    pub device: String,
    /// When it was added and last used, worded.
    pub times: String,
}

/// Whether a passkey can be added.
#[derive(Debug, PartialEq, Eq)]
pub enum Adding {
    /// It can, on pages of this origin.
    At(String),
    /// Whoever it is has to sign in again first.
    Again,
    /// The site has no name, or is not safe to reach.
    Never,
}
