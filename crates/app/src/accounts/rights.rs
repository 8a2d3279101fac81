//! Permission as a value: who has one was allowed to, and who has none cannot call.

use crate::{App, Problem, ProblemCode, lines};
use farline_domain::accounts::Rights;
use farline_domain::kernel::{AccountId, LineId};

/// The holder of a line, if it has one.
pub async fn holder(app: &App, line: LineId) -> Result<Option<AccountId>, Problem> {
    let people = app.store.people_of_line(line).await?;
    let holder = people.iter().find(|person| person.rights == Rights::Holder);
    Ok(holder.map(|holder| holder.account))
}

/// That an account may see and renew a line. Only [`permit`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permitted {
    account: AccountId,
    line: LineId,
    rights: Rights,
}

impl Permitted {
    /// The line.
    pub const fn line(self) -> LineId {
        self.line
    }

    /// Whose permission it is.
    pub const fn account(self) -> AccountId {
        self.account
    }

    /// What it allows.
    pub const fn rights(self) -> Rights {
        self.rights
    }

    /// The permission of a holder; a helper is told that it takes the holder.
    pub fn as_holder(self) -> Result<HolderOf, Problem> {
        match self.rights {
            Rights::Holder => Ok(HolderOf(self)),
            Rights::Helper => Err(Problem::of(ProblemCode::Forbidden)),
        }
    }
}

/// That an account is the holder of a line. Only [`Permitted::as_holder`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HolderOf(Permitted);

impl HolderOf {
    /// The line.
    pub const fn line(self) -> LineId {
        self.0.line
    }

    /// The holder.
    pub const fn account(self) -> AccountId {
        self.0.account
    }
}

/// What an account may do with a line, if anything.
pub async fn rights(
    app: &App,
    account: AccountId,
    line: LineId,
) -> Result<Option<Rights>, Problem> {
    Ok(app.store.rights_to_line(account, line).await?)
}

/// Permits an account what it may do with a line. Without rights there is no such line for it.
pub async fn permit(app: &App, account: AccountId, line: LineId) -> Result<Permitted, Problem> {
    let rights = rights(app, account, line).await?;
    let rights = rights.ok_or(Problem::of(ProblemCode::NotFound))?;
    Ok(Permitted { account, line, rights })
}

/// The same by number. One that does not exist and one that is somebody else's answer the same.
pub async fn permit_number(
    app: &App,
    account: AccountId,
    number: &str,
) -> Result<Permitted, Problem> {
    match lines::find(app, number).await {
        Ok(line) => permit(app, account, line).await,
        Err(problem) if problem.code == ProblemCode::UnknownLine => {
            Err(Problem::of(ProblemCode::NotFound))
        }
        Err(problem) => Err(problem),
    }
}
