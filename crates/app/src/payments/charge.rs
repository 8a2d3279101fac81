//! Having a method charged for an order.

use super::settle::{book, no_answer};
use crate::ports::methods::AccountMethod;
use crate::ports::payment::{ChargeRequest, ChargeState};
use crate::{App, Problem, orders};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::AccountId;
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{Decline, DeclineAdvice, KeptMethod, MethodCharge};

/// The key of a charge of an order. The first has no number.
fn key_of(order: &Order, charge: &MethodCharge) -> String {
    match charge.attempt {
        0 => format!("{}-charge", order.id),
        attempt => format!("{}-charge-{attempt}", order.id),
    }
}

/// Asks the provider to charge the order's method, or what became of that. Asking again is safe: the key is the
/// same. An outcome that is not known is an error, and the order stays as it is.
pub async fn charge(app: &App, order: &Order) -> Result<Order, Problem> {
    let order = app.run(order.line, LineCommand::AskCharge(order.id), Actor::System).await?;
    let charge = order.charge.as_ref().filter(|charge| charge.is_unknown());
    let (OrderState::AwaitingPayment { .. }, Some(charge)) = (&order.state, charge) else {
        return Ok(order);
    };
    let provider = app.providers.of(&charge.method.provider)?;
    let request = request_of(app, &order, charge);
    let answer = provider.charge(&request).await;
    let answer = answer.map_err(|unknown| no_answer(unknown.to_string()))?;
    let actor = Actor::Provider(provider.name().to_owned());
    let decline = match answer {
        Ok(ChargeState::Pending) => return Ok(order),
        Ok(ChargeState::Captured(payment)) => {
            return book(app, (&order, provider.name()), payment).await;
        }
        Ok(ChargeState::Declined(decline)) => decline,
        // The provider does not know the method, or not this kind of charge.
        Err(refusal) => Decline { code: refusal.code, advice: DeclineAdvice::AskCustomer },
    };
    if decline.advice == DeclineAdvice::Never
        && let Some(account) = order.payer.as_ref().and_then(|payer| payer.account)
    {
        refuse(app, account, &charge.method).await?;
    }
    app.run(order.line, LineCommand::ChargeDeclined(order.id, decline), actor).await
}

fn request_of(app: &App, order: &Order, charge: &MethodCharge) -> ChargeRequest {
    let now = app.now();
    ChargeRequest {
        key: key_of(order, charge),
        order: order.id.to_string(),
        amount: order.price.total,
        description: orders::pay::description(app, order),
        customer: charge.method.customer.clone(),
        method: charge.method.method.clone(),
        is_payer_there: charge.is_payer_there,
        first_asked_at: charge.asked_at.unwrap_or(now),
        now,
    }
}

/// Notes that the provider wants a method never to be charged again.
async fn refuse(app: &App, account: AccountId, method: &KeptMethod) -> Result<(), Problem> {
    let methods = app.store.methods_of_account(account).await?;
    if let Some(found) = methods.into_iter().find(|found| found.id == method.id) {
        app.store.keep_method(&AccountMethod { is_refused: true, ..found }).await?;
    }
    Ok(())
}
