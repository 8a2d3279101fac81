//! Accounts as kept: people, how they are reached, where they are signed in, and their lines.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::accounts::{
    Address, CodeAnswer, KeptCode, LineRequest, RequestId, Rights, SessionTimes,
};
use farline_domain::balance::EntryKind;
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::{
    AccountId, AllowanceKind, ContactId, Instant, Language, LineId, SessionId, Units,
};
use std::fmt;

/// A keyed digest, by which an address, a token or a code is found without being readable.
pub type Digest = [u8; 32];

/// An account that is not deleted.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// When it was opened.
    pub opened_at: Instant,
    /// The language of messages to it.
    pub language: Language,
    /// The hash of its password in PHC form, if it has one.
    pub password: Option<String>,
}

/// Never shows the hash.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A proven address of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountContact {
    /// Its id within the account.
    pub id: ContactId,
    /// The address.
    pub address: Address,
    /// When a code proved it.
    pub verified_at: Instant,
}

/// An address about to become one of an account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Its id.
    pub id: ContactId,
    /// The address, just proven.
    pub address: Address,
    /// The keyed digest by which it is found; no two accounts have the same.
    pub key: Digest,
}

/// A signed-in device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Its id, which may be shown.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// What it calls itself, for its owner to recognise.
    pub device: String,
    /// When it was signed in and last used.
    pub times: SessionTimes,
}

/// A device that signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub token: Digest,
    /// What it calls itself.
    pub device: String,
    /// SHA-256 of the token it had before, which ends now.
    pub replaces: Option<Digest>,
}

impl fmt::Debug for NewSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewSession").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A one-time code as kept, under a digest of what it is for and whom.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredCode {
    /// What it is for and whom; a new code for the same replaces the old one.
    pub subject: Digest,
    /// The code.
    pub code: KeptCode,
    /// The account it belongs to, so that deleting the account takes it along.
    pub account: Option<AccountId>,
    /// The address it went to, so that deleting that address takes it along.
    pub address: Option<Digest>,
    /// What happens when it is right, as JSON.
    pub awaiting: String,
}

/// An account's place with a line.
#[derive(Clone, PartialEq, Eq)]
pub struct LinePerson {
    /// The line.
    pub line: LineId,
    /// The account.
    pub account: AccountId,
    /// What it may do.
    pub rights: Rights,
    /// What the account calls the line; may be empty.
    pub nickname: String,
    /// What the holder calls this helper; may be empty.
    pub name: String,
    /// Since when.
    pub since: Instant,
}

impl fmt::Debug for LinePerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinePerson")
            .field("line", &self.line)
            .field("account", &self.account)
            .field("rights", &self.rights)
            .finish_non_exhaustive()
    }
}

/// A request as kept, with what its reader is told.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredRequest {
    /// The request.
    pub request: LineRequest,
    /// Where its link went; erased when it is answered.
    pub sent_to: Option<Address>,
    /// The keyed digest of that address.
    pub sent_to_key: Option<Digest>,
    /// What the asker calls the helper (to be) or, asking to help, the line; may be empty.
    pub name: String,
}

impl fmt::Debug for StoredRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredRequest").field("request", &self.request).finish_non_exhaustive()
    }
}

/// What moved a bucket of a line beside use, for its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketChange {
    /// The entry's number on its line.
    pub number: u32,
    /// When.
    pub at: Instant,
    /// What happened.
    pub kind: EntryKind,
    /// To which kind of allowance.
    pub allowance: AllowanceKind,
    /// By how much.
    pub units: Units,
}

/// One change to one account. Each makes one audit line in its own commit.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// Opens the account with its first address. Taken, if that is another account's.
    Open {
        /// The language of messages to it.
        language: Language,
        /// The hash of its password.
        password: Option<String>,
        /// Its first address.
        contact: NewContact,
    },
    /// Adds an address. Taken, if it is another account's.
    AddContact(NewContact),
    /// Removes an address. Missing, if it is not there or the last one.
    RemoveContact(ContactId),
    /// Sets the hash of the password.
    SetPassword(String),
    /// Sets the language of messages.
    SetLanguage(Language),
    /// Signs a device in.
    SignIn(NewSession),
    /// Signs a device out. Missing, if it is not signed in.
    SignOut(SessionId),
    /// Signs all devices out but this one.
    SignOutEverywhere(Option<SessionId>),
    /// Becomes the holder of a line. Taken, if it has another one.
    Hold(LineId),
    /// Gives up or loses all rights to a line; with a holder's go those of the helpers. Missing, if
    /// there were none.
    Leave(LineId),
    /// Calls a line by a name; an empty one takes the name away. That there is such a line stays known until the account is deleted.
    CallLine(LineId, String),
    /// Asks for something about a line.
    Ask(StoredRequest),
    /// Takes back what was asked. Missing, if it is not open.
    Withdraw(RequestId),
    /// Answers a request. With yes, the account named becomes a helper. Missing, if it is not open any
    /// more, or if who invited is no longer the holder.
    Answer {
        /// The request with its answer.
        request: LineRequest,
        /// Who becomes a helper.
        helper: Option<AccountId>,
    },
    /// Erases everything personal: addresses, password, language, devices, names, rights, requests and
    /// the contact records of its orders. Its id and its audit remain, and lead to nobody.
    Delete {
        /// The contact records of its orders.
        order_contacts: Vec<ContactId>,
    },
}

