//! `[[plans]]`.

use super::tables::Row;
use super::{Codes, one_of};
use crate::imports::amounts;
use crate::imports::fault::quoted;
use farline_domain::catalog::{
    Allowance, Catalogue, Need, Network, Operator, OperatorCode, Plan, PlanCode, StartRule,
    ZoneCode,
};
use farline_domain::kernel::{AllowanceKind, Currency};

const PLAN_COLUMNS: [&str; 12] = [
    "code",
    "operator",
    "name",
    "description",
    "needs",
    "allowances",
    "validity",
    "start_rule",
    "price",
    "rank",
    "sold_from",
    "sold_until",
];
const ALLOWANCE_COLUMNS: [&str; 5] = ["kind", "units", "zone", "window", "bonus"];

pub(super) fn read_plans(
    rows: &[Row<'_, '_>],
    (operators, zones): (&Codes, &Codes),
    catalogue: &mut Catalogue,
) -> Codes {
    let mut codes = Codes::default();
    for row in rows {
        if let Some(plan) = plan(row, &mut codes, (operators, zones), catalogue) {
            catalogue.plans.insert(plan.code.clone(), plan);
        }
    }
    codes
}

fn plan(
    row: &Row<'_, '_>,
    codes: &mut Codes,
    (operators, zones): (&Codes, &Codes),
    catalogue: &Catalogue,
) -> Option<Plan> {
    row.columns(&PLAN_COLUMNS);
    let code = codes.own(row, PlanCode::parse);
    let operator =
        row.read("operator", |text| operators.known("operator", text, OperatorCode::parse));
    let currency = operator
        .as_ref()
        .and_then(|operator| catalogue.operators.get(operator))
        .map(|operator| operator.currency);
    let (name, description) = (row.localized("name"), row.localized("description"));
    let needs = needs(row);
    let allowances = allowances(row, "allowances", (zones, catalogue), currency);
    let validity = row.read("validity", amounts::validity);
    let start_rule = row.read("start_rule", start_rule);
    let known = operator.as_ref().and_then(|code| catalogue.operators.get(code));
    if let (Some(StartRule::QueueOrUsedUp), Some(allowances)) = (start_rule, &allowances) {
        know_what_is_used(row, known, allowances);
    }
    let price = row.read("price", |text| {
        let price = amounts::money(text)?;
        if price.minor == 0 {
            return Err("the price must be more than nothing".to_owned());
        }
        match currency.filter(|currency| *currency != price.currency) {
            None => Ok(price),
            Some(own) => Err(format!(
                "the price is in {}, but the operator's currency is {}",
                price.currency.code(),
                own.code()
            )),
        }
    });
    let rank = row.integer("rank", 0..=65_535);
    let (sold_from, sold_until) = (row.optional_date("sold_from"), row.optional_date("sold_until"));
    if let (Some(Some(from)), Some(Some(until))) = (sold_from, sold_until)
        && until < from
    {
        row.fault("sold_until", "the last day of sale is before the first");
    }
    Some(Plan {
        code: code?,
        version: 0,
        operator: operator?,
        name: name?,
        description: description?,
        needs,
        allowances: allowances?,
        validity: validity?,
        start_rule: start_rule?,
        price: price?,
        rank: rank?,
        sold_from: sold_from?,
        sold_until: sold_until?,
    })
}

/// What starts as the data is used up needs a network that we know the use of, and brings data.
fn know_what_is_used(row: &Row<'_, '_>, operator: Option<&Operator>, allowances: &[Allowance]) {
    let is_elsewhere = operator.is_some_and(|operator| operator.network != Network::Own);
    let brings_data = allowances.iter().any(|one| one.kind == AllowanceKind::Data);
    if is_elsewhere {
        row.fault("start_rule", "only a network of your own knows when its data is used up");
    } else if !brings_data {
        row.fault("start_rule", "a plan that starts when data is used up brings data itself");
    }
}

fn needs(row: &Row<'_, '_>) -> Vec<Need> {
    let words = Need::ALL.map(|need| (need.code(), need));
    let needs = row.list("needs", |text| one_of(text, &words));
    if row.is_empty_list("needs") {
        row.fault("needs", "a plan serves at least one need: data, calls or keep");
    }
    needs
}

pub(in crate::imports) fn start_rule(text: &str) -> Result<StartRule, String> {
    one_of(text, &StartRule::ALL.map(|rule| (rule.code(), rule)))
}

/// The allowances, if all of them are sound and there is at least one.
pub(super) fn allowances(
    row: &Row<'_, '_>,
    column: &str,
    (zones, catalogue): (&Codes, &Catalogue),
    currency: Option<Currency>,
) -> Option<Vec<Allowance>> {
    let rows = row.tables(column);
    if rows.is_empty() {
        if row.is_empty_list(column) {
            row.fault(column, "name at least one allowance");
        }
        return None;
    }
    // Every row is read before any is missed, so that all faults are told.
    let read: Vec<_> =
        rows.iter().map(|row| allowance(row, (zones, catalogue), currency)).collect();
    read.into_iter().collect()
}

fn allowance(
    row: &Row<'_, '_>,
    (zones, catalogue): (&Codes, &Catalogue),
    currency: Option<Currency>,
) -> Option<Allowance> {
    row.columns(&ALLOWANCE_COLUMNS);
    let kinds = AllowanceKind::ALL.map(|kind| (kind.code(), kind));
    let kind = row.read("kind", |text| one_of(text, &kinds));
    let units = kind.and_then(|kind| {
        row.read("units", |text| {
            let units = amounts::units(kind, text, currency)?;
            let none = || format!("{} is nothing; an allowance must be more", quoted(text));
            if units.is_zero() { Err(none()) } else { Ok(units) }
        })
    });
    let zone = row.read("zone", |text| zones.known("zone", text, ZoneCode::parse));
    let window = row.read_optional("window", amounts::window);
    let bonus = row.flag("bonus");
    let zone = zone?;
    let breadth = catalogue.zones.get(&zone).map_or(0, |zone| zone.countries.len());
    let breadth = u16::try_from(breadth).unwrap_or(u16::MAX);
    Some(Allowance { kind: kind?, units: units?, zone, breadth, window: window?, bonus: bonus? })
}
