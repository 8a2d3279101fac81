//! The staff's passkeys as kept, and the questions that browsers have still to answer with one.

use super::StoreError;
use super::accounts::Digest;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::kernel::{Instant, StaffId};
use std::fmt;

/// What changes with each use of a passkey, as octets: the counter of its signatures, and whether it is kept elsewhere too.
pub type PasskeyState = [u8; 7];

/// A passkey. Nothing of it is secret: its device keeps what is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// The id that its device gave it. No two have the same.
    pub id: Vec<u8>,
    /// Whose it is.
    pub member: StaffId,
    /// Its public key, as octets.
    pub key: Vec<u8>,
    /// What changed with its last use.
    pub state: PasskeyState,
    /// The device on which it was added, as it called itself.
    pub device: String,
    /// When it was added.
    pub added_at: Instant,
    /// When somebody last signed in with it.
    pub used_at: Option<Instant>,
}

/// A passkey to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// The id that its device gave it.
    pub id: Vec<u8>,
    /// Its public key.
    pub key: Vec<u8>,
    /// What changes with each use.
    pub state: PasskeyState,
    /// The device on which it is added.
    pub device: String,
}

impl fmt::Debug for NewPasskey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPasskey").field("device", &self.device).finish_non_exhaustive()
    }
}

/// One use of a passkey. It counts only while the state is still the one that the signature was held against: of two
/// uses at once that show the same counter, one is a copy's.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyUse {
    /// Which.
    pub id: Vec<u8>,
    /// The state before.
    pub before: PasskeyState,
    /// The state from now on.
    pub after: PasskeyState,
}

impl fmt::Debug for PasskeyUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasskeyUse").finish_non_exhaustive()
    }
}

/// A passkey's id as text, for forms and the audit.
pub fn spelled(id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

/// Reads it.
pub fn read(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The staff's passkeys as kept. What adds, uses and removes them is a change to their member.
#[async_trait]
pub trait Passkeys: Send + Sync {
    /// Reads a passkey.
    async fn passkey(&self, id: &[u8]) -> Result<Option<Passkey>, StoreError>;

    /// A member's passkeys, the oldest first.
    async fn passkeys(&self, member: StaffId) -> Result<Vec<Passkey>, StoreError>;

    /// Keeps what a browser was asked, by a digest that only this browser leads to, in place of what it was asked
    /// before. Forgets what others left unanswered.
    async fn keep_challenge(
        &self,
        browser: &Digest,
        asked: &[u8],
        times: (Instant, Instant),
    ) -> Result<(), StoreError>;

    /// What the browser was asked; told once, and not after its time.
    async fn take_challenge(
        &self,
        browser: &Digest,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, StoreError>;
}
