//! The way out of messages that sell: a signed link that needs no signing in, and does not end while the message is kept.

use super::{MEDIA, withdraw};
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::{MarketingConsent, MarketingPlace};
use farline_domain::kernel::{AccountId, Language};

const PURPOSE: &str = "unsubscribe";

/// Whoever follows the link, and whether anything is left to withdraw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Consent stands.
    Consents,
    /// It does not, or not any more.
    Left,
}

/// The address of an account's way out, in a language.
pub fn way_out(app: &App, account: AccountId, language: Language) -> String {
    let token = Seal(&app.keys.tokens).token(PURPOSE, &account.to_string());
    format!("{}/{}/unsubscribe/{token}", app.base_url, language.path())
}

fn account_of(app: &App, token: &str) -> Result<AccountId, Problem> {
    let said = Seal(&app.keys.tokens).said(PURPOSE, token);
    let account = said.and_then(|said| AccountId::parse(&said));
    account.ok_or(Problem::of(ProblemCode::NotFound))
}

/// How whoever follows the link stands.
///
/// # Errors
/// If the link is not one of ours.
pub async fn opened(app: &App, token: &str) -> Result<Leaving, Problem> {
    let choices = app.store.marketing_choices(account_of(app, token)?).await?;
    let stands =
        |medium| MarketingConsent::newest(&choices, medium).is_some_and(|consent| consent.stands());
    Ok(if MEDIA.into_iter().any(stands) { Leaving::Consents } else { Leaving::Left })
}

/// Withdraws whatever the account consented to, by every medium: whoever wants out wants out. Once more changes nothing.
///
/// # Errors
/// If the link is not one of ours.
pub async fn leave(app: &App, token: &str) -> Result<(), Problem> {
    withdraw(app, account_of(app, token)?, (&MEDIA, MarketingPlace::WayOut)).await
}
