//! Vouchers as kept: by the digests of their codes, which nobody has but whoever bought them.

use super::StoreError;
use super::accounts::Digest;
use async_trait::async_trait;
use farline_domain::kernel::Instant;
use farline_domain::shops::{Voucher, VoucherBatch, VoucherBatchCode};

/// How many vouchers of a batch are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoucherCounts {
    /// May be used.
    pub unused: u32,
    /// Were used.
    pub used: u32,
    /// Were called back.
    pub revoked: u32,
}

/// Vouchers as kept.
#[async_trait]
pub trait Vouchers: Send + Sync {
    /// Keeps a batch with the digests of its codes, numbered from 1 as they stand, in one commit. `false`, and nothing is kept,
    /// where there is a batch of this name.
    async fn keep_vouchers(
        &self,
        batch: &VoucherBatch,
        digests: &[Digest],
    ) -> Result<bool, StoreError>;

    /// The voucher whose code has this digest.
    async fn voucher(&self, digest: &Digest) -> Result<Option<Voucher>, StoreError>;

    /// A batch.
    async fn voucher_batch(
        &self,
        code: &VoucherBatchCode,
    ) -> Result<Option<VoucherBatch>, StoreError>;

    /// Every batch, by its code, with how its vouchers stand.
    async fn voucher_batches(&self) -> Result<Vec<(VoucherBatch, VoucherCounts)>, StoreError>;

    /// Uses an unused voucher; `false` where it is used or revoked by now.
    async fn use_voucher(&self, digest: &Digest, at: Instant) -> Result<bool, StoreError>;

    /// Revokes those of these numbers that are unused; all that are, where no number is named. Returns how many.
    async fn revoke_vouchers(
        &self,
        code: &VoucherBatchCode,
        numbers: &[u32],
        at: Instant,
    ) -> Result<u32, StoreError>;
}
