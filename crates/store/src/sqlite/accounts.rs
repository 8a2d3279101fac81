//! Accounts as kept: reading them, their sessions and codes. What changes an account is in
//! `accounts_change`, because each change carries its audit line.

use super::fault::Fault;
use super::{SqliteStore, accounts_change};
use crate::kept::accounts::{
    self as kept, audit_line, bucket_change, code, contact, person, request, session,
};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, cell, line_key};
use async_trait::async_trait;
use farline_app::ports::accounts::{
    Account, AccountChange, AccountContact, BucketChange, Changed, Digest, LinePerson, StoredCode,
    StoredRequest, StoredSession,
};
use farline_app::ports::{Accounts, StoreError};
use farline_domain::accounts::{CodeAnswer, RequestId, Rights};
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::{AccountId, Instant, LineId};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

statements! {
    ACCOUNT = "SELECT opened_at, language, password FROM accounts \
        WHERE cell = ?1 AND id = ?2 AND state = 'open'";
    BY_ADDRESS = "SELECT account FROM account_addresses WHERE address_key = ?1";
    CONTACTS = "SELECT id, medium, address, verified_at FROM account_contacts \
        WHERE cell = ?1 AND account = ?2 ORDER BY verified_at, id";
    SESSION = "SELECT id, account, device, started_at, used_at FROM account_sessions \
        WHERE token = ?1";
    SESSIONS = "SELECT id, account, device, started_at, used_at FROM account_sessions \
        WHERE account = ?1 ORDER BY used_at DESC, id";
    TOUCH = "UPDATE account_sessions SET used_at = ?2 WHERE token = ?1 AND used_at < ?2";
    LINES = "SELECT p.line, p.account, p.rights, COALESCE(l.nickname, ''), p.name, p.since \
        FROM line_people p LEFT JOIN account_lines l \
        ON l.cell = ?1 AND l.account = p.account AND l.line = p.line \
        WHERE p.account = ?2 ORDER BY p.since DESC, p.line DESC";
    FORMER_LINES = "SELECT n.line FROM account_lines n WHERE n.cell = ?1 AND n.account = ?2 \
        AND NOT EXISTS (SELECT 1 FROM line_people p WHERE p.cell >= 0 AND p.account = n.account \
        AND p.line = n.line) ORDER BY n.line";
    PEOPLE = "SELECT line, account, rights, '', name, since FROM line_people \
        WHERE cell = ?1 AND line = ?2 ORDER BY rights DESC, since, account";
    RIGHTS = "SELECT rights FROM line_people WHERE cell = ?1 AND line = ?2 AND account = ?3";
    REQUEST_LINE = "SELECT line FROM line_request_ids WHERE id = ?1";
    REQUEST = "SELECT id, line, kind, asker, state, asked_at, medium, address, address_key, name \
        FROM line_requests WHERE cell = ?1 AND line = ?2 AND id = ?3";
    REQUESTS_OF_LINE = "SELECT id, line, kind, asker, state, asked_at, medium, address, \
        address_key, name FROM line_requests WHERE cell = ?1 AND line = ?2 \
        ORDER BY asked_at DESC, id";
    REQUESTS_OF_ACCOUNT = "SELECT id, line, kind, asker, state, asked_at, medium, address, \
        address_key, name FROM line_requests WHERE asker = ?1 AND cell >= 0 \
        ORDER BY asked_at DESC, id";
    AUDIT = "SELECT number, at, actor, reason, action, before, after, hash FROM account_audit \
        WHERE cell = ?1 AND account = ?2 ORDER BY number";
    BUCKET_CHANGES = "WITH RECURSIVE followed (at, number, previous_at, bucket_entries) AS (\
        SELECT j.at, j.number, j.previous_at, j.bucket_entries FROM lines l JOIN journal j \
        ON j.at = l.journal_at AND j.cell = l.cell AND j.line = l.id AND j.number = l.audit \
        WHERE l.cell = ?1 AND l.id = ?2 \
        UNION ALL SELECT j.at, j.number, j.previous_at, j.bucket_entries FROM followed f JOIN journal j \
        ON j.at = f.previous_at AND j.cell = ?1 AND j.line = ?2 AND j.number = f.number - 1) \
        SELECT e.value ->> 0 AS entry, e.value ->> 4, e.value ->> 2, b.kind, e.value ->> 3 \
        FROM followed f JOIN json_each(f.bucket_entries) e \
        JOIN buckets b ON b.cell = ?1 AND b.line = ?2 AND b.number = e.value ->> 1 \
        WHERE e.value ->> 2 <> 'use' AND e.value ->> 4 <= ?3 \
        ORDER BY entry DESC LIMIT ?4";
    FORGET_CODES = "DELETE FROM account_codes WHERE expires_at <= ?1";
    KEEP_CODE = "INSERT INTO account_codes \
        (subject, digest, expires_at, tries, account, address_key, awaiting) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (subject) DO UPDATE SET \
        digest = excluded.digest, expires_at = excluded.expires_at, tries = excluded.tries, \
        account = excluded.account, address_key = excluded.address_key, \
        awaiting = excluded.awaiting";
    CODE = "SELECT subject, digest, expires_at, tries, account, address_key, awaiting \
        FROM account_codes WHERE subject = ?1";
    COUNT_TRY = "UPDATE account_codes SET tries = ?2 WHERE subject = ?1";
    USE_CODE = "DELETE FROM account_codes WHERE subject = ?1";
}

