//! A person decides about an order.

use crate::{App, Problem, ProblemCode};
use farline_domain::commands::{Actor, LineCommand, Verdict};
use farline_domain::orders::Order;

/// Applies a person's verdict, with the reason they give.
pub async fn resolve(
    app: &App,
    order: &Order,
    verdict: Verdict,
    reason: &str,
) -> Result<Order, Problem> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("reason"));
    }
    let actor = Actor::Person(reason.to_owned());
    app.run(order.line, LineCommand::Resolve(order.id, verdict), actor).await
}
