//! Changing accounts: one change, one audit line, one commit.

use super::accounts::{account_key, find_request, rights, rows};
use super::fault::Fault;
use crate::kept::accounts::{AccountState, audited, rights_of};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, cell, line_key};
use farline_app::ports::accounts::{
    AccountChange, Changed, Digest, NewContact, NewSession, StoredRequest,
};
use farline_domain::accounts::{
    ABSOLUTE_SECONDS, Address, IDLE_SECONDS, LineRequest, RequestId, RequestKind, RequestState,
    Rights,
};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, ContactId, Instant, Language, LineId, SessionId};
use rusqlite::{Connection, OptionalExtension, params};

statements! {
    OPEN = "INSERT INTO accounts (cell, id, opened_at, language, password, state, audit, \
        audit_head) VALUES (?1, ?2, ?3, ?4, ?5, 'open', 0, zeroblob(32))";
    IS_OPEN = "SELECT 1 FROM accounts WHERE cell = ?1 AND id = ?2 AND state = 'open'";
    ADDRESS_OWNER = "SELECT account FROM account_addresses WHERE address_key = ?1";
    CLAIM_ADDRESS = "INSERT INTO account_addresses (address_key, account) VALUES (?1, ?2)";
    ADD_CONTACT = "INSERT INTO account_contacts \
        (cell, account, id, medium, address, address_key, verified_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    CONTACT_KEYS = "SELECT id, address_key FROM account_contacts WHERE cell = ?1 AND account = ?2";
    REMOVE_CONTACT = "DELETE FROM account_contacts WHERE cell = ?1 AND account = ?2 AND id = ?3";
    FREE_ADDRESS = "DELETE FROM account_addresses WHERE address_key = ?1";
    CODES_OF_ADDRESS = "DELETE FROM account_codes WHERE address_key = ?1";
    SET_PASSWORD = "UPDATE accounts SET password = ?3 WHERE cell = ?1 AND id = ?2";
    SET_LANGUAGE = "UPDATE accounts SET language = ?3 WHERE cell = ?1 AND id = ?2";
    END_OLD_SESSIONS = "DELETE FROM account_sessions \
        WHERE account = ?1 AND (token = ?2 OR started_at <= ?3 OR used_at <= ?4)";
    START_SESSION = "INSERT INTO account_sessions \
        (token, id, account, device, started_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    END_SESSION = "DELETE FROM account_sessions WHERE account = ?1 AND id = ?2";
    END_SESSIONS = "DELETE FROM account_sessions WHERE account = ?1 AND id IS NOT ?2";
    HOLDER = "SELECT account FROM line_people WHERE cell = ?1 AND line = ?2 AND rights = 'holder'";
    HOLD = "INSERT INTO line_people (cell, line, account, rights, name, since) \
        VALUES (?1, ?2, ?3, 'holder', '', ?4) ON CONFLICT (cell, line, account) DO UPDATE SET \
        rights = 'holder', name = ''";
    HELP = "INSERT INTO line_people (cell, line, account, rights, name, since) \
        VALUES (?1, ?2, ?3, 'helper', ?4, ?5) ON CONFLICT (cell, line, account) DO NOTHING";
    LEAVE = "DELETE FROM line_people WHERE cell = ?1 AND line = ?2 AND account = ?3";
    LEAVE_ALL = "DELETE FROM line_people WHERE cell = ?1 AND line = ?2";
    NAME_LINE = "INSERT INTO account_lines (cell, account, line, nickname) \
        VALUES (?1, ?2, ?3, ?4) ON CONFLICT (cell, account, line) DO UPDATE SET \
        nickname = excluded.nickname";
    // The row stays: what was agreed to for a line that is given up is found by it.
    FORGET_NAME = "UPDATE account_lines SET nickname = '' \
        WHERE cell = ?1 AND account = ?2 AND line = ?3";
    ASK = "INSERT INTO line_requests (cell, line, id, kind, asker, state, asked_at, medium, \
        address, address_key, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    NAME_REQUEST = "INSERT INTO line_request_ids (id, line) VALUES (?1, ?2)";
    // The address has served: it goes with the answer.
    SET_REQUEST = "UPDATE line_requests SET state = ?4, medium = NULL, address = NULL, \
        address_key = NULL WHERE cell = ?1 AND line = ?2 AND id = ?3 AND state = 'open'";
    HEAD = "SELECT audit, audit_head FROM accounts WHERE cell = ?1 AND id = ?2";
    SET_HEAD = "UPDATE accounts SET audit = ?3, audit_head = ?4 WHERE cell = ?1 AND id = ?2";
    AUDIT = "INSERT INTO account_audit \
        (cell, account, number, at, actor, reason, action, before, after, hash) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    STATE_ACCOUNT = "SELECT state || ':' || COALESCE(language, '') || ':' || \
        COALESCE(password, '') FROM accounts WHERE cell = ?1 AND id = ?2";
    STATE_CONTACTS = "SELECT id FROM account_contacts WHERE cell = ?1 AND account = ?2 ORDER BY id";
    STATE_SESSIONS = "SELECT id FROM account_sessions WHERE account = ?1 ORDER BY id";
    STATE_LINES = "SELECT line, rights FROM line_people WHERE account = ?1 AND cell >= 0 \
        ORDER BY line";
    STATE_NAMES = "SELECT line, nickname FROM account_lines WHERE cell = ?1 AND account = ?2 \
        ORDER BY line";
    STATE_REQUESTS = "SELECT id, state FROM line_requests WHERE asker = ?1 AND cell >= 0 \
        ORDER BY id";
}

