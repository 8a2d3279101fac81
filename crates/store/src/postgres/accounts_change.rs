//! Changing accounts: one change, one audit line, one commit. The account's row is locked first, so
//! changes of one account follow one another; what two accounts want at once meets at a key, and the
//! later one is seen afresh.

use super::accounts::{account_key, digest_key, find_request, request_key, rights};
use super::fault::Fault;
use super::session::{Parameters, Session};
use super::values::{Id, Octets, cell_of, line_key};
use crate::kept::accounts::{AccountState, audited, rights_of};
use crate::kept::row::Row as _;
use crate::kept::values::IdBytes;
use farline_app::ports::accounts::{
    AccountChange, Changed, Digest, NewContact, NewSession, StoredRequest,
};
use farline_domain::accounts::{
    ABSOLUTE_SECONDS, Address, IDLE_SECONDS, LineRequest, RequestId, RequestKind, RequestState,
    Rights,
};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, ContactId, Instant, Language, LineId, SessionId};
use tokio_postgres::Row;

statements! {
    OPEN = "INSERT INTO accounts (cell, id, opened_at, language, password, state, audit, \
        audit_head) VALUES ($1, $2, $3, $4, $5, 'open', 0, decode(repeat('00', 32), 'hex'))";
    IS_OPEN = "SELECT 1 FROM accounts WHERE cell = $1 AND id = $2 AND state = 'open' FOR UPDATE";
    ADDRESS_OWNER = "SELECT account FROM account_addresses WHERE cell = $1 AND address_key = $2";
    CLAIM_ADDRESS = "INSERT INTO account_addresses (cell, address_key, account) VALUES ($1, $2, $3)";
    ADD_CONTACT = "INSERT INTO account_contacts \
        (cell, account, id, medium, address, address_key, verified_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CONTACT_KEYS = "SELECT id, address_key FROM account_contacts WHERE cell = $1 AND account = $2";
    REMOVE_CONTACT = "DELETE FROM account_contacts WHERE cell = $1 AND account = $2 AND id = $3";
    FREE_ADDRESS = "DELETE FROM account_addresses WHERE cell = $1 AND address_key = $2";
    CODES_OF_ADDRESS = "DELETE FROM account_codes WHERE cell >= 0 AND address_key = $1";
    SET_PASSWORD = "UPDATE accounts SET password = $3 WHERE cell = $1 AND id = $2";
    SET_LANGUAGE = "UPDATE accounts SET language = $3 WHERE cell = $1 AND id = $2";
    END_OLD_SESSIONS = "DELETE FROM account_sessions \
        WHERE cell >= 0 AND account = $1 AND (token = $2 OR started_at <= $3 OR used_at <= $4)";
    START_SESSION = "INSERT INTO account_sessions \
        (cell, token, id, account, device, started_at, used_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $6)";
    END_SESSION = "DELETE FROM account_sessions WHERE cell >= 0 AND account = $1 AND id = $2";
    END_SESSIONS = "DELETE FROM account_sessions \
        WHERE cell >= 0 AND account = $1 AND id IS DISTINCT FROM $2";
    HOLDER = "SELECT account FROM line_people WHERE cell = $1 AND line = $2 AND rights = 'holder' \
        FOR UPDATE";
    HOLD = "INSERT INTO line_people (cell, line, account, rights, name, since) \
        VALUES ($1, $2, $3, 'holder', '', $4) ON CONFLICT (cell, line, account) DO UPDATE SET \
        rights = 'holder', name = ''";
    HELP = "INSERT INTO line_people (cell, line, account, rights, name, since) \
        VALUES ($1, $2, $3, 'helper', $4, $5) ON CONFLICT (cell, line, account) DO NOTHING";
    LEAVE = "DELETE FROM line_people WHERE cell = $1 AND line = $2 AND account = $3";
    LEAVE_ALL = "DELETE FROM line_people WHERE cell = $1 AND line = $2";
    NAME_LINE = "INSERT INTO account_lines (cell, account, line, nickname) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (cell, account, line) DO UPDATE SET \
        nickname = excluded.nickname";
    // The row stays: what was agreed to for a line that is given up is found by it.
    FORGET_NAME = "UPDATE account_lines SET nickname = '' \
        WHERE cell = $1 AND account = $2 AND line = $3";
    ASK = "INSERT INTO line_requests (cell, line, id, kind, asker, state, asked_at, medium, \
        address, address_key, name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    NAME_REQUEST = "INSERT INTO line_request_ids (cell, id, line) VALUES ($1, $2, $3)";
    // The address has served: it goes with the answer.
    SET_REQUEST = "UPDATE line_requests SET state = $4, medium = NULL, address = NULL, \
        address_key = NULL WHERE cell = $1 AND line = $2 AND id = $3 AND state = 'open'";
    HEAD = "SELECT audit, audit_head FROM accounts WHERE cell = $1 AND id = $2";
    SET_HEAD = "UPDATE accounts SET audit = $3, audit_head = $4 WHERE cell = $1 AND id = $2";
    AUDIT = "INSERT INTO account_audit \
        (cell, account, number, at, actor, reason, action, before, after, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    STATE_ACCOUNT = "SELECT state || ':' || COALESCE(language, '') || ':' || \
        COALESCE(password, '') FROM accounts WHERE cell = $1 AND id = $2";
    STATE_CONTACTS = "SELECT id FROM account_contacts WHERE cell = $1 AND account = $2 ORDER BY id";
    STATE_SESSIONS = "SELECT id FROM account_sessions WHERE cell >= 0 AND account = $1 \
        ORDER BY id";
    STATE_LINES = "SELECT line, rights FROM line_people WHERE account = $1 AND cell >= 0 \
        ORDER BY line";
    STATE_NAMES = "SELECT line, nickname FROM account_lines WHERE cell = $1 AND account = $2 \
        ORDER BY line";
    STATE_REQUESTS = "SELECT id, state FROM line_requests WHERE asker = $1 AND cell >= 0 \
        ORDER BY id";
}

