//! A call with the robot as the hotline keeps it: for whoever takes it over, and for a supervisor who counts.

use crate::{App, Problem};
use farline_domain::hotline::robot::{Place, Robot, Said, Speech};
use farline_domain::hotline::{Call, CallSource, Caller};
use farline_domain::kernel::{CallId, Instant, LineId, OrderId};
use farline_domain::orders::Channel;

/// What was known before a step.
pub(super) struct Known {
    /// The call, if it was kept before.
    pub(super) call: Option<CallId>,
    /// When the step before was answered.
    pub(super) at: Instant,
    /// What the step's effects are derived from: done twice, it makes one call.
    pub(super) seed: [u8; 16],
}

/// Keeps where a call stands after a step, once it is known which card it is about. That it could not be kept is no trouble
/// of the caller's: a person then asks them once more.
pub(super) async fn trace(
    app: &App,
    known: &Known,
    (robot, speech): (&Robot, &Speech),
) -> Option<CallId> {
    let line = robot.card?;
    match keep(app, known, (line, robot, speech)).await {
        Ok(id) => Some(id),
        Err(problem) => {
            tracing::warn!(code = problem.code.code(), "a call of the robot was not kept");
            known.call
        }
    }
}

async fn keep(
    app: &App,
    known: &Known,
    (line, robot, speech): (LineId, &Robot, &Speech),
) -> Result<CallId, Problem> {
    let now = app.now();
    let kept = match known.call {
        Some(id) => app.store.call(id).await?,
        None => None,
    };
    let call = kept.unwrap_or_else(|| begun(known, (line, robot)));
    let is_over = robot.place == Place::Over;
    let is_locked = speech.said.contains(&Said::PinLocked);
    let call = Call {
        active_at: now,
        ended_at: call.ended_at.or(is_over.then_some(now)),
        proof: robot.proof,
        failures: robot.wrong_pins,
        locks: call.locks.saturating_add(u32::from(is_locked)),
        order: ordered(app, &call).await?.or(call.order),
        connecting_at: match robot.place {
            Place::Connecting => call.connecting_at.or(Some(now)),
            Place::Greeting
            | Place::OwnCard
            | Place::Number
            | Place::Pin
            | Place::Menu
            | Place::Offer(_)
            | Place::Over => None,
        },
        ..call
    };
    app.store.keep_call(&call).await?;
    Ok(call.id)
}

fn begun(known: &Known, (line, robot): (LineId, &Robot)) -> Call {
    let [high, low] = [&known.seed[..8], &known.seed[8..]]
        .map(|half| half.iter().fold(0, |bits: u64, octet| bits << 8 | u64::from(*octet)));
    let is_own = robot.own.as_ref().is_some_and(|(own, _)| *own == line);
    let caller = if is_own { Caller::Card } else { Caller::Other };
    let id = CallId::mint(known.at, line.cell(), high ^ low);
    Call::begun(id, (CallSource::Robot, line, caller), known.at)
}

/// The order that the robot has placed in this call.
async fn ordered(app: &App, call: &Call) -> Result<Option<OrderId>, Problem> {
    let newest = app.store.orders_of_line(call.line, None, 1).await?.pop();
    let is_of_call = |at: Instant| at >= call.started_at;
    Ok(newest
        .filter(|order| order.channel == Channel::Voice)
        .filter(|order| order.history.first().is_some_and(|first| is_of_call(first.at)))
        .map(|order| order.id))
}
