//! A plan that waits behind the one that runs is started as the data is used up, where its rule says so.

use crate::ports::lines::LineView;
use crate::ports::pipeline::{Envelope, Outcome};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::catalog::StartRule;
use farline_domain::commands::{Actor, Answer, Behind, Context, LineCommand, can_start_early};
use farline_domain::kernel::{Instant, LineId};
use farline_domain::orders::Order;

/// What became of the wish to start what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// It has started, now or when this was asked before.
    Yes,
    /// Nothing waits for the data to be used up, or it waits on.
    No,
}

/// Starts the newest plan of a line that waits for its data to be used up, if that is so. `since` is when the data was noted as
/// used up: what was started then is found again. Twice is once.
pub async fn start_queued(app: &App, line: LineId, since: Instant) -> Result<Started, Problem> {
    let view = lines::find::view(app, line).await?;
    let Some(order) = newest(app, &view, since).await? else { return Ok(Started::No) };
    if order.offer.start_rule != StartRule::QueueOrUsedUp {
        return Ok(Started::No);
    }
    let command = LineCommand::StartQueued(order.id);
    let context = Context { now: app.now(), actor: Actor::System };
    let outcome = app.store.run(Envelope { line, key: None, command, context }).await?;
    app.wake.notify_one();
    match outcome {
        Outcome::Answered(Answer::Order(_)) => Ok(Started::Yes),
        // Data is left, or something counts on its dates: it waits on, or has begun by itself.
        Outcome::Refused(_) => Ok(Started::No),
        Outcome::Answered(Answer::Charging(_) | Answer::Done)
        | Outcome::Repeated
        | Outcome::NoSuchLine => Err(Problem::of(ProblemCode::Internal)),
    }
}

/// The order of the newest buckets that can be used only from then on.
async fn newest(app: &App, view: &LineView, since: Instant) -> Result<Option<Order>, Problem> {
    let later = view.buckets.iter().filter(|bucket| bucket.valid_from >= since);
    let of_orders = later.filter_map(|bucket| Some((bucket.number, bucket.order?)));
    match of_orders.max_by_key(|(number, _)| *number) {
        Some((_, order)) => Ok(app.store.order(order).await?),
        None => Ok(None),
    }
}

/// The order on a line that waits and starts as soon as its data is used up, if there is one.
pub async fn waiting(app: &App, view: &LineView) -> Result<Option<Order>, Problem> {
    let now = app.now();
    let Some(order) = newest(app, view, now).await? else { return Ok(None) };
    Ok(starts_early(app, view, &order)?.then_some(order))
}

/// Whether an order's plan waits, and starts as soon as its line's data is used up.
pub fn starts_early(app: &App, view: &LineView, order: &Order) -> Result<bool, Problem> {
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let behind = Behind::on(operator, &view.line, &view.buckets);
    Ok(can_start_early(order, behind, app.now()).is_ok())
}
