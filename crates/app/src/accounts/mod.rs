//! Accounts: coming in and going out, lines and the people of lines, and everything personal.
//!
//! Coming in: [`register()`], [`verify()`], [`sign_in`], [`session`], [`sign_out`] · lines:
//! [`rights`], [`prove`], [`approve`], [`helpers`], [`lines`], [`history`], [`orders`] · the person:
//! [`profile`], [`contacts`], [`export()`], [`delete`].

pub mod approve;
pub mod codes;
pub mod contacts;
pub mod delete;
pub mod export;
pub mod helpers;
pub mod history;
pub(crate) mod limits;
pub mod lines;
pub(crate) mod messages;
pub mod orders;
pub(crate) mod passwords;
pub mod profile;
pub mod prove;
pub mod register;
pub mod rights;
pub mod session;
pub mod sign_in;
pub mod sign_out;
pub mod verify;
pub mod visitor;

pub use codes::Challenge;
pub use export::export;
pub use register::{Registration, register};
pub use rights::{HolderOf, Permitted, holder, permit, permit_number, rights};
pub use session::{SignedIn, SignedInSession, authenticate};
pub use verify::verify;
pub use visitor::Visitor;

use crate::ports::accounts::Digest;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::{Address, AddressError};
use farline_domain::kernel::AccountId;

/// Reads an address as a person typed it.
pub(crate) fn address_of(typed: &str) -> Result<Address, Problem> {
    Address::parse(typed).map_err(|error| {
        Problem::of(match error {
            AddressError::Email => ProblemCode::EmailInvalid,
            AddressError::Phone => ProblemCode::PhoneInvalid,
        })
    })
}

/// The keyed digest by which an address is found: whoever has the database alone cannot tell which
/// addresses have accounts.
pub(crate) fn address_key(app: &App, address: &Address) -> Digest {
    Seal(&app.keys.secrets).digest("account-address", &address.canonical())
}

/// The account at an address.
pub(crate) async fn find(app: &App, address: &Address) -> Result<Option<AccountId>, Problem> {
    Ok(app.store.account_at(&address_key(app, address)).await?)
}

/// A short text that people give to cards and helpers: trimmed, at most 60 characters, no controls.
pub(crate) fn name_of(typed: &str, field: &'static str) -> Result<String, Problem> {
    let name = typed.trim();
    if name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field(field));
    }
    Ok(name.to_owned())
}
