//! What a partner can sell to a number, at the partner's price.

use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::{Catalogue, Operator, Plan, Price, price};
use farline_domain::kernel::Instant;
use farline_domain::lines::{Line, renew};
use farline_domain::partners::Partner;

/// A plan at a partner's price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The plan; its own price is what everybody pays.
    pub plan: Plan,
    /// What the partner pays, with tax.
    pub price: Price,
}

/// The line with a number, its operator, and what that line can take today. Nothing else of the line is told.
pub async fn products(
    app: &App,
    partner: &Partner,
    number: &str,
) -> Result<(Line, Operator, Vec<Product>), Problem> {
    let id = lines::find::find(app, number).await?;
    let line = lines::find::view(app, id).await?.line;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &line)?;
    let now = app.now();
    suppliers::may_sell(app, operator, suppliers::Wanted::Any).await?;
    let today = operator.lifecycle.today(now);
    let mut found = Vec::new();
    for plan in catalogue.plans_of(&line.operator, today) {
        let terms = (plan.validity, plan.start_rule);
        if renew(&operator.lifecycle, line.dates, terms, now).is_ok() {
            found.push(priced((&catalogue, operator), partner, plan, now)?);
        }
    }
    Ok((line, operator.clone(), found))
}

/// Prices a plan for a partner today: its price before tax is the partner's, the taxes are those of where the partner is.
pub(crate) fn priced(
    (catalogue, operator): (&Catalogue, &Operator),
    partner: &Partner,
    plan: &Plan,
    now: Instant,
) -> Result<Product, Problem> {
    let other = |_| Problem::of(ProblemCode::PlanNotForLine).in_field("product");
    let own = Plan { price: partner.price_of(plan).map_err(other)?, ..plan.clone() };
    let today = operator.lifecycle.today(now);
    let taxes = (&catalogue.taxes, operator.levies);
    let price = price(&own, &[], taxes, partner.province, today)?;
    Ok(Product { plan: plan.clone(), price })
}
