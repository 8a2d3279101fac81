//! Limits as kept: counters over fixed windows, whom they are for only as a digest.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::limits::{Hit, Judged, digest, judge};
use async_trait::async_trait;
use farline_app::ports::records::Limit;
use farline_app::ports::{Limits, StoreError};
use farline_domain::kernel::Instant;
use rusqlite::{Connection, OptionalExtension, params};

statements! {
    FIND = "SELECT ends_at, hits FROM limits WHERE digest = ?1";
    START = "INSERT INTO limits (digest, ends_at, hits) VALUES (?1, ?2, 1) \
        ON CONFLICT (digest) DO UPDATE SET ends_at = excluded.ends_at, hits = 1";
    COUNT = "UPDATE limits SET hits = hits + 1 WHERE digest = ?1";
    // The last one ends the window.
    TAKE_LAST = "DELETE FROM limits WHERE digest = ?1 AND ends_at > ?2 AND hits = 1";
    TAKE_BACK = "UPDATE limits SET hits = hits - 1 WHERE digest = ?1 AND ends_at > ?2";
    COUNTED = "SELECT hits FROM limits WHERE digest = ?1 AND ends_at > ?2";
    CLEAR = "DELETE FROM limits WHERE digest = ?1";
    // Each window that starts takes two that ended with it, so the table stays small by itself.
    TIDY = "DELETE FROM limits WHERE digest IN \
        (SELECT digest FROM limits WHERE ends_at <= ?1 ORDER BY ends_at LIMIT 2)";
}

fn hit(connection: &Connection, hit: &Hit) -> Result<Option<Instant>, Fault> {
    let found: Option<(i64, u32)> = connection
        .prepare_cached(FIND)?
        .query_row(params![hit.digest], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match judge(found, hit) {
        Judged::Wait(until) => return Ok(Some(until)),
        Judged::Count => {
            connection.prepare_cached(COUNT)?.execute(params![hit.digest])?;
        }
        Judged::Start => {
            connection.prepare_cached(TIDY)?.execute(params![hit.now.millis()])?;
            let mut start = connection.prepare_cached(START)?;
            start.execute(params![hit.digest, hit.ends_at().millis()])?;
        }
    }
    Ok(None)
}

#[async_trait]
impl Limits for SqliteStore {
    async fn hit(&self, limit: Limit<'_>, now: Instant) -> Result<Option<Instant>, StoreError> {
        let wanted = Hit::new(&limit, now);
        self.write(move |connection| hit(connection, &wanted)).await
    }

    async fn take_back(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        let digest = digest(name, subject);
        self.write(move |connection| {
            let wanted = params![digest, now.millis()];
            if connection.prepare_cached(TAKE_LAST)?.execute(wanted)? == 0 {
                connection.prepare_cached(TAKE_BACK)?.execute(wanted)?;
            }
            Ok(())
        })
        .await
    }

    async fn counted(
        &self,
        name: &'static str,
        subject: &str,
        now: Instant,
    ) -> Result<u32, StoreError> {
        let digest = digest(name, subject);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(COUNTED)?;
            let hits = statement.query_row(params![digest, now.millis()], |row| row.get(0));
            Ok(hits.optional()?.unwrap_or_default())
        })
    }

    async fn clear(&self, name: &'static str, subject: &str) -> Result<(), StoreError> {
        let digest = digest(name, subject);
        self.write(move |connection| {
            connection.prepare_cached(CLEAR)?.execute(params![digest])?;
            Ok(())
        })
        .await
    }
}
