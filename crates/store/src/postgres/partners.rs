//! Partners, the keys of their programs, and what they were told.

use super::PostgresStore;
use super::accounts::{all, one};
use super::fault::Fault;
use super::session::Parameters;
use super::values::{Octets, cell_of, range_of};
use crate::kept::partners::{
    callback_of, cell_of_partner, key_of, partner_of, place_of, request_of,
};
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::partners::{CallbackRecord, KeptKey, RequestPlace, RequestRecord};
use farline_app::ports::{Partners, StoreError};
use farline_domain::kernel::{Cells, Instant, OrderId};
use farline_domain::orders::PartnerCode;
use farline_domain::partners::{Partner, PartnerKey};

statements! {
    PARTNER = "SELECT body FROM partners WHERE code = $1";
    PARTNERS = "SELECT body FROM partners ORDER BY code";
    ADD_PARTNER = "INSERT INTO partners (code, body) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING";
    CHANGE_PARTNER = "UPDATE partners SET body = $2 WHERE code = $1 AND body = $3";
    KEY = "SELECT digest, body, used_at FROM partner_keys WHERE digest = $1";
    KEYS = "SELECT digest, body, used_at FROM partner_keys WHERE partner = $1 ORDER BY since, digest";
    KEEP_KEY = "INSERT INTO partner_keys (digest, partner, since, body) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (digest) DO UPDATE SET body = excluded.body";
    KEY_USED = "UPDATE partner_keys SET used_at = $2 WHERE digest = $1";
    NOTE_CALLBACK = "INSERT INTO callbacks (cell, order_id, number, partner, stage, since, url, \
        tries, tried_at, came_of_it, taken_at, next_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
        ON CONFLICT (cell, order_id, number) DO UPDATE SET url = excluded.url, \
        tries = excluded.tries, tried_at = excluded.tried_at, came_of_it = excluded.came_of_it, \
        taken_at = excluded.taken_at, next_at = excluded.next_at";
    CALLBACK = "SELECT order_id, number, partner, stage, since, url, tries, tried_at, came_of_it, \
        taken_at, next_at FROM callbacks WHERE cell = $1 AND order_id = $2 AND number = $3";
    CALLBACKS = "SELECT order_id, number, partner, stage, since, url, tries, tried_at, came_of_it, \
        taken_at, next_at FROM callbacks WHERE cell >= 0 AND partner = $1 AND tried_at < $2 \
        ORDER BY tried_at DESC, order_id, number LIMIT $3";
    NOTE_REQUESTS = "INSERT INTO partner_requests (cell, partner, at, request, method, path, \
        status, problem) SELECT w.cell, w.partner, w.at, w.request, w.method, w.path, w.status, \
        w.problem FROM unnest($1::smallint[], $2::text[], $3::bigint[], $4::text[], $5::text[], \
        $6::text[], $7::bigint[], $8::text[]) \
        AS w (cell, partner, at, request, method, path, status, problem) \
        ON CONFLICT (cell, partner, at, request) DO NOTHING";
    REQUESTS = "SELECT partner, at, request, method, path, status, problem FROM partner_requests \
        WHERE cell = $1 AND partner = $2 AND (at, request) < ($3, $4) \
        ORDER BY at DESC, request DESC LIMIT $5";
    FORGET_REQUESTS = "DELETE FROM partner_requests WHERE cell BETWEEN $1 AND $2 AND at < $3";
}

async fn execute(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<u64, Fault> {
    store.session().await?.execute(sql, parameters).await
}

async fn keep_partner(
    store: &PostgresStore,
    partner: &Partner,
    seen: Option<&Partner>,
) -> Result<bool, Fault> {
    let (code, body) = (partner.code.as_str(), to_json(partner)?);
    let written = match seen.map(to_json).transpose()? {
        None => execute(store, ADD_PARTNER, &[&code, &body]).await?,
        Some(seen) => execute(store, CHANGE_PARTNER, &[&code, &body, &seen]).await?,
    };
    Ok(written == 1)
}

async fn note_callback(store: &PostgresStore, record: &CallbackRecord) -> Result<(), Fault> {
    let (cell, order) = (cell_of(record.order.cell()), Octets(record.order.to_bytes()));
    let (number, tries) = (i64::from(record.number), i64::from(record.tries));
    let (partner, stage) = (record.partner.as_str(), record.stage.code());
    let (since, tried_at) = (record.since.millis(), record.tried_at.millis());
    let taken_at = record.taken_at.map(Instant::millis);
    let next_at = record.next_at.map(Instant::millis);
    let row: Parameters<'_> = &[
        &cell,
        &order,
        &number,
        &partner,
        &stage,
        &since,
        &record.url,
        &tries,
        &tried_at,
        &record.came_of_it,
        &taken_at,
        &next_at,
    ];
    execute(store, NOTE_CALLBACK, row).await?;
    Ok(())
}

