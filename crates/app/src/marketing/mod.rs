//! Consent to messages that sell: given and withdrawn, and the way out that each such message carries.

mod way_out;

pub use way_out::{Leaving, leave, opened, way_out};

use crate::accounts::address_key;
use crate::wording::marketing::{VERSION, words};
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::{
    Address, MarketingAct, MarketingChoice, MarketingConsent, MarketingPlace,
};
use farline_domain::kernel::{AccountId, Instant, Language, Msisdn};
use farline_domain::notices::Medium;

/// Every medium by which something may be sold.
pub const MEDIA: [Medium; 2] = [Medium::Email, Medium::Sms];

/// A consent as its account sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenConsent {
    /// To messages by this.
    pub medium: Medium,
    /// The words that are agreed to.
    pub words: String,
    /// Since when it stands, if it does.
    pub since: Option<Instant>,
}

/// What an account may consent to, by each medium by which it is reached, in its own words in a language; and what it did.
pub async fn see(
    app: &App,
    account: AccountId,
    language: Language,
) -> Result<Vec<SeenConsent>, Problem> {
    let contacts = app.store.account_contacts(account).await?;
    let choices = app.store.marketing_choices(account).await?;
    let since = |medium| {
        let consent = MarketingConsent::newest(&choices, medium).filter(MarketingConsent::stands);
        consent.map(|consent| consent.given.at)
    };
    let is_of_use = |medium: &Medium| {
        let is_reached = contacts.iter().any(|contact| contact.address.medium() == *medium);
        is_reached || since(*medium).is_some()
    };
    let seen = MEDIA.into_iter().filter(is_of_use).map(|medium| SeenConsent {
        medium,
        words: words(language, medium, &app.business),
        since: since(medium),
    });
    Ok(seen.collect())
}

/// Gives consent, to the words as they stand in that language.
///
/// # Errors
/// If there is no such account, or none of its addresses is of that medium.
pub async fn give(
    app: &App,
    account: AccountId,
    (medium, language): (Medium, Language),
) -> Result<(), Problem> {
    let contacts = app.store.account_contacts(account).await?;
    if !contacts.iter().any(|contact| contact.address.medium() == medium) {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("medium"));
    }
    let words = words(language, medium, &app.business);
    let act = MarketingAct::Given { words, version: VERSION, language };
    let choice = MarketingChoice { medium, at: app.now(), place: MarketingPlace::AccountPage, act };
    if app.store.keep_marketing_choice(account, &choice).await? {
        Ok(())
    } else {
        Err(Problem::of(ProblemCode::NotFound))
    }
}

/// Withdraws consent at once; once more changes nothing.
pub async fn withdraw(
    app: &App,
    account: AccountId,
    (media, place): (&[Medium], MarketingPlace),
) -> Result<(), Problem> {
    let choices = app.store.marketing_choices(account).await?;
    for medium in media {
        let consent = MarketingConsent::newest(&choices, *medium);
        let Some(consent) = consent.filter(MarketingConsent::stands) else { continue };
        // Never before what it ends, whatever another machine's clock said.
        let at = app.now().max(consent.given.at);
        let choice = MarketingChoice { medium: *medium, at, place, act: MarketingAct::Withdrawn };
        app.store.keep_marketing_choice(account, &choice).await?;
    }
    Ok(())
}

/// Ends consent to text messages of whoever has this number in their account.
pub(crate) async fn stop_texts(app: &App, number: &Msisdn) -> Result<(), Problem> {
    let address = Address::Sms(number.clone());
    let Some(account) = app.store.account_at(&address_key(app, &address)).await? else {
        return Ok(());
    };
    withdraw(app, account, (&[Medium::Sms], MarketingPlace::Text)).await
}
