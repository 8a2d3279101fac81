//! Placing an order from a quote.

use super::reserve;
use crate::app::Placed;
use crate::ports::pipeline::Beside;
use crate::ports::records::{Contact, RequestKey};
use crate::quotes::make::first_eight;
use crate::{App, Problem, ProblemCode, suppliers};
use farline_domain::accounts::Address;
use farline_domain::commands::{Actor, Assisted, PayWith, PlaceOrder};
use farline_domain::hotline::CallSource;
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
    /// From where it comes, as a keyed digest, where orders left unpaid are counted.
    pub origin: Option<String>,
    /// Who places it for the payer, and how the line stood when they looked.
    pub assisted: Option<Assisted>,
    /// Whether another period is wanted beside an unfinished renewal.
    pub another: bool,
    /// How it is paid. The line's own credit is for its holder only, a saved method for whose it is; the
    /// channel has checked both.
    pub pay_with: PayWith,
    /// The seed of the attempt, and when it was first made: the same seed makes the same order.
    pub seed: ([u8; 16], Instant),
}

/// Places an order. Running it twice with the same seed makes one order.
pub async fn place(app: &App, request: PlaceRequest) -> Result<Order, Problem> {
    match place_claiming(app, request, None).await? {
        Placed::Order(order) => Ok(*order),
        Placed::ClaimFirst => Err(Problem::of(ProblemCode::Internal)),
    }
}

/// Places an order and claims an idempotency key, if one is given, in the same commit: what reaches into
/// other cells first, as a place of a promotion does, needs a key that is claimed before.
pub async fn place_claiming(
    app: &App,
    request: PlaceRequest,
    claim: Option<RequestKey<'_>>,
) -> Result<Placed, Problem> {
    let unknown = || Problem::of(ProblemCode::QuoteNotFound).in_field("quote");
    let quote = app.store.quote(request.quote).await?.ok_or_else(unknown)?;
    let contact = contact_of(&request.buyer)?;
    let (seed, at) = request.seed;
    let cell = quote.line.cell();
    let contact_id = ContactId::mint(at, cell, second_eight(seed));
    let payer = payer_of(&request, (contact_id, &contact));
    let id = OrderId::mint(at, cell, u64::from_be_bytes(first_eight(seed)));
    let actor = actor_of(&request);
    if claim.is_some() && quote.price.promotions().next().is_some() {
        return Ok(Placed::ClaimFirst);
    }
    if let Some(order) = made_before(app, &quote, id).await? {
        return Ok(Placed::Order(Box::new(order)));
    }
    is_sold(app, &quote, id).await?;
    // Held before anything else is kept: if nothing is left, that is all that happened.
    let held = reserve::places_of(app, (&quote, id, request.buyer.account), &actor).await?;
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
        payer: Some(payer),
        language: request.language,
        french_terms,
        channel: request.channel,
        assisted: request.assisted,
        origin: request.origin,
        another_period: request.another,
        pay_with: request.pay_with,
        occasion: None,
        reservations: held.iter().map(Reservation::reserved).collect(),
    };
    if !held.is_empty() {
        app.store.put_contact(contact_id, &contact).await?;
        let order = reserve::place_under(app, &held, placing, actor).await?;
        return Ok(Placed::Order(Box::new(order)));
    }
    let claim = claim.map(|key| (key, seed, at));
    app.place((line, placing), actor, Beside { contact: Some((contact_id, contact)), claim }).await
}

/// Refuses what the operator's supplier could not deliver just now. An order that an earlier attempt made stands.
async fn is_sold(app: &App, quote: &Quote, id: OrderId) -> Result<(), Problem> {
    if app.supplier_terms.is_empty() {
        return Ok(());
    }
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&quote.offer.plan);
    let Some(operator) = plan.and_then(|plan| catalogue.operators.get(&plan.operator)) else {
        return Ok(());
    };
    match suppliers::may_sell(app, operator, suppliers::Wanted::Plan(&quote.offer.plan)).await {
        Err(problem) if app.store.order(id).await?.is_none() => Err(problem),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Who is named in the audit: the member of the staff who places it, else who buys.
fn actor_of(request: &PlaceRequest) -> Actor {
    match request.assisted.as_ref().map(|assisted| assisted.assistance.by) {
        Some(CallSource::Desk(member)) => Actor::Staff(member, None),
        Some(CallSource::Robot) => Actor::System,
        None => request.buyer.account.map_or(Actor::Guest, Actor::Account),
    }
}

/// The order of an earlier attempt with the same seed, where a second attempt would hold second
/// places of the quote's promotions.
async fn made_before(app: &App, quote: &Quote, id: OrderId) -> Result<Option<Order>, Problem> {
    if quote.price.promotions().next().is_none() {
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

fn payer_of(request: &PlaceRequest, (id, contact): (ContactId, &Contact)) -> Payer {
    let media: Vec<Medium> = [
        contact.email.as_ref().map(|_| Medium::Email),
        contact.phone.as_ref().map(|_| Medium::Sms),
    ]
    .into_iter()
    .flatten()
    .collect();
    Payer { contact: id, media, account: request.buyer.account }
}

pub(crate) fn second_eight(seed: [u8; 16]) -> u64 {
    let mut half = [0; 8];
    half.copy_from_slice(&seed[8..]);
    u64::from_be_bytes(half)
}
