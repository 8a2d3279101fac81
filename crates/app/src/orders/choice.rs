//! How an order is to be paid, as it was typed: nothing, a provider's name, the line's credit, or a saved method.

use crate::{App, Problem, ProblemCode, accounts, methods};
use farline_domain::accounts::Rights;
use farline_domain::commands::PayWith;
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};

/// The word for the line's own credit.
pub const CREDIT: &str = "credit";

/// How an order is to be paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// By what.
    pub pay_with: PayWith,
    /// At which provider, where that was said.
    pub provider: Option<String>,
}

/// Whether only somebody with an account can pay with what was typed.
pub fn needs_account(typed: &str) -> bool {
    typed == CREDIT || SavedMethodId::parse(typed).is_some()
}

/// Reads it, and refuses what the caller may not spend: the line's credit is for its holder alone, a saved method for whose it
/// is, on a card of theirs.
pub async fn choice(
    app: &App,
    (account, line): (Option<AccountId>, LineId),
    typed: Option<&str>,
) -> Result<Choice, Problem> {
    let refuse = |code| Problem::of(code).in_field("pay_with");
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else {
        return Ok(Choice::default());
    };
    let method = SavedMethodId::parse(typed);
    if typed != CREDIT && method.is_none() {
        let found = app.providers.find(typed).ok_or_else(|| refuse(ProblemCode::FieldInvalid))?;
        let provider = Some(found.name().to_owned());
        return Ok(Choice { pay_with: PayWith::Page, provider });
    }
    let account = account.ok_or_else(|| refuse(ProblemCode::Unauthorized))?;
    let rights = accounts::rights(app, account, line).await?;
    let pay_with = match (method, rights) {
        (Some(method), Some(Rights::Holder | Rights::Helper)) => {
            PayWith::Saved(methods::usable(app, account, method).await?.kept(), true)
        }
        (None, Some(Rights::Holder)) => PayWith::LineCredit,
        (_, Some(Rights::Helper) | None) => return Err(refuse(ProblemCode::Forbidden)),
    };
    Ok(Choice { pay_with, provider: None })
}
