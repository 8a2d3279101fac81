//! A partner's orders. Under one name of theirs there is one, for ever: asked for again it is the same.

use super::admin::callback_of;
use super::products::priced;
use crate::orders::{self, LOOK_AFTER_SECONDS, place_under};
use crate::ports::subjects::SubjectEnvelope;
use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::PlanCode;
use farline_domain::commands::{Actor, Context, PayWith, PlaceOrder};
use farline_domain::kernel::{
    CommandKey, Language, LineId, Money, OrderId, QuoteId, Reference, ReservationId, Units,
};
use farline_domain::orders::{Channel, Order, Quote, Seller, SoldBy};
use farline_domain::partners::{Partner, Trading};
use farline_domain::subjects::{
    Limits, Named, Quantity, Reservation, ReservationState, Reserve, Reserved, SubjectAnswer,
    SubjectCommand, SubjectEntryKind, SubjectRefusal,
};

/// Orders looked through in one go.
const PAGE: u32 = 200;

/// What a partner orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderWish {
    /// What they call it.
    pub reference: String,
    /// The number or ICCID, as typed.
    pub number: String,
    /// The plan's code, as typed.
    pub product: String,
    /// The most it may cost them, with tax.
    pub at_most: Option<Money>,
    /// Where they want to be told of it; else where they always do.
    pub callback: Option<String>,
    /// Whether another period is wanted beside an unfinished renewal.
    pub another: bool,
}

/// An order as it stands, and whether it was made just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFor {
    /// The order.
    pub order: Order,
    /// Whether it was made just now.
    pub is_new: bool,
}

/// What is to be ordered, priced.
struct Priced {
    quote: Quote,
    language: Language,
}

/// Places an order, or gives the one that stands under its name.
pub async fn place(app: &App, partner: &Partner, wish: &OrderWish) -> Result<PlacedFor, Problem> {
    let named = Named::Order(reference_of(&wish.reference)?.to_owned());
    let line = lines::find::find(app, &wish.number).await?;
    let instead_of = match reservation_of(app, partner, &named).await? {
        Some(known) => match app.store.order(known.order).await? {
            Some(order) => return same(order, (line, wish)),
            // It was given up, and its order never made: the name is free for one that is.
            None if known.state == ReservationState::Released => Some(known.id),
            None => None,
        },
        None => None,
    };
    if partner.trading == Trading::Stopped {
        return Err(Problem::of(ProblemCode::PartnerStopped));
    }
    let callback = callback_of(app, wish.callback.as_deref().unwrap_or_default())?;
    let callback = callback.or_else(|| partner.callback.clone());
    let priced = price(app, partner, (line, wish)).await?;
    let held = reserve(app, partner, (&priced.quote, named, instead_of)).await?;
    // Somebody else is at it under the same name, or was and got stuck: whoever comes first makes it.
    if held.line != line || held.units.count() != priced.quote.price.total.minor {
        return Err(Problem::of(ProblemCode::IdempotencyKeyReused).in_field("reference"));
    }
    let sold_by = SoldBy {
        seller: Seller::Partner(partner.code.clone()),
        reference: wish.reference.trim().to_owned(),
        callback,
    };
    let quote = priced.quote.id;
    let placing = placing(app, (&held, wish.another), priced, sold_by.clone());
    let order =
        place_under(app, std::slice::from_ref(&held), placing, Actor::Seller(sold_by.seller))
            .await?;
    let is_new = order.quote == quote;
    Ok(PlacedFor { is_new, ..same(order, (line, wish))? })
}

/// 1 to 64 letters, digits and signs, without spaces: what stands in addresses and files.
fn reference_of(typed: &str) -> Result<&str, Problem> {
    let typed = typed.trim();
    let fits =
        (1..=64).contains(&typed.len()) && typed.bytes().all(|octet| octet.is_ascii_graphic());
    if fits {
        Ok(typed)
    } else {
        Err(Problem::of(ProblemCode::ReferenceInvalid).in_field("reference"))
    }
}

async fn reservation_of(
    app: &App,
    partner: &Partner,
    named: &Named,
) -> Result<Option<Reservation>, Problem> {
    let subject = partner.account();
    let entry = app.store.entry_named(&subject, named).await?;
    let Some(id) = entry.and_then(|entry| entry.reservation) else { return Ok(None) };
    Ok(app.store.reservation(&Reserved { subject, id }).await?)
}

/// The order that stands, if it is what is asked for now too.
fn same(order: Order, (line, wish): (LineId, &OrderWish)) -> Result<PlacedFor, Problem> {
    if order.line == line && order.offer.plan.as_str() == wish.product.trim() {
        return Ok(PlacedFor { order, is_new: false });
    }
    Err(Problem::of(ProblemCode::IdempotencyKeyReused).in_field("reference"))
}

