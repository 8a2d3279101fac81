//! A payment is disputed, or a bank warns of it: how that stands is read from the provider.

use super::settle::no_answer;
use crate::ports::payment::{DisputedPayment, PaymentProvider};
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::OrderId;

/// Reads a dispute from the provider and books what it took. One of a payment that is not ours is left alone; one that
/// names an order of ours and a payment which that order does not have is an error, and looked at again.
pub async fn dispute(app: &App, provider: &dyn PaymentProvider, id: &str) -> Result<(), Problem> {
    let answer = provider.dispute(id).await;
    let found = match answer.map_err(Problem::provider_unavailable)? {
        Ok(found) => found,
        Err(refusal) => {
            tracing::warn!(dispute = id, code = refusal.code, "the provider knows no such dispute");
            return Ok(());
        }
    };
    let DisputedPayment { order, told } = found;
    let order = order.as_deref().and_then(OrderId::parse);
    let Some(order) = order else {
        tracing::warn!(dispute = id, "a payment that is not of an order is disputed");
        return Ok(());
    };
    let Some(order) = app.store.order(order).await? else {
        return Err(no_answer(format!("dispute {id} is of {order}, which is not there")));
    };
    let actor = Actor::Provider(provider.name().to_owned());
    let command = LineCommand::Dispute(order.id, Box::new(told));
    app.run(order.line, command, actor).await.map(|_| ())
}
