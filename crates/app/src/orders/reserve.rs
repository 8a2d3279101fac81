//! What an order holds of other subjects before it is made: a place of its promotion.

use crate::ports::pipeline::{Envelope, Outcome};
use crate::ports::subjects::SubjectEnvelope;
use crate::{App, Problem, ProblemCode, subjects};
use farline_domain::catalog::{Promotion, PromotionCode};
use farline_domain::commands::{Actor, Answer, Context, LineCommand, PlaceOrder};
use farline_domain::kernel::{CommandKey, OrderId, ReservationId, Units};
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

/// Reserves the place of a quote's promotion for an order. None where nothing is limited.
pub(super) async fn place_of(
    app: &App,
    (quote, order): (&Quote, OrderId),
    actor: &Actor,
) -> Result<Option<Reservation>, Problem> {
    let code = quote.price.promotion().map(PromotionCode::parse);
    let Some(Ok(code)) = code else { return Ok(None) };
    let promotion = app.store.catalogue().promotions.get(&code).map(Promotion::limits);
    let limits = promotion.unwrap_or_default();
    let subject = SubjectKey::Promotion(code);
    // A promotion that is withdrawn, or limited no longer, goes on counting what it quoted.
    if limits.is_none() && app.store.subject(&subject).await?.is_none() {
        return Ok(None);
    }
    let wanted = wanted(app, (&subject, limits), (quote, order))?;
    let command = SubjectCommand::Reserve(Box::new(wanted));
    let context = Context { now: app.now(), actor: actor.clone() };
    let envelope = SubjectEnvelope { subject, command, context };
    match app.store.run_on_subject(envelope).await?? {
        SubjectAnswer::Reservation(reservation) => Ok(Some(*reservation)),
        SubjectAnswer::Limited(_) | SubjectAnswer::Paid => Err(Problem::of(ProblemCode::Internal)),
    }
}

fn wanted(
    app: &App,
    (subject, limits): (&SubjectKey, Limits),
    (quote, order): (&Quote, OrderId),
) -> Result<Reserve, Problem> {
    let id = ReservationId::mint(app.now(), subject.cell(), app.randomness.bits());
    let one = Units::new(1).map_err(SubjectRefusal::from)?;
    Ok(Reserve {
        id,
        order,
        line: quote.line,
        placing: CommandKey::of(&["placing", &id.to_string()]),
        holder: Some(Holder::from(quote.line)),
        named: None,
        instead_of: None,
        quantity: Quantity::redemptions(one),
        limits,
        look_at: app.now().plus_seconds(LOOK_AFTER_SECONDS),
    })
}

/// Places an order that holds something, under the reservation's key. What came to nothing is freed.
pub(crate) async fn place_under(
    app: &App,
    reservation: &Reservation,
    placing: PlaceOrder,
    actor: Actor,
) -> Result<Order, Problem> {
    let (line, id) = (placing.quote.line, placing.id);
    let context = Context { now: app.now(), actor };
    let command = LineCommand::Place(Box::new(placing));
    let envelope = Envelope { line, key: Some(reservation.placing), command, context };
    let outcome = app.store.run(envelope).await?;
    app.wake.notify_one();
    match outcome {
        Outcome::Answered(Answer::Order(order)) => {
            if !order.reservations.contains(&reservation.reserved()) {
                subjects::free(app, reservation).await;
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
            subjects::free(app, reservation).await;
            Err(refusal.into())
        }
        Outcome::NoSuchLine => {
            subjects::free(app, reservation).await;
            Err(Problem::of(ProblemCode::UnknownLine))
        }
    }
}
