//! What a page about a code carries in its form: which code, where it went, and what comes next.

use super::super::frame::Frame;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_app::accounts::Challenge;
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode};

/// The purpose of the sealed value.
const PURPOSE: &str = "code-form";

/// What the right code leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Signing in.
    SignIn,
    /// A new account.
    Register,
    /// Another address of the account.
    Contact,
    /// The end of the account.
    Delete,
}

impl After {
    const ALL: [Self; 4] = [Self::SignIn, Self::Register, Self::Contact, Self::Delete];

    const fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::Contact => "contact",
            Self::Delete => "delete",
        }
    }
}

/// A code that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeForm {
    /// What it leads to.
    pub after: After,
    /// Names the attempt.
    pub challenge: String,
    /// Where the code went, masked.
    pub sent_to: String,
    /// Where to go on to; may be empty.
    pub next: String,
}

impl CodeForm {
    /// The form for a code that was just sent.
    pub fn of(challenge: Challenge, after: After, next: String) -> Self {
        Self { after, challenge: challenge.id, sent_to: challenge.sent_to, next }
    }

    /// The value of the hidden field `challenge`.
    pub fn seal(&self, frame: &Frame) -> String {
        let coded = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let Self { after, challenge, sent_to, next } = self;
        let said = format!("{}~{challenge}~{}~{}", after.word(), coded(sent_to), coded(next));
        Seal(&frame.channels().app.keys.tokens).token(PURPOSE, &said)
    }

    /// Reads it back.
    pub fn open(frame: &Frame, sealed: &str) -> Result<Self, Problem> {
        let said = Seal(&frame.channels().app.keys.tokens).said(PURPOSE, sealed);
        let read = |said: String| {
            let mut parts = said.splitn(4, '~');
            let word = parts.next()?;
            let after = After::ALL.into_iter().find(|after| after.word() == word)?;
            let challenge = parts.next()?.to_owned();
            Some(Self {
                after,
                challenge,
                sent_to: text(parts.next()?)?,
                next: text(parts.next()?)?,
            })
        };
        said.and_then(read).ok_or(Problem::of(ProblemCode::FieldInvalid))
    }
}

fn text(coded: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(coded).ok()?).ok()
}

/// The path to go on to, if it is one of this site: two slashes or a backslash would lead elsewhere.
pub fn own_path(next: &str) -> Option<&str> {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let mut segments = next.split('/');
    let ours = segments.next() == Some("")
        && segments.next().is_some_and(|first| {
            let first = first.split(['?', '#']).next().unwrap_or_default();
            farline_domain::kernel::Language::ALL.iter().any(|known| known.path() == first)
        });
    (plain && ours && next.len() <= 512).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_pages_of_this_site_are_gone_on_to() {
        for own in ["/en/cards", "/zh/cards/x/usage?days=90", "/fr"] {
            assert_eq!(own_path(own), Some(own));
        }
        let others = [
            "",
            "cards",
            "//evil.example",
            "/\\evil.example",
            "https://x.example/en",
            "/en\\x",
            "/x/y",
        ];
        for other in others {
            assert_eq!(own_path(other), None, "{other}");
        }
    }
}
