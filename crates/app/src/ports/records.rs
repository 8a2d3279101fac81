//! The smaller records: contacts, jobs, idempotency, limits, notices, settings.

use async_trait::async_trait;
use farline_domain::commands::JobKind;
use farline_domain::kernel::{Cells, ContactId, Instant, LineId, OrderId};
use farline_domain::notices::{Medium, NoticeReason};

/// The store could not do it. What was asked has either not happened or its outcome is not known;
/// asking again with the same key is safe.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database answered with an error.
    #[error("the database failed: {0}")]
    Failed(String),
    /// There is no room left.
    #[error("the disk is full")]
    Full,
    /// What was read does not make sense.
    #[error("the database holds something unreadable: {0}")]
    Unreadable(String),
}

/// Where a payer is reached. Kept apart from orders, so that it can be erased.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number in E.164.
    pub phone: Option<String>,
}

/// Shows which media it holds, never the addresses.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact")
            .field("email", &self.email.is_some())
            .field("phone", &self.phone.is_some())
            .finish()
    }
}

/// Contacts as kept.
#[async_trait]
pub trait Contacts: Send + Sync {
    /// Keeps a contact.
    async fn put_contact(&self, id: ContactId, contact: &Contact) -> Result<(), StoreError>;

    /// Reads a contact; absent once erased.
    async fn contact(&self, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// Erases a contact.
    async fn erase_contact(&self, id: ContactId) -> Result<(), StoreError>;
}

/// A piece of work as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredJob {
    /// The line whose commit promised it.
    pub line: LineId,
    /// Its number on that line.
    pub number: u32,
    /// What is to be done.
    pub kind: JobKind,
    /// For which order.
    pub order: Option<OrderId>,
    /// How often it was tried without success.
    pub attempts: u32,
    /// When it was first due.
    pub first_due: Instant,
    /// When it is due now.
    pub due: Instant,
    /// Which tenure of its cell gave it out. When several processes share a store, each holds some
    /// cells for a while; whoever has lost a cell cannot strike its jobs off any more.
    pub epoch: u64,
}

/// What became of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// The key of the message: the job's line and number.
    pub key: String,
    /// The order it is about.
    pub order: OrderId,
    /// Why it was sent.
    pub reason: NoticeReason,
    /// How it travelled.
    pub medium: Medium,
    /// The id the gateway gave it; absent when it could not be sent.
    pub provider_id: Option<String>,
    /// Why it could not be sent.
    pub failure: Option<String>,
    /// How many sendings had an unknown outcome and were repeated.
    pub ambiguous: u32,
    /// When.
    pub at: Instant,
}

/// Jobs and what they leave behind.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Jobs that are due in the cells this process works on, the longest waiting first, at most one
    /// per line so that a line's work keeps its order.
    async fn due_jobs(&self, now: Instant, limit: u32) -> Result<Vec<StoredJob>, StoreError>;

    /// Strikes a job off. `false` when nothing was: it is gone, or another process has taken its cell
    /// over and will do it.
    async fn finish_job(&self, job: &StoredJob) -> Result<bool, StoreError>;

    /// Puts a job off. `false` when nothing was, as above.
    async fn put_off_job(&self, job: &StoredJob, due: Instant) -> Result<bool, StoreError>;

    /// When the next job is due.
    async fn next_due(&self) -> Result<Option<Instant>, StoreError>;

    /// Notes what became of a notice. A second record under the same key changes nothing.
    async fn record_notice(&self, record: &NoticeRecord) -> Result<(), StoreError>;

    /// What became of the notices of an order.
    async fn notices_of(&self, order: OrderId) -> Result<Vec<NoticeRecord>, StoreError>;

    /// Whether a provider's event is noted.
    async fn has_event(&self, provider: &str, event: &str) -> Result<bool, StoreError>;

    /// Notes a provider's event; `false` when it was noted before.
    async fn note_event(
        &self,
        provider: &str,
        event: &str,
        now: Instant,
    ) -> Result<bool, StoreError>;

    /// Forgets providers' events noted before this instant. Returns how many.
    async fn forget_events(&self, seen_before: Instant) -> Result<u64, StoreError>;
}

/// What stands under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing yet (or an attempt that died): run it with this seed, from which every id of the
    /// attempt is derived, so that running it twice makes one effect.
    Fresh {
        /// 16 random octets, the same for every attempt under the key.
        seed: [u8; 16],
        /// When the key was first claimed.
        claimed_at: Instant,
    },
    /// Another attempt is running.
    Running,
    /// The first answer.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body, without secrets.
        body: String,
    },
    /// The key was used with another body.
    OtherBody,
}

/// An idempotency key within its scope, with what it was used for.
#[derive(Clone, Copy, Debug)]
pub struct RequestKey<'a> {
    /// The caller, partner, quote or line.
    pub scope: &'a str,
    /// What the caller sent as `Idempotency-Key`.
    pub key: &'a str,
    /// SHA-256 of method, path and body.
    pub body_hash: [u8; 32],
}

/// Idempotency keys as kept, for 30 days.
#[async_trait]
pub trait Requests: Send + Sync {
    /// Claims a key. An attempt that has not answered within 30 seconds counts as dead.
    async fn claim(
        &self,
        request: RequestKey<'_>,
        seed: [u8; 16],
        now: Instant,
    ) -> Result<Claim, StoreError>;

    /// Whether anything stands under a key, whatever body came with it.
    async fn is_claimed(&self, request: RequestKey<'_>) -> Result<bool, StoreError>;

    /// Keeps the first answer. Whoever claims the key afterwards gets it. It may be durable a moment
    /// later: should it be lost, the key runs again with the same seed, which makes no second effect.
    async fn answer(
        &self,
        request: RequestKey<'_>,
        status: u16,
        body: &str,
    ) -> Result<(), StoreError>;

    /// Gives a claim up, so that the key can be used again: nothing happened under it.
    async fn give_up(&self, request: RequestKey<'_>) -> Result<(), StoreError>;

    /// Forgets keys of some cells that were claimed before this instant. Returns how many.
    async fn forget_requests(
        &self,
        cells: Cells,
        claimed_before: Instant,
    ) -> Result<u64, StoreError>;
}

/// A limit on how often something may happen.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'a> {
    /// What is limited, such as `code-send`.
    pub name: &'static str,
    /// For whom: an address, account or line. Kept as a digest only.
    pub subject: &'a str,
    /// How often.
    pub most: u32,
    /// Within how many seconds.
    pub window_seconds: i64,
}

/// Limits as kept.
#[async_trait]
pub trait Limits: Send + Sync {
    /// Counts one more; says until when to wait if it is one too many.
    async fn hit(&self, limit: Limit<'_>, now: Instant) -> Result<Option<Instant>, StoreError>;

    /// Takes one back: what was counted came to nothing, or turned out well.
    async fn take_back(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<(), StoreError>;

    /// How often it was counted in the window that runs.
    async fn counted(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<u32, StoreError>;

    /// Starts counting anew, after a success.
    async fn clear(&self, name: &'static str, subject: &str) -> Result<(), StoreError>;
}

/// Named values of the installation.
#[async_trait]
pub trait Settings: Send + Sync {
    /// Reads one.
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Writes one.
    async fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError>;
}
