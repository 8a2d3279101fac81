//! What a platform may sell.

use super::{Endpoint, fault_of};
use crate::partners::products::priced;
use crate::ports::platform::{Fault, Good, Told};
use crate::{App, Problem, partners, suppliers};
use farline_domain::catalog::{Plan, PlanCode};
use farline_domain::kernel::Language;
use farline_domain::partners::{Partner, Trading};

/// The most that is told of how many there are.
const MOST: i64 = 9_999;

/// A page of what is sold, by the plans' codes. What the catalogue does not have is left out.
pub(super) async fn list(
    app: &App,
    at: (&Endpoint, &Partner),
    (keyword, page, size): (&str, usize, usize),
) -> Result<Told, Fault> {
    let plans = app.store.catalogue().plans.clone();
    let fits = |plan: &&Plan| {
        plan.code.as_str().contains(keyword) || plan.name.get(Language::ZhCn).contains(keyword)
    };
    let wanted = at.0.prices.keys().filter_map(|code| plans.get(code)).filter(fits);
    let found: Vec<&Plan> = wanted.collect();
    let mut list = Vec::new();
    for plan in found.iter().skip((page.saturating_sub(1)).saturating_mul(size)).take(size) {
        list.push(good(app, at, plan).await.map_err(|problem| fault_of(&problem))?);
    }
    Ok(Told::Goods { list, count: found.len() })
}

/// One thing that is sold.
pub(super) async fn see(app: &App, at: (&Endpoint, &Partner), code: &str) -> Result<Told, Fault> {
    let code = PlanCode::parse(code).map_err(|_| Fault::UnknownGood)?;
    let plan = app.store.catalogue().plans.get(&code).cloned();
    let plan = plan.filter(|_| at.0.prices.contains_key(&code)).ok_or(Fault::UnknownGood)?;
    good(app, at, &plan).await.map(Told::Good).map_err(|problem| fault_of(&problem))
}

async fn good(
    app: &App,
    (endpoint, partner): (&Endpoint, &Partner),
    plan: &Plan,
) -> Result<Good, Problem> {
    let stock = stock(app, partner, &plan.code).await?;
    let versions = app.store.plan_versions(&plan.code).await?;
    let published = versions.into_iter().find(|it| it.plan.version == plan.version);
    Ok(Good {
        code: plan.code.to_string(),
        name: plan.name.get(Language::ZhCn).to_owned(),
        price: endpoint.prices.get(&plan.code).copied().unwrap_or_default(),
        stock: stock.unwrap_or_default(),
        is_sold: stock.is_some(),
        since: published.map(|it| it.published_at),
    })
}

/// How many more the account pays for; none where it is not sold today.
async fn stock(app: &App, partner: &Partner, code: &PlanCode) -> Result<Option<i64>, Problem> {
    let catalogue = app.store.catalogue();
    let Some(operator) = catalogue.plans.get(code).map(|it| &it.operator) else { return Ok(None) };
    let Some(operator) = catalogue.operators.get(operator) else { return Ok(None) };
    let now = app.now();
    let Some(plan) = catalogue.sold(code, operator.lifecycle.today(now)) else { return Ok(None) };
    if partner.trading == Trading::Stopped
        || suppliers::may_sell(app, operator, suppliers::Wanted::Plan(code)).await.is_err()
    {
        return Ok(None);
    }
    let product = priced((&catalogue, operator), partner, plan, now)?;
    let available = partners::standing(app, partner).await?.available.minor;
    Ok(Some(available.checked_div(product.price.total.minor).unwrap_or(MOST).clamp(0, MOST)))
}
