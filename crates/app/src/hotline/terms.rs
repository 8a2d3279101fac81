//! Written terms before an oral agreement. In Quebec they are in the payer's hands before they are charged by telephone or
//! text message (Consumer Protection Act of Quebec, s. 54.4).

use super::calls::record;
use super::sell::CallerPays;
use crate::accounts::limits::{self, Rule, rule};
use crate::accounts::orders::reachable;
use crate::notices::send_now;
use crate::orders::Buyer;
use crate::ports::lines::LineView;
use crate::ports::notice::{Medium, Message};
use crate::tokens::Seal;
use crate::wording::terms::{Terms, terms, terms_html};
use crate::{App, Problem, ProblemCode, accounts, lines};
use farline_domain::hotline::Call;
use farline_domain::kernel::{AccountId, Language, Province};
use farline_domain::lines::renew;
use farline_domain::orders::Quote;
use jiff::civil::Date;
use serde_json::json;

/// Written terms sent for one card: whoever hears the price again and again is not written to each time for ever.
const SENT: Rule = rule("voice-terms", 5, 24 * 60 * 60);
/// What a token of sent terms is for.
const PURPOSE: &str = "written-terms";

/// Whether terms have to come first: a link leads to a page that has them, anything else does not.
pub fn come_first(quote: &Quote, pays: CallerPays) -> bool {
    quote.price.province == Province::Qc && pays != CallerPays::ByLink
}

/// Until when the card is good afterwards, where the plan moves that date.
pub(crate) fn expires_on(
    app: &App,
    view: &LineView,
    quote: &Quote,
) -> Result<Option<Date>, Problem> {
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let (offer, dates) = (&quote.offer, view.line.dates);
    let renewal = renew(rule, dates, (offer.validity, offer.start_rule), app.now())?;
    Ok(renewal.dates.expires_on.filter(|date| Some(*date) != dates.expires_on))
}

/// Sends the terms to the holder's e-mail address, else to the card itself. Says by which medium somebody took them.
pub(crate) async fn send(
    app: &App,
    view: &LineView,
    (account, language): (Option<AccountId>, Language),
    quote: &Quote,
) -> Result<Option<Medium>, Problem> {
    match limits::count(app, SENT, &view.line.id.to_string()).await {
        Ok(()) => {}
        Err(problem) if problem.code == ProblemCode::TooManyRequests => return Ok(None),
        Err(problem) => return Err(problem),
    }
    let buyer = Buyer { account, ..Buyer::default() };
    let email = reachable(app, buyer).await?.email.map(|email| (Medium::Email, email));
    let number = view.line.msisdn.clone().map(|number| (Medium::Sms, String::from(number)));
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&quote.offer.plan);
    let plan = plan.ok_or(Problem::of(ProblemCode::Internal))?;
    let about = Terms {
        business: &app.business,
        base_url: &app.base_url,
        plan,
        total: quote.price.total,
        expires_on: expires_on(app, view, quote)?,
    };
    for (medium, to) in email.into_iter().chain(number) {
        let (subject, body) = terms(&about, medium, language);
        let message = Message {
            key: format!("voice-terms-{}-{}", quote.id, medium.code()),
            medium,
            to,
            subject,
            body,
            html: (medium == Medium::Email).then(|| terms_html(&about, language)),
            attachments: Vec::new(),
            language,
            unsubscribe: None,
        };
        if send_now(app, &message).await.is_ok() {
            return Ok(Some(medium));
        }
    }
    Ok(None)
}

/// Sends a verified caller the terms of what they were offered. The token that comes back says that it was done.
///
/// # Errors
/// If nobody took them: without an address, out of order, or after too many in a day.
pub async fn send_to_caller(
    app: &App,
    call: &Call,
    (quote, language): (&Quote, Language),
) -> Result<String, Problem> {
    let view = lines::find::view(app, call.line).await?;
    let account = accounts::holder(app, call.line).await?;
    let sent = send(app, &view, (account, language), quote).await?;
    let medium = sent.ok_or_else(|| Problem::of(ProblemCode::TermsNotSent))?;
    let detail = json!({ "quote": quote.id.to_string(), "medium": medium.code() });
    record(app, call, ("send_terms", detail)).await?;
    let said = format!("{}~{}~{}", call.id, quote.id, medium.code());
    Ok(Seal(&app.keys.tokens).token(PURPOSE, &said))
}

/// By which medium the terms of this quote were sent in this call, as a token says.
pub fn were_sent(app: &App, (call, quote): (&Call, &Quote), token: &str) -> Option<Medium> {
    let said = Seal(&app.keys.tokens).said(PURPOSE, token)?;
    let rest = said.strip_prefix(&format!("{}~{}~", call.id, quote.id))?;
    Medium::parse(rest)
}
