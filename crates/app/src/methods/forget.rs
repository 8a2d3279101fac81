//! Forgetting a saved method: the lines that it renews stop renewing themselves, the provider forgets it, then we do.

use crate::{App, Problem, ProblemCode, auto_renew};
use farline_domain::auto_renew::{AutoRenew, Means};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};

/// Forgets a method of an account.
pub async fn forget(app: &App, account: AccountId, id: SavedMethodId) -> Result<(), Problem> {
    let methods = app.store.methods_of_account(account).await?;
    let found = methods.into_iter().find(|method| method.id == id);
    let found = found.ok_or(Problem::of(ProblemCode::NotFound))?;
    for line in renewed_with(app, account, id).await? {
        auto_renew::stop(app, line, Actor::Account(account)).await?;
    }
    // One that is not configured any more cannot be told; its dashboard has to.
    if let Some(provider) = app.providers.find(&found.provider) {
        let told = provider.forget_method(&found.saved.customer, &found.saved.id).await;
        let told = told.map_err(Problem::provider_unavailable)?;
        told.map_err(|refusal| Problem::provider_unavailable(refusal.code))?;
    }
    app.store.forget_method(account, id).await?;
    Ok(())
}

/// Forgets all methods of an account that is about to be deleted. A provider that does not answer keeps its own record until
/// somebody removes it there: nobody is held back from leaving by that.
pub(crate) async fn forget_all(app: &App, account: AccountId) -> Result<(), Problem> {
    for method in app.store.methods_of_account(account).await? {
        if let Some(provider) = app.providers.find(&method.provider) {
            let told = provider.forget_method(&method.saved.customer, &method.saved.id).await;
            if !matches!(told, Ok(Ok(()))) {
                tracing::warn!(method = %method.id, "a provider still keeps a method");
            }
        }
        app.store.forget_method(account, method.id).await?;
    }
    Ok(())
}

/// The lines that an account renews by itself with a method.
pub async fn renewed_with(
    app: &App,
    account: AccountId,
    id: SavedMethodId,
) -> Result<Vec<LineId>, Problem> {
    let mut lines = Vec::new();
    for person in app.store.lines_of_account(account).await? {
        let view = crate::lines::find::view(app, person.line).await?;
        if view.auto_renew.is_some_and(|standing| uses(&standing, id)) {
            lines.push(person.line);
        }
    }
    Ok(lines)
}

fn uses(standing: &AutoRenew, id: SavedMethodId) -> bool {
    standing.is_on() && matches!(&standing.consent.means, Means::Saved(method) if method.id == id)
}
