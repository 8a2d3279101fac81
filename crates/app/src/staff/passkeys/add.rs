//! Adding a passkey, and removing one.

use super::ceremony::{self, Asked};
use super::{fresh, keep, site, waiting};
use crate::accounts::Visitor;
use crate::accounts::limits::{self, Rule, rule};
use crate::ports::passkeys;
use crate::ports::staff::{MemberChange, MemberChanged};
use crate::staff::StaffPresent;
use crate::{App, Problem, ProblemCode};

/// What waits for the answer of a session.
const PURPOSE: &str = "add";
/// Questions and answers of one member.
const ADD: Rule = rule("staff-passkey-add", 30, 600);
/// The passkeys of one member at most.
const MOST: usize = 20;

/// What the member's browser is to be asked, as JSON.
pub async fn ask_to_add(app: &App, present: &StaffPresent) -> Result<String, Problem> {
    fresh(present)?;
    let site = site(app)?;
    limits::count(app, ADD, &present.member.id.to_string()).await?;
    let known = app.store.passkeys(present.member.id).await?;
    if known.len() >= MOST {
        return Err(not_added());
    }
    let Asked { options, kept } = ceremony::ask_to_add(&site, &present.member, known)?;
    keep(app, &waiting(PURPOSE, &present.session.to_string()), &kept).await?;
    Ok(options)
}

/// Adds the passkey that the browser answers with.
pub async fn add(
    app: &App,
    present: &StaffPresent,
    answer: &str,
    visitor: &Visitor,
) -> Result<(), Problem> {
    fresh(present)?;
    let (site, member) = (site(app)?, present.member.id);
    let waiting = waiting(PURPOSE, &present.session.to_string());
    let kept = app.store.take_challenge(&waiting, app.now()).await?.ok_or_else(not_added)?;
    let added = ceremony::added(&site, (member, &kept), (answer, visitor.device_name()));
    let change = MemberChange::AddPasskey(added.ok_or_else(not_added)?);
    match app.store.change_member(member, change, (None, app.now())).await? {
        MemberChanged::Done => Ok(()),
        MemberChanged::Taken | MemberChanged::Missing | MemberChanged::Last => Err(not_added()),
    }
}

/// Removes one of the member's passkeys, by its id as text. Without any, the password and the code remain.
pub async fn remove(app: &App, present: &StaffPresent, passkey: &str) -> Result<(), Problem> {
    fresh(present)?;
    let missing = || Problem::of(ProblemCode::NotFound);
    let change = MemberChange::RemovePasskey(passkeys::read(passkey).ok_or_else(missing)?);
    match app.store.change_member(present.member.id, change, (None, app.now())).await? {
        MemberChanged::Done => Ok(()),
        MemberChanged::Taken | MemberChanged::Missing | MemberChanged::Last => Err(missing()),
    }
}

fn not_added() -> Problem {
    Problem::of(ProblemCode::PasskeyNotAdded)
}
