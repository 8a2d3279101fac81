//! Opening and expiring checkouts.

use serde::Deserialize;

use crate::{
    addresses,
    amounts::Currency,
    events::{self, Dispatch, EventType},
    records::{Change, Checkout, CheckoutStatus, Language, Moment},
    refusal::Refusal,
    shapes,
    state::State,
};

/// The largest amount, in minor units: 999,999.99.
const LARGEST_AMOUNT: i64 = 99_999_999;

/// The body of `POST /v1/checkouts`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenCheckout {
    amount: i64,
    currency: String,
    reference: String,
    description: String,
    language: String,
    return_url: String,
    cancel_url: String,
    expires_at_ms: i64,
    keep_for: Option<String>,
}

/// A new open checkout, or why there is none.
pub(crate) fn open(moment: &Moment, request: &OpenCheckout) -> Result<Checkout, Refusal> {
    can_be_taken(request.amount, &request.currency)?;
    names_something(&request.reference, &request.description)?;
    if let Some(customer) = &request.keep_for {
        names_a_customer(customer)?;
    }
    let language = language(&request.language)?;
    lies_ahead(request.expires_at_ms, moment.now_ms)?;
    Ok(Checkout {
        id: moment.id("cs"),
        status: CheckoutStatus::Open,
        amount: request.amount,
        currency: request.currency.clone(),
        reference: request.reference.clone(),
        description: request.description.clone(),
        language,
        return_url: address(&request.return_url)?,
        cancel_url: address(&request.cancel_url)?,
        created_ms: moment.now_ms,
        expires_at_ms: request.expires_at_ms,
        payment: None,
        keep_for: request.keep_for.clone(),
    })
}

/// Whether so much can be taken at all.
pub(crate) fn can_be_taken(amount: i64, currency: &str) -> Result<(), Refusal> {
    if !(1..=LARGEST_AMOUNT).contains(&amount) {
        return Err(Refusal::Invalid("amount must be 1 to 99999999 minor units"));
    }
    if Currency::from_code(currency).is_none() {
        return Err(Refusal::Invalid("currency must be AUD, CAD, CNY, EUR, GBP, HKD or USD"));
    }
    Ok(())
}

/// Whether the merchant says what it is for.
pub(crate) fn names_something(reference: &str, description: &str) -> Result<(), Refusal> {
    if !is_text(reference, 100) {
        return Err(Refusal::Invalid("reference must be 1 to 100 printable characters"));
    }
    if !is_text(description, 300) {
        return Err(Refusal::Invalid("description must be 1 to 300 printable characters"));
    }
    Ok(())
}

/// Whether the merchant says for whom a method is kept.
pub(crate) fn names_a_customer(keep_for: &str) -> Result<(), Refusal> {
    if is_text(keep_for, 100) {
        return Ok(());
    }
    Err(Refusal::Invalid("keep_for must be 1 to 100 printable characters"))
}

/// The language of a page.
pub(crate) fn language(tag: &str) -> Result<Language, Refusal> {
    Language::from_tag(tag).ok_or(Refusal::Invalid("language must be zh-CN, en-CA or fr-CA"))
}

/// Where a page leads back to.
pub(crate) fn address(text: &str) -> Result<String, Refusal> {
    addresses::read(text).ok_or(Refusal::Invalid(
        "return_url and cancel_url must be http or https addresses, or paths that begin with /",
    ))
}

/// Whether a page can be used at all.
pub(crate) fn lies_ahead(expires_at_ms: i64, now_ms: i64) -> Result<(), Refusal> {
    if expires_at_ms <= now_ms {
        return Err(Refusal::Invalid("expires_at_ms must be in the future"));
    }
    Ok(())
}

/// The changes that expire an open checkout; none for an expired one.
pub(crate) fn expire(
    moment: &Moment,
    state: &State,
    checkout: &Checkout,
) -> Result<Vec<Change>, Refusal> {
    match checkout.status {
        CheckoutStatus::Open => Ok(expired(moment, state, checkout)),
        CheckoutStatus::Expired => Ok(Vec::new()),
        CheckoutStatus::Complete => Err(Refusal::CheckoutComplete),
    }
}

/// The changes that expire this open checkout.
pub(crate) fn expired(moment: &Moment, state: &State, checkout: &Checkout) -> Vec<Change> {
    let after = Checkout { status: CheckoutStatus::Expired, ..checkout.clone() };
    let shape = shapes::checkout_in(&moment.base_url, state, &after);
    let event = events::new(moment, EventType::CheckoutExpired, &shape, Dispatch::AtOnce);
    std::iter::once(Change::Checkout(after.clone())).chain(event).collect()
}

/// Whether a text has 1 to `longest` characters and no control characters.
pub(crate) fn is_text(text: &str, longest: usize) -> bool {
    let length = text.chars().count();
    (1..=longest).contains(&length) && !text.chars().any(char::is_control)
}
