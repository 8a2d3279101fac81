//! The orders of an account: those it paid, and those of the lines it holds.

use crate::orders::Buyer;
use crate::{App, Problem, ProblemCode, orders};
use farline_domain::accounts::Rights;
use farline_domain::kernel::{AccountId, OrderId};
use farline_domain::notices::Medium;
use farline_domain::orders::Order;
use std::collections::BTreeMap;

/// The account's orders, newest first, older than `before`, at most `limit`.
pub async fn mine(
    app: &App,
    account: AccountId,
    before: Option<OrderId>,
    limit: u32,
) -> Result<Vec<Order>, Problem> {
    let mut found: BTreeMap<OrderId, Order> = BTreeMap::new();
    let paid = app.store.orders_of_account(account, before, limit).await?;
    found.extend(paid.into_iter().map(|order| (order.id, order)));
    for person in app.store.lines_of_account(account).await? {
        if person.rights == Rights::Holder {
            let of_line = app.store.orders_of_line(person.line, before, limit).await?;
            found.extend(of_line.into_iter().map(|order| (order.id, order)));
        }
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(found.into_values().rev().take(most).collect())
}

/// An order of the account's: it paid it, or holds its line. For everybody else there is none.
pub async fn see(app: &App, account: AccountId, id: OrderId) -> Result<Order, Problem> {
    let order = app.order(id).await?;
    let paid = order.payer.as_ref().and_then(|payer| payer.account) == Some(account);
    let holds = app.store.rights_to_line(account, order.line).await? == Some(Rights::Holder);
    if paid || holds { orders::see(app, id).await } else { Err(Problem::of(ProblemCode::NotFound)) }
}

/// A signed-in buyer who names no address is reached at those of the account: the first of each kind.
pub async fn reachable(app: &App, mut buyer: Buyer) -> Result<Buyer, Problem> {
    let named =
        |typed: &Option<String>| typed.as_deref().is_some_and(|typed| !typed.trim().is_empty());
    let Some(account) = buyer.account else { return Ok(buyer) };
    if named(&buyer.email) || named(&buyer.phone) {
        return Ok(buyer);
    }
    let contacts = app.store.account_contacts(account).await?;
    let first = |medium: Medium| {
        let found = contacts.iter().find(|contact| contact.address.medium() == medium);
        found.map(|contact| contact.address.as_str().to_owned())
    };
    buyer.email = first(Medium::Email);
    buyer.phone = first(Medium::Sms);
    Ok(buyer)
}

/// The e-mail address that an account has, if there is an account.
pub(crate) async fn email_of(
    app: &App,
    account: Option<AccountId>,
) -> Result<Option<String>, Problem> {
    if account.is_none() {
        return Ok(None);
    }
    Ok(reachable(app, Buyer { account, ..Buyer::default() }).await?.email)
}