/// What is erased with an account, in an order in which nothing is missed.
mod erase {
    statements! {
        CODES = "DELETE FROM account_codes WHERE cell >= 0 AND account = $1";
        REQUESTS_ASKED = "SELECT cell, line, id FROM line_requests WHERE cell >= 0 AND asker = $1";
        REQUESTS_SENT = "SELECT cell, line, id FROM line_requests \
            WHERE cell >= 0 AND address_key = $1";
        REQUEST = "DELETE FROM line_requests WHERE cell = $1 AND line = $2 AND id = $3";
        REQUEST_ID = "DELETE FROM line_request_ids WHERE cell = $1 AND id = $2";
        LINES = "SELECT cell, line, rights FROM line_people WHERE cell >= 0 AND account = $1";
        NAMES = "DELETE FROM account_lines WHERE cell = $1 AND account = $2";
        HOLDER_NAME = "DELETE FROM holder_names WHERE cell = $1 AND line = $2";
        HOLDER_TERMS = "DELETE FROM holder_terms WHERE cell = $1 AND line = $2";
        SESSIONS = "DELETE FROM account_sessions WHERE cell >= 0 AND account = $1";
        ORDER_CONTACT = "DELETE FROM contacts WHERE cell = $1 AND id = $2";
        ACCOUNT = "UPDATE accounts SET state = 'deleted', language = NULL, password = NULL \
            WHERE cell = $1 AND id = $2";
    }
}
#[cfg(test)]
pub(super) use erase::statements as erase_statements;

