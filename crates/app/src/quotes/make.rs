//! Making a quote.

use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::{Catalogue, PlanCode, Price, Promotion, PromotionCode, price};
use farline_domain::kernel::{LineId, Province, QuoteId, Units};
use farline_domain::lines::{Line, renew};
use farline_domain::orders::Quote;
use farline_domain::subjects::{Quantity, SubjectKey, SubjectRefusal};

/// What is to be quoted.
#[derive(Clone, Debug)]
pub struct QuoteRequest {
    /// The line.
    pub line: LineId,
    /// The plan's code, as typed.
    pub plan: String,
    /// A promotion's code, as typed.
    pub promotion: Option<String>,
    /// The province of tax; decided from the line if absent.
    pub province: Option<Province>,
    /// Random octets from which the quote's id is made: the same seed makes the same quote.
    pub seed: [u8; 16],
}

/// The province whose taxes apply: the subscriber's, else what the number's area code says.
pub fn province_of(line: &Line) -> Option<Province> {
    line.province.or_else(|| line.msisdn.as_ref()?.province())
}

/// Prices a plan for a line and keeps the quote for fifteen minutes.
pub async fn make(app: &App, request: QuoteRequest) -> Result<Quote, Problem> {
    let view = lines::find::view(app, request.line).await?;
    let catalogue = app.store.catalogue();
    let now = app.now();
    let unknown_plan = || Problem::of(ProblemCode::UnknownPlan).in_field("plan");
    let code = PlanCode::parse(&request.plan).map_err(|_| unknown_plan())?;
    let known = catalogue.plans.get(&code).ok_or_else(unknown_plan)?;
    if known.operator != view.line.operator {
        return Err(Problem::of(ProblemCode::PlanNotForLine).in_field("plan"));
    }
    let operator = catalogue.operators.get(&known.operator).ok_or_else(unknown_plan)?;
    let today = operator.lifecycle.today(now);
    let not_sold = || Problem::of(ProblemCode::PlanNotSold).in_field("plan");
    let plan = catalogue.sold(&code, today).ok_or_else(not_sold)?;
    suppliers::may_sell(app, operator).await?;
    renew(&operator.lifecycle, view.line.dates, (plan.validity, plan.start_rule), now)?;
    let needed = || Problem::of(ProblemCode::ProvinceNeeded).in_field("province");
    let province = request.province.or_else(|| province_of(&view.line)).ok_or_else(needed)?;
    if !app.business.provinces.contains(&province) {
        return Err(Problem::of(ProblemCode::NoTaxKnown).in_field("province"));
    }
    let promotion = promotion_of(&catalogue, request.promotion.as_deref())?;
    let taxes = (&catalogue.taxes, operator.levies);
    let price = price(plan, promotion, taxes, province, today)?;
    if let Some(promotion) = promotion {
        is_there_room(app, promotion).await?;
    }
    let random = u64::from_be_bytes(first_eight(request.seed));
    let quote = Quote {
        id: QuoteId::mint(now, view.line.id.cell(), random),
        line: view.line.id,
        offer: plan.offer(),
        price,
        made_at: now,
        expires_at: now.plus_seconds(Quote::VALID_SECONDS),
    };
    app.store.put_quote(&quote).await?;
    Ok(quote)
}

fn promotion_of<'a>(
    catalogue: &'a Catalogue,
    typed: Option<&str>,
) -> Result<Option<&'a Promotion>, Problem> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    // One answer for every failure, so that codes cannot be told apart by guessing.
    let unknown = || Problem::of(ProblemCode::PromotionUnknown).in_field("promotion");
    let code = PromotionCode::parse(&typed.to_lowercase()).map_err(|_| unknown())?;
    catalogue.promotions.get(&code).map(Some).ok_or_else(unknown)
}

/// The promotion in a price, as the catalogue has it now.
pub fn promotion_in<'a>(catalogue: &'a Catalogue, price: &Price) -> Option<&'a Promotion> {
    let code = PromotionCode::parse(price.promotion()?).ok()?;
    catalogue.promotions.get(&code)
}

/// Says early that a promotion is used up; a place is only held when an order is placed. Whether this
/// line has had its share is not said to whoever asks for a price.
async fn is_there_room(app: &App, promotion: &Promotion) -> Result<(), Problem> {
    if promotion.limit.is_none() {
        return Ok(());
    }
    let subject = app.store.subject(&SubjectKey::Promotion(promotion.code.clone())).await?;
    let one = Quantity::redemptions(Units::new(1).map_err(SubjectRefusal::from)?);
    let has_room = subject.map(|subject| subject.has_room(one)).transpose();
    match has_room.map_err(SubjectRefusal::from)? {
        None | Some(true) => Ok(()),
        Some(false) => Err(Problem::of(ProblemCode::PromotionUsedUp)),
    }
}

/// The first half of a seed.
pub(crate) fn first_eight(seed: [u8; 16]) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&seed[..8]);
    half
}
