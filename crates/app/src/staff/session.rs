//! Sessions of the staff: twelve hours, and a quarter of an hour without use.

use super::invite::digest_of;
use crate::accounts::Visitor;
use crate::ports::staff::{
    Member, MemberChange, MemberChanged, NewStaffSession, SignInWith, StoredStaffSession,
};
use crate::{App, Mode, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::kernel::{Cell, Instant, SessionId, StaffId};
use farline_domain::staff::StaffSession;
use std::fmt;

/// A device that has just signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffSignedIn {
    /// Whose it is.
    pub member: StaffId,
    /// The session.
    pub session: SessionId,
    /// The token that the device shows from now on; told once.
    pub token: String,
}

/// Never shows the token.
impl fmt::Debug for StaffSignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffSignedIn").field("member", &self.member).finish_non_exhaustive()
    }
}

/// Who is signed in on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPresent {
    /// The member, with the roles of this moment.
    pub member: Member,
    /// The session.
    pub session: SessionId,
    /// When it ends if it is not used before.
    pub ends_at: Instant,
    /// Whether what the member signs in with may be changed now: they have just proved who they are.
    pub is_fresh: bool,
}

/// Who a token belongs to; nobody, once it has ended. Its use is noted now and then. Those of the demonstration, who prove
/// nothing, are nobody where money is real.
pub async fn authenticate(app: &App, token: &str) -> Result<Option<StaffPresent>, Problem> {
    let (digest, now) = (digest_of(token), app.now());
    let found = app.store.staff_session(&digest).await?;
    let Some(StoredStaffSession { id, member, times, .. }) = found else { return Ok(None) };
    if !times.lives_at(now) {
        return Ok(None);
    }
    let member = app.store.member(member).await?.filter(Member::is_active);
    let Some(member) = member else { return Ok(None) };
    if app.mode == Mode::Live && app.store.member_secrets(member.id).await?.totp.is_none() {
        return Ok(None);
    }
    if times.wants_note(now) {
        app.store.touch_staff_session(&digest, now).await?;
    }
    let ends_at = StaffSession { used_at: now, ..times }.ends_at();
    Ok(Some(StaffPresent { member, session: id, ends_at, is_fresh: times.is_fresh_at(now) }))
}

/// Signs a device in under a new token, with what was shown. The token it had before ends, so that nobody can plant
/// one.
pub(super) async fn start(
    app: &App,
    member: StaffId,
    with: SignInWith,
    visitor: &Visitor,
) -> Result<StaffSignedIn, Problem> {
    let now = app.now();
    let mut secret = [0; 32];
    app.randomness.fill(&mut secret);
    let token = URL_SAFE_NO_PAD.encode(secret);
    let id = SessionId::mint(now, Cell::numbered(0), app.randomness.bits());
    let session = NewStaffSession {
        id,
        token: digest_of(&token),
        device: visitor.device_name(),
        replaces: visitor.token.as_deref().map(digest_of),
    };
    let change = MemberChange::SignIn { session, with };
    match app.store.change_member(member, change, (None, now)).await? {
        MemberChanged::Done => Ok(StaffSignedIn { member, session: id, token }),
        // The code or the passkey was used a moment ago, or the member has just left.
        MemberChanged::Taken | MemberChanged::Missing | MemberChanged::Last => {
            Err(Problem::of(ProblemCode::StaffSignInFailed))
        }
    }
}
