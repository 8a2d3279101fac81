//! The helpers of a line: named by its holder, accepted by themselves, revoked at any time.

use crate::accounts::limits::{self, ASK};
use crate::accounts::{HolderOf, address_of, approve, name_of};
use crate::ports::accounts::{AccountChange, Changed};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::accounts::{LineRequest, RequestId, RequestKind, Rights};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Instant};

/// A helper, or somebody who was asked to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// How far it has come.
    pub place: HelperPlace,
    /// What the holder calls them; may be empty.
    pub name: String,
    /// Where they are reached, masked.
    pub contact: String,
    /// Since when they help, or when they were asked.
    pub since: Instant,
}

/// How far the naming of a helper has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelperPlace {
    /// They help.
    Active(AccountId),
    /// They were asked and have not answered.
    Asked(RequestId),
}

/// Who helps with a line and who was asked.
pub async fn list(app: &App, holder: HolderOf) -> Result<Vec<Helper>, Problem> {
    let mut helpers = Vec::new();
    for person in app.store.people_of_line(holder.line()).await? {
        if person.rights == Rights::Helper {
            let contacts = app.store.account_contacts(person.account).await?;
            helpers.push(Helper {
                place: HelperPlace::Active(person.account),
                name: person.name,
                contact: contacts.first().map(|one| one.address.masked()).unwrap_or_default(),
                since: person.since,
            });
        }
    }
    for stored in app.store.requests_of_line(holder.line()).await? {
        let request = stored.request;
        if request.kind == RequestKind::BecomeHelper && request.is_open_at(app.now()) {
            helpers.push(Helper {
                place: HelperPlace::Asked(request.id),
                name: stored.name,
                contact: stored.sent_to.map(|address| address.masked()).unwrap_or_default(),
                since: request.asked_at,
            });
        }
    }
    Ok(helpers)
}

/// Sends somebody a link by which they become a helper once they have signed in. Whether they have an
/// account is not told.
pub async fn invite(
    app: &App,
    holder: HolderOf,
    (contact, name): (&str, &str),
) -> Result<LineRequest, Problem> {
    let address = address_of(contact).map_err(|problem| problem.in_field("contact"))?;
    let name = name_of(name, "name")?;
    limits::count(app, ASK, &holder.account().to_string()).await?;
    let account = app.store.account(holder.account()).await?;
    let language = account.ok_or(Problem::of(ProblemCode::Unauthorized))?.language;
    let view = lines::find::view(app, holder.line()).await?;
    let asked = (holder.account(), holder.line());
    let to = Some((address.clone(), name));
    let request = approve::make(app, asked, RequestKind::BecomeHelper, to).await?;
    approve::send(app, &request, (&address, language), &view).await?;
    Ok(request)
}

/// Takes a helper's rights away. It takes effect with the answer.
pub async fn revoke(app: &App, holder: HolderOf, helper: AccountId) -> Result<(), Problem> {
    let rights = app.store.rights_to_line(helper, holder.line()).await?;
    if rights != Some(Rights::Helper) {
        return Err(Problem::of(ProblemCode::NotFound));
    }
    let by = (Actor::Account(holder.account()), app.now());
    let change = AccountChange::Leave(holder.line());
    done(app.store.change_account(helper, change, by).await?)
}

/// Takes an invitation back that was not answered.
pub async fn withdraw(app: &App, holder: HolderOf, request: RequestId) -> Result<(), Problem> {
    let by = (Actor::Account(holder.account()), app.now());
    let change = AccountChange::Withdraw(request);
    done(app.store.change_account(holder.account(), change, by).await?)
}

fn done(changed: Changed) -> Result<(), Problem> {
    match changed {
        Changed::Done => Ok(()),
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}
