//! The staff's passkeys at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::passkeys::Passkey;
use farline_app::ports::{Passkeys, StoreError};
use farline_domain::kernel::{Instant, StaffId};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Passkeys for Gate {
    async fn passkey(&self, id: &[u8]) -> Kept<Option<Passkey>> {
        self.read(self.inner.passkey(id)).await
    }
    async fn passkeys(&self, member: StaffId) -> Kept<Vec<Passkey>> {
        self.read(self.inner.passkeys(member)).await
    }
    async fn keep_challenge(
        &self,
        browser: &Digest,
        asked: &[u8],
        times: (Instant, Instant),
    ) -> Kept<()> {
        self.put("a challenge", self.inner.keep_challenge(browser, asked, times)).await
    }
    async fn take_challenge(&self, browser: &Digest, now: Instant) -> Kept<Option<Vec<u8>>> {
        self.put("a challenge goes", self.inner.take_challenge(browser, now)).await
    }
}
