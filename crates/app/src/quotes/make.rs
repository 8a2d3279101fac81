//! Making a quote.

use super::promotions::{self, Promoting};
use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::{Catalogue, PlanCode, Price, Promotion, PromotionCode, price};
use farline_domain::kernel::{LineId, Province, QuoteId};
use farline_domain::lines::{Line, renew};
use farline_domain::orders::Quote;

/// What is to be quoted.
#[derive(Clone, Debug)]
pub struct QuoteRequest {
    /// The line.
    pub line: LineId,
    /// The plan's code, as typed.
    pub plan: String,
    /// What may come into the price of promotions.
    pub promotions: Promoting,
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
    suppliers::may_sell(app, operator, suppliers::Wanted::Plan(&code)).await?;
    renew(&operator.lifecycle, view.line.dates, (plan.validity, plan.start_rule), now)?;
    let needed = || Problem::of(ProblemCode::ProvinceNeeded).in_field("province");
    let province = request.province.or_else(|| province_of(&view.line)).ok_or_else(needed)?;
    if !app.business.provinces.contains(&province) {
        return Err(Problem::of(ProblemCode::NoTaxKnown).in_field("province"));
    }
    let selling = (&*catalogue, &view.line, now);
    let given = promotions::given(app, selling, (plan, operator), &request.promotions).await?;
    let promoted: Vec<&Promotion> = given.promotions.iter().collect();
    let taxes = (&catalogue.taxes, operator.levies);
    let price = price(plan, &promoted, taxes, province, today)?;
    let random = u64::from_be_bytes(first_eight(request.seed));
    let quote = Quote {
        id: QuoteId::mint(now, view.line.id.cell(), random),
        line: view.line.id,
        offer: plan.offer(&promoted),
        price,
        single_use: given.single_use,
        made_at: now,
        expires_at: now.plus_seconds(Quote::VALID_SECONDS),
    };
    app.store.put_quote(&quote).await?;
    Ok(quote)
}

/// The promotions in a price, as the catalogue has them now.
pub fn promotions_in<'a>(catalogue: &'a Catalogue, price: &Price) -> Vec<&'a Promotion> {
    let codes = price.promotions().filter_map(|code| PromotionCode::parse(code).ok());
    codes.filter_map(|code| catalogue.promotions.get(&code)).collect()
}

/// The first half of a seed.
pub(crate) fn first_eight(seed: [u8; 16]) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&seed[..8]);
    half
}
