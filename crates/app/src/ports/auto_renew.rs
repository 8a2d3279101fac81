//! What auto-renews leave behind: the words agreed to, and what the payer was told.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::auto_renew::ConsentRecord;
use farline_domain::kernel::{Instant, LineId};
use farline_domain::notices::{AutoRenewNews, Medium};

/// What became of one notice about an auto-renew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRenewNoticeRecord {
    /// The key of the message: the job's line and number.
    pub key: String,
    /// The line it is about.
    pub line: LineId,
    /// What was said.
    pub news: AutoRenewNews,
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

/// Auto-renews as kept, beside what stands with their line.
#[async_trait]
pub trait AutoRenews: Send + Sync {
    /// The consents given for a line, oldest first. They are never changed.
    async fn consents(&self, line: LineId) -> Result<Vec<ConsentRecord>, StoreError>;

    /// Notes what became of a notice. A second record under the same key changes nothing.
    async fn record_auto_renew_notice(
        &self,
        record: &AutoRenewNoticeRecord,
    ) -> Result<(), StoreError>;

    /// What became of the notices about a line's auto-renew, oldest first.
    async fn auto_renew_notices(
        &self,
        line: LineId,
    ) -> Result<Vec<AutoRenewNoticeRecord>, StoreError>;
}