async fn note_requests(store: &PostgresStore, records: &[RequestRecord]) -> Result<(), Fault> {
    fn all<'a, T>(records: &'a [RequestRecord], of: impl Fn(&'a RequestRecord) -> T) -> Vec<T> {
        records.iter().map(of).collect()
    }
    let rows: Parameters<'_> = &[
        &all(records, |it| cell_of(cell_of_partner(&it.partner))),
        &all(records, |it| it.partner.as_str()),
        &all(records, |it| it.at.millis()),
        &all(records, |it| it.request.as_str()),
        &all(records, |it| it.method.as_str()),
        &all(records, |it| it.path.as_str()),
        &all(records, |it| i64::from(it.status)),
        &all(records, |it| it.problem.as_deref()),
    ];
    execute(store, NOTE_REQUESTS, rows).await?;
    Ok(())
}

#[async_trait]
impl Partners for PostgresStore {
    async fn partner(&self, code: &PartnerCode) -> Result<Option<Partner>, StoreError> {
        Ok(one(self, (PARTNER, &[&code.as_str()]), partner_of).await?)
    }

    async fn partners(&self) -> Result<Vec<Partner>, StoreError> {
        Ok(all(self, (PARTNERS, &[]), partner_of).await?)
    }

    async fn keep_partner(
        &self,
        partner: &Partner,
        seen: Option<&Partner>,
    ) -> Result<bool, StoreError> {
        Ok(keep_partner(self, partner, seen).await?)
    }

    async fn partner_key(&self, digest: &Digest) -> Result<Option<KeptKey>, StoreError> {
        Ok(one(self, (KEY, &[&Octets(*digest)]), key_of).await?)
    }

    async fn partner_keys(&self, code: &PartnerCode) -> Result<Vec<KeptKey>, StoreError> {
        Ok(all(self, (KEYS, &[&code.as_str()]), key_of).await?)
    }

    async fn keep_partner_key(&self, digest: &Digest, key: &PartnerKey) -> Result<(), StoreError> {
        let (partner, since) = (key.partner.as_str(), key.since.millis());
        let body = to_json(key).map_err(Fault::from)?;
        execute(self, KEEP_KEY, &[&Octets(*digest), &partner, &since, &body]).await?;
        Ok(())
    }

    async fn note_key_used(&self, digest: &Digest, at: Instant) -> Result<(), StoreError> {
        execute(self, KEY_USED, &[&Octets(*digest), &at.millis()]).await?;
        Ok(())
    }

    async fn note_callback(&self, record: &CallbackRecord) -> Result<(), StoreError> {
        Ok(note_callback(self, record).await?)
    }

    async fn note_partner_requests(&self, records: &[RequestRecord]) -> Result<(), StoreError> {
        Ok(note_requests(self, records).await?)
    }

    async fn partner_requests(
        &self,
        code: &PartnerCode,
        before: Option<&RequestPlace>,
        limit: u32,
    ) -> Result<Vec<RequestRecord>, StoreError> {
        let (cell, limit) = (cell_of(cell_of_partner(code)), i64::from(limit));
        let (at, request) = place_of(before);
        let wanted: Parameters<'_> = &[&cell, &code.as_str(), &at, &request, &limit];
        Ok(all(self, (REQUESTS, wanted), request_of).await?)
    }

    async fn forget_partner_requests(
        &self,
        cells: Cells,
        before: Instant,
    ) -> Result<u64, StoreError> {
        let [first, last] = range_of(cells);
        Ok(execute(self, FORGET_REQUESTS, &[&first, &last, &before.millis()]).await?)
    }

    async fn callback(
        &self,
        order: OrderId,
        number: u32,
    ) -> Result<Option<CallbackRecord>, StoreError> {
        let (cell, number) = (cell_of(order.cell()), i64::from(number));
        let wanted: Parameters<'_> = &[&cell, &Octets(order.to_bytes()), &number];
        Ok(one(self, (CALLBACK, wanted), callback_of).await?)
    }

    async fn callbacks(
        &self,
        code: &PartnerCode,
        before: Instant,
        limit: u32,
    ) -> Result<Vec<CallbackRecord>, StoreError> {
        let (before, limit) = (before.millis(), i64::from(limit));
        Ok(all(self, (CALLBACKS, &[&code.as_str(), &before, &limit]), callback_of).await?)
    }
}
