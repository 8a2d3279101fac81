//! What an account says of itself, its language and its password.

use crate::accounts::limits::{self, CONFIRM};
use crate::accounts::{SignedInSession, messages, passwords, sign_out};
use crate::ports::accounts::{Account, AccountChange, AccountContact, StoredSession};
use crate::wording::account::AccountMessage;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Language};

/// An account as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Since when, in which language, and whether there is a password.
    pub account: Account,
    /// Proven addresses, oldest first.
    pub contacts: Vec<AccountContact>,
    /// Signed-in devices that still live, last used first.
    pub sessions: Vec<StoredSession>,
}

/// Reads an account that must exist.
pub(crate) async fn account(app: &App, id: AccountId) -> Result<Account, Problem> {
    app.store.account(id).await?.ok_or(Problem::of(ProblemCode::Unauthorized))
}

/// Shows an account to its owner.
pub async fn profile(app: &App, id: AccountId) -> Result<Profile, Problem> {
    let account = account(app, id).await?;
    let contacts = app.store.account_contacts(id).await?;
    let mut sessions = app.store.account_sessions(id).await?;
    sessions.retain(|session| session.times.lives_at(app.now()));
    Ok(Profile { account, contacts, sessions })
}

/// Sets the language of messages.
pub async fn set_language(app: &App, id: AccountId, language: Language) -> Result<(), Problem> {
    let by = (Actor::Account(id), app.now());
    app.store.change_account(id, AccountChange::SetLanguage(language), by).await?;
    Ok(())
}

/// Sets the password, signs every other device out, and tells every address. Where there was one, it has to be typed.
pub async fn set_password(
    app: &App,
    here: SignedInSession,
    (current, new): (&str, &str),
) -> Result<(), Problem> {
    let id = here.account;
    if account(app, id).await?.password.is_some() {
        confirm(app, id, current).await.map_err(|problem| problem.in_field("current"))?;
    }
    let contacts = app.store.account_contacts(id).await?;
    let addresses: Vec<_> = contacts.into_iter().map(|contact| contact.address).collect();
    let hash = passwords::choose(app, new, &addresses).await?;
    let by = (Actor::Account(id), app.now());
    app.store.change_account(id, AccountChange::SetPassword(hash), by).await?;
    sign_out::sign_out_everywhere(app, id, Some(here.session)).await?;
    messages::tell(app, id, &AccountMessage::PasswordChanged).await
}

/// Confirms that it is the owner by the password. Ten wrong ones in a row are too many.
pub(crate) async fn confirm(app: &App, id: AccountId, password: &str) -> Result<(), Problem> {
    limits::count(app, CONFIRM, &id.to_string()).await?;
    let hash = account(app, id).await?.password;
    if passwords::is_right(password, hash).await? {
        limits::clear(app, CONFIRM, &id.to_string()).await
    } else {
        Err(Problem::of(ProblemCode::ProofFailed).in_field("password"))
    }
}
