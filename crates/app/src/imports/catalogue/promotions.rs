//! `[[promotions]]`.

use super::plans::allowances;
use super::tables::Row;
use super::{Codes, one_of};
use crate::imports::amounts;
use crate::imports::fault::quoted;
use farline_domain::catalog::{
    Allowance, Catalogue, GivenBy, Network, Plan, PlanCode, Promotion, PromotionCode, Reduction,
    Renewals, Showing, SingleUseCode, Stacking,
};
use farline_domain::kernel::{Money, Units};
use jiff::civil::Date;

const COLUMNS: [&str; 16] = [
    "code",
    "name",
    "reduction",
    "bonus",
    "plans",
    "valid_from",
    "valid_until",
    "limit",
    "limit_per_line",
    "limit_per_customer",
    "given_by",
    "renewals",
    "stacking",
    "hours",
    "codes",
    "showing",
];

pub(super) fn read_promotions(
    rows: &[Row<'_, '_>],
    known: (&Codes, &Codes),
    catalogue: &mut Catalogue,
) {
    let mut codes = Codes::default();
    for row in rows {
        if let Some(promotion) = promotion(row, &mut codes, known, catalogue) {
            catalogue.promotions.insert(promotion.code.clone(), promotion);
        }
    }
}

fn promotion(
    row: &Row<'_, '_>,
    codes: &mut Codes,
    (known_plans, zones): (&Codes, &Codes),
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
    let gives = gives(row, &plans, (zones, catalogue));
    let (valid_from, valid_until) = days(row);
    let hours = row.read_optional("hours", amounts::window);
    let given_by = given_by(row);
    let renewals =
        choice(row, "renewals", &[("every", Renewals::Every), ("first", Renewals::First)]);
    let stacking = choice(
        row,
        "stacking",
        &[("alone", Stacking::Alone), ("with_others", Stacking::WithOthers)],
    );
    let showing =
        choice(row, "showing", &[("hidden", Showing::Hidden), ("public", Showing::Public)]);
    let (limit, limit_per_line) = (limit_of(row, "limit"), limit_of(row, "limit_per_line"));
    let limit_per_customer = limit_of(row, "limit_per_customer");
    if limit_per_customer.is_some() && (limit_per_line.is_some() || renewals == Renewals::First) {
        let reason = "shares are counted of lines or of customers; leave out “limit_per_line” and “renewals”, or this";
        row.fault("limit_per_customer", reason);
    }
    Some(Promotion {
        code: code?,
        name: name?,
        reduction: gives.as_ref()?.reduction,
        bonus: gives?.bonus,
        plans,
        valid_from: valid_from?,
        valid_until: valid_until?,
        stopped_at: None,
        hours: hours?,
        given_by: given_by?,
        renewals,
        stacking,
        showing,
        limit,
        limit_per_line,
        limit_per_customer,
    })
}

/// What it takes off and gives on top; at least one of the two.
struct Gives {
    reduction: Option<Reduction>,
    bonus: Vec<Allowance>,
}

fn gives(
    row: &Row<'_, '_>,
    plans: &[PlanCode],
    (zones, catalogue): (&Codes, &Catalogue),
) -> Option<Gives> {
    let reduction = row.read_optional("reduction", |text| reduction(text, plans, catalogue));
    if !row.has("bonus") {
        if !row.has("reduction") {
            row.fault("", "it gives nothing: say a “reduction”, a “bonus” or both");
        }
        return Some(Gives { reduction: reduction?, bonus: Vec::new() });
    }
    let supplied = |plan: &&Plan| {
        let operator = catalogue.operators.get(&plan.operator);
        plans.contains(&plan.code) && operator.is_some_and(|one| one.network != Network::Own)
    };
    if let Some(plan) = catalogue.plans.values().find(supplied) {
        let plan = quoted(plan.code.as_str());
        let reason = format!("the network of {plan} is a supplier's, where nothing can be added");
        row.fault("bonus", reason);
    }
    let concerned = |plan: &&Plan| plans.is_empty() || plans.contains(&plan.code);
    let currency = catalogue.plans.values().find(concerned).map(|plan| plan.price.currency);
    let bonus = allowances(row, "bonus", (zones, catalogue), currency)?;
    let bonus = bonus.into_iter().map(|one| Allowance { bonus: true, ..one }).collect();
    Some(Gives { reduction: reduction?, bonus })
}

fn days(row: &Row<'_, '_>) -> (Option<Date>, Option<Date>) {
    let (from, until) = (row.date("valid_from"), row.date("valid_until"));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        row.fault("valid_until", "the last day of the promotion is before the first");
    }
    (from, until)
}

/// By its code, where nothing else is said.
fn given_by(row: &Row<'_, '_>) -> Option<GivenBy> {
    let words = ["code", "itself", "single_use_codes"].map(|word| (word, word));
    let word = row.read_optional("given_by", |text| one_of(text, &words))?.unwrap_or("code");
    if word != "single_use_codes" {
        if row.has("codes") {
            row.fault("codes", "only a promotion given by “single_use_codes” has a number of them");
        }
        return Some(if word == "itself" { GivenBy::Itself } else { GivenBy::Code });
    }
    row.integer("codes", 1..=i64::from(SingleUseCode::MOST)).map(GivenBy::SingleUseCodes)
}

/// One of a few words; what is meant where the field is left out, or wrong, is the default.
fn choice<T: Copy + Default>(row: &Row<'_, '_>, column: &str, words: &[(&str, T)]) -> T {
    row.read_optional(column, |text| one_of(text, words)).flatten().unwrap_or_default()
}

/// How often a promotion can be used; without limit, where the field is left out.
fn limit_of(row: &Row<'_, '_>, column: &str) -> Option<Units> {
    if !row.has(column) {
        return None;
    }
    let count: i64 = row.integer(column, 1..=1_000_000_000)?;
    Units::new(count).ok()
}

/// `10 %` or `5.00 CAD`: what is taken off the price of these plans, or of all where none is named.
///
/// # Errors
/// If it is neither, nothing, or in another currency than a plan it is for.
pub fn reduction(
    text: &str,
    plans: &[PlanCode],
    catalogue: &Catalogue,
) -> Result<Reduction, String> {
    let read = if text.trim_end().ends_with('%') {
        amounts::rate(text).ok().filter(|rate| rate.ppm > 0).map(Reduction::Share)
    } else {
        amounts::money(text).ok().filter(|amount| amount.minor > 0).map(Reduction::Amount)
    };
    let read = read.ok_or_else(|| {
        format!("{} is not a reduction; write it like “10 %” or “5.00 CAD”", quoted(text))
    })?;
    if let Reduction::Amount(amount) = read {
        check_currency(amount, plans, catalogue)?;
    }
    Ok(read)
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