async fn price(
    app: &App,
    partner: &Partner,
    (line, wish): (LineId, &OrderWish),
) -> Result<Priced, Problem> {
    let line = lines::find::view(app, line).await?.line;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &line)?;
    let unknown = || Problem::of(ProblemCode::UnknownPlan).in_field("product");
    let code = PlanCode::parse(wish.product.trim()).map_err(|_| unknown())?;
    if catalogue.plans.get(&code).ok_or_else(unknown)?.operator != line.operator {
        return Err(Problem::of(ProblemCode::PlanNotForLine).in_field("product"));
    }
    let now = app.now();
    let not_sold = || Problem::of(ProblemCode::PlanNotSold).in_field("product");
    let plan = catalogue.sold(&code, operator.lifecycle.today(now)).ok_or_else(not_sold)?;
    suppliers::may_sell(app, operator, suppliers::Wanted::Plan(&code)).await?;
    let product = priced((&catalogue, operator), partner, plan, now)?;
    let total = product.price.total;
    let is_above = |most: &Money| most.currency != total.currency || total.minor > most.minor;
    if wish.at_most.as_ref().is_some_and(is_above) {
        return Err(Problem::of(ProblemCode::PriceAboveMost).in_field("at_most"));
    }
    let quote = Quote {
        id: QuoteId::mint(now, line.id.cell(), app.randomness.bits()),
        line: line.id,
        offer: plan.offer(&[]),
        single_use: None,
        price: product.price,
        made_at: now,
        expires_at: now.plus_seconds(Quote::VALID_SECONDS),
    };
    Ok(Priced { quote, language: line.language })
}

/// Holds the price on the partner's account, under the order's name.
async fn reserve(
    app: &App,
    partner: &Partner,
    (quote, named, instead_of): (&Quote, Named, Option<ReservationId>),
) -> Result<Reservation, Problem> {
    let (subject, now) = (partner.account(), app.now());
    let id = ReservationId::mint(now, subject.cell(), app.randomness.bits());
    let wanted = Reserve {
        id,
        order: OrderId::mint(now, quote.line.cell(), app.randomness.bits()),
        line: quote.line,
        placing: CommandKey::of(&["placing", &id.to_string()]),
        holder: None,
        named: Some(named),
        instead_of,
        quantity: Quantity::of_money(quote.price.total).map_err(SubjectRefusal::from)?,
        limits: Limits { total: Some(Units::ZERO), holder: None },
        look_at: now.plus_seconds(LOOK_AFTER_SECONDS),
    };
    let actor = Actor::Seller(Seller::Partner(partner.code.clone()));
    let command = SubjectCommand::Reserve(Box::new(wanted));
    let envelope = SubjectEnvelope { subject, command, context: Context { now, actor } };
    match app.store.run_on_subject(envelope).await? {
        Ok(SubjectAnswer::Reservation(held)) if held.state == ReservationState::Held => Ok(*held),
        // Settled between our look and this: the next look finds its order.
        Ok(SubjectAnswer::Reservation(_)) => Err(Problem::of(ProblemCode::RequestRunning)),
        Ok(SubjectAnswer::Limited(_) | SubjectAnswer::Paid) => {
            Err(Problem::of(ProblemCode::Internal))
        }
        Err(SubjectRefusal::UsedUp) => Err(Problem::of(ProblemCode::AccountUsedUp)),
        Err(refusal) => Err(refusal.into()),
    }
}

fn placing(
    app: &App,
    (held, another_period): (&Reservation, bool),
    priced: Priced,
    sold_by: SoldBy,
) -> PlaceOrder {
    PlaceOrder {
        id: held.order,
        reference: Reference::mint(held.line.cell(), app.randomness.bits()),
        quote: priced.quote,
        payer: None,
        language: priced.language,
        french_terms: None,
        channel: Channel::Partner,
        assisted: None,
        origin: None,
        another_period,
        pay_with: PayWith::Seller(sold_by),
        occasion: None,
        reservations: vec![held.reserved()],
    }
}

/// An order of a partner, by our id or by the name they gave it. Another's is none.
pub async fn find(app: &App, partner: &Partner, typed: &str) -> Result<Order, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let is_theirs =
        |order: &Order| order.sold_by.as_ref().and_then(SoldBy::partner) == Some(&partner.code);
    if let Some(id) = OrderId::parse(typed)
        && let Some(order) = app.store.order(id).await?.filter(is_theirs)
    {
        return Ok(order);
    }
    let named = Named::Order(typed.to_owned());
    let known = reservation_of(app, partner, &named).await?.ok_or_else(not_found)?;
    app.store.order(known.order).await?.filter(is_theirs).ok_or_else(not_found)
}

/// Cancels an order of a partner, while nothing has been sent.
pub async fn cancel(app: &App, partner: &Partner, typed: &str) -> Result<Order, Problem> {
    let order = find(app, partner, typed).await?;
    orders::cancel(app, &order, Actor::Seller(Seller::Partner(partner.code.clone()))).await
}

/// The orders of a partner that were made before an entry of the account, the newest first, each with the number of its entry. An
/// order that was never made is left out.
pub async fn list(
    app: &App,
    partner: &Partner,
    (mut before, limit): (u64, usize),
) -> Result<Vec<(u64, Order)>, Problem> {
    let account = partner.account();
    let mut found = Vec::new();
    loop {
        let page = app.store.entries_before(&account, before, PAGE).await?;
        let is_last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        before = page.last().map_or(0, |last| last.entry.number);
        for one in page.iter().filter(|one| one.entry.kind == SubjectEntryKind::Reserve) {
            let Some(id) = one.order else { continue };
            if let Some(order) = app.store.order(id).await? {
                found.push((one.entry.number, order));
            }
            if found.len() == limit {
                return Ok(found);
            }
        }
        if is_last {
            return Ok(found);
        }
    }
}
