//! The rows of accounts, read.

use super::fault::Fault;
use super::values::{IdBytes, entry_kind_of, kind_of, units_of};
use farline_app::ports::accounts::{
    AccountChange, AccountContact, BucketChange, Digest, LinePerson, StoredCode, StoredRequest,
    StoredSession,
};
use farline_domain::accounts::{
    Address, KeptCode, LineRequest, RequestId, RequestKind, RequestState, Rights, SessionTimes,
};
use farline_domain::commands::AuditLine;
use farline_domain::kernel::{AccountId, ContactId, Instant, LineId, SessionId};
use farline_domain::notices::Medium;
use rusqlite::Row;

fn unreadable(what: &str) -> Fault {
    Fault::Unreadable(format!("{what} of an account"))
}

fn instant(row: &Row<'_>, column: usize) -> Result<Instant, Fault> {
    Ok(Instant::from_millis(row.get(column)?))
}

fn account_of(row: &Row<'_>, column: usize) -> Result<AccountId, Fault> {
    Ok(AccountId::from_bytes(row.get::<_, IdBytes>(column)?))
}

fn line_of(row: &Row<'_>, column: usize) -> Result<LineId, Fault> {
    Ok(LineId::from_bytes(row.get::<_, IdBytes>(column)?))
}

/// Reads a digest.
pub(super) fn digest_of(row: &Row<'_>, column: usize) -> Result<Digest, Fault> {
    Ok(row.get(column)?)
}

/// Reads rights.
pub(super) fn rights_of(code: &str) -> Result<Rights, Fault> {
    let found = Rights::ALL.into_iter().find(|rights| rights.code() == code);
    found.ok_or_else(|| unreadable("the rights"))
}

fn address_of(medium: &str, text: &str) -> Result<Address, Fault> {
    let read =
        if medium == Medium::Email.code() { Address::email(text) } else { Address::phone(text) };
    read.map_err(|_| unreadable("an address"))
}

/// Reads a contact.
pub(super) fn contact(row: &Row<'_>) -> Result<AccountContact, Fault> {
    let (medium, text): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(AccountContact {
        id: ContactId::from_bytes(row.get::<_, IdBytes>(0)?),
        address: address_of(&medium, &text)?,
        verified_at: instant(row, 3)?,
    })
}

/// Reads a session.
pub(super) fn session(row: &Row<'_>) -> Result<StoredSession, Fault> {
    Ok(StoredSession {
        id: SessionId::from_bytes(row.get::<_, IdBytes>(0)?),
        account: account_of(row, 1)?,
        device: row.get(2)?,
        times: SessionTimes { started_at: instant(row, 3)?, used_at: instant(row, 4)? },
    })
}

/// Reads a code.
pub(super) fn code(row: &Row<'_>) -> Result<StoredCode, Fault> {
    let account: Option<IdBytes> = row.get(4)?;
    Ok(StoredCode {
        subject: digest_of(row, 0)?,
        code: KeptCode {
            digest: digest_of(row, 1)?,
            expires_at: instant(row, 2)?,
            tries: row.get(3)?,
        },
        account: account.map(AccountId::from_bytes),
        address: row.get(5)?,
        awaiting: row.get(6)?,
    })
}

/// Reads an account's place with a line.
pub(super) fn person(row: &Row<'_>) -> Result<LinePerson, Fault> {
    Ok(LinePerson {
        line: line_of(row, 0)?,
        account: account_of(row, 1)?,
        rights: rights_of(&row.get::<_, String>(2)?)?,
        nickname: row.get(3)?,
        name: row.get(4)?,
        since: instant(row, 5)?,
    })
}

/// Reads a request.
pub(super) fn request(row: &Row<'_>) -> Result<StoredRequest, Fault> {
    let (kind, state): (String, String) = (row.get(2)?, row.get(4)?);
    let kind = RequestKind::ALL.into_iter().find(|known| known.code() == kind);
    let state = RequestState::ALL.into_iter().find(|known| known.code() == state);
    let (medium, text): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
    let sent_to = medium.zip(text).map(|(medium, text)| address_of(&medium, &text));
    Ok(StoredRequest {
        request: LineRequest {
            id: RequestId::from_bytes(row.get::<_, IdBytes>(0)?),
            line: line_of(row, 1)?,
            kind: kind.ok_or_else(|| unreadable("a request"))?,
            asker: account_of(row, 3)?,
            state: state.ok_or_else(|| unreadable("a request"))?,
            asked_at: instant(row, 5)?,
        },
        sent_to: sent_to.transpose()?,
        sent_to_key: row.get(8)?,
        name: row.get(9)?,
    })
}

/// Reads a line of an account's audit.
pub(super) fn audit_line(row: &Row<'_>) -> Result<AuditLine, Fault> {
    let action: String = row.get(4)?;
    let action = AccountChange::NAMES.into_iter().find(|known| *known == action);
    Ok(AuditLine {
        number: row.get(0)?,
        at: instant(row, 1)?,
        actor: row.get(2)?,
        reason: row.get(3)?,
        action: action.ok_or_else(|| unreadable("the audit"))?,
        order: None,
        before: row.get(5)?,
        after: row.get(6)?,
        hash: row.get(7)?,
    })
}

/// Reads what moved a bucket.
pub(super) fn bucket_change(row: &Row<'_>) -> Result<BucketChange, Fault> {
    Ok(BucketChange {
        number: row.get(0)?,
        at: instant(row, 1)?,
        kind: entry_kind_of(&row.get::<_, String>(2)?)?,
        allowance: kind_of(&row.get::<_, String>(3)?)?,
        units: units_of(row.get(4)?)?,
    })
}
