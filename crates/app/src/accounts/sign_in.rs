//! Signing in, with a password or with a code.

use crate::accounts::codes::{self, Challenge, Form, send_to_stranger, signing_in};
use crate::accounts::limits::{self, SIGN_IN, SIGN_IN_NETWORK, TELL_TRIES};
use crate::accounts::{
    SignedIn, Visitor, address_key, address_of, find, messages, passwords, session, verify,
};
use crate::wording::account::AccountMessage;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{AccountId, Language};

/// Signs in with a password. For an address without an account the same work is done, and the answer
/// is the same as for a wrong password.
pub async fn with_password(
    app: &App,
    who: &str,
    password: &str,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let address = address_of(who).map_err(|problem| problem.in_field("who"))?;
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let account = find(app, &address).await?;
    let by_address = || limits::subject(&address_key(app, &address));
    let subject = account.map_or_else(by_address, |account| account.to_string());
    if let Err(problem) = limits::count(app, SIGN_IN, &subject).await {
        tell(app, account, &problem).await;
        return Err(problem);
    }
    let kept = match account {
        Some(account) => app.store.account(account).await?,
        None => None,
    };
    let hash = kept.and_then(|account| account.password);
    let is_right = passwords::is_right(password, hash).await?;
    let failed = || Problem::of(ProblemCode::SignInFailed);
    let account = account.filter(|_| is_right).ok_or_else(failed)?;
    limits::clear(app, SIGN_IN, &subject).await?;
    session::start(app, account, visitor).await
}

/// Tells the account once that somebody tries. What goes wrong here must not show to who tries.
async fn tell(app: &App, account: Option<AccountId>, problem: &Problem) {
    let Some((account, until)) = account.zip(problem.retry_at) else { return };
    if limits::count(app, TELL_TRIES, &account.to_string()).await.is_ok() {
        let until = messages::house_time(app, until);
        let what = AccountMessage::WrongTries { until: &until };
        if messages::tell(app, account, &what).await.is_err() {
            tracing::warn!("an account could not be told of wrong tries");
        }
    }
}

/// Sends a code to sign in with. To an address without an account nothing is sent, and the answer is
/// the same.
pub async fn send_code(
    app: &App,
    who: &str,
    language: Language,
    visitor: &Visitor,
) -> Result<Challenge, Problem> {
    let address = address_of(who).map_err(|problem| problem.in_field("who"))?;
    let awaiting = signing_in(app, address, language).await?;
    send_to_stranger(app, Form::SignIn, &awaiting, visitor).await
}

/// Signs in with the code sent to an address, for programs that do not keep the challenge.
pub async fn with_code(
    app: &App,
    who: &str,
    code: &str,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let address = address_of(who).map_err(|problem| problem.in_field("who"))?;
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let subject = codes::subject(app, Form::SignIn, &address, None);
    let awaiting = codes::open(app, subject, code).await?;
    verify::come_in(app, awaiting, visitor).await
}
