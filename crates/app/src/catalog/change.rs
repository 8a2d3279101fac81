//! The staff changes what is sold of a plan: a new price from a date, an end of its sale, and back.

use crate::desk::{Acting, reason_of};
use crate::ports::staff::NewStaffLine;
use crate::ports::{PublishedVersion, SaleChange};
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::{Operator, Plan, PlanCode, PriceRefusal};
use farline_domain::kernel::Money;
use farline_domain::staff::Deed;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A plan as the staff sees it.
#[derive(Clone, Debug)]
pub struct PlanSeen {
    /// The version in force today.
    pub plan: Plan,
    /// Whose lines it renews.
    pub operator: Operator,
    /// Today, where the operator is.
    pub today: Date,
    /// Its published versions, the newest first.
    pub versions: Vec<PublishedVersion>,
}

/// A plan with its versions.
///
/// # Errors
/// If no role allows it, or there is no such plan.
pub async fn see(app: &App, acting: &Acting<'_>, code: &str) -> Result<PlanSeen, Problem> {
    acting.may(Deed::SeePlans)?;
    let none = || Problem::of(ProblemCode::NotFound);
    let code = PlanCode::parse(code).map_err(|_| none())?;
    let catalogue = app.store.catalogue();
    let known = catalogue.plans.get(&code).ok_or_else(none)?;
    let operator = catalogue.operators.get(&known.operator).ok_or_else(none)?.clone();
    let today = operator.lifecycle.today(app.now());
    let plan = catalogue.in_force(&code, today).ok_or_else(none)?.clone();
    let versions = app.store.plan_versions(&code).await?;
    Ok(PlanSeen { plan, operator, today, versions })
}

/// A plan as it would be sold for another price from a date on. Nothing is changed.
///
/// # Errors
/// If it cannot have that price from that date.
pub fn at_price(app: &App, seen: &PlanSeen, wish: (Money, Date)) -> Result<Plan, Problem> {
    let catalogue = app.store.catalogue();
    let plan = catalogue.at_price(&seen.plan.code, wish, seen.today).map_err(worded)?;
    Ok(Plan { version: seen.versions.first().map_or(0, |newest| newest.plan.version) + 1, ..plan })
}

/// Sells a plan for another price from a date on.
///
/// # Errors
/// If no role allows it, if the plan cannot have that price from that date, or if another version was published since
/// `version`, the newest that the member has seen.
pub async fn set_price(
    app: &App,
    acting: &Acting<'_>,
    (seen, version): (&PlanSeen, u32),
    wish: (Money, Date),
) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let plan = at_price(app, seen, wish)?;
    if plan.version != version + 1 {
        return Err(Problem::of(ProblemCode::PlanChanged));
    }
    let (price, from) = wish;
    let detail = json!({
        "plan": plan.code, "version": plan.version, "from": from,
        "before": seen.plan.price.minor, "price": price.minor, "currency": price.currency.code(),
    });
    change(app, acting, (SaleChange::Add(plan), "set_price", detail)).await
}

/// Takes a price back that has not begun.
///
/// # Errors
/// If no role allows it, or if it is not to come any more.
pub async fn withdraw(
    app: &App,
    acting: &Acting<'_>,
    (code, version): (&str, u32),
) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let seen = see(app, acting, code).await?;
    let catalogue = app.store.catalogue();
    let coming = catalogue.coming_after(&seen.plan.code, seen.today);
    if !coming.iter().any(|plan| plan.version == version) {
        return Err(Problem::of(ProblemCode::PlanChanged));
    }
    let detail = json!({ "plan": code, "version": version });
    let withdrawing = SaleChange::Withdraw(seen.plan.code, version);
    change(app, acting, (withdrawing, "withdraw_price", detail)).await
}

/// Stops the sale of a plan, at once. Quotes that were given keep their word until they expire.
///
/// # Errors
/// If no role allows it, if there is no reason, or if it is stopped already.
pub async fn stop(
    app: &App,
    acting: &Acting<'_>,
    (code, reason): (&str, &str),
) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let seen = see(app, acting, code).await?;
    let detail = json!({ "plan": code, "reason": reason_of(reason)? });
    change(app, acting, (SaleChange::Stop(seen.plan.code), "stop_sale", detail)).await
}

/// Resumes the sale of a plan.
///
/// # Errors
/// If no role allows it, or if it is not stopped.
pub async fn resume(app: &App, acting: &Acting<'_>, code: &str) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let seen = see(app, acting, code).await?;
    let resuming = SaleChange::Resume(seen.plan.code);
    change(app, acting, (resuming, "resume_sale", json!({ "plan": code }))).await
}

async fn change(
    app: &App,
    acting: &Acting<'_>,
    (change, action, detail): (SaleChange, &'static str, Value),
) -> Result<(), Problem> {
    let detail = detail.to_string();
    let line = NewStaffLine { action, line: None, order: None, call: None, detail };
    let done = app.store.change_sale(change, (acting.id, line), app.now()).await?;
    if done { Ok(()) } else { Err(Problem::of(ProblemCode::PlanChanged)) }
}

fn worded(refusal: PriceRefusal) -> Problem {
    match refusal {
        PriceRefusal::UnknownPlan => Problem::of(ProblemCode::NotFound),
        PriceRefusal::OtherCurrency | PriceRefusal::NotPositive => {
            Problem::of(ProblemCode::FieldInvalid).in_field("price")
        }
        PriceRefusal::SamePrice => Problem::of(ProblemCode::PriceSame).in_field("price"),
        PriceRefusal::Past => Problem::of(ProblemCode::PricePast).in_field("from"),
        PriceRefusal::AfterLastDay => Problem::of(ProblemCode::PriceAfterSale).in_field("from"),
    }
}
