//! How often may be tried what can be guessed, and sent what costs money.

use crate::ports::records::Limit;
use crate::{App, Problem};

const TEN_MINUTES: i64 = 600;
const DAY: i64 = 24 * 60 * 60;

/// A limit, without whom it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    name: &'static str,
    most: u32,
    pub(crate) window_seconds: i64,
}

/// Makes one: what is counted, how often it may be, and within how many seconds.
pub(crate) const fn rule(name: &'static str, most: u32, window_seconds: i64) -> Rule {
    Rule { name, most, window_seconds }
}

/// Messages with a code or a link to one address.
pub(crate) const SEND: Rule = rule("account-send", 3, TEN_MINUTES);
/// The same over a day: with five tries each, a hundred guesses in a million codes.
pub(crate) const SEND_DAY: Rule = rule("account-send-day", 20, DAY);
/// Messages asked for from one network address.
pub(crate) const SEND_NETWORK: Rule = rule("account-send-network", 20, TEN_MINUTES);
/// Wrong passwords in a row for one account, or one address that has none.
pub(crate) const SIGN_IN: Rule = rule("account-sign-in", 10, 900);
/// Telling an account that somebody tries.
pub(crate) const TELL_TRIES: Rule = rule("account-tell-tries", 1, 900);
/// Attempts to sign in, by password or code, from one network address.
pub(crate) const SIGN_IN_NETWORK: Rule = rule("account-sign-in-network", 60, TEN_MINUTES);
/// Tries of one account's own password while signed in.
pub(crate) const CONFIRM: Rule = rule("account-confirm", 10, 900);
/// Tries of a line's PIN.
pub(crate) const PIN: Rule = rule("line-pin", 5, DAY);
/// Tries of a line's PUK.
pub(crate) const PUK: Rule = rule("line-puk", 10, DAY);
/// Requests to the holder of one line.
pub(crate) const ASK_LINE: Rule = rule("line-ask", 5, DAY);
/// Requests and invitations of one account.
pub(crate) const ASK: Rule = rule("account-ask", 20, DAY);

/// Counts one more, and refuses when it is one too many. The subject is an id or a keyed digest,
/// never an address in clear.
pub(crate) async fn count(app: &App, rule: Rule, subject: &str) -> Result<(), Problem> {
    let Rule { name, most, window_seconds } = rule;
    let limit = Limit { name, subject, most, window_seconds };
    let now = app.now();
    match app.store.hit(limit, now).await? {
        Some(retry_at) => Err(Problem::too_many(retry_at, now)),
        None => Ok(()),
    }
}

/// Takes one back, which came to nothing or turned out well.
pub(crate) async fn take_back(app: &App, rule: Rule, subject: &str) -> Result<(), Problem> {
    Ok(app.store.take_back(rule.name, subject, app.now()).await?)
}

/// How often it was counted.
pub(crate) async fn counted(app: &App, rule: Rule, subject: &str) -> Result<u32, Problem> {
    Ok(app.store.counted(rule.name, subject, app.now()).await?)
}

/// Starts counting anew, after a success.
pub(crate) async fn clear(app: &App, rule: Rule, subject: &str) -> Result<(), Problem> {
    Ok(app.store.clear(rule.name, subject).await?)
}

/// A digest as the subject of a limit.
pub(crate) fn subject(digest: &[u8; 32]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest)
}