/// What is erased with an account, in an order in which nothing is missed.
mod erase {
    statements! {
        CODES = "DELETE FROM account_codes WHERE account = ?1";
        REQUESTS_ASKED = "SELECT cell, line, id FROM line_requests WHERE asker = ?1";
        REQUESTS_SENT = "SELECT cell, line, id FROM line_requests WHERE address_key = ?1";
        REQUEST = "DELETE FROM line_requests WHERE cell = ?1 AND line = ?2 AND id = ?3";
        REQUEST_ID = "DELETE FROM line_request_ids WHERE id = ?1";
        LINES = "SELECT cell, line, rights FROM line_people WHERE account = ?1";
        NAMES = "DELETE FROM account_lines WHERE cell = ?1 AND account = ?2";
        HOLDER_NAME = "DELETE FROM holder_names WHERE cell = ?1 AND line = ?2";
        HOLDER_TERMS = "DELETE FROM holder_terms WHERE cell = ?1 AND line = ?2";
        SESSIONS = "DELETE FROM account_sessions WHERE account = ?1";
        ORDER_CONTACT = "DELETE FROM contacts WHERE cell = ?1 AND id = ?2";
        ACCOUNT = "UPDATE accounts SET state = 'deleted', language = NULL, password = NULL \
            WHERE cell = ?1 AND id = ?2";
    }
}
#[cfg(test)]
pub(super) use erase::statements as erase_statements;

/// Changes an account, with its audit line.
pub(super) fn change(
    connection: &Connection,
    account: AccountId,
    change: AccountChange,
    (actor, at): (Actor, Instant),
) -> Result<Changed, Fault> {
    let work = Work { connection, account, at };
    let action = change.name();
    let before = work.state()?;
    let changed = work.apply(change)?;
    let after = work.state()?;
    if changed == Changed::Done && before != after {
        work.audit(action, &actor, (before, after))?;
    }
    Ok(changed)
}

/// One change under way. Whatever answers [`Changed::Taken`] or [`Changed::Missing`] has written
/// nothing.
struct Work<'a> {
    connection: &'a Connection,
    account: AccountId,
    at: Instant,
}

