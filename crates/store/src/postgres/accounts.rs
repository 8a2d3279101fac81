//! Accounts as kept: reading them, their sessions and codes. What changes an account is in
//! `accounts_change`, because each change carries its audit line.

use super::fault::Fault;
use super::session::{Parameters, Session};
use super::values::{Hash, Id, Octets, cell_of, cell_of_key, line_key};
use super::{PostgresStore, accounts_change};
use crate::kept::accounts::{
    self as kept, audit_line, bucket_change, code, contact, person, request, session,
};
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::accounts::{
    Account, AccountChange, AccountContact, BucketChange, Changed, Digest, LinePerson, StoredCode,
    StoredRequest, StoredSession,
};
use farline_app::ports::{Accounts, StoreError};
use farline_domain::accounts::{CodeAnswer, RequestId, Rights};
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::{AccountId, Instant, LineId};
use tokio_postgres::Row;

statements! {
    ACCOUNT = "SELECT opened_at, language, password FROM accounts \
        WHERE cell = $1 AND id = $2 AND state = 'open'";
    BY_ADDRESS = "SELECT account FROM account_addresses WHERE cell = $1 AND address_key = $2";
    CONTACTS = "SELECT id, medium, address, verified_at FROM account_contacts \
        WHERE cell = $1 AND account = $2 ORDER BY verified_at, id";
    SESSION = "SELECT id, account, device, started_at, used_at FROM account_sessions \
        WHERE cell = $1 AND token = $2";
    SESSIONS = "SELECT id, account, device, started_at, used_at FROM account_sessions \
        WHERE cell >= 0 AND account = $1 ORDER BY used_at DESC, id";
    TOUCH = "UPDATE account_sessions SET used_at = $3 \
        WHERE cell = $1 AND token = $2 AND used_at < $3";
    LINES = "SELECT p.line, p.account, p.rights, COALESCE(l.nickname, ''), p.name, p.since \
        FROM line_people p LEFT JOIN account_lines l \
        ON l.cell = $1 AND l.account = p.account AND l.line = p.line \
        WHERE p.cell >= 0 AND p.account = $2 ORDER BY p.since DESC, p.line DESC";
    FORMER_LINES = "SELECT n.line FROM account_lines n WHERE n.cell = $1 AND n.account = $2 \
        AND NOT EXISTS (SELECT 1 FROM line_people p WHERE p.cell >= 0 AND p.account = n.account \
        AND p.line = n.line) ORDER BY n.line";
    PEOPLE = "SELECT line, account, rights, '', name, since FROM line_people \
        WHERE cell = $1 AND line = $2 ORDER BY rights DESC, since, account";
    RIGHTS = "SELECT rights FROM line_people WHERE cell = $1 AND line = $2 AND account = $3";
    REQUEST_LINE = "SELECT line FROM line_request_ids WHERE cell = $1 AND id = $2";
    REQUEST = "SELECT id, line, kind, asker, state, asked_at, medium, address, address_key, name \
        FROM line_requests WHERE cell = $1 AND line = $2 AND id = $3";
    REQUESTS_OF_LINE = "SELECT id, line, kind, asker, state, asked_at, medium, address, \
        address_key, name FROM line_requests WHERE cell = $1 AND line = $2 \
        ORDER BY asked_at DESC, id";
    REQUESTS_OF_ACCOUNT = "SELECT id, line, kind, asker, state, asked_at, medium, address, \
        address_key, name FROM line_requests WHERE asker = $1 AND cell >= 0 \
        ORDER BY asked_at DESC, id";
    AUDIT = "SELECT number, at, actor, reason, action, before, after, hash FROM account_audit \
        WHERE cell = $1 AND account = $2 ORDER BY number";
    BUCKET_CHANGES = "WITH RECURSIVE followed (at, number, previous_at, bucket_entries) AS (\
        SELECT j.at, j.number, j.previous_at, j.bucket_entries FROM lines l JOIN journal j \
        ON j.at = l.journal_at AND j.cell = $1 AND j.line = l.id AND j.number = l.audit \
        WHERE l.cell = $1 AND l.id = $2 \
        UNION ALL SELECT j.at, j.number, j.previous_at, j.bucket_entries FROM followed f JOIN journal j \
        ON j.at = f.previous_at AND j.cell = $1 AND j.line = $2 AND j.number = f.number - 1) \
        SELECT (e.value ->> 0)::bigint AS entry, (e.value ->> 4)::bigint, e.value ->> 2, b.kind, \
        (e.value ->> 3)::bigint FROM followed f \
        CROSS JOIN LATERAL jsonb_array_elements(f.bucket_entries::jsonb) AS e \
        JOIN buckets b ON b.cell = $1 AND b.line = $2 AND b.number = (e.value ->> 1)::bigint \
        WHERE e.value ->> 2 <> 'use' AND (e.value ->> 4)::bigint <= $3 \
        ORDER BY entry DESC LIMIT $4";
    FORGET_CODES = "DELETE FROM account_codes WHERE cell >= 0 AND expires_at <= $1";
    KEEP_CODE = "INSERT INTO account_codes \
        (cell, subject, digest, expires_at, tries, account, address_key, awaiting) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (cell, subject) DO UPDATE SET \
        digest = excluded.digest, expires_at = excluded.expires_at, tries = excluded.tries, \
        account = excluded.account, address_key = excluded.address_key, \
        awaiting = excluded.awaiting";
    CODE = "SELECT subject, digest, expires_at, tries, account, address_key, awaiting \
        FROM account_codes WHERE cell = $1 AND subject = $2";
    CODE_TO_TRY = "SELECT subject, digest, expires_at, tries, account, address_key, awaiting \
        FROM account_codes WHERE cell = $1 AND subject = $2 FOR UPDATE";
    COUNT_TRY = "UPDATE account_codes SET tries = $3 WHERE cell = $1 AND subject = $2";
    USE_CODE = "DELETE FROM account_codes WHERE cell = $1 AND subject = $2";
}

