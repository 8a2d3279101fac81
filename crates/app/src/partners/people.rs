//! The people of partners: accounts that see a partner's portal.

use crate::accounts::profile;
use crate::ports::partners::KeptKey;
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::Address;
use farline_domain::kernel::AccountId;
use farline_domain::partners::{Hand, Partner, PartnerCode};
use std::collections::BTreeMap;

/// The proven addresses of an account.
async fn addresses(app: &App, account: AccountId) -> Result<Vec<Address>, Problem> {
    let contacts = profile::profile(app, account).await?.contacts;
    Ok(contacts.into_iter().map(|contact| contact.address).collect())
}

/// The first proven e-mail address of an account, as one of a partner's people has it; none, if it has only numbers.
pub async fn email_of(app: &App, account: AccountId) -> Result<Option<String>, Problem> {
    let addresses = addresses(app, account).await?;
    Ok(addresses.iter().find_map(farline_domain::partners::person_of))
}

/// What the accounts are called that made keys or ended them: the first e-mail address of each. An account that is gone has
/// none.
pub async fn hands_of(app: &App, keys: &[KeptKey]) -> Result<BTreeMap<AccountId, String>, Problem> {
    let hands = keys.iter().flat_map(|KeptKey { key, .. }| {
        [key.made_by, key.ended_by.map(|done| done.by)].into_iter().flatten()
    });
    let mut called = BTreeMap::new();
    for hand in hands {
        let Hand::Account(account) = hand else { continue };
        if called.contains_key(&account) {
            continue;
        }
        match email_of(app, account).await {
            Ok(email) => called.extend(email.map(|email| (account, email))),
            Err(problem) if problem.code == ProblemCode::NotFound => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(called)
}

/// The partners whose people an account is one of, by their codes.
pub async fn partners_of(app: &App, account: AccountId) -> Result<Vec<Partner>, Problem> {
    let addresses = addresses(app, account).await?;
    let mut partners = app.store.partners().await?;
    partners.retain(|partner| addresses.iter().any(|address| partner.has_person(address)));
    Ok(partners)
}

/// A partner, to one of its people. To everybody else there is none.
pub async fn partner_for(app: &App, account: AccountId, code: &str) -> Result<Partner, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let code = PartnerCode::parse(code).map_err(|_| not_found())?;
    let partner = app.store.partner(&code).await?.ok_or_else(not_found)?;
    let addresses = addresses(app, account).await?;
    let is_theirs = addresses.iter().any(|address| partner.has_person(address));
    if is_theirs { Ok(partner) } else { Err(not_found()) }
}