impl Work<'_> {
    fn apply(&self, change: AccountChange) -> Result<Changed, Fault> {
        if let AccountChange::Open { language, password, contact } = change {
            return self.open(language, password.as_deref(), &contact);
        }
        let (cell, account) = account_key(self.account);
        if !self.connection.prepare_cached(IS_OPEN)?.exists(params![cell, account])? {
            return Ok(Changed::Missing);
        }
        match change {
            AccountChange::Open { .. } => Ok(Changed::Missing),
            AccountChange::AddContact(contact) => self.add_contact(&contact),
            AccountChange::RemoveContact(contact) => self.remove_contact(contact),
            AccountChange::SetPassword(hash) => self.set(SET_PASSWORD, &hash),
            AccountChange::SetLanguage(language) => self.set(SET_LANGUAGE, language.tag()),
            AccountChange::SignIn(session) => self.sign_in(&session),
            AccountChange::SignOut(session) => self.sign_out(session),
            AccountChange::SignOutEverywhere(except) => self.sign_out_everywhere(except),
            AccountChange::Hold(line) => self.hold(line),
            AccountChange::Leave(line) => self.leave(line),
            AccountChange::CallLine(line, name) => self.call_line(line, &name),
            AccountChange::Ask(request) => self.ask(&request),
            AccountChange::Withdraw(request) => self.withdraw(request),
            AccountChange::Answer { request, helper } => self.answer(&request, helper),
            AccountChange::Delete { order_contacts } => self.delete(&order_contacts),
        }
    }

    fn open(
        &self,
        language: Language,
        password: Option<&str>,
        contact: &NewContact,
    ) -> Result<Changed, Fault> {
        if self.owner(&contact.key)?.is_some() {
            return Ok(Changed::Taken);
        }
        let (cell, account) = account_key(self.account);
        let opened_at = self.at.millis();
        let row = params![cell, account, opened_at, language.tag(), password];
        self.connection.prepare_cached(OPEN)?.execute(row)?;
        self.add_contact(contact)
    }

    fn owner(&self, address: &Digest) -> Result<Option<IdBytes>, Fault> {
        let mut statement = self.connection.prepare_cached(ADDRESS_OWNER)?;
        Ok(statement.query_row([address], |row| row.get(0)).optional()?)
    }

    fn add_contact(&self, contact: &NewContact) -> Result<Changed, Fault> {
        let (cell, account) = account_key(self.account);
        match self.owner(&contact.key)? {
            Some(owner) if owner == account => return Ok(Changed::Done),
            Some(_) => return Ok(Changed::Taken),
            None => {}
        }
        self.connection.prepare_cached(CLAIM_ADDRESS)?.execute(params![contact.key, account])?;
        self.connection.prepare_cached(ADD_CONTACT)?.execute(params![
            cell,
            account,
            contact.id.to_bytes(),
            contact.address.medium().code(),
            contact.address.as_str(),
            contact.key,
            self.at.millis(),
        ])?;
        Ok(Changed::Done)
    }

    fn contact_keys(&self) -> Result<Vec<(ContactId, Digest)>, Fault> {
        let (cell, account) = account_key(self.account);
        rows(self.connection, CONTACT_KEYS, params![cell, account], |row| {
            Ok((ContactId::from_bytes(row.get::<_, IdBytes>(0)?), row.array(1)?))
        })
    }

    fn remove_contact(&self, contact: ContactId) -> Result<Changed, Fault> {
        let contacts = self.contact_keys()?;
        let found = contacts.iter().find(|(id, _)| *id == contact);
        match found {
            Some((_, key)) if contacts.len() > 1 => {
                self.erase_contact(contact, key)?;
                Ok(Changed::Done)
            }
            Some(_) | None => Ok(Changed::Missing),
        }
    }

    fn erase_contact(&self, contact: ContactId, key: &Digest) -> Result<(), Fault> {
        let (cell, account) = account_key(self.account);
        let row = params![cell, account, contact.to_bytes()];
        self.connection.prepare_cached(REMOVE_CONTACT)?.execute(row)?;
        self.connection.prepare_cached(FREE_ADDRESS)?.execute([key])?;
        self.connection.prepare_cached(CODES_OF_ADDRESS)?.execute([key])?;
        Ok(())
    }

    fn set(&self, sql: &str, value: &str) -> Result<Changed, Fault> {
        let (cell, account) = account_key(self.account);
        self.connection.prepare_cached(sql)?.execute(params![cell, account, value])?;
        Ok(Changed::Done)
    }

    fn sign_in(&self, session: &NewSession) -> Result<Changed, Fault> {
        let account = self.account.to_bytes();
        let earlier = |seconds: i64| self.at.plus_seconds(-seconds).millis();
        self.connection.prepare_cached(END_OLD_SESSIONS)?.execute(params![
            account,
            session.replaces,
            earlier(ABSOLUTE_SECONDS),
            earlier(IDLE_SECONDS),
        ])?;
        self.connection.prepare_cached(START_SESSION)?.execute(params![
            session.token,
            session.id.to_bytes(),
            account,
            session.device,
            self.at.millis(),
        ])?;
        Ok(Changed::Done)
    }

    fn sign_out(&self, session: SessionId) -> Result<Changed, Fault> {
        let mut statement = self.connection.prepare_cached(END_SESSION)?;
        let ended = statement.execute(params![self.account.to_bytes(), session.to_bytes()])?;
        Ok(if ended == 0 { Changed::Missing } else { Changed::Done })
    }

    fn sign_out_everywhere(&self, except: Option<SessionId>) -> Result<Changed, Fault> {
        let mut statement = self.connection.prepare_cached(END_SESSIONS)?;
        statement.execute(params![self.account.to_bytes(), except.map(SessionId::to_bytes)])?;
        Ok(Changed::Done)
    }

    fn holder(&self, line: LineId) -> Result<Option<IdBytes>, Fault> {
        let (cell, line) = line_key(line);
        let mut statement = self.connection.prepare_cached(HOLDER)?;
        Ok(statement.query_row(params![cell, line], |row| row.get(0)).optional()?)
    }

    fn hold(&self, line: LineId) -> Result<Changed, Fault> {
        let account = self.account.to_bytes();
        match self.holder(line)? {
            Some(holder) if holder == account => return Ok(Changed::Done),
            Some(_) => return Ok(Changed::Taken),
            None => {}
        }
        let (cell, line) = line_key(line);
        let row = params![cell, line, account, self.at.millis()];
        self.connection.prepare_cached(HOLD)?.execute(row)?;
        Ok(Changed::Done)
    }

    fn leave(&self, line: LineId) -> Result<Changed, Fault> {
        let Some(rights) = rights(self.connection, self.account, line)? else {
            return Ok(Changed::Missing);
        };
        match rights {
            Rights::Holder => self.remember(line)?,
            Rights::Helper => drop(self.call_line(line, "")?),
        }
        self.drop_rights(line_key(line), rights)?;
        Ok(Changed::Done)
    }

    /// Keeps without a name that the account held a line, until it is deleted itself.
    fn remember(&self, line: LineId) -> Result<(), Fault> {
        let (cell, account) = account_key(self.account);
        let row = params![cell, account, line.to_bytes(), ""];
        self.connection.prepare_cached(NAME_LINE)?.execute(row)?;
        Ok(())
    }

    /// Helpers were let in by the holder: they go together.
    fn drop_rights(&self, (cell, line): (u16, IdBytes), rights: Rights) -> Result<(), Fault> {
        match rights {
            Rights::Holder => {
                self.connection.prepare_cached(LEAVE_ALL)?.execute(params![cell, line])?;
            }
            Rights::Helper => {
                let row = params![cell, line, self.account.to_bytes()];
                self.connection.prepare_cached(LEAVE)?.execute(row)?;
            }
        }
        Ok(())
    }

    fn call_line(&self, line: LineId, name: &str) -> Result<Changed, Fault> {
        let (cell, account) = account_key(self.account);
        let line = line.to_bytes();
        if name.is_empty() {
            self.connection.prepare_cached(FORGET_NAME)?.execute(params![cell, account, line])?;
        } else {
            let row = params![cell, account, line, name];
            self.connection.prepare_cached(NAME_LINE)?.execute(row)?;
        }
        Ok(Changed::Done)
    }

    fn ask(&self, asked: &StoredRequest) -> Result<Changed, Fault> {
        let request = &asked.request;
        let (cell, line) = line_key(request.line);
        self.connection.prepare_cached(ASK)?.execute(params![
            cell,
            line,
            request.id.to_bytes(),
            request.kind.code(),
            request.asker.to_bytes(),
            request.state.code(),
            request.asked_at.millis(),
            asked.sent_to.as_ref().map(|address| address.medium().code()),
            asked.sent_to.as_ref().map(Address::as_str),
            asked.sent_to_key,
            asked.name,
        ])?;
        let row = params![request.id.to_bytes(), line];
        self.connection.prepare_cached(NAME_REQUEST)?.execute(row)?;
        Ok(Changed::Done)
    }

    fn withdraw(&self, id: RequestId) -> Result<Changed, Fault> {
        match find_request(self.connection, id)? {
            Some(stored) if stored.request.asker == self.account => {
                self.set_request(&stored.request, RequestState::Withdrawn)
            }
            Some(_) | None => Ok(Changed::Missing),
        }
    }

    fn set_request(&self, request: &LineRequest, state: RequestState) -> Result<Changed, Fault> {
        let (cell, line) = line_key(request.line);
        let mut statement = self.connection.prepare_cached(SET_REQUEST)?;
        let row = params![cell, line, request.id.to_bytes(), state.code()];
        let changed = statement.execute(row)?;
        Ok(if changed == 0 { Changed::Missing } else { Changed::Done })
    }

    fn answer(&self, answered: &LineRequest, helper: Option<AccountId>) -> Result<Changed, Fault> {
        let Some(stored) = find_request(self.connection, answered.id)? else {
            return Ok(Changed::Missing);
        };
        let asker = stored.request.asker.to_bytes();
        let invited = stored.request.kind == RequestKind::BecomeHelper;
        if invited && self.holder(stored.request.line)? != Some(asker) {
            return Ok(Changed::Missing);
        }
        if self.set_request(&stored.request, answered.state)? == Changed::Missing {
            return Ok(Changed::Missing);
        }
        if let Some(helper) = helper.filter(|_| answered.state == RequestState::Approved) {
            let (cell, line) = line_key(stored.request.line);
            let row = params![cell, line, helper.to_bytes(), stored.name, self.at.millis()];
            self.connection.prepare_cached(HELP)?.execute(row)?;
        }
        Ok(Changed::Done)
    }

    fn delete(&self, order_contacts: &[ContactId]) -> Result<Changed, Fault> {
        let (cell_number, account) = account_key(self.account);
        self.erase_requests(erase::REQUESTS_ASKED, &account)?;
        for (id, key) in self.contact_keys()? {
            self.erase_requests(erase::REQUESTS_SENT, &key)?;
            self.erase_contact(id, &key)?;
        }
        self.connection.prepare_cached(erase::CODES)?.execute([account])?;
        let lines = rows(self.connection, erase::LINES, [account], |row| {
            let rights = rights_of(row.text(2)?)?;
            Ok(((row.get(0)?, row.get(1)?), rights))
        })?;
        for (line, rights) in lines {
            self.drop_rights(line, rights)?;
            if rights == Rights::Holder {
                for sql in [erase::HOLDER_NAME, erase::HOLDER_TERMS] {
                    self.connection.prepare_cached(sql)?.execute(params![line.0, line.1])?;
                }
            }
        }
        let key = params![cell_number, account];
        self.connection.prepare_cached(erase::NAMES)?.execute(key)?;
        self.connection.prepare_cached(erase::SESSIONS)?.execute([account])?;
        for contact in order_contacts {
            let row = params![cell(contact.cell()), contact.to_bytes()];
            self.connection.prepare_cached(erase::ORDER_CONTACT)?.execute(row)?;
        }
        self.connection.prepare_cached(erase::ACCOUNT)?.execute(key)?;
        Ok(Changed::Done)
    }

    fn erase_requests(&self, which: &str, key: &[u8]) -> Result<(), Fault> {
        let found = rows(self.connection, which, [key], |row| {
            Ok((row.get::<_, u16>(0)?, row.get::<_, IdBytes>(1)?, row.get::<_, IdBytes>(2)?))
        })?;
        for (cell, line, id) in found {
            self.connection.prepare_cached(erase::REQUEST)?.execute(params![cell, line, id])?;
            self.connection.prepare_cached(erase::REQUEST_ID)?.execute([id])?;
        }
        Ok(())
    }

    fn state(&self) -> Result<[u8; 32], Fault> {
        let (cell, account) = account_key(self.account);
        let id = |row: &rusqlite::Row<'_>| row.array(0);
        let named = |row: &rusqlite::Row<'_>| Ok((row.array(0)?, row.text(1)?.to_owned()));
        let state = AccountState {
            account: self
                .connection
                .prepare_cached(STATE_ACCOUNT)?
                .query_row(params![cell, account], |row| row.get(0))
                .optional()?,
            contacts: rows(self.connection, STATE_CONTACTS, params![cell, account], id)?,
            sessions: rows(self.connection, STATE_SESSIONS, [account], id)?,
            lists: [
                rows(self.connection, STATE_LINES, [account], named)?,
                rows(self.connection, STATE_NAMES, params![cell, account], named)?,
                rows(self.connection, STATE_REQUESTS, [account], named)?,
            ],
        };
        Ok(state.digest())
    }

    fn audit(
        &self,
        action: &'static str,
        actor: &Actor,
        states: ([u8; 32], [u8; 32]),
    ) -> Result<(), Fault> {
        let (cell, account) = account_key(self.account);
        let head: (u32, [u8; 32]) = self
            .connection
            .prepare_cached(HEAD)?
            .query_row(params![cell, account], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let line = audited(action, (actor, self.at), states, head);
        self.connection.prepare_cached(AUDIT)?.execute(params![
            cell,
            account,
            line.number,
            line.at.millis(),
            line.actor,
            line.reason,
            line.action,
            line.before,
            line.after,
            line.hash,
        ])?;
        let row = params![cell, account, line.number, line.hash];
        self.connection.prepare_cached(SET_HEAD)?.execute(row)?;
        Ok(())
    }
}
