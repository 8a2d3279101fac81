//! Typing the code of registering or of signing in.

use crate::accounts::codes::{Awaiting, open_challenge};
use crate::accounts::{SignedIn, Visitor, address_key, find, session};
use crate::ports::accounts::{AccountChange, Changed, NewContact};
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::Address;
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Cell, ContactId, Language};

/// Opens the account, or finds it, and signs the device in.
pub async fn verify(
    app: &App,
    challenge: &str,
    code: &str,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let awaiting = open_challenge(app, challenge, code, visitor).await?;
    come_in(app, awaiting, visitor).await
}

/// What the right code leads to.
pub(crate) async fn come_in(
    app: &App,
    awaiting: Awaiting,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let over = || Problem::of(ProblemCode::CodeExpired).in_field("code");
    let account = match awaiting {
        Awaiting::Register { address, language, password } => {
            open(app, address, (language, password)).await?
        }
        Awaiting::SignIn { account, .. } => account.ok_or_else(over)?,
        Awaiting::AddContact { .. }
        | Awaiting::ProveLine { .. }
        | Awaiting::Call { .. }
        | Awaiting::Delete { .. } => {
            return Err(over());
        }
    };
    session::start(app, account, visitor).await
}

async fn open(
    app: &App,
    address: Address,
    (language, password): (Language, Option<String>),
) -> Result<AccountId, Problem> {
    let now = app.now();
    let random = app.randomness.bits();
    let cell = Cell::of(&random.to_be_bytes());
    let id = AccountId::mint(now, cell, random);
    let contact = NewContact {
        id: ContactId::mint(now, cell, app.randomness.bits()),
        key: address_key(app, &address),
        address: address.clone(),
    };
    let change = AccountChange::Open { language, password, contact };
    match app.store.change_account(id, change, (Actor::Account(id), now)).await? {
        Changed::Done => Ok(id),
        // Two codes for one address were typed: both proved it, and both are the same person.
        Changed::Taken | Changed::Missing => {
            find(app, &address).await?.ok_or(Problem::of(ProblemCode::Internal))
        }
    }
}
