//! Which rows there were, in little room.

use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// What was seen, by digests of 16 octets: among a hundred million, two are taken for one with a chance of 1 in 10²².
#[derive(Default)]
pub(super) struct Seen(HashSet<u128>);

fn digest(kind: &str, id: &str) -> u128 {
    let hash: [u8; 32] = Sha256::digest(format!("{kind}\n{id}")).into();
    hash.iter().take(16).fold(0, |bits, octet| bits << 8 | u128::from(*octet))
}

impl Seen {
    /// Notes one; `false` when it was seen before.
    pub(super) fn note(&mut self, kind: &str, id: &str) -> bool {
        self.0.insert(digest(kind, id))
    }
}
