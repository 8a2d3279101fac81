//! Consents, what was said about auto-renews, and saved methods.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::auto_renew::{auto_renew_notice_of, method_body, method_of};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, from_json, line_key, to_json};
use async_trait::async_trait;
use farline_app::ports::auto_renew::AutoRenewNoticeRecord;
use farline_app::ports::methods::AccountMethod;
use farline_app::ports::{AutoRenews, Methods, StoreError};
use farline_domain::auto_renew::ConsentRecord;
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};
use rusqlite::{Connection, params};

statements! {
    INSERT_CONSENT = "INSERT INTO consents (cell, line, number, body) VALUES (?1, ?2, ?3, ?4)";
    CONSENTS = "SELECT body FROM consents WHERE cell = ?1 AND line = ?2 ORDER BY number";
    RECORD = "INSERT INTO auto_renew_notices (cell, line, key, news, medium, provider_id, failure, \
        ambiguous, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
        ON CONFLICT (cell, line, key) DO NOTHING";
    NOTICES = "SELECT key, news, medium, provider_id, failure, ambiguous, at \
        FROM auto_renew_notices WHERE cell = ?1 AND line = ?2 ORDER BY at, key";
    KEEP_METHOD = "INSERT INTO account_methods (cell, account, provider, method, id, body) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
        ON CONFLICT (cell, account, provider, method) DO UPDATE SET body = excluded.body \
        RETURNING id";
    METHODS = "SELECT id, provider, body FROM account_methods \
        WHERE cell = ?1 AND account = ?2 ORDER BY id";
    FORGET_METHOD = "DELETE FROM account_methods WHERE cell = ?1 AND account = ?2 AND id = ?3";
}

/// Keeps the words that were agreed to.
pub(crate) fn insert_consent(
    connection: &Connection,
    (cell, line): (u16, IdBytes),
    record: &ConsentRecord,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(INSERT_CONSENT)?;
    statement.execute(params![cell, line, record.number, to_json(record)?])?;
    Ok(())
}

fn account_key(id: AccountId) -> (u16, IdBytes) {
    (id.cell().number(), id.to_bytes())
}

#[async_trait]
impl AutoRenews for SqliteStore {
    async fn consents(&self, line: LineId) -> Result<Vec<ConsentRecord>, StoreError> {
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

    async fn record_auto_renew_notice(
        &self,
        record: &AutoRenewNoticeRecord,
    ) -> Result<(), StoreError> {
        let (cell, line) = line_key(record.line);
        let record = record.clone();
        self.write(move |connection| {
            connection.prepare_cached(RECORD)?.execute(params![
                cell,
                line,
                record.key,
                to_json(&record.news)?,
                record.medium.code(),
                record.provider_id,
                record.failure,
                record.ambiguous,
                record.at.millis(),
            ])?;
            Ok(())
        })
        .await
    }

    async fn auto_renew_notices(
        &self,
        id: LineId,
    ) -> Result<Vec<AutoRenewNoticeRecord>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(NOTICES)?;
            let mut rows = statement.query(params![cell, line])?;
            let mut notices = Vec::new();
            while let Some(row) = rows.next()? {
                notices.push(auto_renew_notice_of(row, id)?);
            }
            Ok(notices)
        })
    }
}

#[async_trait]
impl Methods for SqliteStore {
    async fn methods_of_account(
        &self,
        account: AccountId,
    ) -> Result<Vec<AccountMethod>, StoreError> {
        let (cell, key) = account_key(account);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(METHODS)?;
            let mut rows = statement.query(params![cell, key])?;
            let mut methods = Vec::new();
            while let Some(row) = rows.next()? {
                methods.push(method_of(row, account)?);
            }
            Ok(methods)
        })
    }

    async fn keep_method(&self, method: &AccountMethod) -> Result<SavedMethodId, StoreError> {
        let (cell, account) = account_key(method.account);
        let body = method_body(method).map_err(Fault::from)?;
        let (provider, theirs) = (method.provider.clone(), method.saved.id.clone());
        let id = method.id.to_bytes();
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_METHOD)?;
            let row = params![cell, account, provider, theirs, id, body];
            let kept: IdBytes = statement.query_row(row, |row| row.get(0))?;
            Ok(SavedMethodId::from_bytes(kept))
        })
        .await
    }

    async fn forget_method(
        &self,
        account: AccountId,
        method: SavedMethodId,
    ) -> Result<bool, StoreError> {
        let (cell, account) = account_key(account);
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET_METHOD)?;
            Ok(statement.execute(params![cell, account, method.to_bytes()])? == 1)
        })
        .await
    }
}
