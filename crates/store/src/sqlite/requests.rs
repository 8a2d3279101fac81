//! Idempotency keys as kept, in the cell of their scope and key.

use super::SqliteStore;
use super::fault::Fault;
use async_trait::async_trait;
use farline_app::ports::records::{Claim, RequestKey};
use farline_app::ports::{Requests, StoreError};
use farline_domain::kernel::{Cell, Instant};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// An attempt that has not answered for so long counts as dead, in milliseconds.
const DEAD_AFTER_MILLIS: i64 = 30_000;

statements! {
    FIND = "SELECT body_hash, seed, claimed_at, running_since, status, body FROM requests \
        WHERE cell = ?1 AND digest = ?2";
    CLAIM = "INSERT INTO requests (cell, digest, body_hash, seed, claimed_at, running_since) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?5) \
        ON CONFLICT (cell, digest) DO UPDATE SET body_hash = excluded.body_hash, \
        seed = excluded.seed, claimed_at = excluded.claimed_at, \
        running_since = excluded.running_since";
    RUN_AGAIN = "UPDATE requests SET running_since = ?3 WHERE cell = ?1 AND digest = ?2";
    ANSWER = "UPDATE requests SET status = ?4, body = ?5 \
        WHERE cell = ?1 AND digest = ?2 AND body_hash = ?3 AND status IS NULL";
    GIVE_UP = "UPDATE requests SET running_since = NULL \
        WHERE cell = ?1 AND digest = ?2 AND body_hash = ?3 AND status IS NULL";
    ALL_DEAD = "UPDATE requests SET running_since = 0 \
        WHERE cell >= 0 AND status IS NULL AND running_since IS NOT NULL";
    FORGET = "DELETE FROM requests WHERE cell >= 0 AND claimed_at < ?1";
}

/// Counts every unanswered attempt as dead: only one process writes, and it is just starting. The next
/// attempt under such a key runs again with the same seed.
pub(super) fn bury(connection: &Connection) -> rusqlite::Result<usize> {
    connection.execute(ALL_DEAD, [])
}

struct Key {
    cell: u16,
    digest: [u8; 32],
    body_hash: [u8; 32],
}

impl From<RequestKey<'_>> for Key {
    fn from(request: RequestKey<'_>) -> Self {
        let mut hash = Sha256::new();
        for part in [request.scope, request.key] {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest: [u8; 32] = hash.finalize().into();
        Self { cell: Cell::of(&digest).number(), digest, body_hash: request.body_hash }
    }
}

struct Found {
    body_hash: [u8; 32],
    seed: [u8; 16],
    claimed_at: i64,
    running_since: Option<i64>,
    answer: Option<(u16, String)>,
}

fn find(connection: &Connection, key: &Key) -> Result<Option<Found>, Fault> {
    let mut statement = connection.prepare_cached(FIND)?;
    let found = statement.query_row(params![key.cell, key.digest], |row| {
        let (status, body): (Option<u16>, Option<String>) = (row.get(4)?, row.get(5)?);
        Ok(Found {
            body_hash: row.get(0)?,
            seed: row.get(1)?,
            claimed_at: row.get(2)?,
            running_since: row.get(3)?,
            answer: status.zip(body),
        })
    });
    Ok(found.optional()?)
}

fn claim(connection: &Connection, key: &Key, seed: [u8; 16], now: i64) -> Result<Claim, Fault> {
    let fresh = || {
        let mut statement = connection.prepare_cached(CLAIM)?;
        statement.execute(params![key.cell, key.digest, key.body_hash, seed, now])?;
        Ok(Claim::Fresh { seed, claimed_at: Instant::from_millis(now) })
    };
    let Some(found) = find(connection, key)? else {
        return fresh();
    };
    let same_body = found.body_hash == key.body_hash;
    match (found.answer, found.running_since) {
        (Some((status, body)), _) if same_body => Ok(Claim::Answered { status, body }),
        // Given up: nothing happened under it, so it is free for another body.
        (None, None) if !same_body => fresh(),
        _ if !same_body => Ok(Claim::OtherBody),
        (None, Some(since)) if now.saturating_sub(since) < DEAD_AFTER_MILLIS => Ok(Claim::Running),
        // The seed stays: should an attempt that counts as dead be alive, both make one effect.
        _ => {
            let mut statement = connection.prepare_cached(RUN_AGAIN)?;
            statement.execute(params![key.cell, key.digest, now])?;
            let claimed_at = Instant::from_millis(found.claimed_at);
            Ok(Claim::Fresh { seed: found.seed, claimed_at })
        }
    }
}

#[async_trait]
impl Requests for SqliteStore {
    async fn claim(
        &self,
        request: RequestKey<'_>,
        seed: [u8; 16],
        now: Instant,
    ) -> Result<Claim, StoreError> {
        let key = Key::from(request);
        self.write(move |connection| claim(connection, &key, seed, now.millis())).await
    }

    async fn answer(
        &self,
        request: RequestKey<'_>,
        status: u16,
        body: &str,
    ) -> Result<(), StoreError> {
        let (key, body) = (Key::from(request), body.to_owned());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(ANSWER)?;
            statement.execute(params![key.cell, key.digest, key.body_hash, status, body])?;
            Ok(())
        })
        .await
    }

    async fn give_up(&self, request: RequestKey<'_>) -> Result<(), StoreError> {
        let key = Key::from(request);
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(GIVE_UP)?;
            statement.execute(params![key.cell, key.digest, key.body_hash])?;
            Ok(())
        })
        .await
    }

    async fn forget_requests(&self, claimed_before: Instant) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET)?;
            let forgotten = statement.execute(params![claimed_before.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }
}
