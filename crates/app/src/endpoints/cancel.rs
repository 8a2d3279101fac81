//! Orders that a platform does not want any more.

use super::{Endpoint, as_it_stands, fault_of};
use crate::ports::platform::{Fault, Told};
use crate::{App, ProblemCode, partners};
use farline_domain::partners::{Outcome, Partner};

/// Cancels an order while nothing has been sent, and tells how it stands then: one that was sent is not cancelled.
pub(super) async fn cancel(
    app: &App,
    (endpoint, partner): (&Endpoint, &Partner),
    (number, amount): (&str, Option<i64>),
) -> Result<Told, Fault> {
    let fault = |problem| fault_of(&problem);
    let order = partners::find(app, partner, number).await.map_err(fault)?;
    let whole = endpoint.prices.get(&order.offer.plan).copied();
    if amount.is_some_and(|amount| Some(amount) != whole) {
        return Err(Fault::NotTheWhole);
    }
    if Outcome::of(order.state.stage()) != Outcome::Running {
        return Ok(as_it_stands(endpoint, &order));
    }
    match partners::cancel(app, partner, number).await {
        Ok(order) => Ok(as_it_stands(endpoint, &order)),
        Err(problem) if is_too_late(problem.code) => {
            let order = app.order(order.id).await.map_err(fault)?;
            Ok(as_it_stands(endpoint, &order))
        }
        Err(problem) => Err(fault_of(&problem)),
    }
}

/// Whether it was sent, or came to its end.
const fn is_too_late(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::AlreadySent | ProblemCode::TooLate | ProblemCode::WrongState)
}
