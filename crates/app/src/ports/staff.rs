//! The staff as kept: who works for the business, where they are signed in, and what they did.

use super::StoreError;
use super::accounts::Digest;
use super::passkeys::{self, NewPasskey, PasskeyUse};
use async_trait::async_trait;
use farline_domain::kernel::{CallId, Instant, Language, LineId, OrderId, SessionId, StaffId};
use farline_domain::staff::{Role, Roles, SecondPerson, StaffAuditLine, StaffSession};
use serde_json::{Value, json};
use std::fmt;

/// Where somebody stands with the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// Has a link that opens until then.
    Invited {
        /// Until when.
        until: Instant,
    },
    /// Signs in.
    Active,
    /// Does not work here any more. Their audit stays.
    Ended,
}

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The id, which the audit and orders name.
    pub id: StaffId,
    /// The name to sign in with: small letters; no two have the same.
    pub sign_in: String,
    /// What colleagues call them.
    pub name: String,
    /// The language of their pages.
    pub language: Language,
    /// What they are there for.
    pub roles: Roles,
    /// Whether somebody else has to agree to what is above their limits.
    pub second_person: SecondPerson,
    /// Where they stand.
    pub state: MemberState,
    /// Number and hash of the last line of their audit.
    pub head: (u32, Digest),
}

impl Member {
    /// Whether they sign in.
    pub fn is_active(&self) -> bool {
        self.state == MemberState::Active
    }
}

/// What a member proves who they are with. Both are absent for those of the demonstration.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MemberSecrets {
    /// The hash of the password in PHC form.
    pub password: Option<String>,
    /// The sealed secret of the codes.
    pub totp: Option<Vec<u8>>,
}

/// Never shows the secrets.
impl fmt::Debug for MemberSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemberSecrets(…)")
    }
}

/// A device on which a member is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStaffSession {
    /// Its id, which may be shown.
    pub id: SessionId,
    /// Whose it is.
    pub member: StaffId,
    /// What it calls itself.
    pub device: String,
    /// When it was signed in and last used.
    pub times: StaffSession,
}

/// A device that signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct NewStaffSession {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub token: Digest,
    /// What it calls itself.
    pub device: String,
    /// SHA-256 of the token it had before, which ends now, whoever's it was.
    pub replaces: Option<Digest>,
}

impl fmt::Debug for NewStaffSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewStaffSession").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Somebody who is asked to work here.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The name to sign in with.
    pub sign_in: String,
    /// The language until they choose one.
    pub language: Language,
    /// What they are there for.
    pub roles: Roles,
    /// Whether somebody else has to agree to what is above their limits.
    pub second_person: SecondPerson,
    /// SHA-256 of the secret in the link.
    pub link: Digest,
    /// Until when the link opens.
    pub until: Instant,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation").field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// Somebody who follows the link.
#[derive(Clone, PartialEq, Eq)]
pub struct Accepted {
    /// SHA-256 of the secret in the link.
    pub link: Digest,
    /// What colleagues call them.
    pub name: String,
    /// The language of their pages.
    pub language: Language,
    /// What they sign in with from now on.
    pub secrets: MemberSecrets,
    /// The step of time whose code was shown.
    pub step: i64,
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted").field("language", &self.language).finish_non_exhaustive()
    }
}

/// What a member shows to sign in.
#[derive(Clone, Debug)]
pub enum SignInWith {
    /// Nothing: the link has just been followed; and those of the demonstration.
    Nothing,
    /// The password, and the code of this step of time.
    Code(i64),
    /// A passkey.
    Passkey(PasskeyUse),
}

impl SignInWith {
    /// The word of the audit; nothing, where nothing was shown.
    const fn word(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Code(_) => Some("code"),
            Self::Passkey(_) => Some("passkey"),
        }
    }
}

/// One change to one member. Each makes one line of their audit in its own commit.
#[derive(Clone, Debug)]
pub enum MemberChange {
    /// Invites somebody new, or anew whose link has not been followed or who had left. Taken, if somebody who works here
    /// has the name.
    Invite(Invitation),
    /// Follows the link. Missing, if it does not open, or not any more.
    Accept(Accepted),
    /// Signs a device in. Missing, if the member is not active, a code of this or a later step was used before, or the
    /// passkey is gone or was used meanwhile.
    SignIn {
        /// The device.
        session: NewStaffSession,
        /// What was shown.
        with: SignInWith,
    },
    /// Signs a device out. Missing, if it is not signed in.
    SignOut(SessionId),
    /// Adds a passkey. Taken, if it is there; missing, if the member is not active.
    AddPasskey(NewPasskey),
    /// Removes a passkey, by its id. Missing, if the member has none of it.
    RemovePasskey(Vec<u8>),
    /// Gives and takes roles. Last, if nobody were left who manages the staff.
    SetRoles(Roles),
    /// Ends the work: secrets, passkeys, sessions and links go. Last, if nobody were left who manages the staff.
    End,
}

