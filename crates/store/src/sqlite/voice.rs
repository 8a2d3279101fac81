//! Calls with the robot, refusals of text messages, and what was agreed to by either.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, line_key, to_json};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::voice::{SpokenConsent, StoredCall, TextOffer};
use farline_app::ports::{StoreError, Voice};
use farline_domain::kernel::{Instant, LineId};
use rusqlite::{OptionalExtension, params};

statements! {
    CALL = "SELECT body FROM voice_calls WHERE call = ?1";
    // A step that comes late does not take the place of a later one.
    KEEP_CALL = "INSERT INTO voice_calls (call, step, body, at) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (call) DO UPDATE SET step = excluded.step, body = excluded.body, \
        at = excluded.at WHERE voice_calls.step < excluded.step";
    FORGET_CALL = "DELETE FROM voice_calls WHERE call = ?1";
    FORGET_CALLS = "DELETE FROM voice_calls WHERE at < ?1";
    STOP = "INSERT INTO sms_stops (number, at) VALUES (?1, ?2) ON CONFLICT (number) DO NOTHING";
    START = "DELETE FROM sms_stops WHERE number = ?1";
    STOPPED = "SELECT 1 FROM sms_stops WHERE number = ?1";
    KEEP_OFFER = "INSERT INTO sms_offers (cell, line, body) VALUES (?1, ?2, ?3) \
        ON CONFLICT (cell, line) DO UPDATE SET body = excluded.body";
    OFFER = "SELECT body FROM sms_offers WHERE cell = ?1 AND line = ?2";
    FORGET_OFFER = "DELETE FROM sms_offers WHERE cell = ?1 AND line = ?2";
    KEEP_CONSENT = "INSERT INTO spoken_consents (cell, line, order_id, body) \
        VALUES (?1, ?2, ?3, ?4) ON CONFLICT (cell, line, order_id) DO NOTHING";
    CONSENTS = "SELECT body FROM spoken_consents WHERE cell = ?1 AND line = ?2 ORDER BY order_id";
}

#[async_trait]
impl Voice for SqliteStore {
    async fn voice_call(&self, call: &Digest) -> Result<Option<StoredCall>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(CALL)?;
            let found: Option<String> =
                statement.query_row(params![call], |row| row.get(0)).optional()?;
            Ok(found.as_deref().map(from_json).transpose()?)
        })
    }

    async fn keep_voice_call(&self, call: &Digest, kept: &StoredCall) -> Result<bool, StoreError> {
        let body = to_json(kept).map_err(Fault::from)?;
        let (call, step, at) = (*call, kept.step, kept.at.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_CALL)?;
            Ok(statement.execute(params![call, step, body, at])? == 1)
        })
        .await
    }

    async fn forget_voice_call(&self, call: &Digest) -> Result<(), StoreError> {
        let call = *call;
        self.write(move |connection| {
            connection.prepare_cached(FORGET_CALL)?.execute(params![call])?;
            Ok(())
        })
        .await
    }

    async fn forget_voice_calls(&self, silent_since: Instant) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_CALLS)?;
            let forgotten = statement.execute(params![silent_since.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn stop_texts(&self, number: &Digest, at: Instant) -> Result<bool, StoreError> {
        let number = *number;
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(STOP)?;
            Ok(statement.execute(params![number, at.millis()])? == 1)
        })
        .await
    }

    async fn start_texts(&self, number: &Digest) -> Result<bool, StoreError> {
        let number = *number;
        self.write(move |connection| {
            Ok(connection.prepare_cached(START)?.execute(params![number])? == 1)
        })
        .await
    }

    async fn wants_no_texts(&self, number: &Digest) -> Result<bool, StoreError> {
        self.read(|connection| Ok(connection.prepare_cached(STOPPED)?.exists(params![number])?))
    }

    async fn keep_text_offer(&self, line: LineId, offer: &TextOffer) -> Result<(), StoreError> {
        let (cell, line) = line_key(line);
        let body = to_json(offer).map_err(Fault::from)?;
        self.write(move |connection| {
            connection.prepare_cached(KEEP_OFFER)?.execute(params![cell, line, body])?;
            Ok(())
        })
        .await
    }

    async fn text_offer(&self, line: LineId) -> Result<Option<TextOffer>, StoreError> {
        let (cell, line) = line_key(line);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(OFFER)?;
            let found: Option<String> =
                statement.query_row(params![cell, line], |row| row.get(0)).optional()?;
            Ok(found.as_deref().map(from_json).transpose()?)
        })
    }

    async fn forget_text_offer(&self, line: LineId) -> Result<(), StoreError> {
        let (cell, line) = line_key(line);
        self.write(move |connection| {
            connection.prepare_cached(FORGET_OFFER)?.execute(params![cell, line])?;
            Ok(())
        })
        .await
    }

    async fn keep_spoken_consent(
        &self,
        line: LineId,
        consent: &SpokenConsent,
    ) -> Result<(), StoreError> {
        let (cell, line) = line_key(line);
        let body = to_json(consent).map_err(Fault::from)?;
        let order = consent.order.to_bytes();
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_CONSENT)?;
            statement.execute(params![cell, line, order, body])?;
            Ok(())
        })
        .await
    }

    async fn spoken_consents(&self, line: LineId) -> Result<Vec<SpokenConsent>, StoreError> {
        let (cell, line) = line_key(line);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(CONSENTS)?;
            let mut rows = statement.query(params![cell, line])?;
            let mut consents = Vec::new();
            while let Some(row) = rows.next()? {
                consents.push(from_json(row.text(0)?)?);
            }
            Ok(consents)
        })
    }
}
