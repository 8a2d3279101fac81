//! The staff makes promotions, looks at what is left of them and ends them.

use crate::desk::{Acting, reason_of};
use crate::imports::reduction;
use crate::ports::staff::NewStaffLine;
use crate::ports::{Catalogues, SaleChange, StoreError, Subjects};
use crate::{App, Problem, ProblemCode, subjects};
use farline_domain::catalog::{GivenBy, Promotion, PromotionCode, Renewals, Showing, Stacking};
use farline_domain::kernel::{Instant, Localized, Units};
use farline_domain::staff::Deed;
use farline_domain::subjects::{Subject, SubjectKey};
use jiff::civil::Date;
use serde_json::json;
use std::cmp::Reverse;

/// A promotion as the staff sees it.
#[derive(Clone, Debug)]
pub struct PromotionSeen {
    /// What it says.
    pub promotion: Promotion,
    /// What was taken of it, where it is counted.
    pub subject: Option<Subject>,
}

/// A promotion as it was typed.
#[derive(Clone, Debug)]
pub struct PromotionWish {
    /// Its code.
    pub code: String,
    /// Its name in each language.
    pub name: Localized,
    /// What it takes off: `10 %` or `5.00 CAD`.
    pub reduction: String,
    /// First and last local day.
    pub days: (Date, Date),
    /// How it comes into a price.
    pub given_by: GivenBy,
    /// Which renewals it is for.
    pub renewals: Renewals,
    /// What it goes together with.
    pub stacking: Stacking,
    /// Whether everybody is told of it.
    pub showing: Showing,
    /// How often in all.
    pub limit: Option<Units>,
    /// How often for one line.
    pub limit_per_line: Option<Units>,
}

/// All promotions, those that end last first.
///
/// # Errors
/// If no role allows it.
pub async fn see_all(app: &App, acting: &Acting<'_>) -> Result<Vec<PromotionSeen>, Problem> {
    acting.may(Deed::SeePlans)?;
    let mut seen = counted(&*app.store).await?;
    seen.sort_by_key(|PromotionSeen { promotion, .. }| {
        (promotion.stopped_at.is_some(), Reverse(promotion.valid_until))
    });
    Ok(seen)
}

/// All promotions by their codes, with what was taken of each.
pub async fn counted<S>(store: &S) -> Result<Vec<PromotionSeen>, StoreError>
where
    S: Catalogues + Subjects + ?Sized,
{
    let mut counted = Vec::new();
    for promotion in store.catalogue().promotions.values() {
        let subject = store.subject(&SubjectKey::Promotion(promotion.code.clone())).await?;
        counted.push(PromotionSeen { promotion: promotion.clone(), subject });
    }
    Ok(counted)
}

/// Makes a promotion.
///
/// # Errors
/// If no role allows it, if its code was ever another's, or if something of it cannot be.
pub async fn create(app: &App, acting: &Acting<'_>, wish: PromotionWish) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let invalid = |field| Problem::of(ProblemCode::FieldInvalid).in_field(field);
    let code = PromotionCode::parse(wish.code.trim()).map_err(|_| invalid("code"))?;
    let catalogue = app.store.catalogue();
    // A code that was counted before would go on counting where the other stopped.
    let counted = app.store.subject(&SubjectKey::Promotion(code.clone())).await?;
    if catalogue.promotions.contains_key(&code) || counted.is_some() {
        return Err(Problem::of(ProblemCode::PromotionTaken).in_field("code"));
    }
    let reduction = reduction(wish.reduction.trim(), &[], &catalogue);
    let reduction = reduction.map_err(|_| invalid("reduction"))?;
    if wish.days.1 < wish.days.0 {
        return Err(invalid("until"));
    }
    let promotion = Promotion {
        reduction: Some(reduction),
        given_by: wish.given_by,
        renewals: wish.renewals,
        stacking: wish.stacking,
        showing: wish.showing,
        limit: wish.limit,
        limit_per_line: wish.limit_per_line,
        ..Promotion::new(code, wish.name, wish.days)
    };
    let detail = json!({ "promotion": promotion.code, "from": wish.days.0, "until": wish.days.1 });
    change(app, acting, (promotion, "create_promotion", detail.to_string())).await
}

/// Ends a promotion at once. Quotes that were given keep their word until they expire.
///
/// # Errors
/// If no role allows it, if there is no reason, or if there is no such promotion that is not over.
pub async fn stop(
    app: &App,
    acting: &Acting<'_>,
    (code, reason): (&str, &str),
) -> Result<(), Problem> {
    acting.may(Deed::ChangePlans)?;
    let detail = json!({ "promotion": code, "reason": reason_of(reason)? }).to_string();
    let promotion = stopped(app, code)?;
    change(app, acting, (promotion, "stop_promotion", detail)).await
}

/// The promotion of a code as it is when it ends now.
///
/// # Errors
/// If there is none, or it has ended already.
pub fn stopped(app: &App, code: &str) -> Result<Promotion, Problem> {
    let none = || Problem::of(ProblemCode::NotFound);
    let code = PromotionCode::parse(code).map_err(|_| none())?;
    let catalogue = app.store.catalogue();
    let promotion = catalogue.promotions.get(&code).ok_or_else(none)?;
    if promotion.stopped_at.is_some() {
        return Err(Problem::of(ProblemCode::PlanChanged));
    }
    let now: Instant = app.now();
    Ok(Promotion { stopped_at: Some(now), ..promotion.clone() })
}

async fn change(
    app: &App,
    acting: &Acting<'_>,
    (promotion, action, detail): (Promotion, &'static str, String),
) -> Result<(), Problem> {
    let line = NewStaffLine { action, line: None, order: None, call: None, detail };
    let change = SaleChange::Promotion(Box::new(promotion));
    app.store.change_sale(change, (acting.id, line), app.now()).await?;
    subjects::limit_promotions(app).await
}
