//! What an order holds of other subjects before it is made: places of its promotions, and a code that is good once.

use crate::ports::pipeline::{Envelope, Outcome};
use crate::ports::subjects::SubjectEnvelope;
use crate::quotes::promotions::holder_of;
use crate::{App, Problem, ProblemCode, subjects};
use farline_domain::catalog::{Promotion, PromotionCode};
use farline_domain::commands::{Actor, Answer, Context, LineCommand, PlaceOrder};
use farline_domain::kernel::{AccountId, CommandKey, OrderId, ReservationId, Units};
use farline_domain::orders::{Order, Quote};
use farline_domain::subjects::{
    Holder, Limits, Quantity, Reservation, Reserve, SubjectAnswer, SubjectCommand, SubjectKey,
    SubjectRefusal,
};

/// When the reconciler looks for the first time whether the order was made, in seconds. Making it
/// takes far less, and nothing wrong comes of looking too early.
pub(crate) const LOOK_AFTER_SECONDS: i64 = 5 * 60;

impl From<SubjectRefusal> for Problem {
    fn from(refusal: SubjectRefusal) -> Self {
        match refusal {
            SubjectRefusal::UsedUp | SubjectRefusal::ShareUsedUp => {
                Self::of(ProblemCode::PromotionUsedUp)
            }
            SubjectRefusal::OtherMeasure
            | SubjectRefusal::OtherPayment
            | SubjectRefusal::NoSuchReservation
            | SubjectRefusal::Units(_) => {
                let mut problem = Self::of(ProblemCode::Internal);
                problem.cause = Some(refusal.to_string());
                problem
            }
        }
    }
}

/// Reserves the places of a quote's promotions, and its single-use code, for an order; nothing where nothing is limited. All of
/// it stands under one key, or none of it does.
pub(super) async fn places_of(
    app: &App,
    (quote, order, customer): (&Quote, OrderId, Option<AccountId>),
    actor: &Actor,
) -> Result<Vec<Reservation>, Problem> {
    let mut held: Vec<Reservation> = Vec::new();
    for (subject, (holder, limits)) in limited(app, quote, customer).await? {
        let key = held.first().map(|first| first.placing);
        let wanted = wanted(app, (&subject, holder, limits), (quote, order, key))?;
        let command = SubjectCommand::Reserve(Box::new(wanted));
        let context = Context { now: app.now(), actor: actor.clone() };
        let envelope = SubjectEnvelope { subject, command, context };
        match app.store.run_on_subject(envelope).await? {
            Ok(SubjectAnswer::Reservation(reservation)) => held.push(*reservation),
            Ok(SubjectAnswer::Limited(_) | SubjectAnswer::Paid) => {
                return Err(Problem::of(ProblemCode::Internal));
            }
            Err(refusal) => {
                free_all(app, &held).await;
                return Err(refusal.into());
            }
        }
    }
    // One of an earlier attempt may have been freed since, so that its key makes no order any more.
    if held.iter().any(|one| Some(one.placing) != held.first().map(|first| first.placing)) {
        free_all(app, &held).await;
        return Err(Problem::of(ProblemCode::RequestRunning));
    }
    Ok(held)
}

async fn free_all(app: &App, held: &[Reservation]) {
    for one in held {
        subjects::free(app, one).await;
    }
}

type Counted = (Option<Holder>, Limits);

/// What of a quote is limited in number: of which subject, towards whose share, by which limits where it has none yet.
async fn limited(
    app: &App,
    quote: &Quote,
    customer: Option<AccountId>,
) -> Result<Vec<(SubjectKey, Counted)>, Problem> {
    let catalogue = app.store.catalogue();
    let mut limited = Vec::new();
    for code in quote.price.promotions().filter_map(|code| PromotionCode::parse(code).ok()) {
        let promotion = catalogue.promotions.get(&code);
        let subject = SubjectKey::Promotion(code);
        let limits = promotion.map(Promotion::limits).unwrap_or_default();
        // A promotion that is withdrawn, or limited no longer, goes on counting what it quoted.
        if limits.is_none() && app.store.subject(&subject).await?.is_none() {
            continue;
        }
        let holder = match promotion {
            None => Some(Holder::from(quote.line)),
            Some(promotion) => {
                let sign_in = || Problem::of(ProblemCode::PromotionSignIn).in_field("promotion");
                Some(holder_of(promotion, (quote.line, customer)).ok_or_else(sign_in)?)
            }
        };
        limited.push((subject, (holder, limits)));
    }
    if let Some(code) = &quote.single_use {
        let once = Units::new(1).map_err(SubjectRefusal::from)?;
        limited.push((code.clone(), (None, Limits { total: Some(once), holder: None })));
    }
    Ok(limited)
}

fn wanted(
    app: &App,
    (subject, holder, limits): (&SubjectKey, Option<Holder>, Limits),
    (quote, order, key): (&Quote, OrderId, Option<CommandKey>),
) -> Result<Reserve, Problem> {
    let id = ReservationId::mint(app.now(), subject.cell(), app.randomness.bits());
    let one = Units::new(1).map_err(SubjectRefusal::from)?;
    Ok(Reserve {
        id,
        order,
        line: quote.line,
        placing: key.unwrap_or_else(|| CommandKey::of(&["placing", &id.to_string()])),
        holder,
        named: None,
        instead_of: None,
        quantity: Quantity::redemptions(one),
        limits,
        look_at: app.now().plus_seconds(LOOK_AFTER_SECONDS),
    })
}

/// Places an order that holds something, under the one key of what it holds. What came to nothing is freed.
pub(crate) async fn place_under(
    app: &App,
    held: &[Reservation],
    placing: PlaceOrder,
    actor: Actor,
) -> Result<Order, Problem> {
    let (line, id) = (placing.quote.line, placing.id);
    let context = Context { now: app.now(), actor };
    let command = LineCommand::Place(Box::new(placing));
    let key = held.first().map(|first| first.placing);
    let envelope = Envelope { line, key, command, context };
    let outcome = app.store.run(envelope).await?;
    app.wake.notify_one();
    match outcome {
        Outcome::Answered(Answer::Order(order)) => {
            for one in held.iter().filter(|one| !order.reservations.contains(&one.reserved())) {
                subjects::free(app, one).await;
            }
            Ok(*order)
        }
        Outcome::Answered(Answer::Charging(_) | Answer::Done) => {
            Err(Problem::of(ProblemCode::Internal))
        }
        // Made by another attempt; or given up by it, and the next attempt holds anew.
        Outcome::Repeated => {
            let running = || Problem::of(ProblemCode::RequestRunning);
            app.store.order(id).await?.ok_or_else(running)
        }
        Outcome::Refused(refusal) => {
            free_all(app, held).await;
            Err(refusal.into())
        }
        Outcome::NoSuchLine => {
            free_all(app, held).await;
            Err(Problem::of(ProblemCode::UnknownLine))
        }
    }
}
