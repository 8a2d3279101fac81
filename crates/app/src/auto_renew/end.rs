//! Ending an auto-renew. It is confirmed in writing.

use crate::accounts::HolderOf;
use crate::{App, Problem, lines};
use farline_domain::auto_renew::AutoRenew;
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::{AccountId, ContactId, LineId};

/// Ends it at the holder's wish. Ending what has ended changes nothing.
pub async fn end(app: &App, holder: HolderOf) -> Result<(), Problem> {
    stop(app, holder.line(), Actor::Account(holder.account())).await
}

/// Ends it because what it rests on has gone: the account, its right to the line, the method.
pub async fn stop(app: &App, line: LineId, actor: Actor) -> Result<(), Problem> {
    app.decide(line, LineCommand::EndAutoRenew, actor).await.map(drop)
}

/// Ends what an account agreed to for a line that it leaves, and says by which contact records it was to be told, so that they can be
/// erased with the account.
pub(crate) async fn leave(
    app: &App,
    account: AccountId,
    line: LineId,
) -> Result<Vec<ContactId>, Problem> {
    let consents = app.store.consents(line).await?;
    let theirs = consents.iter().filter(|record| record.consent.payer.account == Some(account));
    let contacts: Vec<ContactId> = theirs.map(|record| record.consent.payer.contact).collect();
    let standing = lines::find::view(app, line).await?.auto_renew.filter(AutoRenew::is_on);
    if standing.is_some_and(|standing| standing.consent.payer.account == Some(account)) {
        stop(app, line, Actor::Account(account)).await?;
    }
    Ok(contacts)
}
