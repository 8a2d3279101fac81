//! The payer says it was the wrong number.

use crate::{App, Problem, lines};
use farline_domain::commands::{Actor, LineCommand, LineState, REPORT_WITHIN_MILLIS};
use farline_domain::orders::{Order, OrderState};

/// What reporting a wrong number would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prospect {
    /// Taken back and refunded at once.
    AtOnce,
    /// A person looks into it, by a deadline.
    ByPerson,
    /// The time to report it has passed, or there is nothing to report.
    Closed,
}

/// Reports a wrong number: taken back and refunded at once where nothing was used on our own
/// network, otherwise a person looks into it.
pub async fn report_wrong_number(app: &App, order: &Order, actor: Actor) -> Result<Order, Problem> {
    app.run(order.line, LineCommand::WrongNumber(order.id), actor).await
}

/// What reporting would lead to now, so that the page can say it before it is pressed.
pub async fn prospect(app: &App, order: &Order) -> Result<Prospect, Problem> {
    let OrderState::Delivered { delivered, .. } = &order.state else { return Ok(Prospect::Closed) };
    if app.now().millis_since(delivered.at) > REPORT_WITHIN_MILLIS || order.task.is_some() {
        return Ok(Prospect::Closed);
    }
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let Some(operator) = catalogue.operators.get(&view.line.operator) else {
        return Ok(Prospect::ByPerson);
    };
    let own = operator.network == farline_domain::catalog::Network::Own;
    let untouched = LineState::is_untouched(&view.buckets, view.line.dates, delivered);
    Ok(if own && untouched { Prospect::AtOnce } else { Prospect::ByPerson })
}
