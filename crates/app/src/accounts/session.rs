//! Sessions: a signed-in device, known by a token of 256 random bits that is kept as a digest only.

use crate::accounts::Visitor;
use crate::ports::accounts::{AccountChange, Changed, Digest, NewSession, StoredSession};
use crate::{App, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::accounts::SessionTimes;
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Instant, SessionId};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A device that has just signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whose it is.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// The token that the device shows from now on; told once.
    pub token: String,
    /// When it ends if it is not used before.
    pub expires_at: Instant,
}

/// Never shows the token.
impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("account", &self.account).finish_non_exhaustive()
    }
}

/// Who is signed in on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedInSession {
    /// The account.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
}

fn digest_of(token: &str) -> Digest {
    Sha256::digest(token.as_bytes()).into()
}

/// Who a token belongs to; nobody, once it has ended. Its use is noted now and then.
pub async fn authenticate(app: &App, token: &str) -> Result<Option<SignedInSession>, Problem> {
    let digest = digest_of(token);
    let now = app.now();
    let found = app.store.session(&digest).await?;
    let Some(StoredSession { id, account, times, .. }) = found else { return Ok(None) };
    if !times.lives_at(now) {
        return Ok(None);
    }
    if times.wants_note(now) {
        app.store.touch_session(&digest, now).await?;
    }
    Ok(Some(SignedInSession { account, session: id }))
}

/// Signs a device in under a new token. The one it had before ends, so that nobody can plant one.
pub(crate) async fn start(
    app: &App,
    account: AccountId,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let now = app.now();
    let replaces = visitor.token.as_deref().map(digest_of);
    if let Some(before) = &replaces {
        end_of_another(app, account, before).await?;
    }
    let mut secret = [0; 32];
    app.randomness.fill(&mut secret);
    let token = URL_SAFE_NO_PAD.encode(secret);
    let id = SessionId::mint(now, account.cell(), app.randomness.bits());
    let device = visitor.device_name();
    let change =
        AccountChange::SignIn(NewSession { id, token: digest_of(&token), device, replaces });
    match app.store.change_account(account, change, (Actor::Account(account), now)).await? {
        Changed::Done => {
            let expires_at = SessionTimes { started_at: now, used_at: now }.ends_at();
            Ok(SignedIn { account, session: id, token, expires_at })
        }
        // Deleted a moment ago.
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::SignInFailed)),
    }
}

/// A device that was signed in to another account signs out there.
async fn end_of_another(app: &App, account: AccountId, token: &Digest) -> Result<(), Problem> {
    let Some(before) = app.store.session(token).await? else { return Ok(()) };
    if before.account != account {
        let by = (Actor::Account(before.account), app.now());
        let change = AccountChange::SignOut(before.id);
        app.store.change_account(before.account, change, by).await?;
    }
    Ok(())
}
