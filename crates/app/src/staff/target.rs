//! Where somebody wanted to go who had to sign in first. A screen pop carries a caller's number: it waits here, not
//! in an address or a page that a stranger sees.

use super::invite::digest_of;
use crate::accounts::Visitor;
use crate::accounts::limits::{self, Rule, rule};
use crate::{App, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How long it waits, in seconds.
const WAIT_SECONDS: i64 = 15 * 60;
/// Targets kept for one network address; who asks for more comes to the first page of the desk.
const KEEP: Rule = rule("staff-target", 60, 600);
/// What is longer is not kept, in octets.
const LONGEST: usize = 1024;

/// Keeps a target, and returns what the browser is to bring along again. Nothing, if it is not to be kept.
pub async fn keep_target(
    app: &App,
    target: &str,
    visitor: &Visitor,
) -> Result<Option<String>, Problem> {
    if target.len() > LONGEST || limits::count(app, KEEP, &visitor.network).await.is_err() {
        return Ok(None);
    }
    let mut secret = [0; 32];
    app.randomness.fill(&mut secret);
    let token = URL_SAFE_NO_PAD.encode(secret);
    let now = app.now();
    let times = (now, now.plus_seconds(WAIT_SECONDS));
    app.store.keep_target(&digest_of(&token), target, times).await?;
    Ok(Some(token))
}

/// The target of what a browser brought along; told once.
pub async fn take_target(app: &App, token: &str) -> Result<Option<String>, Problem> {
    Ok(app.store.take_target(&digest_of(token), app.now()).await?)
}
