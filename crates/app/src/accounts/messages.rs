//! Messages about an account: worded, and sent at once.

use crate::accounts::limits::{self, SEND, SEND_DAY};
use crate::ports::notice::Message;
use crate::wording::account::{AccountMessage, account_message, call_code_message, code_message};
use crate::{App, Problem, accounts, notices};
use farline_domain::accounts::{Address, CODE_MINUTES};
use farline_domain::kernel::{AccountId, Instant, Language};
use farline_domain::notices::Medium;
use jiff::Zoned;

/// Counts one more message to an address, and refuses when it is one too many.
pub(crate) async fn count(app: &App, address: &Address) -> Result<(), Problem> {
    let subject = limits::subject(&accounts::address_key(app, address));
    limits::count(app, SEND, &subject).await?;
    limits::count(app, SEND_DAY, &subject).await
}

/// The message with a code.
pub(crate) fn with_code(app: &App, to: &Address, language: Language, code: &str) -> Message {
    let minutes = u32::try_from(CODE_MINUTES).unwrap_or(u32::MAX);
    let worded = code_message(&app.business, language, code, host(app), minutes);
    message(app, to, language, worded)
}

/// The message with a code that is to be read to an agent of ours.
pub(crate) fn with_call_code(app: &App, to: &Address, language: Language, code: &str) -> Message {
    let minutes = u32::try_from(CODE_MINUTES).unwrap_or(u32::MAX);
    let worded = call_code_message(&app.business, language, code, minutes);
    message(app, to, language, worded)
}

/// A message about an account.
pub(crate) fn about(
    app: &App,
    to: &Address,
    language: Language,
    what: &AccountMessage<'_>,
) -> Message {
    let worded = account_message(what, to.medium(), language, &app.business);
    message(app, to, language, worded)
}

/// A message to an address, sent at once.
pub(crate) fn message(
    app: &App,
    to: &Address,
    language: Language,
    (subject, body): (String, String),
) -> Message {
    let medium = to.medium();
    Message {
        key: format!("account-{:016x}{:016x}", app.randomness.bits(), app.randomness.bits()),
        medium,
        to: to.as_str().to_owned(),
        subject: if medium == Medium::Email { subject } else { String::new() },
        body,
        html: None,
        attachments: Vec::new(),
        language,
        unsubscribe: None,
    }
}

/// What a message is.
#[derive(Clone, Copy)]
enum Kind {
    /// A one-time code.
    Code,
    /// Anything else.
    News,
}

/// Sends without waiting: how long sending takes, and whether anything is sent at all, must not show
/// in the answer to somebody who is not signed in.
pub(crate) fn send_aside(app: &App, message: Message) {
    aside(app, message, Kind::News);
}

/// The same for a one-time code.
pub(crate) fn send_code_aside(app: &App, message: Message) {
    aside(app, message, Kind::Code);
}

fn aside(app: &App, message: Message, kind: Kind) {
    let app = app.clone();
    tokio::spawn(async move {
        let sent = match kind {
            Kind::Code => notices::send_code(&app, &message).await,
            Kind::News => notices::send_now(&app, &message).await,
        };
        if sent.is_err() {
            let medium = message.medium.code();
            tracing::warn!(medium, "a message about an account was not taken");
        }
    });
}

/// Tells every address of an account something.
pub(crate) async fn tell(
    app: &App,
    account: AccountId,
    what: &AccountMessage<'_>,
) -> Result<(), Problem> {
    let Some(kept) = app.store.account(account).await? else { return Ok(()) };
    for contact in app.store.account_contacts(account).await? {
        send_aside(app, about(app, &contact.address, kept.language, what));
    }
    Ok(())
}

/// The host that a code is bound to: without scheme, port and path.
fn host(app: &App) -> &str {
    let rest = app.base_url.split_once("://").map_or(app.base_url.as_str(), |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}

/// An instant as people of the house read it: in the zone of the first operator.
pub(crate) fn house_time(app: &App, at: Instant) -> Zoned {
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.values().next();
    operator.map_or_else(
        || at.timestamp().to_zoned(jiff::tz::TimeZone::UTC),
        |operator| at.in_zone(&operator.lifecycle.zone),
    )
}
