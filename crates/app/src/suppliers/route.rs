//! Whom an operator's renewals go to: which of its suppliers could deliver just now.

use super::{Pause, known};
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::{Operator, OperatorCode, PlanCode};
use farline_domain::orders::routing::{Candidate, Choice, Standing, choose};
use farline_domain::orders::{Attempt, Order};

/// What is to be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// Something of the operator's plans.
    Any,
    /// This plan.
    Plan(&'a PlanCode),
}

/// Whether an operator's plans are sold at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selling {
    /// They are.
    Open,
    /// All who could deliver them are paused.
    Paused,
}

/// Refuses a sale that none of the operator's suppliers could deliver just now. Nothing is held against a supplier without
/// terms: nobody looks at it.
pub async fn may_sell(app: &App, operator: &Operator, wanted: Wanted<'_>) -> Result<(), Problem> {
    let (candidates, pauses) = candidates(app, operator, wanted).await?;
    match choose(&candidates, &[]) {
        Choice::Supplier(_) | Choice::Nobody => Ok(()),
        Choice::Paused => {
            let mut problem = Problem::of(ProblemCode::SupplierPaused);
            problem.cause = Some(format!("the supplier {}", pauses.join(", the supplier ")));
            Err(problem)
        }
    }
}

/// Whether nothing of an operator is sold at present, as whoever could deliver it is paused.
pub async fn selling(app: &App, operator: &Operator) -> Result<Selling, Problem> {
    match may_sell(app, operator, Wanted::Any).await {
        Ok(()) => Ok(Selling::Open),
        Err(problem) if problem.code == ProblemCode::SupplierPaused => Ok(Selling::Paused),
        Err(problem) => Err(problem),
    }
}

/// The supplier that an order starts with, where that is not the operator's first.
pub(crate) async fn first(app: &App, plan: &PlanCode) -> Result<Option<String>, Problem> {
    let catalogue = app.store.catalogue();
    let Some(operator) = catalogue.plans.get(plan).map(|plan| &plan.operator) else {
        return Ok(None);
    };
    let chosen = chosen(app, (operator, plan), &[]).await?;
    let preferred = catalogue.operators.get(operator).and_then(|it| it.suppliers().next());
    Ok(chosen.filter(|chosen| preferred != Some(chosen.as_str())))
}

/// The supplier that an order goes on to, after this one is known to have refused it.
pub(crate) async fn next(
    app: &App,
    (operator, order): (&OperatorCode, &Order),
    refused_by: &str,
) -> Result<Option<String>, Problem> {
    let mut attempts = order.attempts.clone();
    // What was sent before attempts were noted.
    attempts.push(Attempt {
        supplier: refused_by.to_owned(),
        reference: order.sent_under(),
        sent_at: None,
        refused: None,
    });
    chosen(app, (operator, &order.offer.plan), &attempts).await
}

async fn chosen(
    app: &App,
    (operator, plan): (&OperatorCode, &PlanCode),
    attempts: &[Attempt],
) -> Result<Option<String>, Problem> {
    let catalogue = app.store.catalogue();
    let Some(operator) = catalogue.operators.get(operator) else { return Ok(None) };
    // Most operators have one supplier, and nothing is to be chosen.
    if operator.then.is_empty() {
        return Ok(None);
    }
    let (candidates, _) = candidates(app, operator, Wanted::Plan(plan)).await?;
    Ok(match choose(&candidates, attempts) {
        Choice::Supplier(name) => Some(name.to_owned()),
        Choice::Paused | Choice::Nobody => None,
    })
}

/// The operator's suppliers with how they stand, and in words why those that are paused are. Where none sells the plan, the
/// first answers for itself.
async fn candidates(
    app: &App,
    operator: &Operator,
    wanted: Wanted<'_>,
) -> Result<(Vec<Candidate>, Vec<String>), Problem> {
    let sells = |name: &&str| match (app.suppliers.get(*name), wanted) {
        (Some(supplier), Wanted::Plan(plan)) => supplier.sells(plan.as_str()),
        (Some(_), Wanted::Any) => true,
        (None, _) => false,
    };
    let mut selling: Vec<&str> = operator.suppliers().filter(sells).collect();
    if selling.is_empty() {
        selling.extend(operator.suppliers().next());
    }
    let (mut candidates, mut pauses) = (Vec::new(), Vec::new());
    for name in operator.suppliers() {
        let standing = match paused(app, name).await? {
            _ if !selling.contains(&name) => Standing::SellsNot,
            Some(pause) => {
                pauses.push(format!("{name}: {}", pause.code()));
                Standing::Paused
            }
            None => Standing::Ready,
        };
        candidates.push(Candidate { supplier: name.to_owned(), standing });
    }
    Ok((candidates, pauses))
}

async fn paused(app: &App, supplier: &str) -> Result<Option<Pause>, Problem> {
    let Some(terms) = app.supplier_terms.get(supplier) else { return Ok(None) };
    Ok(known(&*app.store, supplier).await?.pause(terms, app.now()))
}
