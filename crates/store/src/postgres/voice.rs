//! Calls with the robot, refusals of text messages, and what was agreed to by either.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Hash, Octets, cell_of_key, line_key};
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::voice::{SpokenConsent, StoredCall, TextOffer};
use farline_app::ports::{StoreError, Voice};
use farline_domain::kernel::{Instant, LineId};

statements! {
    CALL = "SELECT body FROM voice_calls WHERE cell = $1 AND call = $2";
    // A step that comes late does not take the place of a later one.
    KEEP_CALL = "INSERT INTO voice_calls (cell, call, step, body, at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (cell, call) DO UPDATE SET step = excluded.step, body = excluded.body, \
        at = excluded.at WHERE voice_calls.step < excluded.step";
    FORGET_CALL = "DELETE FROM voice_calls WHERE cell = $1 AND call = $2";
    FORGET_CALLS = "DELETE FROM voice_calls WHERE cell >= 0 AND at < $1";
    STOP = "INSERT INTO sms_stops (cell, number, at) VALUES ($1, $2, $3) \
        ON CONFLICT (cell, number) DO NOTHING";
    START = "DELETE FROM sms_stops WHERE cell = $1 AND number = $2";
    STOPPED = "SELECT at FROM sms_stops WHERE cell = $1 AND number = $2";
    KEEP_OFFER = "INSERT INTO sms_offers (cell, line, body) VALUES ($1, $2, $3) \
        ON CONFLICT (cell, line) DO UPDATE SET body = excluded.body";
    OFFER = "SELECT body FROM sms_offers WHERE cell = $1 AND line = $2";
    FORGET_OFFER = "DELETE FROM sms_offers WHERE cell = $1 AND line = $2";
    KEEP_CONSENT = "INSERT INTO spoken_consents (cell, line, order_id, body) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (cell, line, order_id) DO NOTHING";
    CONSENTS = "SELECT body FROM spoken_consents WHERE cell = $1 AND line = $2 ORDER BY order_id";
}

fn key_of(digest: &Digest) -> (i16, Hash) {
    (cell_of_key(digest), Octets(*digest))
}

async fn call(store: &PostgresStore, call: &Digest) -> Result<Option<StoredCall>, Fault> {
    let (cell, call) = key_of(call);
    let row = store.session().await?.row(CALL, &[&cell, &call]).await?;
    row.map(|row| Ok(from_json(row.text(0)?)?)).transpose()
}

async fn keep_call(store: &PostgresStore, call: &Digest, kept: &StoredCall) -> Result<bool, Fault> {
    let ((cell, call), body) = (key_of(call), to_json(kept)?);
    let (step, at) = (i64::from(kept.step), kept.at.millis());
    let session = store.session().await?;
    Ok(session.execute(KEEP_CALL, &[&cell, &call, &step, &body, &at]).await? == 1)
}

/// Runs a statement whose parameters are a digest and its cell. Returns how many rows it changed.
async fn change(
    store: &PostgresStore,
    statement: &'static str,
    digest: &Digest,
) -> Result<u64, Fault> {
    let (cell, digest) = key_of(digest);
    store.session().await?.execute(statement, &[&cell, &digest]).await
}

async fn forget_calls(store: &PostgresStore, silent_since: Instant) -> Result<u64, Fault> {
    store.session().await?.execute(FORGET_CALLS, &[&silent_since.millis()]).await
}

async fn stop(store: &PostgresStore, number: &Digest, at: Instant) -> Result<bool, Fault> {
    let (cell, number) = key_of(number);
    let session = store.session().await?;
    Ok(session.execute(STOP, &[&cell, &number, &at.millis()]).await? == 1)
}

async fn is_stopped(store: &PostgresStore, number: &Digest) -> Result<bool, Fault> {
    let (cell, number) = key_of(number);
    Ok(store.session().await?.row(STOPPED, &[&cell, &number]).await?.is_some())
}

async fn keep_offer(store: &PostgresStore, line: LineId, offer: &TextOffer) -> Result<(), Fault> {
    let ((cell, line), body) = (line_key(line), to_json(offer)?);
    store.session().await?.execute(KEEP_OFFER, &[&cell, &line, &body]).await?;
    Ok(())
}

async fn offer(store: &PostgresStore, line: LineId) -> Result<Option<TextOffer>, Fault> {
    let (cell, line) = line_key(line);
    let row = store.session().await?.row(OFFER, &[&cell, &line]).await?;
    row.map(|row| Ok(from_json(row.text(0)?)?)).transpose()
}

async fn forget_offer(store: &PostgresStore, line: LineId) -> Result<(), Fault> {
    let (cell, line) = line_key(line);
    store.session().await?.execute(FORGET_OFFER, &[&cell, &line]).await?;
    Ok(())
}

async fn keep_consent(
    store: &PostgresStore,
    line: LineId,
    consent: &SpokenConsent,
) -> Result<(), Fault> {
    let ((cell, line), body) = (line_key(line), to_json(consent)?);
    let order = Octets(consent.order.to_bytes());
    store.session().await?.execute(KEEP_CONSENT, &[&cell, &line, &order, &body]).await?;
    Ok(())
}

async fn consents(store: &PostgresStore, line: LineId) -> Result<Vec<SpokenConsent>, Fault> {
    let (cell, line) = line_key(line);
    let rows = store.session().await?.rows(CONSENTS, &[&cell, &line]).await?;
    rows.iter().map(|row| Ok(from_json(row.text(0)?)?)).collect()
}

#[async_trait]
impl Voice for PostgresStore {
    async fn voice_call(&self, call: &Digest) -> Result<Option<StoredCall>, StoreError> {
        Ok(self::call(self, call).await?)
    }

    async fn keep_voice_call(&self, call: &Digest, kept: &StoredCall) -> Result<bool, StoreError> {
        Ok(keep_call(self, call, kept).await?)
    }

    async fn forget_voice_call(&self, call: &Digest) -> Result<(), StoreError> {
        Ok(change(self, FORGET_CALL, call).await.map(drop)?)
    }

    async fn forget_voice_calls(&self, silent_since: Instant) -> Result<u64, StoreError> {
        Ok(forget_calls(self, silent_since).await?)
    }

    async fn stop_texts(&self, number: &Digest, at: Instant) -> Result<bool, StoreError> {
        Ok(stop(self, number, at).await?)
    }

    async fn start_texts(&self, number: &Digest) -> Result<bool, StoreError> {
        Ok(change(self, START, number).await? == 1)
    }

    async fn wants_no_texts(&self, number: &Digest) -> Result<bool, StoreError> {
        Ok(is_stopped(self, number).await?)
    }

    async fn keep_text_offer(&self, line: LineId, offer: &TextOffer) -> Result<(), StoreError> {
        Ok(keep_offer(self, line, offer).await?)
    }

    async fn text_offer(&self, line: LineId) -> Result<Option<TextOffer>, StoreError> {
        Ok(offer(self, line).await?)
    }

    async fn forget_text_offer(&self, line: LineId) -> Result<(), StoreError> {
        Ok(forget_offer(self, line).await?)
    }

    async fn keep_spoken_consent(
        &self,
        line: LineId,
        consent: &SpokenConsent,
    ) -> Result<(), StoreError> {
        Ok(keep_consent(self, line, consent).await?)
    }

    async fn spoken_consents(&self, line: LineId) -> Result<Vec<SpokenConsent>, StoreError> {
        Ok(consents(self, line).await?)
    }
}
