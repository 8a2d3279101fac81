//! Coming in: signing in, and following an invitation's link.

use crate::desk::layout::DeskLayout;
use askama::Template;
use farline_app::staff::demonstration::Played;

/// `GET /{lang}/desk/sign-in`. Posts `who`, `password` and `code` to the same address; in the demonstration, `as` to
/// `demonstration` below it; what the browser answers with a passkey, as `answer`, to `passkey` below it.
#[derive(Debug, Template)]
#[template(path = "desk/sign-in.html")]
pub struct SignInPage {
    /// The frame; an error belongs to `who`.
    pub layout: DeskLayout,
    /// The name typed, kept after an error.
    pub who: String,
    /// Whom one tap signs in as; nobody, where money is real.
    pub played: Vec<Played>,
    /// The origin that passkeys belong to; nothing, where there can be none.
    pub passkey_site: Option<String>,
    /// The script that asks for one.
    pub script: &'static str,
}

/// `GET /{lang}/desk/join/{link}`. Posts `name`, `password` and `code` to the same address.
#[derive(Debug, Template)]
#[template(path = "desk/join.html")]
pub struct JoinPage {
    /// The frame; errors belong to `name`, `password` or `code`.
    pub layout: DeskLayout,
    /// The link's secret, for the form's address.
    pub link: String,
    /// The name to sign in with.
    pub sign_in: String,
    /// The name typed, kept after an error.
    pub name: String,
    /// Until when the link opens.
    pub until: String,
    /// What an authenticator app reads, as a picture.
    pub picture: String,
    /// The same to be typed.
    pub secret: String,
    /// The least length of a password, in characters.
    pub password_length: i64,
}
