//! Signing out, here and everywhere.

use crate::ports::accounts::{AccountChange, Changed};
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, SessionId};

/// Signs one device out. It takes effect with the answer.
pub async fn sign_out(app: &App, account: AccountId, session: SessionId) -> Result<(), Problem> {
    let by = (Actor::Account(account), app.now());
    match app.store.change_account(account, AccountChange::SignOut(session), by).await? {
        Changed::Done => Ok(()),
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}

/// Signs every device out, or every other one.
pub async fn sign_out_everywhere(
    app: &App,
    account: AccountId,
    except: Option<SessionId>,
) -> Result<(), Problem> {
    let by = (Actor::Account(account), app.now());
    app.store.change_account(account, AccountChange::SignOutEverywhere(except), by).await?;
    Ok(())
}