/// An account's cell and id.
pub(super) fn account_key(id: AccountId) -> (i16, Id) {
    (cell_of(id.cell()), Octets(id.to_bytes()))
}

/// A directory's key with its cell.
pub(super) fn digest_key(digest: &Digest) -> (i16, Hash) {
    (cell_of_key(digest), Octets(*digest))
}

/// A request's id with the cell of its directory.
pub(super) fn request_key(id: RequestId) -> (i16, Id) {
    (cell_of_key(&id.to_bytes()), Octets(id.to_bytes()))
}

/// Reads all rows of a query.
pub(super) async fn all<T>(
    store: &PostgresStore,
    (sql, parameters): (&'static str, Parameters<'_>),
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let rows = store.session().await?.rows(sql, parameters).await?;
    rows.iter().map(read).collect()
}

/// Reads the row of a query, if there is one.
pub(super) async fn one<T>(
    store: &PostgresStore,
    (sql, parameters): (&'static str, Parameters<'_>),
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let row = store.session().await?.row(sql, parameters).await?;
    row.as_ref().map(read).transpose()
}

/// Reads a request by its id, through the directory that says which line it is about.
pub(super) async fn find_request(
    session: &Session,
    id: RequestId,
) -> Result<Option<StoredRequest>, Fault> {
    let (cell, key) = request_key(id);
    let Some(row) = session.row(REQUEST_LINE, &[&cell, &key]).await? else {
        return Ok(None);
    };
    let (cell, line) = line_key(LineId::from_bytes(row.array(0)?));
    let row = session.row(REQUEST, &[&cell, &line, &key]).await?;
    row.as_ref().map(request).transpose()
}

/// What an account may do with a line.
pub(super) async fn rights(
    session: &Session,
    account: AccountId,
    line: LineId,
) -> Result<Option<Rights>, Fault> {
    let ((cell, line), account) = (line_key(line), account_key(account).1);
    let row = session.row(RIGHTS, &[&cell, &line, &account]).await?;
    row.map(|row| Ok(kept::rights_of(row.text(0)?)?)).transpose()
}

async fn touch(store: &PostgresStore, token: &Digest, at: Instant) -> Result<(), Fault> {
    let (cell, token) = digest_key(token);
    store.session().await?.execute(TOUCH, &[&cell, &token, &at.millis()]).await?;
    Ok(())
}

async fn keep_code(session: &Session, kept: &StoredCode, now: Instant) -> Result<(), Fault> {
    session.execute(FORGET_CODES, &[&now.millis()]).await?;
    let (cell, subject) = digest_key(&kept.subject);
    let (digest, tries) = (Octets(kept.code.digest), i64::from(kept.code.tries));
    let expires_at = kept.code.expires_at.millis();
    let account = kept.account.map(|account| account_key(account).1);
    let address = kept.address.map(Octets);
    let row: Parameters<'_> =
        &[&cell, &subject, &digest, &expires_at, &tries, &account, &address, &kept.awaiting];
    session.execute(KEEP_CODE, row).await?;
    Ok(())
}

async fn try_code(
    session: &Session,
    (subject, typed): (&Digest, &Digest),
    now: Instant,
) -> Result<(CodeAnswer, Option<String>), Fault> {
    let (cell, key) = digest_key(subject);
    let Some(row) = session.row(CODE_TO_TRY, &[&cell, &key]).await? else {
        return Ok((CodeAnswer::Over, None));
    };
    let kept = code(&row)?;
    let (answer, after) = kept.code.judge(typed, now);
    match answer {
        CodeAnswer::Right => {
            session.execute(USE_CODE, &[&cell, &key]).await?;
            Ok((answer, Some(kept.awaiting)))
        }
        CodeAnswer::Wrong | CodeAnswer::Over => {
            session.execute(COUNT_TRY, &[&cell, &key, &i64::from(after.tries)]).await?;
            Ok((answer, None))
        }
    }
}