/// Changes an account, with its audit line.
pub(super) async fn change(
    session: &Session,
    account: AccountId,
    change: &AccountChange,
    (actor, at): &(Actor, Instant),
) -> Result<Changed, Fault> {
    let (cell, key) = account_key(account);
    let opened = session.row(IS_OPEN, &[&cell, &key]).await?;
    let work = Work { session, account, cell, key, at: *at };
    let before = work.state().await?;
    let changed = work.apply(change, opened).await?;
    let after = work.state().await?;
    if changed == Changed::Done && before != after {
        work.audit(change.name(), actor, (before, after)).await?;
    }
    Ok(changed)
}

/// One change under way. Whatever answers [`Changed::Taken`] or [`Changed::Missing`] has written
/// nothing.
struct Work<'a> {
    session: &'a Session,
    account: AccountId,
    cell: i16,
    key: Id,
    at: Instant,
}

impl Work<'_> {
    async fn apply(&self, change: &AccountChange, opened: Option<Row>) -> Result<Changed, Fault> {
        if let AccountChange::Open { language, password, contact } = change {
            return self.open(*language, password.as_deref(), contact).await;
        }
        if opened.is_none() {
            return Ok(Changed::Missing);
        }
        match change {
            AccountChange::Open { .. } => Ok(Changed::Missing),
            AccountChange::AddContact(contact) => self.add_contact(contact).await,
            AccountChange::RemoveContact(contact) => self.remove_contact(*contact).await,
            AccountChange::SetPassword(hash) => self.set(SET_PASSWORD, hash).await,
            AccountChange::SetLanguage(language) => self.set(SET_LANGUAGE, language.tag()).await,
            AccountChange::SignIn(session) => self.sign_in(session).await,
            AccountChange::SignOut(session) => self.sign_out(*session).await,
            AccountChange::SignOutEverywhere(except) => self.sign_out_everywhere(*except).await,
            AccountChange::Hold(line) => self.hold(*line).await,
            AccountChange::Leave(line) => self.leave(*line).await,
            AccountChange::CallLine(line, name) => self.call_line(*line, name).await,
            AccountChange::Ask(request) => self.ask(request).await,
            AccountChange::Withdraw(request) => self.withdraw(*request).await,
            AccountChange::Answer { request, helper } => self.answer(request, *helper).await,
            AccountChange::Delete { order_contacts } => self.delete(order_contacts).await,
        }
    }

    async fn execute(&self, sql: &'static str, row: Parameters<'_>) -> Result<u64, Fault> {
        self.session.execute(sql, row).await
    }

    async fn open(
        &self,
        language: Language,
        password: Option<&str>,
        contact: &NewContact,
    ) -> Result<Changed, Fault> {
        if self.owner(&contact.key).await?.is_some() {
            return Ok(Changed::Taken);
        }
        let (opened_at, language) = (self.at.millis(), language.tag());
        self.execute(OPEN, &[&self.cell, &self.key, &opened_at, &language, &password]).await?;
        self.add_contact(contact).await
    }

    async fn owner(&self, address: &Digest) -> Result<Option<IdBytes>, Fault> {
        let (cell, key) = digest_key(address);
        let row = self.session.row(ADDRESS_OWNER, &[&cell, &key]).await?;
        row.map(|row| row.array(0)).transpose()
    }

    async fn add_contact(&self, contact: &NewContact) -> Result<Changed, Fault> {
        match self.owner(&contact.key).await? {
            Some(owner) if owner == self.key.0 => return Ok(Changed::Done),
            Some(_) => return Ok(Changed::Taken),
            None => {}
        }
        let (cell, address) = digest_key(&contact.key);
        self.execute(CLAIM_ADDRESS, &[&cell, &address, &self.key]).await?;
        let (id, at) = (Octets(contact.id.to_bytes()), self.at.millis());
        let (medium, text) = (contact.address.medium().code(), contact.address.as_str());
        let row: Parameters<'_> = &[&self.cell, &self.key, &id, &medium, &text, &address, &at];
        self.execute(ADD_CONTACT, row).await?;
        Ok(Changed::Done)
    }

    async fn contact_keys(&self) -> Result<Vec<(ContactId, Digest)>, Fault> {
        let rows = self.session.rows(CONTACT_KEYS, &[&self.cell, &self.key]).await?;
        let read = |row: &Row| Ok((ContactId::from_bytes(row.array(0)?), row.array(1)?));
        rows.iter().map(read).collect()
    }

    async fn remove_contact(&self, contact: ContactId) -> Result<Changed, Fault> {
        let contacts = self.contact_keys().await?;
        match contacts.iter().find(|(id, _)| *id == contact) {
            Some((_, key)) if contacts.len() > 1 => {
                self.erase_contact(contact, key).await?;
                Ok(Changed::Done)
            }
            Some(_) | None => Ok(Changed::Missing),
        }
    }

    async fn erase_contact(&self, contact: ContactId, key: &Digest) -> Result<(), Fault> {
        let id = Octets(contact.to_bytes());
        self.execute(REMOVE_CONTACT, &[&self.cell, &self.key, &id]).await?;
        let (cell, key) = digest_key(key);
        self.execute(FREE_ADDRESS, &[&cell, &key]).await?;
        self.execute(CODES_OF_ADDRESS, &[&key]).await?;
        Ok(())
    }

    async fn set(&self, sql: &'static str, value: &str) -> Result<Changed, Fault> {
        self.execute(sql, &[&self.cell, &self.key, &value]).await?;
        Ok(Changed::Done)
    }

    async fn sign_in(&self, session: &NewSession) -> Result<Changed, Fault> {
        let earlier = |seconds: i64| self.at.plus_seconds(-seconds).millis();
        let (started, used) = (earlier(ABSOLUTE_SECONDS), earlier(IDLE_SECONDS));
        let replaced = session.replaces.map(Octets);
        self.execute(END_OLD_SESSIONS, &[&self.key, &replaced, &started, &used]).await?;
        let ((cell, token), id) = (digest_key(&session.token), Octets(session.id.to_bytes()));
        let row: Parameters<'_> =
            &[&cell, &token, &id, &self.key, &session.device, &self.at.millis()];
        self.execute(START_SESSION, row).await?;
        Ok(Changed::Done)
    }

    async fn sign_out(&self, session: SessionId) -> Result<Changed, Fault> {
        let id = Octets(session.to_bytes());
        let ended = self.execute(END_SESSION, &[&self.key, &id]).await?;
        Ok(if ended == 0 { Changed::Missing } else { Changed::Done })
    }

    async fn sign_out_everywhere(&self, except: Option<SessionId>) -> Result<Changed, Fault> {
        let except = except.map(|session| Octets(session.to_bytes()));
        self.execute(END_SESSIONS, &[&self.key, &except]).await?;
        Ok(Changed::Done)
    }

    async fn holder(&self, line: LineId) -> Result<Option<IdBytes>, Fault> {
        let (cell, line) = line_key(line);
        let row = self.session.row(HOLDER, &[&cell, &line]).await?;
        row.map(|row| row.array(0)).transpose()
    }

    async fn hold(&self, line: LineId) -> Result<Changed, Fault> {
        match self.holder(line).await? {
            Some(holder) if holder == self.key.0 => return Ok(Changed::Done),
            Some(_) => return Ok(Changed::Taken),
            None => {}
        }
        let (cell, line) = line_key(line);
        self.execute(HOLD, &[&cell, &line, &self.key, &self.at.millis()]).await?;
        Ok(Changed::Done)
    }

    async fn leave(&self, line: LineId) -> Result<Changed, Fault> {
        let Some(rights) = rights(self.session, self.account, line).await? else {
            return Ok(Changed::Missing);
        };
        match rights {
            Rights::Holder => self.remember(line).await?,
            Rights::Helper => drop(self.call_line(line, "").await?),
        }
        self.drop_rights(line_key(line), rights).await?;
        Ok(Changed::Done)
    }

    /// Keeps without a name that the account held a line, until it is deleted itself.
    async fn remember(&self, line: LineId) -> Result<(), Fault> {
        let line = Octets(line.to_bytes());
        self.execute(NAME_LINE, &[&self.cell, &self.key, &line, &""]).await?;
        Ok(())
    }

    /// Helpers were let in by the holder: they go together.
    async fn drop_rights(&self, (cell, line): (i16, Id), rights: Rights) -> Result<(), Fault> {
        match rights {
            Rights::Holder => self.execute(LEAVE_ALL, &[&cell, &line]).await?,
            Rights::Helper => self.execute(LEAVE, &[&cell, &line, &self.key]).await?,
        };
        Ok(())
    }

    async fn call_line(&self, line: LineId, name: &str) -> Result<Changed, Fault> {
        let line = Octets(line.to_bytes());
        if name.is_empty() {
            self.execute(FORGET_NAME, &[&self.cell, &self.key, &line]).await?;
        } else {
            self.execute(NAME_LINE, &[&self.cell, &self.key, &line, &name]).await?;
        }
        Ok(Changed::Done)
    }

    async fn ask(&self, asked: &StoredRequest) -> Result<Changed, Fault> {
        let request = &asked.request;
        let ((cell, line), id) = (line_key(request.line), Octets(request.id.to_bytes()));
        let asker = Octets(request.asker.to_bytes());
        let (kind, state) = (request.kind.code(), request.state.code());
        let medium = asked.sent_to.as_ref().map(|address| address.medium().code());
        let address = asked.sent_to.as_ref().map(Address::as_str);
        let (key, at) = (asked.sent_to_key.map(Octets), request.asked_at.millis());
        let row: Parameters<'_> =
            &[&cell, &line, &id, &kind, &asker, &state, &at, &medium, &address, &key, &asked.name];
        self.execute(ASK, row).await?;
        let (cell, id) = request_key(request.id);
        self.execute(NAME_REQUEST, &[&cell, &id, &line]).await?;
        Ok(Changed::Done)
    }

    async fn withdraw(&self, id: RequestId) -> Result<Changed, Fault> {
        match find_request(self.session, id).await? {
            Some(stored) if stored.request.asker == self.account => {
                self.set_request(&stored.request, RequestState::Withdrawn).await
            }
            Some(_) | None => Ok(Changed::Missing),
        }
    }

    async fn set_request(
        &self,
        request: &LineRequest,
        state: RequestState,
    ) -> Result<Changed, Fault> {
        let ((cell, line), id) = (line_key(request.line), Octets(request.id.to_bytes()));
        let changed = self.execute(SET_REQUEST, &[&cell, &line, &id, &state.code()]).await?;
        Ok(if changed == 0 { Changed::Missing } else { Changed::Done })
    }

    async fn answer(
        &self,
        answered: &LineRequest,
        helper: Option<AccountId>,
    ) -> Result<Changed, Fault> {
        let Some(stored) = find_request(self.session, answered.id).await? else {
            return Ok(Changed::Missing);
        };
        let asker = stored.request.asker.to_bytes();
        let invited = stored.request.kind == RequestKind::BecomeHelper;
        if invited && self.holder(stored.request.line).await? != Some(asker) {
            return Ok(Changed::Missing);
        }
        if self.set_request(&stored.request, answered.state).await? == Changed::Missing {
            return Ok(Changed::Missing);
        }
        if let Some(helper) = helper.filter(|_| answered.state == RequestState::Approved) {
            let ((cell, line), helper) = (line_key(stored.request.line), account_key(helper).1);
            let row: Parameters<'_> = &[&cell, &line, &helper, &stored.name, &self.at.millis()];
            self.execute(HELP, row).await?;
        }
        Ok(Changed::Done)
    }

    async fn delete(&self, order_contacts: &[ContactId]) -> Result<Changed, Fault> {
        let key: Parameters<'_> = &[&self.cell, &self.key];
        self.erase_requests(erase::REQUESTS_ASKED, &[&self.key]).await?;
        for (id, address) in self.contact_keys().await? {
            self.erase_requests(erase::REQUESTS_SENT, &[&Octets(address)]).await?;
            self.erase_contact(id, &address).await?;
        }
        self.execute(erase::CODES, &[&self.key]).await?;
        for row in self.session.rows(erase::LINES, &[&self.key]).await? {
            let line = (row.small(0)?, Octets(row.array(1)?));
            let rights = rights_of(row.text(2)?)?;
            self.drop_rights(line, rights).await?;
            if rights == Rights::Holder {
                for sql in [erase::HOLDER_NAME, erase::HOLDER_TERMS] {
                    self.execute(sql, &[&line.0, &line.1]).await?;
                }
            }
        }
        self.execute(erase::NAMES, key).await?;
        self.execute(erase::SESSIONS, &[&self.key]).await?;
        for contact in order_contacts {
            let (cell, id) = (cell_of(contact.cell()), Octets(contact.to_bytes()));
            self.execute(erase::ORDER_CONTACT, &[&cell, &id]).await?;
        }
        self.execute(erase::ACCOUNT, key).await?;
        Ok(Changed::Done)
    }

    async fn erase_requests(&self, which: &'static str, key: Parameters<'_>) -> Result<(), Fault> {
        for row in self.session.rows(which, key).await? {
            let (cell, line) = (row.small::<i16>(0)?, Octets::<16>(row.array(1)?));
            let id = RequestId::from_bytes(row.array(2)?);
            let (of_id, key) = request_key(id);
            self.execute(erase::REQUEST, &[&cell, &line, &key]).await?;
            self.execute(erase::REQUEST_ID, &[&of_id, &key]).await?;
        }
        Ok(())
    }

    async fn state(&self) -> Result<Digest, Fault> {
        let own: Parameters<'_> = &[&self.cell, &self.key];
        let id: Parameters<'_> = &[&self.key];
        let account = self.session.row(STATE_ACCOUNT, own).await?;
        let state = AccountState {
            account: account.map(|row| row.text(0).map(str::to_owned)).transpose()?,
            contacts: self.ids(STATE_CONTACTS, own).await?,
            sessions: self.ids(STATE_SESSIONS, id).await?,
            lists: [
                self.named(STATE_LINES, id).await?,
                self.named(STATE_NAMES, own).await?,
                self.named(STATE_REQUESTS, id).await?,
            ],
        };
        Ok(state.digest())
    }

    async fn ids(&self, sql: &'static str, of: Parameters<'_>) -> Result<Vec<IdBytes>, Fault> {
        self.session.rows(sql, of).await?.iter().map(|row| row.array(0)).collect()
    }

    async fn named(
        &self,
        sql: &'static str,
        of: Parameters<'_>,
    ) -> Result<Vec<(IdBytes, String)>, Fault> {
        let read = |row: &Row| Ok((row.array(0)?, row.text(1)?.to_owned()));
        self.session.rows(sql, of).await?.iter().map(read).collect()
    }

    async fn audit(
        &self,
        action: &'static str,
        actor: &Actor,
        states: (Digest, Digest),
    ) -> Result<(), Fault> {
        let row = self.session.row(HEAD, &[&self.cell, &self.key]).await?;
        let row = row.ok_or_else(|| Fault::Unreadable("the account is gone".to_owned()))?;
        let line = audited(action, (actor, self.at), states, (row.small(0)?, row.array(1)?));
        let (number, at) = (i64::from(line.number), line.at.millis());
        let (before, after, hash) = (Octets(line.before), Octets(line.after), Octets(line.hash));
        let row: Parameters<'_> = &[
            &self.cell,
            &self.key,
            &number,
            &at,
            &line.actor,
            &line.reason,
            &line.action,
            &before,
            &after,
            &hash,
        ];
        self.execute(AUDIT, row).await?;
        self.execute(SET_HEAD, &[&self.cell, &self.key, &number, &hash]).await?;
        Ok(())
    }
}
