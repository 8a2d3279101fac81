//! Signing in with a password and a code, both at once. Whatever does not fit, the answer is the same and takes
//! as long: neither a name nor half of what it takes can be found out.

use super::{StaffSignedIn, sealed, session, totp};
use crate::accounts::limits::{self, Rule, rule};
use crate::accounts::{Visitor, passwords};
use crate::ports::staff::{Member, MemberSecrets, SignInWith};
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};

/// Wrong attempts in a row by one name, known or not.
const SIGN_IN: Rule = rule("staff-sign-in", 10, 900);
/// Attempts from one network address.
pub(super) const SIGN_IN_NETWORK: Rule = rule("staff-sign-in-network", 60, 600);
/// What the codes of unknown names are compared with.
const NOBODY: [u8; totp::SECRET_OCTETS] = [0x5a; totp::SECRET_OCTETS];

/// What somebody signs in with.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// The name.
    pub sign_in: &'a str,
    /// The password.
    pub password: &'a str,
    /// What their authenticator app shows.
    pub code: &'a str,
}

/// Signs in.
pub async fn sign_in(
    app: &App,
    credentials: Credentials<'_>,
    visitor: &Visitor,
) -> Result<StaffSignedIn, Problem> {
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let name = credentials.sign_in.trim().to_lowercase();
    let subject = limits::subject(&Seal(&app.keys.secrets).digest("staff-sign-in", &name));
    limits::count(app, SIGN_IN, &subject).await?;
    let member = app.store.member_named(&name).await?.filter(Member::is_active);
    let MemberSecrets { password, totp } = match &member {
        Some(member) => app.store.member_secrets(member.id).await?,
        None => MemberSecrets::default(),
    };
    let fits = passwords::is_right(credentials.password, password).await?;
    let secret = match member.as_ref().zip(totp) {
        Some((member, sealed)) => Some(sealed::open(app, member.id, &sealed)?),
        None => None,
    };
    let compared = secret.as_deref().unwrap_or(&NOBODY);
    let step = totp::step_of(compared, credentials.code, app.now()).filter(|_| secret.is_some());
    let failed = || Problem::of(ProblemCode::StaffSignInFailed);
    let (member, step) = member.zip(step).filter(|_| fits).ok_or_else(failed)?;
    let started = session::start(app, member.id, SignInWith::Code(step), visitor).await?;
    limits::clear(app, SIGN_IN, &subject).await?;
    Ok(started)
}
