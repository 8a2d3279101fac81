//! The saved methods of an account: keeping, choosing, forgetting. The provider has the card.

pub mod forget;
pub mod set_up;

pub use forget::forget;
pub use set_up::{finish, start};

use crate::ports::methods::AccountMethod;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{AccountId, Instant, SavedMethodId};
use farline_domain::payments::SavedMethod;

/// After an address, or the password, of an account was changed, its saved methods rest this many seconds: whoever took it over
/// cannot spend at once, and the owner, who was told at the old address, has time.
pub const HOLD_SECONDS: i64 = 24 * 60 * 60;

/// A saved method, and whether it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usable {
    /// The method.
    pub method: AccountMethod,
    /// Until when it rests, if it does.
    pub held_until: Option<Instant>,
    /// Whether the last month of the card is over.
    pub has_expired: bool,
}

impl Usable {
    /// Whether it can be charged now.
    pub const fn is_usable(&self) -> bool {
        self.held_until.is_none() && !self.has_expired && !self.method.is_refused
    }
}

/// The methods of an account, oldest first.
pub async fn mine(app: &App, account: AccountId) -> Result<Vec<Usable>, Problem> {
    let methods = app.store.methods_of_account(account).await?;
    let held_until = if methods.is_empty() { None } else { held_until(app, account).await? };
    let now = app.now();
    let utc = jiff::tz::TimeZone::UTC;
    let usable = methods.into_iter().map(|method| {
        let last = method.saved.expiry.and_then(farline_domain::payments::CardExpiry::last_day);
        // A card is good until its month is over everywhere.
        let today = now.plus_seconds(-12 * 60 * 60).timestamp().to_zoned(utc.clone()).date();
        let has_expired = last.is_some_and(|last| last < today);
        Usable { method, held_until, has_expired }
    });
    Ok(usable.collect())
}

/// One of them, if it can be used now.
pub async fn usable(
    app: &App,
    account: AccountId,
    id: SavedMethodId,
) -> Result<AccountMethod, Problem> {
    let missing = || Problem::of(ProblemCode::FieldInvalid).in_field("pay_with");
    let found = mine(app, account).await?.into_iter().find(|usable| usable.method.id == id);
    let found = found.ok_or_else(missing)?;
    if !found.is_usable() {
        let mut problem = Problem::of(ProblemCode::MethodNotUsable).in_field("pay_with");
        problem.retry_at = found.held_until;
        return Err(problem);
    }
    Ok(found.method)
}

/// Until when the methods of an account rest, from its audit. What comes with opening an account holds nothing.
async fn held_until(app: &App, account: AccountId) -> Result<Option<Instant>, Problem> {
    let audit = app.store.account_audit(account).await?;
    let opened = audit.first().map(|line| line.at);
    let changed = audit.iter().rev().find(|line| {
        matches!(line.action, "add_contact" | "remove_contact" | "set_password")
            && Some(line.at) != opened
    });
    let until = changed.map(|line| line.at.plus_seconds(HOLD_SECONDS));
    Ok(until.filter(|until| *until > app.now()))
}

/// Keeps a method that a provider has saved for an account. Twice keeps one.
pub async fn keep(
    app: &App,
    account: AccountId,
    (provider, saved): (&str, SavedMethod),
) -> Result<SavedMethodId, Problem> {
    let now = app.now();
    let method = AccountMethod {
        id: SavedMethodId::mint(now, account.cell(), app.randomness.bits()),
        account,
        provider: provider.to_owned(),
        saved,
        saved_at: now,
        is_refused: false,
    };
    Ok(app.store.keep_method(&method).await?)
}
