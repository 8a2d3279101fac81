//! Signing in with a passkey: a key pair of which the member's device keeps the secret half and uses it only when it has
//! made sure, by finger, face or PIN, who asks. A passkey is bound to this site's name, so that no other site can ask for
//! it; and it is beside the password, which stays.
//!
//! A browser is asked ([`ask_to_add`], [`ask_to_sign_in`]), and what it answers is good once, in this browser and for five
//! minutes.

mod add;
mod ceremony;
mod sign_in;

pub use add::{add, ask_to_add, remove};
pub use sign_in::{ask_to_sign_in, sign_in};

use super::StaffPresent;
use super::invite::digest_of;
use crate::ports::accounts::Digest;
use crate::ports::passkeys::Passkey;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::StaffId;

/// How long a browser may take to answer, in seconds: as long as it asks the member to hurry.
pub const ANSWER_SECONDS: i64 = 5 * 60;

/// The origin that passkeys belong to: `https://shop.example`. Nothing, where this installation cannot have any: browsers
/// keep them for the name of a site that is reached over TLS or on the same machine.
pub fn origin(app: &App) -> Option<String> {
    ceremony::Site::of(&app.base_url).map(|site| site.origin)
}

/// A member's passkeys, the oldest first.
pub async fn of(app: &App, member: StaffId) -> Result<Vec<Passkey>, Problem> {
    Ok(app.store.passkeys(member).await?)
}

fn site(app: &App) -> Result<ceremony::Site, Problem> {
    ceremony::Site::of(&app.base_url).ok_or(Problem::of(ProblemCode::NotFound))
}

/// Where it waits what a browser was asked. Of one purpose an answer is none for the other.
fn waiting(purpose: &str, browser: &str) -> Digest {
    digest_of(&format!("{purpose}:{browser}"))
}

async fn keep(app: &App, waiting: &Digest, asked: &[u8]) -> Result<(), Problem> {
    let now = app.now();
    let times = (now, now.plus_seconds(ANSWER_SECONDS));
    Ok(app.store.keep_challenge(waiting, asked, times).await?)
}

/// What somebody signs in with is changed only by whoever has just signed in.
fn fresh(present: &StaffPresent) -> Result<(), Problem> {
    if present.is_fresh { Ok(()) } else { Err(Problem::of(ProblemCode::SignInAgain)) }
}
