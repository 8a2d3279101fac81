//! Following the link of an invitation: choosing a name and a password, and adding an authenticator app. The
//! secret of the codes follows from the link, so that nothing is kept before it is confirmed, and the page can
//! be opened again.

use super::invite::digest_of;
use super::sign_in::SIGN_IN_NETWORK;
use super::totp::{self, SECRET_OCTETS};
use super::{StaffSignedIn, sealed, session};
use crate::accounts::{Visitor, limits, name_of, passwords};
use crate::ports::staff::{
    Accepted, Member, MemberChange, MemberChanged, MemberSecrets, MemberState, SignInWith,
};
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{Instant, Language};

/// An invitation as its page shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Who is invited.
    pub member: Member,
    /// Until when the link opens.
    pub until: Instant,
    /// The secret of the codes, to be typed into an authenticator app.
    pub secret: String,
    /// The same as the address in the picture that an app reads.
    pub address: String,
}

/// Never shows the secret.
impl std::fmt::Debug for OpenInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenInvitation").field("member", &self.member).finish_non_exhaustive()
    }
}

/// What somebody who follows the link has filled in.
#[derive(Clone, Copy)]
pub struct Acceptance<'a> {
    /// What colleagues call them.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
    /// What their authenticator app shows.
    pub code: &'a str,
    /// The language of their pages.
    pub language: Language,
}

fn secret_of(app: &App, link: &str) -> Vec<u8> {
    let whole = Seal(&app.keys.secrets).digest("staff-codes", link);
    whole.into_iter().take(SECRET_OCTETS).collect()
}

/// The member a link invites. One that was followed, has ended or was never made gives the same answer.
async fn invited(app: &App, link: &str) -> Result<(Member, Instant), Problem> {
    let ended = || Problem::of(ProblemCode::LinkExpired);
    let member = app.store.member_invited(&digest_of(link)).await?.ok_or_else(ended)?;
    match member.state {
        MemberState::Invited { until } if app.now() < until => Ok((member, until)),
        MemberState::Invited { .. } | MemberState::Active | MemberState::Ended => Err(ended()),
    }
}

/// Opens the link.
pub async fn open(app: &App, link: &str) -> Result<OpenInvitation, Problem> {
    let (member, until) = invited(app, link).await?;
    let secret = secret_of(app, link);
    let issuer = app.business.brand.get(member.language);
    let address = totp::address(&secret, (issuer, &member.sign_in));
    Ok(OpenInvitation { member, until, secret: totp::spelled(&secret), address })
}

/// Follows the link, and signs in.
pub async fn accept(
    app: &App,
    link: &str,
    acceptance: Acceptance<'_>,
    visitor: &Visitor,
) -> Result<StaffSignedIn, Problem> {
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let (member, _) = invited(app, link).await?;
    let name = name_of(acceptance.name, "name")?;
    if name.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("name"));
    }
    let secret = secret_of(app, link);
    let wrong = || Problem::of(ProblemCode::TotpWrong).in_field("code");
    let password =
        passwords::choose_beside_a_code(app, acceptance.password, &member.sign_in).await?;
    let step = totp::step_of(&secret, acceptance.code, app.now()).ok_or_else(wrong)?;
    let totp = sealed::seal(app, member.id, &secret)?;
    let accepted = Accepted {
        link: digest_of(link),
        name,
        language: acceptance.language,
        secrets: MemberSecrets { password: Some(password), totp: Some(totp) },
        step,
    };
    let by = (None, app.now());
    match app.store.change_member(member.id, MemberChange::Accept(accepted), by).await? {
        MemberChanged::Done => session::start(app, member.id, SignInWith::Nothing, visitor).await,
        MemberChanged::Taken | MemberChanged::Missing | MemberChanged::Last => {
            Err(Problem::of(ProblemCode::LinkExpired))
        }
    }
}
