//! Vouchers, at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::vouchers::VoucherCounts;
use farline_app::ports::{StoreError, Vouchers};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Voucher, VoucherBatch, VoucherBatchCode};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Vouchers for Gate {
    async fn keep_vouchers(&self, batch: &VoucherBatch, digests: &[Digest]) -> Kept<bool> {
        self.put("vouchers", self.inner.keep_vouchers(batch, digests)).await
    }
    async fn voucher(&self, digest: &Digest) -> Kept<Option<Voucher>> {
        self.read(self.inner.voucher(digest)).await
    }
    async fn voucher_batch(&self, code: &VoucherBatchCode) -> Kept<Option<VoucherBatch>> {
        self.read(self.inner.voucher_batch(code)).await
    }
    async fn voucher_batches(&self) -> Kept<Vec<(VoucherBatch, VoucherCounts)>> {
        self.read(self.inner.voucher_batches()).await
    }
    async fn use_voucher(&self, digest: &Digest, at: Instant) -> Kept<bool> {
        self.put("the use of a voucher", self.inner.use_voucher(digest, at)).await
    }
    async fn revoke_vouchers(
        &self,
        code: &VoucherBatchCode,
        numbers: &[u32],
        at: Instant,
    ) -> Kept<u32> {
        self.put("vouchers called back", self.inner.revoke_vouchers(code, numbers, at)).await
    }
}
