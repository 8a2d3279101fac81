//! What is done when the time of a line's auto-renew comes.

use super::agree::seed;
use super::end::stop;
use super::reach;
use crate::ports::lines::LineView;
use crate::quotes::{self, Promoting, QuoteRequest};
use crate::{App, Problem, ProblemCode, lines, payments};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::{AutoRenew, Consent, Due, Progress};
use farline_domain::commands::{Actor, AutoRenewStep, LineCommand};
use farline_domain::kernel::{LineId, OrderId, Reference};
use farline_domain::orders::{Order, OrderState, Quote};

/// What came of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// What was due is done.
    Done,
    /// It pauses: nobody can be told. It is looked at again another day.
    Paused,
}

/// Looks at a line's auto-renew and does what is due; the decision is the line's own. A saved method is charged at once.
pub async fn step(app: &App, line: LineId) -> Result<Stepped, Problem> {
    let view = lines::find::view(app, line).await?;
    let standing = view.auto_renew.clone().filter(AutoRenew::is_on);
    let Some(standing) = standing else { return Ok(Stepped::Done) };
    if !holds(app, &standing, line).await? {
        return stop(app, line, Actor::System).await.map(|()| Stepped::Done);
    }
    if reach::is_paused(app, &standing).await? {
        return Ok(Stepped::Paused);
    }
    let step = prepare(app, &view, &standing).await?;
    let command = LineCommand::StepAutoRenew(Box::new(step));
    app.decide(line, command, Actor::System).await?;
    let placed = lines::find::view(app, line).await?.auto_renew;
    if let Some(Progress::Charging { order, .. }) = placed.map(|standing| standing.progress) {
        let order = app.order(order).await?;
        if order.charge.is_some() && matches!(order.state, OrderState::AwaitingPayment { .. }) {
            // Should this come to nothing, the job that was promised with the order goes on.
            payments::charge(app, &order).await?;
        }
    }
    Ok(Stepped::Done)
}

/// Whether who agreed still holds the line.
async fn holds(app: &App, standing: &AutoRenew, line: LineId) -> Result<bool, Problem> {
    let Some(account) = standing.consent.payer.account else { return Ok(false) };
    Ok(app.store.rights_to_line(account, line).await? == Some(Rights::Holder))
}

/// What the decision may need. A price is asked for only where something is due.
async fn prepare(
    app: &App,
    view: &LineView,
    standing: &AutoRenew,
) -> Result<AutoRenewStep, Problem> {
    let (line, now) = (view.line.id, app.now());
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let due = standing.due(rule, view.line.dates, now);
    let is_charging = matches!(due, Due::Charge(..));
    let quote = match due {
        Due::Announce(..) | Due::Charge(..) => quote(app, line, &standing.consent).await?,
        Due::Nothing(_) | Due::WarnOfCard(_) => None,
    };
    Ok(AutoRenewStep {
        quote,
        id: OrderId::mint(now, line.cell(), app.randomness.bits()),
        reference: Reference::mint(line.cell(), app.randomness.bits()),
        is_other_pending: is_charging && is_other_pending(app, line).await?,
        charging: standing.consent.payer.account.filter(|_| is_charging),
    })
}

/// What the plan costs now; nothing, where it is not sold any more or the line cannot be renewed with it. Trouble of our own is an
/// error: nobody is told that a plan is gone because a database was.
async fn quote(app: &App, line: LineId, consent: &Consent) -> Result<Option<Quote>, Problem> {
    let request = QuoteRequest {
        line,
        plan: consent.plan.to_string(),
        promotions: Promoting::Off,
        province: Some(consent.province),
        seed: seed(app),
    };
    match quotes::make(app, request).await {
        Ok(quote) => Ok(Some(quote)),
        Err(problem) => match problem.code {
            ProblemCode::UnknownPlan
            | ProblemCode::PlanNotForLine
            | ProblemCode::PlanNotSold
            | ProblemCode::LineClosed
            | ProblemCode::NoPlanInService => Ok(None),
            _ => Err(problem),
        },
    }
}

/// Whether another renewal of the line waits to be paid: someone may be at a provider's page with it.
async fn is_other_pending(app: &App, line: LineId) -> Result<bool, Problem> {
    let recent = app.store.orders_of_line(line, None, 8).await?;
    let waits = |order: &Order| {
        matches!(order.state, OrderState::AwaitingPayment { .. })
            && (order.checkout.is_some() || order.is_charge_unknown())
            && order.occasion.is_none()
    };
    Ok(recent.iter().any(waits))
}