/// An account's cell and octets.
pub(super) fn account_key(id: AccountId) -> (u16, IdBytes) {
    (cell(id.cell()), id.to_bytes())
}

/// Reads all rows of a query.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn account(connection: &Connection, id: AccountId) -> Result<Option<Account>, Fault> {
    let (cell, key) = account_key(id);
    let found = rows(connection, ACCOUNT, params![cell, key], |row| kept::account(row, id))?;
    Ok(found.into_iter().next())
}

/// Reads a request by its id, through the directory that says which line it is about.
pub(super) fn find_request(
    connection: &Connection,
    id: RequestId,
) -> Result<Option<StoredRequest>, Fault> {
    let mut directory = connection.prepare_cached(REQUEST_LINE)?;
    let line: Option<IdBytes> =
        directory.query_row([id.to_bytes()], |row| row.get(0)).optional()?;
    let Some(line) = line.map(LineId::from_bytes) else {
        return Ok(None);
    };
    let (cell, line) = line_key(line);
    let found = rows(connection, REQUEST, params![cell, line, id.to_bytes()], |row| request(row))?;
    Ok(found.into_iter().next())
}

/// What an account may do with a line.
pub(super) fn rights(
    connection: &Connection,
    account: AccountId,
    line: LineId,
) -> Result<Option<Rights>, Fault> {
    let (cell, line) = line_key(line);
    let mut statement = connection.prepare_cached(RIGHTS)?;
    let found: Option<String> = statement
        .query_row(params![cell, line, account.to_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map(|code| kept::rights_of(&code)).transpose()?)
}

fn keep_code(connection: &Connection, kept: &StoredCode, now: Instant) -> Result<(), Fault> {
    connection.prepare_cached(FORGET_CODES)?.execute([now.millis()])?;
    connection.prepare_cached(KEEP_CODE)?.execute(params![
        kept.subject,
        kept.code.digest,
        kept.code.expires_at.millis(),
        kept.code.tries,
        kept.account.map(AccountId::to_bytes),
        kept.address,
        kept.awaiting,
    ])?;
    Ok(())
}

fn try_code(
    connection: &Connection,
    (subject, typed): (Digest, Digest),
    now: Instant,
) -> Result<(CodeAnswer, Option<String>), Fault> {
    let found = rows(connection, CODE, [subject], |row| code(row))?;
    let Some(kept) = found.into_iter().next() else {
        return Ok((CodeAnswer::Over, None));
    };
    let (answer, after) = kept.code.judge(&typed, now);
    match answer {
        CodeAnswer::Right => {
            connection.prepare_cached(USE_CODE)?.execute([subject])?;
            Ok((answer, Some(kept.awaiting)))
        }
        CodeAnswer::Wrong | CodeAnswer::Over => {
            connection.prepare_cached(COUNT_TRY)?.execute(params![subject, after.tries])?;
            Ok((answer, None))
        }
    }
}

#[async_trait]
impl Accounts for SqliteStore {
    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.read(|connection| account(connection, id))
    }

    async fn account_at(&self, address: &Digest) -> Result<Option<AccountId>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(BY_ADDRESS)?;
            let found: Option<IdBytes> =
                statement.query_row([address], |row| row.get(0)).optional()?;
            Ok(found.map(AccountId::from_bytes))
        })
    }

    async fn account_contacts(&self, id: AccountId) -> Result<Vec<AccountContact>, StoreError> {
        let (cell, key) = account_key(id);
        self.read(|connection| rows(connection, CONTACTS, params![cell, key], |row| contact(row)))
    }

    async fn session(&self, token: &Digest) -> Result<Option<StoredSession>, StoreError> {
        let found =
            self.read(|connection| rows(connection, SESSION, [token], |row| session(row)))?;
        Ok(found.into_iter().next())
    }

    async fn account_sessions(&self, id: AccountId) -> Result<Vec<StoredSession>, StoreError> {
        self.read(|connection| rows(connection, SESSIONS, [id.to_bytes()], |row| session(row)))
    }

    async fn touch_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError> {
        let token = *token;
        self.write(move |connection| {
            connection.prepare_cached(TOUCH)?.execute(params![token, at.millis()])?;
            Ok(())
        })
        .await
    }

    async fn lines_of_account(&self, id: AccountId) -> Result<Vec<LinePerson>, StoreError> {
        let (cell, key) = account_key(id);
        self.read(|connection| rows(connection, LINES, params![cell, key], |row| person(row)))
    }

    async fn former_lines(&self, id: AccountId) -> Result<Vec<LineId>, StoreError> {
        let (cell, key) = account_key(id);
        let line = |row: &Row<'_>| Ok(LineId::from_bytes(row.array(0)?));
        self.read(|connection| rows(connection, FORMER_LINES, params![cell, key], line))
    }

    async fn people_of_line(&self, line: LineId) -> Result<Vec<LinePerson>, StoreError> {
        let (cell, key) = line_key(line);
        self.read(|connection| rows(connection, PEOPLE, params![cell, key], |row| person(row)))
    }

    async fn rights_to_line(
        &self,
        account: AccountId,
        line: LineId,
    ) -> Result<Option<Rights>, StoreError> {
        self.read(|connection| rights(connection, account, line))
    }

    async fn line_request(&self, id: RequestId) -> Result<Option<StoredRequest>, StoreError> {
        self.read(|connection| find_request(connection, id))
    }

    async fn requests_of_line(&self, line: LineId) -> Result<Vec<StoredRequest>, StoreError> {
        let (cell, key) = line_key(line);
        self.read(|connection| {
            rows(connection, REQUESTS_OF_LINE, params![cell, key], |row| request(row))
        })
    }

    async fn requests_of_account(&self, id: AccountId) -> Result<Vec<StoredRequest>, StoreError> {
        self.read(|connection| {
            rows(connection, REQUESTS_OF_ACCOUNT, [id.to_bytes()], |row| request(row))
        })
    }

    async fn account_audit(&self, id: AccountId) -> Result<Vec<AuditLine>, StoreError> {
        let (cell, key) = account_key(id);
        self.read_long(move |connection| {
            rows(connection, AUDIT, params![cell, key], |row| audit_line(row))
        })
        .await
    }

    async fn bucket_changes(
        &self,
        line: LineId,
        until: Instant,
        limit: u32,
    ) -> Result<Vec<BucketChange>, StoreError> {
        let (cell, key) = line_key(line);
        self.read_long(move |connection| {
            let wanted = params![cell, key, until.millis(), limit];
            rows(connection, BUCKET_CHANGES, wanted, |row| bucket_change(row))
        })
        .await
    }

    async fn keep_code(&self, code: StoredCode, now: Instant) -> Result<(), StoreError> {
        self.write(move |connection| keep_code(connection, &code, now)).await
    }

    async fn kept_code(&self, subject: &Digest) -> Result<Option<StoredCode>, StoreError> {
        let found = self.read(|connection| rows(connection, CODE, [subject], |row| code(row)))?;
        Ok(found.into_iter().next())
    }

    async fn try_code(
        &self,
        subject: &Digest,
        typed: &Digest,
        now: Instant,
    ) -> Result<(CodeAnswer, Option<String>), StoreError> {
        let tried = (*subject, *typed);
        self.write(move |connection| try_code(connection, tried, now)).await
    }

    async fn change_account(
        &self,
        account: AccountId,
        change: AccountChange,
        by: (Actor, Instant),
    ) -> Result<Changed, StoreError> {
        self.write(move |connection| accounts_change::change(connection, account, change, by)).await
    }
}
