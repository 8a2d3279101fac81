//! Whoever carries what we tell partners to an address of theirs.

use async_trait::async_trait;
use farline_domain::kernel::Instant;

/// Something to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackRequest {
    /// Where.
    pub url: String,
    /// Its id: told again, it is the same.
    pub id: String,
    /// When it is sent.
    pub at: Instant,
    /// The body.
    pub body: String,
    /// How it is sent, and how it is taken.
    pub form: CallbackForm,
}

/// How something is sent, and how whoever is told shows that it was taken.
#[derive(Clone, PartialEq, Eq)]
pub enum CallbackForm {
    /// JSON in the form of the Standard Webhooks specification, signed with these secrets, the newest first. Any 2xx takes it.
    Standard(Vec<[u8; 32]>),
    /// As a platform wants it. The signature, where there is one, stands in the address or the body already.
    Platform {
        /// What the body is written in.
        content_type: &'static str,
        /// How it is taken.
        taken: Taken,
    },
}

/// Shows the form, not the secrets.
impl std::fmt::Debug for CallbackForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Standard(_) => f.write_str("Standard(…)"),
            Self::Platform { content_type, taken } => f
                .debug_struct("Platform")
                .field("content_type", content_type)
                .field("taken", taken)
                .finish(),
        }
    }
}

/// What the text behind a 2xx has to be, for something to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// JSON with this value under this name, or the one word, whatever its case.
    Says(&'static str, &'static str, &'static str),
    /// JSON with anything under this name.
    Has(&'static str),
}

impl Taken {
    /// Whether a text says that it was taken.
    pub fn by(self, text: &str) -> bool {
        let json: Option<serde_json::Value> = serde_json::from_str(text).ok();
        let under = |name: &str| json.as_ref().and_then(|json| json.get(name));
        match self {
            Self::Says(name, value, word) => {
                let says = |found: &serde_json::Value| match found {
                    serde_json::Value::String(text) => text == value,
                    serde_json::Value::Number(number) => number.to_string() == value,
                    _ => false,
                };
                under(name).is_some_and(says) || text.trim().eq_ignore_ascii_case(word)
            }
            Self::Has(name) => under(name).is_some(),
        }
    }
}

/// Shows where it goes and what it is, not the secrets.
impl std::fmt::Debug for CallbackRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, id, .. } = self;
        f.debug_struct("CallbackRequest").field("url", url).field("id", id).finish_non_exhaustive()
    }
}

/// What came of telling it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackAnswer {
    /// Taken, with this status.
    Taken(u16),
    /// Not taken: it may be tried again.
    NotTaken {
        /// The status, or a word of ours.
        why: String,
        /// How long the other side asks us to wait, in seconds.
        wait: Option<i64>,
    },
}

/// Why nothing is ever sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackRefusal {
    /// It is no https address of a host, without a name and password.
    #[error("a callback goes to https://host/path, without a name and password in it")]
    Address,
    /// It leads inside.
    #[error("this address leads into a private network")]
    Inside,
}

/// A carrier of callbacks.
#[async_trait]
pub trait CallbackGateway: Send + Sync {
    /// Whether an address may be called at all, as far as it says so itself: where its name leads is looked at when it is called.
    ///
    /// # Errors
    /// When it may not.
    fn may_call(&self, url: &str) -> Result<(), CallbackRefusal>;

    /// Tells it.
    async fn tell(&self, request: &CallbackRequest) -> CallbackAnswer;
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn a_text_takes_it_or_does_not() {
        let says = Taken::Says("code", "0", "success");
        for (text, expected) in [
            (r#"{"code":0,"msg":"OK"}"#, true),
            (r#"{"code":"0"}"#, true),
            (" Success\n", true),
            (r#"{"code":1}"#, false),
            (r#"{"code":10}"#, false),
            ("successful", false),
            ("", false),
        ] {
            assert_eq!(says.by(text), expected, "{text}");
        }
        assert!(Taken::Has("done").by(r#"{"done":{}}"#));
        assert!(!Taken::Has("done").by(r#"{"error_response":{"code":25}}"#));
    }
}
