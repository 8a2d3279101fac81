//! Idempotency keys: where one is kept, and what a claim of it means.

use super::row::Row;
use farline_app::ports::records::{Claim, RequestKey};
use farline_domain::kernel::{Cell, Instant};
use sha2::{Digest, Sha256};

/// An attempt that has not answered for so long counts as dead, in milliseconds.
const DEAD_AFTER_MILLIS: i64 = 30_000;

/// A key as kept, in the cell of its scope and key.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) cell: u16,
    pub(crate) digest: [u8; 32],
    pub(crate) body_hash: [u8; 32],
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

/// What stands under a key.
pub(crate) struct Found {
    body_hash: [u8; 32],
    seed: [u8; 16],
    claimed_at: i64,
    running_since: Option<i64>,
    answer: Option<(u16, String)>,
}

/// Reads from: body_hash, seed, claimed_at, running_since, status, body.
pub(crate) fn found_of<R: Row>(row: &R) -> Result<Found, R::Fault> {
    let (status, body) = (row.some_small(4)?, row.some_text(5)?.map(str::to_owned));
    Ok(Found {
        body_hash: row.array(0)?,
        seed: row.array(1)?,
        claimed_at: row.number(2)?,
        running_since: row.some_number(3)?,
        answer: status.zip(body),
    })
}

/// What a claim leads to.
pub(crate) enum Judged {
    /// The key is claimed anew.
    Fresh,
    /// The key runs again, with the seed it had: should an attempt that counts as dead be alive, both
    /// make one effect.
    Again {
        /// The seed.
        seed: [u8; 16],
        /// When it was first claimed.
        claimed_at: Instant,
    },
    /// Nothing is to be written.
    Stands(Claim),
}

/// Judges a claim by what stands under its key.
pub(crate) fn judge(found: Option<Found>, key: &Key, now: i64) -> Judged {
    let Some(found) = found else {
        return Judged::Fresh;
    };
    let same_body = found.body_hash == key.body_hash;
    match (found.answer, found.running_since) {
        (Some((status, body)), _) if same_body => Judged::Stands(Claim::Answered { status, body }),
        // Given up: nothing happened under it, so it is free for another body.
        (None, None) if !same_body => Judged::Fresh,
        _ if !same_body => Judged::Stands(Claim::OtherBody),
        (None, Some(since)) if now.saturating_sub(since) < DEAD_AFTER_MILLIS => {
            Judged::Stands(Claim::Running)
        }
        _ => {
            let claimed_at = Instant::from_millis(found.claimed_at);
            Judged::Again { seed: found.seed, claimed_at }
        }
    }
}
