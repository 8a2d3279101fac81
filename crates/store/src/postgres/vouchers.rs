//! Vouchers that shops sell.

use super::PostgresStore;
use super::accounts::{all, one};
use super::fault::Fault;
use super::session::Session;
use super::values::{Octets, cell_of};
use crate::kept::values::to_json;
use crate::kept::vouchers::{batch_of, cell_of_voucher, count_of, voucher_of, with_counts};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::vouchers::VoucherCounts;
use farline_app::ports::{StoreError, Vouchers};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Voucher, VoucherBatch, VoucherBatchCode};

/// How many rows one statement adds.
const ROWS: usize = 5_000;

statements! {
    ADD_BATCH = "INSERT INTO voucher_batches (code, body) VALUES ($1, $2) \
        ON CONFLICT (code) DO NOTHING";
    ADD = "INSERT INTO vouchers (cell, digest, batch, number, state, since) \
        SELECT new.cell, new.digest, $4, new.number, 'unused', $5 \
        FROM unnest($1::smallint[], $2::bytea[], $3::bigint[]) AS new (cell, digest, number)";
    VOUCHER = "SELECT batch, number, state, since FROM vouchers WHERE cell = $1 AND digest = $2";
    BATCH = "SELECT body FROM voucher_batches WHERE code = $1";
    BATCHES = "SELECT body FROM voucher_batches ORDER BY code";
    COUNTS = "SELECT batch, state, COUNT(*) FROM vouchers WHERE cell >= 0 GROUP BY batch, state";
    USE = "UPDATE vouchers SET state = 'used', since = $3 \
        WHERE cell = $1 AND digest = $2 AND state = 'unused'";
    REVOKE_ALL = "UPDATE vouchers SET state = 'revoked', since = $2 \
        WHERE cell >= 0 AND batch = $1 AND state = 'unused'";
    REVOKE = "UPDATE vouchers SET state = 'revoked', since = $3 \
        WHERE cell >= 0 AND batch = $1 AND number = ANY($2) AND state = 'unused'";
}

async fn keep(session: &Session, batch: &VoucherBatch, digests: &[Digest]) -> Result<bool, Fault> {
    let (code, body) = (batch.code.as_str(), to_json(batch)?);
    if session.execute(ADD_BATCH, &[&code, &body]).await? == 0 {
        return Ok(false);
    }
    let mut number = 0;
    for some in digests.chunks(ROWS) {
        let cells: Vec<i16> = some.iter().map(|it| cell_of(cell_of_voucher(it))).collect();
        let octets: Vec<&[u8]> = some.iter().map(<[u8; 32]>::as_slice).collect();
        let numbers: Vec<i64> = some
            .iter()
            .map(|_| {
                number += 1;
                number
            })
            .collect();
        let made_at = batch.made_at.millis();
        session.execute(ADD, &[&cells, &octets, &numbers, &code, &made_at]).await?;
    }
    Ok(true)
}

async fn revoke(
    session: &Session,
    (code, numbers): (&str, &[u32]),
    at: Instant,
) -> Result<u64, Fault> {
    let at = at.millis();
    if numbers.is_empty() {
        return session.execute(REVOKE_ALL, &[&code, &at]).await;
    }
    let numbers: Vec<i64> = numbers.iter().map(|number| i64::from(*number)).collect();
    session.execute(REVOKE, &[&code, &numbers, &at]).await
}

async fn batches(store: &PostgresStore) -> Result<Vec<(VoucherBatch, VoucherCounts)>, Fault> {
    let batches = all(store, (BATCHES, &[]), batch_of).await?;
    let counts = all(store, (COUNTS, &[]), count_of).await?;
    Ok(with_counts(batches, &counts))
}

#[async_trait]
impl Vouchers for PostgresStore {
    async fn keep_vouchers(
        &self,
        batch: &VoucherBatch,
        digests: &[Digest],
    ) -> Result<bool, StoreError> {
        Ok(transaction!(self, |session| { keep(&session, batch, digests).await })?)
    }

    async fn voucher(&self, digest: &Digest) -> Result<Option<Voucher>, StoreError> {
        let cell = cell_of(cell_of_voucher(digest));
        Ok(one(self, (VOUCHER, &[&cell, &Octets(*digest)]), voucher_of).await?)
    }

    async fn voucher_batch(
        &self,
        code: &VoucherBatchCode,
    ) -> Result<Option<VoucherBatch>, StoreError> {
        Ok(one(self, (BATCH, &[&code.as_str()]), batch_of).await?)
    }

    async fn voucher_batches(&self) -> Result<Vec<(VoucherBatch, VoucherCounts)>, StoreError> {
        Ok(batches(self).await?)
    }

    async fn use_voucher(&self, digest: &Digest, at: Instant) -> Result<bool, StoreError> {
        let cell = cell_of(cell_of_voucher(digest));
        let session = self.session().await.map_err(StoreError::from)?;
        Ok(session.execute(USE, &[&cell, &Octets(*digest), &at.millis()]).await? == 1)
    }

    async fn revoke_vouchers(
        &self,
        code: &VoucherBatchCode,
        numbers: &[u32],
        at: Instant,
    ) -> Result<u32, StoreError> {
        let session = self.session().await.map_err(StoreError::from)?;
        let revoked = revoke(&session, (code.as_str(), numbers), at).await?;
        Ok(u32::try_from(revoked).unwrap_or(u32::MAX))
    }
}
