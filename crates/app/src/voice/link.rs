//! A link to pay by, sent to the card itself.

use super::offer::price;
use super::stops;
use super::tasks::Doing;
use crate::notices::send_now;
use crate::orders::last_bought;
use crate::orders::{Buyer, PlaceRequest, place};
use crate::ports::notice::{Medium, Message};
use crate::tokens::{Arrival, RenewLink, Seal};
use crate::wording::voice::link_text;
use crate::{App, Problem, ProblemCode, lines, protection, receipts};
use farline_domain::commands::PayWith;
use farline_domain::hotline::robot::{LinkOutcome, NoOffer};
use farline_domain::kernel::{Language, LineId, Province};
use farline_domain::orders::{Channel, Order, Quote};

/// How long a link to the plans opens, in seconds.
const LINK_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What a link leads to.
pub(super) enum Link {
    /// The page of an order that waits to be paid.
    Order(Box<Order>),
    /// The plans of the card: it has no last one that could be had again.
    Plans(String),
}

impl Link {
    /// Its address.
    pub(super) fn address(&self, app: &App) -> String {
        match self {
            Self::Order(order) => receipts::order_link(app, order),
            Self::Plans(address) => address.clone(),
        }
    }
}

/// Makes one. The last plan is ordered again, to be paid or not; nothing is owed by it.
pub(super) async fn make(
    app: &App,
    (line, language): (LineId, Language),
    channel: Channel,
    doing: &Doing<'_>,
) -> Result<Result<Link, LinkOutcome>, Problem> {
    let view = lines::find::view(app, line).await?;
    if view.renewal_in_progress {
        return Ok(Err(LinkOutcome::NotNow));
    }
    let Some(number) = view.line.msisdn else { return Ok(Err(LinkOutcome::NoNumber)) };
    let quote = match price(app, line).await? {
        Ok(quote) => quote,
        Err(NoOffer::NotRenewable) => return Ok(Err(LinkOutcome::NotNow)),
        Err(_) => return Ok(Ok(Link::Plans(plans_chosen(app, (line, language)).await?))),
    };
    // In Quebec the French terms are read and confirmed on the page, before anything is ordered.
    if quote.price.province == Province::Qc && language != Language::FrCa {
        return Ok(Ok(Link::Plans(plans_chosen(app, (line, language)).await?)));
    }
    match ordered(app, (quote, language, String::from(number)), channel, doing).await {
        Ok(order) => Ok(Ok(Link::Order(Box::new(order)))),
        Err(problem) => match problem.code {
            ProblemCode::TooManyRequests | ProblemCode::SignInFirst => {
                Ok(Err(LinkOutcome::TooMany))
            }
            ProblemCode::RenewalInProgress => Ok(Err(LinkOutcome::NotNow)),
            _ => Err(problem),
        },
    }
}

async fn ordered(
    app: &App,
    (quote, language, number): (Quote, Language, String),
    channel: Channel,
    doing: &Doing<'_>,
) -> Result<Order, Problem> {
    let request = PlaceRequest {
        quote: quote.id,
        buyer: Buyer { phone: Some(number), ..Buyer::default() },
        language,
        french_terms: None,
        channel,
        origin: None,
        another: false,
        pay_with: PayWith::Page,
        assisted: None,
        seed: (doing.seed, doing.at),
    };
    let placing = async |request| place(app, request).await.map(Some);
    let placed = protection::guard(app, (doing.from, request), placing).await?;
    placed.ok_or(Problem::of(ProblemCode::Internal))
}

/// Where the plans of a card stand, with the last one chosen already.
pub(super) async fn plans_chosen(
    app: &App,
    (line, language): (LineId, Language),
) -> Result<String, Problem> {
    let last = last_bought(app, line).await?;
    let catalogue = app.store.catalogue();
    let plan = last.filter(|plan| catalogue.plans.contains_key(plan));
    let until = app.now().plus_seconds(LINK_SECONDS);
    let link = RenewLink { line, arrival: Arrival::Link, plan, until };
    let token = Seal(&app.keys.tokens).renew_token(&link);
    Ok(format!("{}/{}/renew/{token}", app.base_url, language.path()))
}

/// Sends one to the card.
pub(super) async fn send(
    app: &App,
    (line, language): (LineId, Language),
    channel: Channel,
    doing: &Doing<'_>,
) -> Result<LinkOutcome, Problem> {
    let view = lines::find::view(app, line).await?;
    let Some(number) = view.line.msisdn else { return Ok(LinkOutcome::NoNumber) };
    if stops::is_stopped(app, number.as_str()).await? {
        return Ok(LinkOutcome::Stopped);
    }
    let link = match make(app, (line, language), channel, doing).await? {
        Ok(link) => link,
        Err(outcome) => return Ok(outcome),
    };
    let seed = u128::from_be_bytes(doing.seed);
    let message = Message {
        key: format!("voice-link-{seed:032x}"),
        medium: Medium::Sms,
        to: String::from(number),
        subject: String::new(),
        body: link_text(app, language, &link.address(app)),
        html: None,
        attachments: Vec::new(),
        language,
        unsubscribe: None,
    };
    match send_now(app, &message).await {
        Ok(()) => Ok(LinkOutcome::Sent),
        Err(_) => Ok(LinkOutcome::NotSent),
    }
}
