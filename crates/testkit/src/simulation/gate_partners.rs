//! Partners at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::partners::{CallbackRecord, KeptKey, RequestPlace, RequestRecord};
use farline_app::ports::{Partners, StoreError};
use farline_domain::kernel::{Cells, Instant, OrderId};
use farline_domain::orders::PartnerCode;
use farline_domain::partners::{Partner, PartnerKey};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Partners for Gate {
    async fn partner(&self, code: &PartnerCode) -> Kept<Option<Partner>> {
        self.read(self.inner.partner(code)).await
    }
    async fn partners(&self) -> Kept<Vec<Partner>> {
        self.read(self.inner.partners()).await
    }
    async fn keep_partner(&self, partner: &Partner, seen: Option<&Partner>) -> Kept<bool> {
        self.put("a partner", self.inner.keep_partner(partner, seen)).await
    }
    async fn partner_key(&self, digest: &Digest) -> Kept<Option<KeptKey>> {
        self.read(self.inner.partner_key(digest)).await
    }
    async fn partner_keys(&self, code: &PartnerCode) -> Kept<Vec<KeptKey>> {
        self.read(self.inner.partner_keys(code)).await
    }
    async fn keep_partner_key(&self, digest: &Digest, key: &PartnerKey) -> Kept<()> {
        self.put("a partner's key", self.inner.keep_partner_key(digest, key)).await
    }
    async fn note_key_used(&self, digest: &Digest, at: Instant) -> Kept<()> {
        self.put("a key's use", self.inner.note_key_used(digest, at)).await
    }
    async fn note_callback(&self, record: &CallbackRecord) -> Kept<()> {
        self.put("a callback", self.inner.note_callback(record)).await
    }
    async fn note_partner_requests(&self, records: &[RequestRecord]) -> Kept<()> {
        self.put("partners' requests", self.inner.note_partner_requests(records)).await
    }
    async fn partner_requests(
        &self,
        code: &PartnerCode,
        before: Option<&RequestPlace>,
        limit: u32,
    ) -> Kept<Vec<RequestRecord>> {
        self.read(self.inner.partner_requests(code, before, limit)).await
    }
    async fn forget_partner_requests(&self, cells: Cells, before: Instant) -> Kept<u64> {
        self.put("requests' end", self.inner.forget_partner_requests(cells, before)).await
    }
    async fn callback(&self, order: OrderId, number: u32) -> Kept<Option<CallbackRecord>> {
        self.read(self.inner.callback(order, number)).await
    }
    async fn callbacks(
        &self,
        code: &PartnerCode,
        before: Instant,
        limit: u32,
    ) -> Kept<Vec<CallbackRecord>> {
        self.read(self.inner.callbacks(code, before, limit)).await
    }
}
