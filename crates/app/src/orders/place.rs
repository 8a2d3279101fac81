//! Placing an order from a quote.

use super::reserve;
use crate::ports::records::Contact;
use crate::quotes::make::first_eight;
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::Address;
use farline_domain::commands::{Actor, LineCommand, PlaceOrder};
use farline_domain::kernel::{
    AccountId, ContactId, Instant, Language, Msisdn, OrderId, QuoteId, Reference,
};
use farline_domain::notices::Medium;
use farline_domain::orders::{Channel, FrenchTerms, Order, Payer, Quote};
use farline_domain::subjects::Reservation;

/// Who buys, and where they are reached.
#[derive(Clone, Debug, Default)]
pub struct Buyer {
    /// E-mail address, as typed.
    pub email: Option<String>,
    /// Phone number, as typed.
    pub phone: Option<String>,
    /// The account of a signed-in buyer.
    pub account: Option<AccountId>,
}

/// What is to be ordered.
#[derive(Clone, Debug)]
pub struct PlaceRequest {
    /// The quote.
    pub quote: QuoteId,
    /// Who buys.
    pub buyer: Buyer,
    /// The language of the purchase.
    pub language: Language,
    /// The version of the French terms that a buyer in Quebec was shown before choosing another
    /// language.
    pub french_terms: Option<String>,
    /// By which channel it comes.
    pub channel: Channel,
    /// Whether another period is wanted beside an unfinished renewal.
    pub another: bool,
    /// Pay from the line's own credit; the line's owner only, which the channel has checked.
    pub pay_with_credit: bool,
    /// The seed of the attempt, and when it was first made: the same seed makes the same order.
    pub seed: ([u8; 16], Instant),
}

/// Places an order. Running it twice with the same seed makes one order.
pub async fn place(app: &App, request: PlaceRequest) -> Result<Order, Problem> {
    let unknown = || Problem::of(ProblemCode::QuoteNotFound).in_field("quote");
    let quote = app.store.quote(request.quote).await?.ok_or_else(unknown)?;
    let contact = contact_of(&request.buyer)?;
    let (seed, at) = request.seed;
    let cell = quote.line.cell();
    let id = OrderId::mint(at, cell, u64::from_be_bytes(first_eight(seed)));
    let actor = request.buyer.account.map_or(Actor::Guest, Actor::Account);
    if let Some(order) = made_before(app, &quote, id).await? {
        return Ok(order);
    }
    // Held before anything else is kept: if nothing is left, that is all that happened.
    let held = reserve::place_of(app, (&quote, id), &actor).await?;
    let payer = keep_contact(app, &request, &quote, contact).await?;
    let french_terms = request.french_terms.map(|version| FrenchTerms {
        version,
        chosen: request.language,
        at: app.now(),
    });
    let line = quote.line;
    let placing = PlaceOrder {
        id,
        reference: Reference::mint(cell, second_eight(seed)),
        quote,
        payer,
        language: request.language,
        french_terms,
        channel: request.channel,
        another_period: request.another,
        pay_with_credit: request.pay_with_credit,
        reservations: held.iter().map(Reservation::reserved).collect(),
    };
    match held {
        Some(held) => reserve::place_under(app, &held, placing, actor).await,
        None => app.run(line, LineCommand::Place(Box::new(placing)), actor).await,
    }
}

/// The order of an earlier attempt with the same seed, where a second attempt would hold a second
/// place of the quote's promotion.
async fn made_before(app: &App, quote: &Quote, id: OrderId) -> Result<Option<Order>, Problem> {
    if quote.price.promotion().is_none() {
        return Ok(None);
    }
    if let Some(order) = app.store.order(id).await? {
        return Ok(Some(order));
    }
    if quote.is_valid_at(app.now()) {
        return Ok(None);
    }
    Err(Problem::of(ProblemCode::QuoteExpired))
}

/// Reads what was typed. A guest gives at least one of the two.
fn contact_of(buyer: &Buyer) -> Result<Contact, Problem> {
    let typed = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let email = typed(&buyer.email);
    if email.as_deref().is_some_and(|email| Address::email(email).is_err()) {
        return Err(Problem::of(ProblemCode::EmailInvalid).in_field("email"));
    }
    let phone = typed(&buyer.phone).map(|phone| Msisdn::parse(&phone)).transpose();
    let phone = phone.map_err(|_| Problem::of(ProblemCode::PhoneInvalid).in_field("phone"))?;
    if email.is_none() && phone.is_none() && buyer.account.is_none() {
        return Err(Problem::of(ProblemCode::ContactNeeded).in_field("email"));
    }
    Ok(Contact { email, phone: phone.map(String::from) })
}

async fn keep_contact(
    app: &App,
    request: &PlaceRequest,
    quote: &Quote,
    contact: Contact,
) -> Result<Option<Payer>, Problem> {
    let media: Vec<Medium> = [
        contact.email.as_ref().map(|_| Medium::Email),
        contact.phone.as_ref().map(|_| Medium::Sms),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (seed, at) = request.seed;
    let id = ContactId::mint(at, quote.line.cell(), second_eight(seed));
    app.store.put_contact(id, &contact).await?;
    Ok(Some(Payer { contact: id, media, account: request.buyer.account }))
}

fn second_eight(seed: [u8; 16]) -> u64 {
    let mut half = [0; 8];
    half.copy_from_slice(&seed[8..]);
    u64::from_be_bytes(half)
}
