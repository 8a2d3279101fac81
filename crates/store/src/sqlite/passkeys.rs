//! The staff's passkeys as kept, and what browsers were asked. What adds, uses and removes a passkey is in
//! `staff_change`, because each change carries its line of the audit.

use super::SqliteStore;
use super::accounts::rows;
use crate::kept::passkeys::passkey;
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::passkeys::Passkey;
use farline_app::ports::{Passkeys, StoreError};
use farline_domain::kernel::{Instant, StaffId};
use rusqlite::params;

statements! {
    PASSKEY = "SELECT id, staff, public_key, state, device, added_at, used_at \
        FROM staff_passkeys WHERE id = ?1";
    PASSKEYS = "SELECT id, staff, public_key, state, device, added_at, used_at \
        FROM staff_passkeys WHERE staff = ?1 ORDER BY added_at, id";
    FORGET_CHALLENGES = "DELETE FROM staff_challenges WHERE until <= ?1";
    KEEP_CHALLENGE = "INSERT INTO staff_challenges (browser, asked, until) VALUES (?1, ?2, ?3) \
        ON CONFLICT (browser) DO UPDATE SET asked = excluded.asked, until = excluded.until";
    TAKE_CHALLENGE = "DELETE FROM staff_challenges WHERE browser = ?1 RETURNING asked, until";
}

#[async_trait]
impl Passkeys for SqliteStore {
    async fn passkey(&self, id: &[u8]) -> Result<Option<Passkey>, StoreError> {
        self.one(PASSKEY, [id], |row| passkey(row))
    }

    async fn passkeys(&self, member: StaffId) -> Result<Vec<Passkey>, StoreError> {
        let member = member.to_bytes();
        self.read(|connection| rows(connection, PASSKEYS, [member], |row| passkey(row)))
    }

    async fn keep_challenge(
        &self,
        browser: &Digest,
        asked: &[u8],
        (now, until): (Instant, Instant),
    ) -> Result<(), StoreError> {
        let (browser, asked) = (*browser, asked.to_vec());
        self.write(move |connection| {
            connection.prepare_cached(FORGET_CHALLENGES)?.execute([now.millis()])?;
            let row = params![browser, asked, until.millis()];
            connection.prepare_cached(KEEP_CHALLENGE)?.execute(row)?;
            Ok(())
        })
        .await
    }

    async fn take_challenge(
        &self,
        browser: &Digest,
        now: Instant,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let browser = *browser;
        self.write(move |connection| {
            let taken = rows(connection, TAKE_CHALLENGE, [browser], |row| {
                Ok((row.octets(0)?.to_vec(), row.instant(1)?))
            })?;
            Ok(taken.into_iter().next().filter(|(_, until)| now < *until).map(|(asked, _)| asked))
        })
        .await
    }
}
