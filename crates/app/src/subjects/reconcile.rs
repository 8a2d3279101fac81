//! Looking after what is held: the order decides, and one that was never made never will be.

use super::settle;
use crate::ports::pipeline::{Envelope, Outcome};
use crate::{App, Problem};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::orders::Order;
use farline_domain::subjects::{Reservation, Standing, SubjectCommand};

/// Reservations looked at in one go.
const BATCH: u32 = 500;
/// When an order that is still on its way is looked at again, in seconds.
const LOOK_AGAIN_SECONDS: i64 = 15 * 60;

/// Looks at everything held whose time has come. It backs up the jobs of orders that ended, and
/// frees what was held for an order that was never made. Returns how many it looked at.
pub async fn look_after(app: &App) -> Result<usize, Problem> {
    let mut looked = 0;
    loop {
        let held = app.store.reservations_to_look_at(app.now(), BATCH).await?;
        let count = held.len();
        for reservation in &held {
            let Err(problem) = reconcile(app, reservation).await else { continue };
            // One that cannot be settled does not keep the others waiting.
            let (code, cause) = (problem.code.code(), problem.cause);
            tracing::error!(reservation = %reservation.id, code, cause, "it is looked at again");
            let at = app.now().plus_seconds(LOOK_AGAIN_SECONDS);
            app.store.look_again(&reservation.reserved(), at).await?;
        }
        looked += count;
        if count < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(looked);
        }
    }
}

/// Frees what came to nothing, at once where that is possible; else the reconciler comes to it.
pub async fn free(app: &App, reservation: &Reservation) {
    if let Err(problem) = reconcile(app, reservation).await {
        let (code, cause) = (problem.code.code(), problem.cause);
        tracing::warn!(reservation = %reservation.id, code, cause, "freed later");
    }
}

/// Makes a reservation what its order says: captured, released, or still held.
pub async fn reconcile(app: &App, reservation: &Reservation) -> Result<(), Problem> {
    let reserved = reservation.reserved();
    let order = match app.store.order(reservation.order).await? {
        Some(order) => Some(order),
        None => forgo(app, reservation).await?,
    };
    // An order that stands without it does not need it: it is of an attempt that came second.
    let order = order.filter(|order| order.reservations.contains(&reserved));
    match order.as_ref().map_or(Standing::Ended, Standing::of) {
        Standing::OnItsWay => {
            let at = app.now().plus_seconds(LOOK_AGAIN_SECONDS);
            Ok(app.store.look_again(&reserved, at).await?)
        }
        Standing::Delivered => settle(app, &reserved, SubjectCommand::Capture).await,
        Standing::Ended => settle(app, &reserved, SubjectCommand::Release).await,
    }
}

/// Sees to it that an order which does not stand is never made: its placing would run under the same
/// key, and under a key one command takes effect. Gives the order, if that was quicker.
async fn forgo(app: &App, reservation: &Reservation) -> Result<Option<Order>, Problem> {
    let envelope = Envelope {
        line: reservation.line,
        key: Some(reservation.placing),
        command: LineCommand::Sweep,
        context: Context { now: app.now(), actor: Actor::System },
    };
    match app.store.run(envelope).await? {
        Outcome::Answered(_) | Outcome::NoSuchLine => Ok(None),
        Outcome::Repeated => Ok(app.store.order(reservation.order).await?),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
