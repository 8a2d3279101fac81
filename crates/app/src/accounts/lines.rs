//! The lines of an account, and what is left on one.

use crate::accounts::{Permitted, name_of};
use crate::ports::accounts::{AccountChange, Changed, LinePerson};
use crate::ports::lines::LineView;
use crate::{App, Problem, ProblemCode, auto_renew, lines};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, LineId, Zone};
use farline_domain::lines::LineStatus;

/// One line of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyLine {
    /// The account's place with it, and what it calls it.
    pub person: LinePerson,
    /// The line with its buckets.
    pub view: LineView,
    /// Where it stands today.
    pub status: LineStatus,
    /// The zone of its dates.
    pub zone: Zone,
}

/// What is left on a line, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The line with its buckets.
    pub view: LineView,
    /// Where it stands today.
    pub status: LineStatus,
    /// The zone of its dates.
    pub zone: Zone,
}

/// Own and helped lines, the newest first.
pub async fn mine(app: &App, account: AccountId) -> Result<Vec<MyLine>, Problem> {
    let mut mine = Vec::new();
    for person in app.store.lines_of_account(account).await? {
        let view = lines::find::view(app, person.line).await?;
        let (status, zone) = stands(app, &view)?;
        mine.push(MyLine { person, view, status, zone });
    }
    Ok(mine)
}

/// What is left on a line.
pub async fn balance(app: &App, permitted: Permitted) -> Result<Balance, Problem> {
    let view = lines::find::view(app, permitted.line()).await?;
    let (status, zone) = stands(app, &view)?;
    Ok(Balance { view, status, zone })
}

fn stands(app: &App, view: &LineView) -> Result<(LineStatus, Zone), Problem> {
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let status = rule.status_on(view.line.dates, rule.today(app.now()));
    Ok((status, rule.zone.clone()))
}

/// Gives a line a name that only this account sees; an empty one takes it away. It may be given before
/// the line is proven.
pub async fn call(
    app: &App,
    account: AccountId,
    line: LineId,
    nickname: &str,
) -> Result<(), Problem> {
    let nickname = name_of(nickname, "nickname")?;
    let by = (Actor::Account(account), app.now());
    app.store.change_account(account, AccountChange::CallLine(line, nickname), by).await?;
    Ok(())
}

/// Takes a line off the account's list. When its holder does, the helpers' rights end too, and so does what the holder agreed to
/// for its renewing itself. The line itself stays as it is.
pub async fn leave(app: &App, permitted: Permitted) -> Result<(), Problem> {
    let account = permitted.account();
    auto_renew::end::leave(app, account, permitted.line()).await?;
    let by = (Actor::Account(account), app.now());
    let change = AccountChange::Leave(permitted.line());
    match app.store.change_account(account, change, by).await? {
        Changed::Done => Ok(()),
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}