impl AccountChange {
    /// Every verb.
    pub const NAMES: [&'static str; 15] = [
        "open",
        "add_contact",
        "remove_contact",
        "set_password",
        "set_language",
        "sign_in",
        "sign_out",
        "sign_out_everywhere",
        "hold",
        "leave",
        "call_line",
        "ask",
        "withdraw",
        "answer",
        "delete",
    ];

    /// The verb, as the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::AddContact(_) => "add_contact",
            Self::RemoveContact(_) => "remove_contact",
            Self::SetPassword(_) => "set_password",
            Self::SetLanguage(_) => "set_language",
            Self::SignIn(_) => "sign_in",
            Self::SignOut(_) => "sign_out",
            Self::SignOutEverywhere(_) => "sign_out_everywhere",
            Self::Hold(_) => "hold",
            Self::Leave(_) => "leave",
            Self::CallLine(..) => "call_line",
            Self::Ask(_) => "ask",
            Self::Withdraw(_) => "withdraw",
            Self::Answer { .. } => "answer",
            Self::Delete { .. } => "delete",
        }
    }
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Done, with its audit line.
    Done,
    /// Nothing changed: another account has it.
    Taken,
    /// Nothing changed: it is not there, or not any more.
    Missing,
}

/// Accounts as kept.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Reads an account; absent once deleted.
    async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account that an address belongs to, by its keyed digest.
    async fn account_at(&self, address: &Digest) -> Result<Option<AccountId>, StoreError>;

    /// The addresses of an account, oldest first.
    async fn account_contacts(&self, id: AccountId) -> Result<Vec<AccountContact>, StoreError>;

    /// The session of a token, by the token's SHA-256.
    async fn session(&self, token: &Digest) -> Result<Option<StoredSession>, StoreError>;

    /// The sessions of an account, last used first.
    async fn account_sessions(&self, id: AccountId) -> Result<Vec<StoredSession>, StoreError>;

    /// Notes that a session was used.
    async fn touch_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError>;

    /// The lines of an account, own and helped, the newest first.
    async fn lines_of_account(&self, id: AccountId) -> Result<Vec<LinePerson>, StoreError>;

    /// The lines on which an account has no rights any more, or not yet: those that it held and gave up, and those that it only
    /// gave a name.
    async fn former_lines(&self, id: AccountId) -> Result<Vec<LineId>, StoreError>;

    /// The people of a line, its holder first.
    async fn people_of_line(&self, line: LineId) -> Result<Vec<LinePerson>, StoreError>;

    /// What an account may do with a line.
    async fn rights_to_line(
        &self,
        account: AccountId,
        line: LineId,
    ) -> Result<Option<Rights>, StoreError>;

    /// Reads a request.
    async fn line_request(&self, id: RequestId) -> Result<Option<StoredRequest>, StoreError>;

    /// The requests about a line, newest first.
    async fn requests_of_line(&self, line: LineId) -> Result<Vec<StoredRequest>, StoreError>;

    /// The requests an account made, newest first.
    async fn requests_of_account(&self, id: AccountId) -> Result<Vec<StoredRequest>, StoreError>;

    /// The audit of an account, oldest first, also after it is deleted.
    async fn account_audit(&self, id: AccountId) -> Result<Vec<AuditLine>, StoreError>;

    /// What moved the buckets of a line beside use, up to an instant, newest first.
    async fn bucket_changes(
        &self,
        line: LineId,
        until: Instant,
        limit: u32,
    ) -> Result<Vec<BucketChange>, StoreError>;

    /// Keeps a code, in place of one for the same subject, and forgets those that are over.
    async fn keep_code(&self, code: StoredCode, now: Instant) -> Result<(), StoreError>;

    /// Reads a code that was kept, to send another one for the same.
    async fn kept_code(&self, subject: &Digest) -> Result<Option<StoredCode>, StoreError>;

    /// Tries a code by the digest of what was typed, and counts the try. When it is right, it is gone
    /// and what awaited it is returned.
    async fn try_code(
        &self,
        subject: &Digest,
        typed: &Digest,
        now: Instant,
    ) -> Result<(CodeAnswer, Option<String>), StoreError>;

    /// Changes an account, with its audit line in the same commit. What changes nothing leaves no line.
    async fn change_account(
        &self,
        account: AccountId,
        change: AccountChange,
        by: (Actor, Instant),
    ) -> Result<Changed, StoreError>;
}
