//! Idempotency keys as kept, in the cell of their scope and key. Attempts of a process that died
//! count as dead after their time: other processes' attempts may be alive.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::values::{Octets, cell_of, range_of};
use crate::kept::requests::{Judged, Key, found_of, judge};
use async_trait::async_trait;
use farline_app::ports::records::{Claim, RequestKey};
use farline_app::ports::{Requests, StoreError};
use farline_domain::kernel::{Cell, Cells, Instant};

statements! {
    FIND = "SELECT body_hash, seed, claimed_at, running_since, status, body FROM requests \
        WHERE cell = $1 AND digest = $2 FOR UPDATE";
    EXISTS = "SELECT 1 FROM requests WHERE cell = $1 AND digest = $2";
    CLAIM = "INSERT INTO requests (cell, digest, body_hash, seed, claimed_at, running_since) \
        VALUES ($1, $2, $3, $4, $5, $5)";
    CLAIM_AGAIN = "UPDATE requests SET body_hash = $3, seed = $4, claimed_at = $5, \
        running_since = $5 WHERE cell = $1 AND digest = $2";
    RUN_AGAIN = "UPDATE requests SET running_since = $3 WHERE cell = $1 AND digest = $2";
    ANSWER = "UPDATE requests SET status = $4, body = $5 \
        WHERE cell = $1 AND digest = $2 AND body_hash = $3 AND status IS NULL";
    GIVE_UP = "UPDATE requests SET running_since = NULL \
        WHERE cell = $1 AND digest = $2 AND body_hash = $3 AND status IS NULL";
    FORGET = "DELETE FROM requests WHERE cell BETWEEN $1 AND $2 AND claimed_at < $3";
}

fn cell(key: &Key) -> i16 {
    cell_of(Cell::numbered(key.cell))
}

async fn claim(session: &Session, key: &Key, seed: [u8; 16], now: i64) -> Result<Claim, Fault> {
    let (cell, digest) = (cell(key), Octets(key.digest));
    let row = session.row(FIND, &[&cell, &digest]).await?;
    // Two first claims at once meet at the key, and one of them finds the other afresh.
    let claiming = if row.is_some() { CLAIM_AGAIN } else { CLAIM };
    match judge(row.as_ref().map(found_of).transpose()?, key, now) {
        Judged::Fresh => {
            let (body_hash, kept) = (Octets(key.body_hash), Octets(seed));
            session.execute(claiming, &[&cell, &digest, &body_hash, &kept, &now]).await?;
            Ok(Claim::Fresh { seed, claimed_at: Instant::from_millis(now) })
        }
        Judged::Again { seed, claimed_at } => {
            session.execute(RUN_AGAIN, &[&cell, &digest, &now]).await?;
            Ok(Claim::Fresh { seed, claimed_at })
        }
        Judged::Stands(claim) => Ok(claim),
    }
}

async fn is_claimed(store: &PostgresStore, key: &Key) -> Result<bool, Fault> {
    let (cell, digest) = (cell(key), Octets(key.digest));
    Ok(store.session().await?.row(EXISTS, &[&cell, &digest]).await?.is_some())
}

async fn answer(store: &PostgresStore, key: Key, status: u16, body: &str) -> Result<(), Fault> {
    let (cell, digest, body_hash) = (cell(&key), Octets(key.digest), Octets(key.body_hash));
    let status = i32::from(status);
    let session = store.session().await?;
    session.execute(ANSWER, &[&cell, &digest, &body_hash, &status, &body]).await?;
    Ok(())
}

async fn give_up(store: &PostgresStore, key: Key) -> Result<(), Fault> {
    let (cell, digest, body_hash) = (cell(&key), Octets(key.digest), Octets(key.body_hash));
    store.session().await?.execute(GIVE_UP, &[&cell, &digest, &body_hash]).await?;
    Ok(())
}

async fn forget(store: &PostgresStore, cells: Cells, before: Instant) -> Result<u64, Fault> {
    let [first, last] = range_of(cells);
    store.session().await?.execute(FORGET, &[&first, &last, &before.millis()]).await
}

#[async_trait]
impl Requests for PostgresStore {
    async fn claim(
        &self,
        request: RequestKey<'_>,
        seed: [u8; 16],
        now: Instant,
    ) -> Result<Claim, StoreError> {
        let key = Key::from(request);
        Ok(transaction!(self, |session| { claim(&session, &key, seed, now.millis()).await })?)
    }

    async fn is_claimed(&self, request: RequestKey<'_>) -> Result<bool, StoreError> {
        Ok(is_claimed(self, &Key::from(request)).await?)
    }

    async fn answer(
        &self,
        request: RequestKey<'_>,
        status: u16,
        body: &str,
    ) -> Result<(), StoreError> {
        Ok(answer(self, Key::from(request), status, body).await?)
    }

    async fn give_up(&self, request: RequestKey<'_>) -> Result<(), StoreError> {
        Ok(give_up(self, Key::from(request)).await?)
    }

    async fn forget_requests(
        &self,
        cells: Cells,
        claimed_before: Instant,
    ) -> Result<u64, StoreError> {
        Ok(forget(self, cells, claimed_before).await?)
    }
}
