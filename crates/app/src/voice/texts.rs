//! Text messages that customers send. The sender's number can be forged by whoever knows how, so a message may do what the
//! card's phone may do and no more: see the card's own balance, get a link on that phone, and renew the last plan once a day
//! with the method of the card's holder.

use super::link::{self, Link};
use super::offer::{payer, price};
use super::renew::{Agreed, outcome_of, renew};
use super::tasks::Doing;
use super::{standing, stops};
use crate::accounts::limits::{self, Rule, rule};
use crate::methods::Usable;
use crate::ports::voice::TextOffer;
use crate::quotes::make::first_eight;
use crate::tokens::Seal;
use crate::wording::voice::{left_text, offer_text, outcome_key, text};
use crate::wording::{hint, sms};
use crate::{App, Problem, ProblemCode, lines, marketing, receipts};
use farline_domain::hotline::TextWord;
use farline_domain::hotline::robot::{LinkOutcome, NoOffer, Offer, Outcome, Standing};
use farline_domain::kernel::{Instant, Language, LineId, LineNumber, Msisdn, OrderId, Province};
use farline_domain::lines::Line;
use farline_domain::orders::{Channel, Quote};
use farline_texts::Words;
use serde::{Deserialize, Serialize};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// How long after the offer a yes to it is one, in seconds.
const YES_SECONDS: i64 = 30 * 60;
/// Renewals of one card by text message.
const RENEWALS: Rule = rule("text-renewal", 1, DAY);
/// The dearest plan that a text message renews, in cents: beyond, there is a link.
const MOST_CENTS: i64 = 20_000;
/// Answers to one number.
const ANSWERS: Rule = rule("text-answer", 30, DAY);
/// Answers to one number that only say which words there are: two robots do not talk to each other for ever.
const OTHERS: Rule = rule("text-other", 3, HOUR);

/// A message as it came.
#[derive(Clone, Copy)]
pub struct TextMessage<'a> {
    /// The carrier's name for it.
    pub id: &'a str,
    /// From which number.
    pub from: &'a str,
    /// What it says.
    pub body: &'a str,
}

/// What is answered. It is kept for when the message comes again, so it holds no link that opens anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Nothing.
    Nothing,
    /// A text that depends on nothing: its key.
    Plain(Language, String),
    /// What is left on the card, by its hint.
    Left(Language, String, Box<Standing>),
    /// Words that were put together already.
    Words(String),
    /// What came of a renewal of the card, by its hint, and the order that can be paid in another way.
    Renewed(Language, String, Outcome, Option<OrderId>),
    /// A link to an order.
    Order(Language, OrderId),
    /// A link to the plans of a card.
    Plans(Language, LineId),
}

/// A card that writes.
struct Writer {
    line: Line,
    language: Language,
}

impl Writer {
    fn hint(&self) -> String {
        hint(Words::of(self.language), &self.line)
    }
}

/// Answers a message. The same message again has no second effect.
pub async fn answer(app: &App, message: TextMessage<'_>, at: Instant) -> Result<Reply, Problem> {
    let Ok(number) = Msisdn::parse(message.from) else { return Ok(Reply::Nothing) };
    let (word, told) = TextWord::read(message.body);
    let writer = writer(app, number.clone()).await?;
    let own = writer.as_ref().map(|writer| writer.language);
    let language = own.or(told).unwrap_or(Language::EnCa);
    let plain = |key: &str| Ok(Reply::Plain(language, key.to_owned()));
    match word {
        TextWord::Stop => {
            let is_new = stops::stop(app, number.as_str()).await?;
            marketing::stop_texts(app, &number).await?;
            return if is_new { plain("text-stopped") } else { Ok(Reply::Nothing) };
        }
        TextWord::Start => {
            stops::start(app, number.as_str()).await?;
            return plain("text-started");
        }
        TextWord::Yes | TextWord::Balance | TextWord::Help | TextWord::Other => {}
    }
    let subject = limits::subject(&Seal(&app.keys.secrets).digest("text-from", number.as_str()));
    if !is_allowed(app, ANSWERS, &subject).await? {
        return Ok(Reply::Nothing);
    }
    if word == TextWord::Help {
        return plain("text-help");
    }
    if stops::is_stopped(app, number.as_str()).await? {
        return Ok(Reply::Nothing);
    }
    match (word, writer) {
        (TextWord::Yes, Some(writer)) => yes(app, &writer, message, at).await,
        (TextWord::Balance, Some(writer)) => {
            let standing = standing::look(app, writer.line.id).await?;
            Ok(Reply::Left(language, writer.hint(), Box::new(standing)))
        }
        (TextWord::Yes | TextWord::Balance, None) => plain("text-no-card"),
        _ if is_allowed(app, OTHERS, &subject).await? => plain("text-other"),
        _ => Ok(Reply::Nothing),
    }
}

