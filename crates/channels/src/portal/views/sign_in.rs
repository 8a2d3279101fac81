//! Coming in: sign in, register, and the one-time codes of both.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/sign-in`. Posts `who`, `password`, `next` and `way` = `password` or `code` to the same address.
#[derive(Debug, Template)]
#[template(path = "sign-in.html")]
pub struct SignInPage {
    /// The frame; errors belong to `who` or `password`.
    pub layout: Layout,
    /// The number or e-mail address typed, kept after an error.
    pub who: String,
    /// The path to go on to, in the hidden field `next`; may be empty.
    pub next: String,
}

impl SignInPage {
    /// Where somebody without an account gets one, and goes on to the same path afterwards.
    pub fn register_href(&self) -> String {
        let register = self.layout.href("register");
        if self.next.is_empty() {
            return register;
        }
        let query = serde_urlencoded::to_string([("next", &self.next)]).unwrap_or_default();
        format!("{register}?{query}")
    }
}

/// `GET /{lang}/sign-in/code`. Posts `code` and `challenge` to the same address, and `challenge` to `/again` below it.
#[derive(Debug, Template)]
#[template(path = "sign-in-code.html")]
pub struct SignInCodePage {
    /// The frame; an error belongs to `code`.
    pub layout: Layout,
    /// The sealed value that names the attempt.
    pub challenge: String,
    /// Where the code went, masked: `+1 416 ••• ••88`.
    pub sent_to: String,
}

/// `GET /{lang}/register`. Posts `who`, `password` (may be empty) and `agree` to the same address.
#[derive(Debug, Template)]
#[template(path = "register.html")]
pub struct RegisterPage {
    /// The frame; errors belong to `who` or `password`.
    pub layout: Layout,
    /// The number or e-mail address typed, kept after an error.
    pub who: String,
    /// The path to go on to, in the hidden field `next`; may be empty.
    pub next: String,
    /// The least length of a password, in characters.
    pub password_length: i64,
}

/// `GET /{lang}/verify`: the code that proves an address or number. Posts `code` and `challenge` to the same address,
/// and `challenge` to `/again` below it.
#[derive(Debug, Template)]
#[template(path = "verify.html")]
pub struct VerifyPage {
    /// The frame; an error belongs to `code`.
    pub layout: Layout,
    /// The sealed value that names the attempt.
    pub challenge: String,
    /// Where the code went, masked.
    pub sent_to: String,
}
