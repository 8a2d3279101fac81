//! Changing how an account is reached: the new address is proven by a code, the old ones are told.

use crate::accounts::codes::{self, Awaiting, Challenge, Form};
use crate::accounts::{Visitor, address_key, address_of, messages, profile};
use crate::ports::accounts::{AccountChange, AccountContact, Changed, NewContact};
use crate::wording::account::AccountMessage;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, ContactId};

/// Addresses an account may have.
const MOST_CONTACTS: usize = 5;

/// Sends a code to a new address. One that is another account's gets it too: only whoever reads it
/// there learns of it.
pub async fn add(app: &App, account: AccountId, contact: &str) -> Result<Challenge, Problem> {
    let address = address_of(contact).map_err(|problem| problem.in_field("contact"))?;
    let language = profile::account(app, account).await?.language;
    if app.store.account_contacts(account).await?.len() >= MOST_CONTACTS {
        return Err(Problem::of(ProblemCode::WrongState).in_field("contact"));
    }
    let awaiting = Awaiting::AddContact { account, address, language };
    codes::send_to_account(app, Form::AddContact, &awaiting).await
}

/// Adds the address once its code is typed, and tells those that were there before.
pub async fn confirm(
    app: &App,
    account: AccountId,
    (challenge, code): (&str, &str),
    visitor: &Visitor,
) -> Result<ContactId, Problem> {
    let awaiting = codes::open_challenge(app, challenge, code, visitor).await?;
    let address = match awaiting {
        Awaiting::AddContact { account: asker, address, .. } if asker == account => address,
        Awaiting::AddContact { .. }
        | Awaiting::Register { .. }
        | Awaiting::SignIn { .. }
        | Awaiting::ProveLine { .. }
        | Awaiting::Call { .. }
        | Awaiting::Delete { .. } => {
            return Err(Problem::of(ProblemCode::CodeExpired).in_field("code"));
        }
    };
    let before = profile::profile(app, account).await?;
    let now = app.now();
    let id = ContactId::mint(now, account.cell(), app.randomness.bits());
    let key = address_key(app, &address);
    let change = AccountChange::AddContact(NewContact { id, address: address.clone(), key });
    match app.store.change_account(account, change, (Actor::Account(account), now)).await? {
        Changed::Done => {}
        Changed::Taken | Changed::Missing => {
            return Err(Problem::of(ProblemCode::WrongState).in_field("contact"));
        }
    }
    let masked = address.masked();
    let what = AccountMessage::ContactVerified { contact: &masked };
    let old = before.contacts.into_iter().filter(|old| old.address != address).collect::<Vec<_>>();
    tell(app, account, (&old, &what)).await?;
    Ok(id)
}

/// Removes an address; the last one stays. It is told itself, and so are the others.
pub async fn remove(app: &App, account: AccountId, contact: ContactId) -> Result<(), Problem> {
    let contacts = app.store.account_contacts(account).await?;
    if contacts.len() == 1 && contacts.iter().any(|kept| kept.id == contact) {
        return Err(Problem::of(ProblemCode::WrongState));
    }
    let by = (Actor::Account(account), app.now());
    match app.store.change_account(account, AccountChange::RemoveContact(contact), by).await? {
        Changed::Done => {
            let removed = contacts.iter().find(|kept| kept.id == contact);
            let masked = removed.map(|kept| kept.address.masked()).unwrap_or_default();
            let what = AccountMessage::ContactRemoved { contact: &masked };
            tell(app, account, (&contacts, &what)).await
        }
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}

async fn tell(
    app: &App,
    account: AccountId,
    (contacts, what): (&[AccountContact], &AccountMessage<'_>),
) -> Result<(), Problem> {
    let language = profile::account(app, account).await?.language;
    for contact in contacts {
        messages::send_aside(app, messages::about(app, &contact.address, language, what));
    }
    Ok(())
}
