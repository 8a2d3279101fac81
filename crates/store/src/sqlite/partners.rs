//! Partners, the keys of their programs, and what they were told.

use super::SqliteStore;
use super::accounts::rows;
use super::fault::Fault;
use crate::kept::partners::{
    callback_of, cell_of_partner, key_of, partner_of, place_of, request_of,
};
use crate::kept::values::{order_key, to_json};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::partners::{CallbackRecord, KeptKey, RequestPlace, RequestRecord};
use farline_app::ports::{Partners, StoreError};
use farline_domain::kernel::{Cells, Instant, OrderId};
use farline_domain::orders::PartnerCode;
use farline_domain::partners::{Partner, PartnerKey};
use rusqlite::params;

statements! {
    PARTNER = "SELECT body FROM partners WHERE code = ?1";
    PARTNERS = "SELECT body FROM partners ORDER BY code";
    ADD_PARTNER = "INSERT INTO partners (code, body) VALUES (?1, ?2) ON CONFLICT (code) DO NOTHING";
    CHANGE_PARTNER = "UPDATE partners SET body = ?2 WHERE code = ?1 AND body = ?3";
    KEY = "SELECT digest, body, used_at FROM partner_keys WHERE digest = ?1";
    KEYS = "SELECT digest, body, used_at FROM partner_keys WHERE partner = ?1 ORDER BY since, digest";
    KEEP_KEY = "INSERT INTO partner_keys (digest, partner, since, body) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (digest) DO UPDATE SET body = excluded.body";
    KEY_USED = "UPDATE partner_keys SET used_at = ?2 WHERE digest = ?1";
    NOTE_CALLBACK = "INSERT INTO callbacks (cell, order_id, number, partner, stage, since, url, \
        tries, tried_at, came_of_it, taken_at, next_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
        ON CONFLICT (cell, order_id, number) DO UPDATE SET url = excluded.url, \
        tries = excluded.tries, tried_at = excluded.tried_at, came_of_it = excluded.came_of_it, \
        taken_at = excluded.taken_at, next_at = excluded.next_at";
    CALLBACK = "SELECT order_id, number, partner, stage, since, url, tries, tried_at, came_of_it, \
        taken_at, next_at FROM callbacks WHERE cell = ?1 AND order_id = ?2 AND number = ?3";
    CALLBACKS = "SELECT order_id, number, partner, stage, since, url, tries, tried_at, came_of_it, \
        taken_at, next_at FROM callbacks WHERE cell >= 0 AND partner = ?1 AND tried_at < ?2 \
        ORDER BY tried_at DESC, order_id, number LIMIT ?3";
    NOTE_REQUEST = "INSERT INTO partner_requests (cell, partner, at, request, method, path, status, \
        problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    REQUESTS = "SELECT partner, at, request, method, path, status, problem FROM partner_requests \
        WHERE cell = ?1 AND partner = ?2 AND (at, request) < (?3, ?4) \
        ORDER BY at DESC, request DESC LIMIT ?5";
    FORGET_REQUESTS = "DELETE FROM partner_requests WHERE cell BETWEEN ?1 AND ?2 AND at < ?3";
}

#[async_trait]
impl Partners for SqliteStore {
    async fn partner(&self, code: &PartnerCode) -> Result<Option<Partner>, StoreError> {
        self.one(PARTNER, [code.as_str()], |row| partner_of(row))
    }

    async fn partners(&self) -> Result<Vec<Partner>, StoreError> {
        self.read(|connection| rows(connection, PARTNERS, [], |row| partner_of(row)))
    }

    async fn keep_partner(
        &self,
        partner: &Partner,
        seen: Option<&Partner>,
    ) -> Result<bool, StoreError> {
        let (code, body) = (partner.code.to_string(), to_json(partner).map_err(Fault::from)?);
        let seen = seen.map(to_json).transpose().map_err(Fault::from)?;
        self.write(move |connection| {
            let written = match &seen {
                None => connection.prepare_cached(ADD_PARTNER)?.execute(params![code, body])?,
                Some(seen) => {
                    let mut statement = connection.prepare_cached(CHANGE_PARTNER)?;
                    statement.execute(params![code, body, seen])?
                }
            };
            Ok(written == 1)
        })
        .await
    }

    async fn partner_key(&self, digest: &Digest) -> Result<Option<KeptKey>, StoreError> {
        self.one(KEY, [*digest], |row| key_of(row))
    }

    async fn partner_keys(&self, code: &PartnerCode) -> Result<Vec<KeptKey>, StoreError> {
        self.read(|connection| rows(connection, KEYS, [code.as_str()], |row| key_of(row)))
    }

    async fn keep_partner_key(&self, digest: &Digest, key: &PartnerKey) -> Result<(), StoreError> {
        let (digest, body) = (*digest, to_json(key).map_err(Fault::from)?);
        let (partner, since) = (key.partner.to_string(), key.since.millis());
        self.write(move |connection| {
            let row = params![digest, partner, since, body];
            connection.prepare_cached(KEEP_KEY)?.execute(row)?;
            Ok(())
        })
        .await
    }

    async fn note_key_used(&self, digest: &Digest, at: Instant) -> Result<(), StoreError> {
        let digest = *digest;
        self.write(move |connection| {
            connection.prepare_cached(KEY_USED)?.execute(params![digest, at.millis()])?;
            Ok(())
        })
        .await
    }

    async fn note_callback(&self, record: &CallbackRecord) -> Result<(), StoreError> {
        let ((cell, order), record) = (order_key(record.order), record.clone());
        self.write(move |connection| {
            connection.prepare_cached(NOTE_CALLBACK)?.execute(params![
                cell,
                order,
                record.number,
                record.partner.as_str(),
                record.stage.code(),
                record.since.millis(),
                record.url,
                record.tries,
                record.tried_at.millis(),
                record.came_of_it,
                record.taken_at.map(Instant::millis),
                record.next_at.map(Instant::millis),
            ])?;
            Ok(())
        })
        .await
    }

    async fn note_partner_requests(&self, records: &[RequestRecord]) -> Result<(), StoreError> {
        let records = records.to_vec();
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(NOTE_REQUEST)?;
            for record in &records {
                statement.execute(params![
                    cell_of_partner(&record.partner).number(),
                    record.partner.as_str(),
                    record.at.millis(),
                    record.request,
                    record.method,
                    record.path,
                    record.status,
                    record.problem,
                ])?;
            }
            Ok(())
        })
        .await
    }

    async fn partner_requests(
        &self,
        code: &PartnerCode,
        before: Option<&RequestPlace>,
        limit: u32,
    ) -> Result<Vec<RequestRecord>, StoreError> {
        let (cell, (at, request)) = (cell_of_partner(code).number(), place_of(before));
        let wanted = params![cell, code.as_str(), at, request, limit];
        self.read(|connection| rows(connection, REQUESTS, wanted, |row| request_of(row)))
    }

    async fn forget_partner_requests(
        &self,
        cells: Cells,
        before: Instant,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_REQUESTS)?;
            let forgotten = statement.execute(params![cells.first, cells.last, before.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn callback(
        &self,
        order: OrderId,
        number: u32,
    ) -> Result<Option<CallbackRecord>, StoreError> {
        let (cell, order) = order_key(order);
        self.one(CALLBACK, params![cell, order, number], |row| callback_of(row))
    }

    async fn callbacks(
        &self,
        code: &PartnerCode,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<CallbackRecord>, StoreError> {
        let wanted = params![code.as_str(), before.millis(), limit];
        self.read(|connection| rows(connection, CALLBACKS, wanted, |row| callback_of(row)))
    }
}
