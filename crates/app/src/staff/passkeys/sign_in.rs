//! Signing in with a passkey. The device names the member, so no name is typed; whatever does not fit, the answer is the
//! same.

use super::ceremony::{self, Answer, Asked, Refusal};
use super::{keep, site, waiting};
use crate::accounts::Visitor;
use crate::accounts::limits::{self, Rule, rule};
use crate::ports::passkeys::{self, Passkey, PasskeyUse};
use crate::ports::staff::{Member, SignInWith};
use crate::staff::sign_in::SIGN_IN_NETWORK;
use crate::staff::{StaffNote, StaffSignedIn, note, session};
use crate::tokens::Seal;
use crate::{App, Mode, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

/// What waits for the answer of a browser.
const PURPOSE: &str = "sign-in";
/// Questions to one network address.
const ASK_NETWORK: Rule = rule("staff-passkey-ask", 60, 600);
/// Wrong answers in a row with one passkey, known or not.
const ANSWER: Rule = rule("staff-passkey", 10, 900);

/// What the browser is to be asked, as JSON, and what it is to bring along with its answer.
pub async fn ask_to_sign_in(app: &App, visitor: &Visitor) -> Result<(String, String), Problem> {
    let site = site(app)?;
    limits::count(app, ASK_NETWORK, &visitor.network).await?;
    let Asked { options, kept } = ceremony::ask_to_sign_in(&site)?;
    let mut secret = [0; 32];
    app.randomness.fill(&mut secret);
    let browser = URL_SAFE_NO_PAD.encode(secret);
    keep(app, &waiting(PURPOSE, &browser), &kept).await?;
    Ok((options, browser))
}

/// Signs in with what the browser answers to what it was asked.
pub async fn sign_in(
    app: &App,
    (answer, browser): (&str, &str),
    visitor: &Visitor,
) -> Result<StaffSignedIn, Problem> {
    let site = site(app)?;
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let kept = app.store.take_challenge(&waiting(PURPOSE, browser), app.now()).await?;
    let answer = Answer::read(answer).ok_or_else(failed)?;
    let id = passkeys::spelled(&answer.passkey());
    let subject = limits::subject(&Seal(&app.keys.secrets).digest("staff-passkey", &id));
    limits::count(app, ANSWER, &subject).await?;
    let passkey = app.store.passkey(&answer.passkey()).await?.ok_or_else(failed)?;
    let member = app.store.member(passkey.member).await?.filter(Member::is_active);
    let member = member.ok_or_else(failed)?;
    // Those of the demonstration prove nothing else, and are nobody where money is real.
    if app.mode == Mode::Live && app.store.member_secrets(member.id).await?.totp.is_none() {
        return Err(failed());
    }
    let after = match answer.check(&site, &kept.ok_or_else(failed)?, &passkey)? {
        Ok(after) => after,
        Err(refusal) => return Err(refused(app, &passkey, refusal).await?),
    };
    let used = PasskeyUse { id: passkey.id, before: passkey.state, after };
    let started = session::start(app, member.id, SignInWith::Passkey(used), visitor).await;
    let started = started.map_err(|problem| match problem.code {
        ProblemCode::StaffSignInFailed => failed(),
        _ => problem,
    })?;
    limits::clear(app, ANSWER, &subject).await?;
    Ok(started)
}

/// An answer of a passkey that is known and does not count stands in its member's audit.
async fn refused(app: &App, passkey: &Passkey, refusal: Refusal) -> Result<Problem, Problem> {
    let detail = json!({ "passkey": passkeys::spelled(&passkey.id), "why": refusal.word() });
    let line = StaffNote { detail, ..StaffNote::of("passkey_refused") };
    note(app, passkey.member, line).await?;
    Ok(failed())
}

fn failed() -> Problem {
    Problem::of(ProblemCode::PasskeyFailed)
}
