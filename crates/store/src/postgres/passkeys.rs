//! The staff's passkeys as kept, and what browsers were asked. What adds, uses and removes a passkey is in
//! `staff_change`, because each change carries its line of the audit.

use super::PostgresStore;
use super::accounts::{all, one};
use super::fault::Fault;
use super::session::Session;
use super::staff::staff_key;
use super::values::Octets;
use crate::kept::passkeys::passkey;
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::passkeys::Passkey;
use farline_app::ports::{Passkeys, StoreError};
use farline_domain::kernel::{Instant, StaffId};

statements! {
    PASSKEY = "SELECT id, staff, public_key, state, device, added_at, used_at \
        FROM staff_passkeys WHERE id = $1";
    PASSKEYS = "SELECT id, staff, public_key, state, device, added_at, used_at \
        FROM staff_passkeys WHERE staff = $1 ORDER BY added_at, id";
    FORGET_CHALLENGES = "DELETE FROM staff_challenges WHERE until <= $1";
    KEEP_CHALLENGE = "INSERT INTO staff_challenges (browser, asked, until) VALUES ($1, $2, $3) \
        ON CONFLICT (browser) DO UPDATE SET asked = excluded.asked, until = excluded.until";
    TAKE_CHALLENGE = "DELETE FROM staff_challenges WHERE browser = $1 RETURNING asked, until";
}

async fn keep_challenge(
    session: &Session,
    (browser, asked): (&Digest, &[u8]),
    (now, until): (Instant, Instant),
) -> Result<(), Fault> {
    session.execute(FORGET_CHALLENGES, &[&now.millis()]).await?;
    session.execute(KEEP_CHALLENGE, &[&Octets(*browser), &asked, &until.millis()]).await?;
    Ok(())
}

#[async_trait]
impl Passkeys for PostgresStore {
    async fn passkey(&self, id: &[u8]) -> Result<Option<Passkey>, StoreError> {
        Ok(one(self, (PASSKEY, &[&id]), passkey).await?)
    }

    async fn passkeys(&self, member: StaffId) -> Result<Vec<Passkey>, StoreError> {
        Ok(all(self, (PASSKEYS, &[&staff_key(member)]), passkey).await?)
    }

    async fn keep_challenge(
        &self,
        browser: &Digest,
        asked: &[u8],
        times: (Instant, Instant),
    ) -> Result<(), StoreError> {
        Ok(transaction!(self, |session| {
            keep_challenge(&session, (browser, asked), times).await
        })?)
    }

    async fn take_challenge(
        &self,
        browser: &Digest,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let read = |row: &tokio_postgres::Row| Ok((row.octets(0)?.to_vec(), row.instant(1)?));
        let taken = one(self, (TAKE_CHALLENGE, &[&Octets(*browser)]), read).await?;
        Ok(taken.filter(|(_, until)| now < *until).map(|(asked, _)| asked))
    }
}
