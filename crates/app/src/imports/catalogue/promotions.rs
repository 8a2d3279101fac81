//! `[[promotions]]`.

use super::Codes;
use super::tables::Row;
use crate::imports::amounts;
use crate::imports::fault::quoted;
use farline_domain::catalog::{Catalogue, PlanCode, Promotion, PromotionCode, Reduction};
use farline_domain::kernel::{Money, Units};

const COLUMNS: [&str; 8] =
    ["code", "name", "reduction", "plans", "valid_from", "valid_until", "limit", "limit_per_line"];

pub(super) fn read_promotions(rows: &[Row<'_, '_>], plans: &Codes, catalogue: &mut Catalogue) {
    let mut codes = Codes::default();
    for row in rows {
        if let Some(promotion) = promotion(row, &mut codes, plans, catalogue) {
            catalogue.promotions.insert(promotion.code.clone(), promotion);
        }
    }
}

fn promotion(
    row: &Row<'_, '_>,
    codes: &mut Codes,
    known_plans: &Codes,
    catalogue: &Catalogue,
) -> Option<Promotion> {
    row.columns(&COLUMNS);
    let code = codes.own(row, PromotionCode::parse);
    let name = row.localized("name");
    let plans = if row.has("plans") {
        row.list("plans", |text| known_plans.known("plan", text, PlanCode::parse))
    } else {
        Vec::new()
    };
    if row.is_empty_list("plans") {
        row.fault("plans", "name at least one plan, or leave this field out for all plans");
    }
    let reduction = row.read("reduction", |text| {
        let reduction = reduction(text)?;
        if let Reduction::Amount(amount) = reduction {
            check_currency(amount, &plans, catalogue)?;
        }
        Ok(reduction)
    });
    let (valid_from, valid_until) = (row.date("valid_from"), row.date("valid_until"));
    if let (Some(from), Some(until)) = (valid_from, valid_until)
        && until < from
    {
        row.fault("valid_until", "the last day of the promotion is before the first");
    }
    let (limit, limit_per_line) = (limit(row, "limit"), limit(row, "limit_per_line"));
    Some(Promotion {
        code: code?,
        name: name?,
        reduction: reduction?,
        plans,
        valid_from: valid_from?,
        valid_until: valid_until?,
        limit,
        limit_per_line,
    })
}

/// How often a promotion can be used; without limit, where the field is left out.
fn limit(row: &Row<'_, '_>, column: &str) -> Option<Units> {
    if !row.has(column) {
        return None;
    }
    let count: i64 = row.integer(column, 1..=1_000_000_000)?;
    Units::new(count).ok()
}

/// `10 %` or `5.00 CAD`.
fn reduction(text: &str) -> Result<Reduction, String> {
    let read = if text.trim_end().ends_with('%') {
        amounts::rate(text).ok().filter(|rate| rate.ppm > 0).map(Reduction::Share)
    } else {
        amounts::money(text).ok().filter(|amount| amount.minor > 0).map(Reduction::Amount)
    };
    read.ok_or_else(|| {
        format!("{} is not a reduction; write it like “10 %” or “5.00 CAD”", quoted(text))
    })
}

/// An amount can only be taken off a price in its own currency.
fn check_currency(amount: Money, plans: &[PlanCode], catalogue: &Catalogue) -> Result<(), String> {
    let mut concerned =
        catalogue.plans.values().filter(|plan| plans.is_empty() || plans.contains(&plan.code));
    let own = amount.currency;
    match concerned.find(|plan| plan.price.currency != own) {
        None => Ok(()),
        Some(plan) => Err(format!(
            "the reduction is in {}, but the plan {} is sold in {}",
            own.code(),
            quoted(plan.code.as_str()),
            plan.price.currency.code()
        )),
    }
}
