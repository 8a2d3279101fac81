//! Deleting an account: everything personal is erased at once; what tax law keeps no longer names
//! anybody.

use crate::accounts::codes::{self, Awaiting, Challenge, Form};
use crate::accounts::{Visitor, export, profile};
use crate::ports::accounts::{AccountChange, Changed};
use crate::{App, Problem, ProblemCode, auto_renew, methods};
use farline_domain::accounts::Rights;
use farline_domain::accounts::kept_until;
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, ContactId};
use farline_domain::orders::{Order, Stage};
use jiff::civil::Date;
use std::fmt;

/// How the owner confirms.
#[derive(Clone, Copy)]
pub enum Confirmation<'a> {
    /// By the password.
    Password(&'a str),
    /// By the code of a challenge.
    Code {
        /// The challenge.
        challenge: &'a str,
        /// What was typed.
        code: &'a str,
    },
}

/// Shows neither password nor code.
impl fmt::Debug for Confirmation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Password(…)",
            Self::Code { .. } => "Code(…)",
        })
    }
}

/// Sends the code that confirms a deletion, to the account's first address.
pub async fn send_code(app: &App, account: AccountId) -> Result<Challenge, Problem> {
    let profile::Profile { account: kept, contacts, .. } = profile::profile(app, account).await?;
    let contact = contacts.into_iter().next().ok_or(Problem::of(ProblemCode::Internal))?;
    let (address, language) = (contact.address, kept.language);
    let awaiting = Awaiting::Delete { account, address, language };
    codes::send_to_account(app, Form::Delete, &awaiting).await
}

/// The last day for which tax law keeps records of the account's orders; none, if it never paid.
pub async fn records_kept_until(app: &App, account: AccountId) -> Result<Option<Date>, Problem> {
    let orders = export::paid_orders(app, account).await?;
    Ok(last_kept(app, &orders))
}

fn last_kept(app: &App, orders: &[Order]) -> Option<Date> {
    let catalogue = app.store.catalogue();
    let zone = &catalogue.operators.values().next()?.lifecycle.zone;
    let paid = orders.iter().flat_map(|order| &order.history);
    let paid = paid.filter(|passage| passage.state == Stage::Paid);
    paid.map(|passage| kept_until(passage.at.date_in(zone))).max()
}

/// Deletes an account. Returns until when tax law keeps what is left of its orders.
pub async fn delete(
    app: &App,
    account: AccountId,
    confirmation: Confirmation<'_>,
    visitor: &Visitor,
) -> Result<Option<Date>, Problem> {
    match confirmation {
        Confirmation::Password(password) => profile::confirm(app, account, password).await?,
        Confirmation::Code { challenge, code } => {
            let awaiting = codes::open_challenge(app, challenge, code, visitor).await?;
            if !matches!(awaiting, Awaiting::Delete { account: of, .. } if of == account) {
                return Err(Problem::of(ProblemCode::CodeExpired).in_field("code"));
            }
        }
    }
    let orders = export::paid_orders(app, account).await?;
    let paid = orders.iter().filter_map(|order| Some(order.payer.as_ref()?.contact));
    let mut contacts: Vec<ContactId> = paid.collect();
    let places = app.store.lines_of_account(account).await?;
    let given_up = app.store.former_lines(account).await?;
    for place in places.iter().filter(|place| place.rights == Rights::Holder) {
        app.store.forget_notes(place.line).await?;
    }
    for line in places.into_iter().map(|place| place.line).chain(given_up) {
        contacts.extend(auto_renew::end::leave(app, account, line).await?);
    }
    methods::forget::forget_all(app, account).await?;
    let change = AccountChange::Delete { order_contacts: contacts };
    let by = (Actor::Account(account), app.now());
    match app.store.change_account(account, change, by).await? {
        Changed::Done => Ok(last_kept(app, &orders)),
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}