async fn writer(app: &App, number: Msisdn) -> Result<Option<Writer>, Problem> {
    let found = app.store.find_line(&LineNumber::Msisdn(number)).await?;
    let Some(line) = found else { return Ok(None) };
    let line = lines::find::view(app, line).await?.line;
    let language = line.language;
    Ok(Some(Writer { line, language }))
}

async fn is_allowed(app: &App, rule: Rule, subject: &str) -> Result<bool, Problem> {
    match limits::count(app, rule, subject).await {
        Ok(()) => Ok(true),
        Err(problem) if problem.code == ProblemCode::TooManyRequests => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// The first yes is told what it would be a yes to, the second one renews. Once reminders name plan and price themselves, they
/// keep the same offer, and the first yes is the second.
async fn yes(
    app: &App,
    writer: &Writer,
    message: TextMessage<'_>,
    at: Instant,
) -> Result<Reply, Problem> {
    let line = writer.line.id;
    let digest = Seal(&app.keys.secrets).digest("text-order", message.id);
    let mut seed = [0; 16];
    seed.copy_from_slice(&digest[..16]);
    let doing = Doing { seed, at, from: message.from };
    let id = OrderId::mint(at, line.cell(), u64::from_be_bytes(first_eight(seed)));
    if let Some(order) = app.store.order(id).await? {
        return Ok(renewed(writer, outcome_of(&order), id));
    }
    if lines::find::view(app, line).await?.renewal_in_progress {
        return Ok(renewed(writer, Outcome::InProgress, id));
    }
    let quote = match price(app, line).await? {
        Ok(quote) => quote,
        Err(NoOffer::NotRenewable) => {
            return Ok(Reply::Plain(writer.language, "text-not-renewable".to_owned()));
        }
        Err(_) => return Ok(Reply::Plans(writer.language, line)),
    };
    let usable = payer(app, line).await?.map(|(_, usable)| usable);
    let Some(usable) = usable.filter(|_| quote.price.total.minor <= MOST_CENTS) else {
        return by_link(app, writer, &doing).await;
    };
    let offer = offer_of(&quote, usable);
    match app.store.text_offer(line).await? {
        Some(offered) if is_yes_to(&offered, &quote, app.now()) => {
            agree(app, writer, (offer, offered, message), &doing).await
        }
        _ => ask(app, writer, (&quote, offer)).await,
    }
}

fn offer_of(quote: &Quote, Usable { method, .. }: Usable) -> Offer {
    Offer {
        quote: quote.id,
        plan: quote.offer.plan.clone(),
        total: quote.price.total,
        expires_on: None,
        method: method.id,
        method_name: (method.saved.brand, method.saved.hint),
        terms_sent: None,
    }
}

/// Whether a yes now is a yes to what was offered: the same plan at the same price, not long ago.
fn is_yes_to(offered: &TextOffer, quote: &Quote, now: Instant) -> bool {
    now < offered.at.plus_seconds(YES_SECONDS)
        && offered.plan == quote.offer.plan
        && offered.total == quote.price.total
}

/// Says what a yes would be a yes to: these are the written terms, in Quebec in French first.
async fn ask(
    app: &App,
    writer: &Writer,
    (quote, offer): (&Quote, Offer),
) -> Result<Reply, Problem> {
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&offer.plan).ok_or(Problem::of(ProblemCode::Internal))?;
    let is_french_first = quote.price.province == Province::Qc && writer.language != Language::FrCa;
    let french = Some(Language::FrCa).filter(|_| is_french_first);
    let said = french.into_iter().chain([writer.language]).map(|language| {
        let card = hint(Words::of(language), &writer.line);
        offer_text(app, language, (&card, plan, &offer))
    });
    let words = said.collect::<Vec<_>>().join("\n");
    let kept =
        TextOffer { plan: offer.plan, total: offer.total, words: words.clone(), at: app.now() };
    app.store.keep_text_offer(writer.line.id, &kept).await?;
    Ok(Reply::Words(words))
}

async fn agree(
    app: &App,
    writer: &Writer,
    (offer, offered, message): (Offer, TextOffer, TextMessage<'_>),
    doing: &Doing<'_>,
) -> Result<Reply, Problem> {
    let line = writer.line.id;
    let id = OrderId::mint(doing.at, line.cell(), u64::from_be_bytes(first_eight(doing.seed)));
    // Counted before: of two at once, one renews.
    if !is_allowed(app, RENEWALS, &line.to_string()).await? {
        return Ok(renewed(writer, Outcome::TooMany, id));
    }
    let agreed = Agreed {
        line,
        offer,
        words: offered.words,
        yes: message.body.trim().chars().take(20).collect(),
        language: writer.language,
        channel: Channel::Sms,
    };
    let outcome = renew(app, agreed, doing).await;
    app.store.forget_text_offer(line).await?;
    let is_nothing = matches!(
        outcome,
        Outcome::Declined | Outcome::NotOrdered | Outcome::InProgress | Outcome::TooMany
    );
    if is_nothing {
        limits::take_back(app, RENEWALS, &line.to_string()).await?;
    }
    Ok(renewed(writer, outcome, id))
}

fn renewed(writer: &Writer, outcome: Outcome, id: OrderId) -> Reply {
    let payable = Some(id).filter(|_| outcome == Outcome::Declined);
    Reply::Renewed(writer.language, writer.hint(), outcome, payable)
}

async fn by_link(app: &App, writer: &Writer, doing: &Doing<'_>) -> Result<Reply, Problem> {
    let to = (writer.line.id, writer.language);
    Ok(match link::make(app, to, Channel::Sms, doing).await? {
        Ok(Link::Order(order)) => Reply::Order(writer.language, order.id),
        Ok(Link::Plans(_)) => Reply::Plans(writer.language, writer.line.id),
        Err(LinkOutcome::TooMany) => {
            renewed(writer, Outcome::TooMany, OrderId::from_bytes([0; 16]))
        }
        Err(_) => Reply::Plain(writer.language, "text-not-ordered".to_owned()),
    })
}

/// The reply in words; nothing, where nothing is answered.
pub async fn worded(app: &App, reply: &Reply) -> Result<Option<String>, Problem> {
    let business = &app.business;
    let linked = |language: Language, key: &str, link: String| {
        text(business, language, (key, &[("link", link.into())]))
    };
    Ok(Some(match reply {
        Reply::Nothing => return Ok(None),
        Reply::Words(words) => words.clone(),
        Reply::Plain(language, key) => {
            linked(*language, key, format!("{}/{}", app.base_url, language.path()))
        }
        Reply::Left(language, card, standing) => left_text(business, *language, (card, standing)),
        Reply::Renewed(language, card, outcome, order) => {
            let link = match order {
                Some(id) => receipts::order_link(app, &app.order(*id).await?),
                None => String::new(),
            };
            let arguments = [("card", card.as_str().into()), ("link", link.into())];
            let key = format!("text-{}", outcome_key(*outcome));
            text(business, *language, (&key, &arguments))
        }
        Reply::Order(language, id) => {
            let link = receipts::order_link(app, &app.order(*id).await?);
            linked(*language, "text-link", link)
        }
        Reply::Plans(language, line) => {
            let link = link::plans_chosen(app, (*line, *language)).await?;
            sms::plain(*language, &linked(*language, "text-link", link))
        }
    }))
}
