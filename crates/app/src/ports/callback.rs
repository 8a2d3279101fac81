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
    /// The JSON.
    pub body: String,
    /// The secrets that sign it, the newest first.
    pub secrets: Vec<[u8; 32]>,
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
