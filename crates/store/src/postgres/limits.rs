//! Limits as kept: counters over fixed windows, whom they are for only as a digest.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::values::{Hash, Octets, cell_of_key};
use crate::kept::limits::{Hit, Judged, digest, judge};
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::records::Limit;
use farline_app::ports::{Limits, StoreError};
use farline_domain::kernel::Instant;

statements! {
    FIND = "SELECT ends_at, hits FROM limits WHERE cell = $1 AND digest = $2 FOR UPDATE";
    START = "INSERT INTO limits (cell, digest, ends_at, hits) VALUES ($1, $2, $3, 1)";
    START_AGAIN = "UPDATE limits SET ends_at = $3, hits = 1 WHERE cell = $1 AND digest = $2";
    COUNT = "UPDATE limits SET hits = hits + 1 WHERE cell = $1 AND digest = $2";
    TAKE_BACK = "UPDATE limits SET hits = hits - 1 WHERE cell = $1 AND digest = $2";
    COUNTED = "SELECT hits FROM limits WHERE cell = $1 AND digest = $2 AND ends_at > $3";
    CLEAR = "DELETE FROM limits WHERE cell = $1 AND digest = $2";
    // Each window that starts takes two of its cell that ended with it, so the table stays small by
    // itself. Those that somebody is counting on just now are left alone.
    TIDY = "DELETE FROM limits WHERE cell = $1 AND digest IN (SELECT digest FROM limits \
        WHERE cell = $1 AND ends_at <= $2 AND digest <> $3 ORDER BY ends_at LIMIT 2 \
        FOR UPDATE SKIP LOCKED)";
}

fn key_of(digest: [u8; 32]) -> (i16, Hash) {
    (cell_of_key(&digest), Octets(digest))
}

async fn hit(session: &Session, hit: &Hit) -> Result<Option<Instant>, Fault> {
    let (cell, digest) = key_of(hit.digest);
    let row = session.row(FIND, &[&cell, &digest]).await?;
    let found = row.map(|row| Ok::<_, Fault>((row.number(0)?, row.small(1)?))).transpose()?;
    match judge(found, hit) {
        Judged::Wait(until) => return Ok(Some(until)),
        Judged::Count => {
            session.execute(COUNT, &[&cell, &digest]).await?;
        }
        Judged::Start => {
            session.execute(TIDY, &[&cell, &hit.now.millis(), &digest]).await?;
            // Two windows started at once meet at the key, and one of them is counted afresh.
            let start = if found.is_some() { START_AGAIN } else { START };
            session.execute(start, &[&cell, &digest, &hit.ends_at().millis()]).await?;
        }
    }
    Ok(None)
}

async fn clear(store: &PostgresStore, digest: [u8; 32]) -> Result<(), Fault> {
    let (cell, digest) = key_of(digest);
    store.session().await?.execute(CLEAR, &[&cell, &digest]).await?;
    Ok(())
}

async fn take_back(session: &Session, digest: [u8; 32], now: Instant) -> Result<(), Fault> {
    let (cell, digest) = key_of(digest);
    // The row is locked, so that two at once take two back.
    let Some(row) = session.row(FIND, &[&cell, &digest]).await? else { return Ok(()) };
    let (ends_at, hits): (i64, u32) = (row.number(0)?, row.small(1)?);
    if ends_at > now.millis() {
        // The last one ends the window.
        let change = if hits > 1 { TAKE_BACK } else { CLEAR };
        session.execute(change, &[&cell, &digest]).await?;
    }
    Ok(())
}

async fn counted(store: &PostgresStore, digest: [u8; 32], now: Instant) -> Result<u32, Fault> {
    let (cell, digest) = key_of(digest);
    let row = store.session().await?.row(COUNTED, &[&cell, &digest, &now.millis()]).await?;
    row.map_or(Ok(0), |row| row.small(0))
}

#[async_trait]
impl Limits for PostgresStore {
    async fn hit(&self, limit: Limit<'_>, now: Instant) -> Result<Option<Instant>, StoreError> {
        let wanted = Hit::new(&limit, now);
        Ok(transaction!(self, |session| { hit(&session, &wanted).await })?)
    }

    async fn take_back(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        let digest = digest(name, subject);
        Ok(transaction!(self, |session| { take_back(&session, digest, now).await })?)
    }

    async fn counted(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<u32, StoreError> {
        Ok(counted(self, digest(name, subject), now).await?)
    }

    async fn clear(&self, name: &'static str, subject: &str) -> Result<(), StoreError> {
        Ok(clear(self, digest(name, subject)).await?)
    }
}
