//! Idempotency keys as kept, in the cell of their scope and key.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::requests::{Found, Judged, Key, found_of, judge};
use async_trait::async_trait;
use farline_app::ports::records::{Claim, RequestKey};
use farline_app::ports::{Requests, StoreError};
use farline_domain::kernel::{Cells, Instant};
use rusqlite::{Connection, params};

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
    FORGET = "DELETE FROM requests WHERE cell BETWEEN ?1 AND ?2 AND claimed_at < ?3";
}

/// Counts every unanswered attempt as dead: only one process writes, and it is just starting. The next
/// attempt under such a key runs again with the same seed.
pub(super) fn bury(connection: &Connection) -> rusqlite::Result<usize> {
    connection.execute(ALL_DEAD, [])
}

fn found(connection: &Connection, key: &Key) -> Result<Option<Found>, Fault> {
    let mut statement = connection.prepare_cached(FIND)?;
    let mut rows = statement.query(params![key.cell, key.digest])?;
    rows.next()?.map(found_of).transpose()
}

/// Whether nothing stands under a key.
pub(super) fn is_free(connection: &Connection, key: &Key, now: Instant) -> Result<bool, Fault> {
    Ok(matches!(judge(found(connection, key)?, key, now.millis()), Judged::Fresh))
}

/// Claims a key under which nothing stands.
pub(super) fn claim_anew(
    connection: &Connection,
    key: &Key,
    (seed, now): ([u8; 16], Instant),
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(CLAIM)?;
    statement.execute(params![key.cell, key.digest, key.body_hash, seed, now.millis()])?;
    Ok(())
}

fn claim(connection: &Connection, key: &Key, seed: [u8; 16], now: i64) -> Result<Claim, Fault> {
    match judge(found(connection, key)?, key, now) {
        Judged::Fresh => {
            let claimed_at = Instant::from_millis(now);
            claim_anew(connection, key, (seed, claimed_at))?;
            Ok(Claim::Fresh { seed, claimed_at })
        }
        Judged::Again { seed, claimed_at } => {
            let mut statement = connection.prepare_cached(RUN_AGAIN)?;
            statement.execute(params![key.cell, key.digest, now])?;
            Ok(Claim::Fresh { seed, claimed_at })
        }
        Judged::Stands(claim) => Ok(claim),
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

    async fn is_claimed(&self, request: RequestKey<'_>) -> Result<bool, StoreError> {
        let key = Key::from(request);
        self.read(|connection| Ok(found(connection, &key)?.is_some()))
    }

    /// Work is done in the order in which it was handed in, so a later claim sees the answer although
    /// nobody waits here for it to be durable.
    async fn answer(
        &self,
        request: RequestKey<'_>,
        status: u16,
        body: &str,
    ) -> Result<(), StoreError> {
        let (key, body) = (Key::from(request), body.to_owned());
        let answer = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(ANSWER)?;
            statement.execute(params![key.cell, key.digest, key.body_hash, status, body])?;
            Ok(())
        };
        self.writer()?.later("an answer under a key", answer).await
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

    async fn forget_requests(
        &self,
        cells: Cells,
        claimed_before: Instant,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET)?;
            let range = params![cells.first, cells.last, claimed_before.millis()];
            let forgotten = statement.execute(range)?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }
}