impl MemberChange {
    /// The verb, as the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Invite(_) => "invited",
            Self::Accept(_) => "accepted",
            Self::SignIn { .. } => "signed_in",
            Self::SignOut(_) => "signed_out",
            Self::AddPasskey(_) => "passkey_added",
            Self::RemovePasskey(_) => "passkey_removed",
            Self::SetRoles(_) => "roles_set",
            Self::End => "ended",
        }
    }

    /// What the audit says beside the verb: by whom, unless by themselves, which roles, and what was shown.
    pub fn detail(&self, by: Option<StaffId>) -> String {
        let words = |roles: &Roles| roles.iter().map(Role::code).collect::<Vec<_>>();
        let mut detail = match self {
            Self::Invite(invitation) => {
                let second = invitation.second_person.code();
                json!({ "roles": words(&invitation.roles), "second_person": second })
            }
            Self::SetRoles(roles) => json!({ "roles": words(roles) }),
            Self::SignIn { with, .. } => match with.word() {
                Some(word) => json!({ "with": word }),
                None => json!({}),
            },
            Self::AddPasskey(NewPasskey { id, .. }) | Self::RemovePasskey(id) => {
                json!({ "passkey": passkeys::spelled(id) })
            }
            Self::Accept(_) | Self::SignOut(_) | Self::End => json!({}),
        };
        if let Some((by, entries)) = by.zip(detail.as_object_mut()) {
            entries.insert("by".to_owned(), Value::String(by.to_string()));
        }
        detail.to_string()
    }
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberChanged {
    /// Done, with its line of the audit.
    Done,
    /// Nothing changed: somebody who works here has the name.
    Taken,
    /// Nothing changed: it is not there, or not any more.
    Missing,
    /// Nothing changed: nobody would be left who manages the staff.
    Last,
}

/// Something a member did or looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaffLine {
    /// What, as a word.
    pub action: &'static str,
    /// About which card.
    pub line: Option<LineId>,
    /// About which order.
    pub order: Option<OrderId>,
    /// In which call.
    pub call: Option<CallId>,
    /// What else belongs to it, as a JSON object without anything personal beyond ids.
    pub detail: String,
}

/// Which lines of the audit are looked for: those for which everything given holds.
#[derive(Clone, Copy, Debug)]
pub struct AuditSearch {
    /// Of this member.
    pub member: Option<StaffId>,
    /// About this card.
    pub line: Option<LineId>,
    /// Not before.
    pub since: Instant,
    /// Before.
    pub until: Instant,
    /// How many at most.
    pub limit: u32,
}

/// The staff as kept.
#[async_trait]
pub trait Staff: Send + Sync {
    /// Reads a member.
    async fn member(&self, id: StaffId) -> Result<Option<Member>, StoreError>;

    /// The member who signs in by a name.
    async fn member_named(&self, sign_in: &str) -> Result<Option<Member>, StoreError>;

    /// The member whom a link invites, by the SHA-256 of its secret, also after its time.
    async fn member_invited(&self, link: &Digest) -> Result<Option<Member>, StoreError>;

    /// Everybody, those who left included, by name.
    async fn members(&self) -> Result<Vec<Member>, StoreError>;

    /// What a member proves who they are with.
    async fn member_secrets(&self, id: StaffId) -> Result<MemberSecrets, StoreError>;

    /// The session of a token, by the token's SHA-256.
    async fn staff_session(&self, token: &Digest)
    -> Result<Option<StoredStaffSession>, StoreError>;

    /// Notes that a session was used.
    async fn touch_staff_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError>;

    /// Changes a member, with the line of their audit in the same commit. `by` is whoever did it, if not they themselves.
    async fn change_member(
        &self,
        member: StaffId,
        change: MemberChange,
        by: (Option<StaffId>, Instant),
    ) -> Result<MemberChanged, StoreError>;

    /// Writes a line of a member's audit.
    async fn note_staff(
        &self,
        member: StaffId,
        line: NewStaffLine,
        at: Instant,
    ) -> Result<(), StoreError>;

    /// The lines of the audit that are looked for, the newest first.
    async fn search_staff_audit(
        &self,
        search: AuditSearch,
    ) -> Result<Vec<StaffAuditLine>, StoreError>;

    /// Some lines of a member's audit in their order, from behind a number on.
    async fn staff_chain(
        &self,
        member: StaffId,
        after: u32,
        limit: u32,
    ) -> Result<Vec<StaffAuditLine>, StoreError>;

    /// Keeps where somebody wanted to go who has to sign in first, by the SHA-256 of what their browser keeps. Forgets
    /// what others left behind.
    async fn keep_target(
        &self,
        token: &Digest,
        target: &str,
        times: (Instant, Instant),
    ) -> Result<(), StoreError>;

    /// Where they wanted to go; told once, and not after its time.
    async fn take_target(&self, token: &Digest, now: Instant)
    -> Result<Option<String>, StoreError>;
}