async fn rights_now(
    store: &PostgresStore,
    account: AccountId,
    line: LineId,
) -> Result<Option<Rights>, Fault> {
    rights(&*store.session().await?, account, line).await
}

async fn request_now(store: &PostgresStore, id: RequestId) -> Result<Option<StoredRequest>, Fault> {
    find_request(&*store.session().await?, id).await
}

#[async_trait]
impl Accounts for PostgresStore {
    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let (cell, key) = account_key(id);
        Ok(one(self, (ACCOUNT, &[&cell, &key]), |row| kept::account(row, id)).await?)
    }

    async fn account_at(&self, address: &Digest) -> Result<Option<AccountId>, StoreError> {
        let (cell, key) = digest_key(address);
        let read = |row: &Row| Ok(AccountId::from_bytes(row.array(0)?));
        Ok(one(self, (BY_ADDRESS, &[&cell, &key]), read).await?)
    }

    async fn account_contacts(&self, id: AccountId) -> Result<Vec<AccountContact>, StoreError> {
        let (cell, key) = account_key(id);
        Ok(all(self, (CONTACTS, &[&cell, &key]), contact).await?)
    }

    async fn session(&self, token: &Digest) -> Result<Option<StoredSession>, StoreError> {
        let (cell, key) = digest_key(token);
        Ok(one(self, (SESSION, &[&cell, &key]), session).await?)
    }

    async fn account_sessions(&self, id: AccountId) -> Result<Vec<StoredSession>, StoreError> {
        let (_, key) = account_key(id);
        Ok(all(self, (SESSIONS, &[&key]), session).await?)
    }

    async fn touch_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError> {
        Ok(touch(self, token, at).await?)
    }

    async fn lines_of_account(&self, id: AccountId) -> Result<Vec<LinePerson>, StoreError> {
        let (cell, key) = account_key(id);
        Ok(all(self, (LINES, &[&cell, &key]), person).await?)
    }

    async fn former_lines(&self, id: AccountId) -> Result<Vec<LineId>, StoreError> {
        let (cell, key) = account_key(id);
        let line = |row: &Row| Ok(LineId::from_bytes(row.array(0)?));
        Ok(all(self, (FORMER_LINES, &[&cell, &key]), line).await?)
    }

    async fn people_of_line(&self, line: LineId) -> Result<Vec<LinePerson>, StoreError> {
        let (cell, key) = line_key(line);
        Ok(all(self, (PEOPLE, &[&cell, &key]), person).await?)
    }

    async fn rights_to_line(
        &self,
        account: AccountId,
        line: LineId,
    ) -> Result<Option<Rights>, StoreError> {
        Ok(rights_now(self, account, line).await?)
    }

    async fn line_request(&self, id: RequestId) -> Result<Option<StoredRequest>, StoreError> {
        Ok(request_now(self, id).await?)
    }

    async fn requests_of_line(&self, line: LineId) -> Result<Vec<StoredRequest>, StoreError> {
        let (cell, key) = line_key(line);
        Ok(all(self, (REQUESTS_OF_LINE, &[&cell, &key]), request).await?)
    }

    async fn requests_of_account(&self, id: AccountId) -> Result<Vec<StoredRequest>, StoreError> {
        let (_, key) = account_key(id);
        Ok(all(self, (REQUESTS_OF_ACCOUNT, &[&key]), request).await?)
    }

    async fn account_audit(&self, id: AccountId) -> Result<Vec<AuditLine>, StoreError> {
        let (cell, key) = account_key(id);
        Ok(all(self, (AUDIT, &[&cell, &key]), audit_line).await?)
    }

    async fn bucket_changes(
        &self,
        line: LineId,
        until: Instant,
        limit: u32,
    ) -> Result<Vec<BucketChange>, StoreError> {
        let ((cell, key), until, limit) = (line_key(line), until.millis(), i64::from(limit));
        let wanted: Parameters<'_> = &[&cell, &key, &until, &limit];
        Ok(all(self, (BUCKET_CHANGES, wanted), bucket_change).await?)
    }

    async fn keep_code(&self, code: StoredCode, now: Instant) -> Result<(), StoreError> {
        Ok(transaction!(self, |session| { keep_code(&session, &code, now).await })?)
    }

    async fn kept_code(&self, subject: &Digest) -> Result<Option<StoredCode>, StoreError> {
        let (cell, key) = digest_key(subject);
        Ok(one(self, (CODE, &[&cell, &key]), code).await?)
    }

    async fn try_code(
        &self,
        subject: &Digest,
        typed: &Digest,
        now: Instant,
    ) -> Result<(CodeAnswer, Option<String>), StoreError> {
        Ok(transaction!(self, |session| { try_code(&session, (subject, typed), now).await })?)
    }

    async fn change_account(
        &self,
        account: AccountId,
        change: AccountChange,
        by: (Actor, Instant),
    ) -> Result<Changed, StoreError> {
        Ok(transaction!(self, |session| {
            accounts_change::change(&session, account, &change, &by).await
        })?)
    }
}
