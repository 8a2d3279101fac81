//! Partners, the keys of their programs, and what they were told, as kept.

use super::StoreError;
use super::accounts::Digest;
use async_trait::async_trait;
use farline_domain::kernel::{Cells, Instant, OrderId};
use farline_domain::orders::{PartnerCode, Stage};
use farline_domain::partners::{Partner, PartnerKey};

/// A key, by the digest of its secret, with when it last signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptKey {
    /// The digest.
    pub digest: Digest,
    /// The key.
    pub key: PartnerKey,
    /// When it last signed in, to the minute.
    pub used_at: Option<Instant>,
}

/// How telling a partner of one stage of an order stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackRecord {
    /// The order.
    pub order: OrderId,
    /// The number of the job that tells it: with the order, the callback's own key.
    pub number: u32,
    /// Whom.
    pub partner: PartnerCode,
    /// What it tells.
    pub stage: Stage,
    /// Since when it is to be told.
    pub since: Instant,
    /// Where.
    pub url: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it was tried last.
    pub tried_at: Instant,
    /// What came of that: a status, or a word of ours.
    pub came_of_it: String,
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// When it is tried next; neither taken nor with a next time, it was given up.
    pub next_at: Option<Instant>,
}

impl CallbackRecord {
    /// The callback's id, by which whoever gets it twice knows it again.
    pub fn id(&self) -> String {
        format!("{}-{}", self.order, self.number)
    }
}

/// A request of a partner's program, as the partner's people see it: nothing of its body, and no number in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// Whose program.
    pub partner: PartnerCode,
    /// When.
    pub at: Instant,
    /// The request's id, which the answer named.
    pub request: String,
    /// The method.
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The code of the problem, if it was one.
    pub problem: Option<String>,
}

/// A place in the log of requests: that of one of them.
pub type RequestPlace = (Instant, String);

/// Partners as kept.
#[async_trait]
pub trait Partners: Send + Sync {
    /// A partner.
    async fn partner(&self, code: &PartnerCode) -> Result<Option<Partner>, StoreError>;

    /// All partners, by their codes.
    async fn partners(&self) -> Result<Vec<Partner>, StoreError>;

    /// Keeps a partner in place of what was seen, which is none for a new one. `false` where another stands by now.
    async fn keep_partner(
        &self,
        partner: &Partner,
        seen: Option<&Partner>,
    ) -> Result<bool, StoreError>;

    /// The key with this digest.
    async fn partner_key(&self, digest: &Digest) -> Result<Option<KeptKey>, StoreError>;

    /// The keys of a partner, the oldest first.
    async fn partner_keys(&self, code: &PartnerCode) -> Result<Vec<KeptKey>, StoreError>;

    /// Keeps a key, or another state of it.
    async fn keep_partner_key(&self, digest: &Digest, key: &PartnerKey) -> Result<(), StoreError>;

    /// Notes that a key signed in.
    async fn note_key_used(&self, digest: &Digest, at: Instant) -> Result<(), StoreError>;

    /// Notes how a callback stands.
    async fn note_callback(&self, record: &CallbackRecord) -> Result<(), StoreError>;

    /// Notes requests. One that is noted already stays as it is.
    async fn note_partner_requests(&self, records: &[RequestRecord]) -> Result<(), StoreError>;

    /// The requests of a partner before a place, or all, the newest first.
    async fn partner_requests(
        &self,
        code: &PartnerCode,
        before: Option<&RequestPlace>,
        limit: u32,
    ) -> Result<Vec<RequestRecord>, StoreError>;

    /// Forgets requests of some cells from before an instant. Says how many.
    async fn forget_partner_requests(
        &self,
        cells: Cells,
        before: Instant,
    ) -> Result<u64, StoreError>;

    /// A callback.
    async fn callback(
        &self,
        order: OrderId,
        number: u32,
    ) -> Result<Option<CallbackRecord>, StoreError>;

    /// The callbacks of a partner that were tried last before an instant, the newest first.
    async fn callbacks(
        &self,
        code: &PartnerCode,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<CallbackRecord>, StoreError>;
}
