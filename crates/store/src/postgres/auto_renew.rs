//! Consents, what was said about auto-renews, and saved methods.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Id, Octets, cell_of, line_key};
use crate::kept::auto_renew::{auto_renew_notice_of, method_body, method_of};
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::auto_renew::AutoRenewNoticeRecord;
use farline_app::ports::methods::AccountMethod;
use farline_app::ports::{AutoRenews, Methods, StoreError};
use farline_domain::auto_renew::ConsentRecord;
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};

statements! {
    CONSENTS = "SELECT body FROM consents WHERE cell = $1 AND line = $2 ORDER BY number";
    RECORD = "INSERT INTO auto_renew_notices (cell, line, key, news, medium, provider_id, failure, \
        ambiguous, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (cell, line, key) DO NOTHING";
    NOTICES = "SELECT key, news, medium, provider_id, failure, ambiguous, at \
        FROM auto_renew_notices WHERE cell = $1 AND line = $2 ORDER BY at, key";
    KEEP_METHOD = "INSERT INTO account_methods (cell, account, provider, method, id, body) \
        VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (cell, account, provider, method) DO UPDATE SET body = excluded.body \
        RETURNING id";
    METHODS = "SELECT id, provider, body FROM account_methods \
        WHERE cell = $1 AND account = $2 ORDER BY id";
    FORGET_METHOD = "DELETE FROM account_methods WHERE cell = $1 AND account = $2 AND id = $3";
}

fn account_key(id: AccountId) -> (i16, Id) {
    (cell_of(id.cell()), Octets(id.to_bytes()))
}

async fn consents(store: &PostgresStore, line: LineId) -> Result<Vec<ConsentRecord>, Fault> {
    let (cell, line) = line_key(line);
    let rows = store.session().await?.rows(CONSENTS, &[&cell, &line]).await?;
    rows.iter().map(|row| Ok(from_json(row.text(0)?)?)).collect()
}

async fn record(store: &PostgresStore, record: &AutoRenewNoticeRecord) -> Result<(), Fault> {
    let (cell, line) = line_key(record.line);
    let (news, medium) = (to_json(&record.news)?, record.medium.code());
    let (ambiguous, at) = (i64::from(record.ambiguous), record.at.millis());
    let session = store.session().await?;
    let row: super::session::Parameters<'_> = &[
        &cell,
        &line,
        &record.key,
        &news,
        &medium,
        &record.provider_id,
        &record.failure,
        &ambiguous,
        &at,
    ];
    session.execute(RECORD, row).await?;
    Ok(())
}

async fn notices(store: &PostgresStore, id: LineId) -> Result<Vec<AutoRenewNoticeRecord>, Fault> {
    let (cell, line) = line_key(id);
    let rows = store.session().await?.rows(NOTICES, &[&cell, &line]).await?;
    rows.iter().map(|row| auto_renew_notice_of(row, id)).collect()
}

async fn methods(store: &PostgresStore, account: AccountId) -> Result<Vec<AccountMethod>, Fault> {
    let (cell, key) = account_key(account);
    let rows = store.session().await?.rows(METHODS, &[&cell, &key]).await?;
    rows.iter().map(|row| method_of(row, account)).collect()
}

async fn keep(store: &PostgresStore, method: &AccountMethod) -> Result<SavedMethodId, Fault> {
    let ((cell, account), body) = (account_key(method.account), method_body(method)?);
    let id = Octets(method.id.to_bytes());
    let session = store.session().await?;
    let row: super::session::Parameters<'_> =
        &[&cell, &account, &method.provider, &method.saved.id, &id, &body];
    let kept = session.row(KEEP_METHOD, row).await?;
    let kept = kept.map(|row| row.array(0)).transpose()?;
    Ok(kept.map_or(method.id, SavedMethodId::from_bytes))
}

async fn forget(
    store: &PostgresStore,
    account: AccountId,
    method: SavedMethodId,
) -> Result<bool, Fault> {
    let ((cell, account), id) = (account_key(account), Octets(method.to_bytes()));
    let session = store.session().await?;
    Ok(session.execute(FORGET_METHOD, &[&cell, &account, &id]).await? == 1)
}

#[async_trait]
impl AutoRenews for PostgresStore {
    async fn consents(&self, line: LineId) -> Result<Vec<ConsentRecord>, StoreError> {
        Ok(consents(self, line).await?)
    }

    async fn record_auto_renew_notice(
        &self,
        record: &AutoRenewNoticeRecord,
    ) -> Result<(), StoreError> {
        Ok(self::record(self, record).await?)
    }

    async fn auto_renew_notices(
        &self,
        line: LineId,
    ) -> Result<Vec<AutoRenewNoticeRecord>, StoreError> {
        Ok(notices(self, line).await?)
    }
}

#[async_trait]
impl Methods for PostgresStore {
    async fn methods_of_account(
        &self,
        account: AccountId,
    ) -> Result<Vec<AccountMethod>, StoreError> {
        Ok(methods(self, account).await?)
    }

    async fn keep_method(&self, method: &AccountMethod) -> Result<SavedMethodId, StoreError> {
        Ok(keep(self, method).await?)
    }

    async fn forget_method(
        &self,
        account: AccountId,
        method: SavedMethodId,
    ) -> Result<bool, StoreError> {
        Ok(forget(self, account, method).await?)
    }
}
