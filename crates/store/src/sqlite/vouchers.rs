//! Vouchers that shops sell.

use super::SqliteStore;
use super::accounts::rows;
use super::fault::Fault;
use crate::kept::values::{cell, to_json};
use crate::kept::vouchers::{batch_of, cell_of_voucher, count_of, voucher_of, with_counts};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::vouchers::VoucherCounts;
use farline_app::ports::{StoreError, Vouchers};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Voucher, VoucherBatch, VoucherBatchCode};
use rusqlite::params;

statements! {
    ADD_BATCH = "INSERT INTO voucher_batches (code, body) VALUES (?1, ?2) \
        ON CONFLICT (code) DO NOTHING";
    ADD = "INSERT INTO vouchers (cell, digest, batch, number, state, since) \
        VALUES (?1, ?2, ?3, ?4, 'unused', ?5)";
    VOUCHER = "SELECT batch, number, state, since FROM vouchers WHERE cell = ?1 AND digest = ?2";
    BATCH = "SELECT body FROM voucher_batches WHERE code = ?1";
    BATCHES = "SELECT body FROM voucher_batches ORDER BY code";
    COUNTS = "SELECT batch, state, COUNT(*) FROM vouchers WHERE cell >= 0 GROUP BY batch, state";
    USE = "UPDATE vouchers SET state = 'used', since = ?3 \
        WHERE cell = ?1 AND digest = ?2 AND state = 'unused'";
    REVOKE_ALL = "UPDATE vouchers SET state = 'revoked', since = ?2 \
        WHERE cell >= 0 AND batch = ?1 AND state = 'unused'";
    REVOKE = "UPDATE vouchers SET state = 'revoked', since = ?3 \
        WHERE cell >= 0 AND batch = ?1 AND number = ?2 AND state = 'unused'";
}

#[async_trait]
impl Vouchers for SqliteStore {
    async fn keep_vouchers(
        &self,
        batch: &VoucherBatch,
        digests: &[Digest],
    ) -> Result<bool, StoreError> {
        let (code, made_at) = (batch.code.to_string(), batch.made_at.millis());
        let body = to_json(batch).map_err(Fault::from)?;
        let digests = digests.to_vec();
        self.write(move |connection| {
            if connection.prepare_cached(ADD_BATCH)?.execute(params![code, body])? == 0 {
                return Ok(false);
            }
            let mut add = connection.prepare_cached(ADD)?;
            for (number, digest) in (1_i64..).zip(&digests) {
                add.execute(params![cell(cell_of_voucher(digest)), digest, code, number, made_at])?;
            }
            Ok(true)
        })
        .await
    }

    async fn voucher(&self, digest: &Digest) -> Result<Option<Voucher>, StoreError> {
        let key = params![cell(cell_of_voucher(digest)), digest];
        self.one(VOUCHER, key, |row| voucher_of(row))
    }

    async fn voucher_batch(
        &self,
        code: &VoucherBatchCode,
    ) -> Result<Option<VoucherBatch>, StoreError> {
        self.one(BATCH, [code.as_str()], |row| batch_of(row))
    }

    async fn voucher_batches(&self) -> Result<Vec<(VoucherBatch, VoucherCounts)>, StoreError> {
        self.read(|connection| {
            let batches = rows(connection, BATCHES, [], |row| batch_of(row))?;
            let counts = rows(connection, COUNTS, [], |row| count_of(row))?;
            Ok(with_counts(batches, &counts))
        })
    }

    async fn use_voucher(&self, digest: &Digest, at: Instant) -> Result<bool, StoreError> {
        let digest = *digest;
        self.write(move |connection| {
            let key = params![cell(cell_of_voucher(&digest)), digest, at.millis()];
            Ok(connection.prepare_cached(USE)?.execute(key)? == 1)
        })
        .await
    }

    async fn revoke_vouchers(
        &self,
        code: &VoucherBatchCode,
        numbers: &[u32],
        at: Instant,
    ) -> Result<u32, StoreError> {
        let (code, numbers, at) = (code.to_string(), numbers.to_vec(), at.millis());
        self.write(move |connection| {
            let mut revoked = 0;
            if numbers.is_empty() {
                revoked += connection.prepare_cached(REVOKE_ALL)?.execute(params![code, at])?;
            }
            let mut one = connection.prepare_cached(REVOKE)?;
            for number in &numbers {
                revoked += one.execute(params![code, number, at])?;
            }
            Ok(u32::try_from(revoked).unwrap_or(u32::MAX))
        })
        .await
    }
}
