//! The rows of accounts, and what their audit says of a change.

use super::Unreadable;
use super::row::Row;
use super::values::{IdBytes, entry_kind_of, kind_of, units_of};
use farline_app::ports::accounts::{
    Account, AccountChange, AccountContact, BucketChange, Digest, LinePerson, StoredCode,
    StoredRequest, StoredSession,
};
use farline_domain::accounts::{
    Address, KeptCode, LineRequest, RequestId, RequestKind, RequestState, Rights, SessionTimes,
};
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::{AccountId, ContactId, Instant, Language, LineId, SessionId};
use farline_domain::notices::Medium;
use sha2::{Digest as _, Sha256};

fn unreadable(what: &str) -> Unreadable {
    Unreadable(format!("{what} of an account"))
}

/// Reads rights.
pub(crate) fn rights_of(code: &str) -> Result<Rights, Unreadable> {
    let found = Rights::ALL.into_iter().find(|rights| rights.code() == code);
    found.ok_or_else(|| unreadable("the rights"))
}

fn address_of(medium: &str, text: &str) -> Result<Address, Unreadable> {
    let read =
        if medium == Medium::Email.code() { Address::email(text) } else { Address::phone(text) };
    read.map_err(|_| unreadable("an address"))
}

/// Reads an account from: opened_at, language, password.
pub(crate) fn account<R: Row>(row: &R, id: AccountId) -> Result<Account, R::Fault> {
    let language = Language::parse(row.text(1)?).ok_or_else(|| unreadable("the language"))?;
    let password = row.some_text(2)?.map(str::to_owned);
    Ok(Account { id, opened_at: row.instant(0)?, language, password })
}

/// Reads a contact from: id, medium, address, verified_at.
pub(crate) fn contact<R: Row>(row: &R) -> Result<AccountContact, R::Fault> {
    Ok(AccountContact {
        id: ContactId::from_bytes(row.array(0)?),
        address: address_of(row.text(1)?, row.text(2)?)?,
        verified_at: row.instant(3)?,
    })
}

/// Reads a session from: id, account, device, started_at, used_at.
pub(crate) fn session<R: Row>(row: &R) -> Result<StoredSession, R::Fault> {
    Ok(StoredSession {
        id: SessionId::from_bytes(row.array(0)?),
        account: AccountId::from_bytes(row.array(1)?),
        device: row.text(2)?.to_owned(),
        times: SessionTimes { started_at: row.instant(3)?, used_at: row.instant(4)? },
    })
}

/// Reads a code from: subject, digest, expires_at, tries, account, address_key, awaiting.
pub(crate) fn code<R: Row>(row: &R) -> Result<StoredCode, R::Fault> {
    Ok(StoredCode {
        subject: row.array(0)?,
        code: KeptCode { digest: row.array(1)?, expires_at: row.instant(2)?, tries: row.small(3)? },
        account: row.some_array(4)?.map(AccountId::from_bytes),
        address: row.some_array(5)?,
        awaiting: row.text(6)?.to_owned(),
    })
}

/// Reads an account's place with a line from: line, account, rights, nickname, name, since.
pub(crate) fn person<R: Row>(row: &R) -> Result<LinePerson, R::Fault> {
    Ok(LinePerson {
        line: LineId::from_bytes(row.array(0)?),
        account: AccountId::from_bytes(row.array(1)?),
        rights: rights_of(row.text(2)?)?,
        nickname: row.text(3)?.to_owned(),
        name: row.text(4)?.to_owned(),
        since: row.instant(5)?,
    })
}

/// Reads a request from: id, line, kind, asker, state, asked_at, medium, address, address_key, name.
pub(crate) fn request<R: Row>(row: &R) -> Result<StoredRequest, R::Fault> {
    let (kind, state) = (row.text(2)?, row.text(4)?);
    let kind = RequestKind::ALL.into_iter().find(|known| known.code() == kind);
    let state = RequestState::ALL.into_iter().find(|known| known.code() == state);
    let sent_to = row.some_text(6)?.zip(row.some_text(7)?);
    let sent_to = sent_to.map(|(medium, text)| address_of(medium, text));
    Ok(StoredRequest {
        request: LineRequest {
            id: RequestId::from_bytes(row.array(0)?),
            line: LineId::from_bytes(row.array(1)?),
            kind: kind.ok_or_else(|| unreadable("a request"))?,
            asker: AccountId::from_bytes(row.array(3)?),
            state: state.ok_or_else(|| unreadable("a request"))?,
            asked_at: row.instant(5)?,
        },
        sent_to: sent_to.transpose()?,
        sent_to_key: row.some_array(8)?,
        name: row.text(9)?.to_owned(),
    })
}

/// Reads a line of an account's audit from: number, at, actor, reason, action, before, after, hash.
pub(crate) fn audit_line<R: Row>(row: &R) -> Result<AuditLine, R::Fault> {
    let action = row.text(4)?;
    let action = AccountChange::NAMES.into_iter().find(|known| *known == action);
    Ok(AuditLine {
        number: row.small(0)?,
        at: row.instant(1)?,
        actor: row.text(2)?.to_owned(),
        reason: row.some_text(3)?.map(str::to_owned),
        action: action.ok_or_else(|| unreadable("the audit"))?,
        order: None,
        before: row.array(5)?,
        after: row.array(6)?,
        hash: row.array(7)?,
    })
}

/// Reads what moved a bucket from: number, at, kind, allowance, units.
pub(crate) fn bucket_change<R: Row>(row: &R) -> Result<BucketChange, R::Fault> {
    Ok(BucketChange {
        number: row.small(0)?,
        at: row.instant(1)?,
        kind: entry_kind_of(row.text(2)?)?,
        allowance: kind_of(row.text(3)?)?,
        units: units_of(row.number(4)?)?,
    })
}

/// What the audit of an account compares before and after a change. It holds random ids that are
/// erased with the account, so nothing can be guessed from its digest afterwards.
#[derive(Default)]
pub(crate) struct AccountState {
    /// State, language and password hash, as one text.
    pub(crate) account: Option<String>,
    /// The ids of its contacts.
    pub(crate) contacts: Vec<IdBytes>,
    /// The ids of its sessions.
    pub(crate) sessions: Vec<IdBytes>,
    /// Its rights to lines, its names for lines, and its requests with their states.
    pub(crate) lists: [Vec<(IdBytes, String)>; 3],
}

impl AccountState {
    pub(crate) fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        };
        add(self.account.as_deref().unwrap_or_default().as_bytes());
        self.contacts.iter().for_each(|contact| add(contact));
        add(b"sessions");
        self.sessions.iter().for_each(|session| add(session));
        for list in &self.lists {
            add(b"list");
            for (id, word) in list {
                add(id);
                add(word.as_bytes());
            }
        }
        hash.finalize().into()
    }
}

/// The audit line of a change, chained to the account's `(number, head)`.
pub(crate) fn audited(
    action: &'static str,
    (actor, at): (&Actor, Instant),
    (before, after): (Digest, Digest),
    (number, head): (u32, Digest),
) -> AuditLine {
    let mut line = AuditLine {
        number: number + 1,
        at,
        actor: actor.name(),
        reason: actor.reason().map(str::to_owned),
        action,
        order: None,
        before,
        after,
        hash: [0; 32],
    };
    line.hash = line.computed_hash(head);
    line
}
