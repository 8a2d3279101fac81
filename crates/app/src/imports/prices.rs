//! What plans cost a partner: a row for each plan that has a price of its own (CSV).

use super::amounts;
use super::fault::{ImportFault, listed, quoted};
use super::table::{Shape, TableRow, read_table};
use farline_domain::catalog::{Catalogue, PlanCode};
use farline_domain::kernel::{Currency, Money};
use farline_domain::partners::Partner;
use std::collections::BTreeMap;

const SHAPE: Shape = Shape { columns: &["plan", "price", "currency"], optional: &[], row: "price" };

/// Reads the prices of a partner. A price that it has already is taken as it stands, also where everybody pays less by now.
/// The format is told in `imports/README.md`.
///
/// # Errors
/// Everything that is wrong with the file, by line and column; nothing of it is taken.
pub fn read_prices(
    file_name: &str,
    octets: &[u8],
    (partner, catalogue): (&Partner, &Catalogue),
) -> Result<BTreeMap<PlanCode, Money>, ImportFault> {
    let mut known: BTreeMap<PlanCode, usize> = BTreeMap::new();
    let rows = read_table(file_name, octets, &SHAPE, |row| {
        let plan = row.required("plan", |text| plan(text, catalogue));
        if let Some(plan) = &plan
            && let Some(line) = known.insert(plan.clone(), row.line())
        {
            let plan = quoted(plan.as_str());
            row.fault(
                "plan",
                format!("{plan} has a price in line {line} already; a plan stands once"),
            );
        }
        let price = price(row, partner);
        let (plan, price) = (plan?, price?);
        if partner.prices.get(&plan) != Some(&price)
            && let Some(reason) = misfit(price, (&plan, catalogue))
        {
            row.fault("price", reason);
        }
        Some((plan, price))
    })?;
    Ok(rows.into_iter().collect())
}

fn plan(text: &str, catalogue: &Catalogue) -> Result<PlanCode, String> {
    let code = PlanCode::parse(text)
        .map_err(|reason| format!("{} is not a plan: {reason}", quoted(text)))?;
    if catalogue.plans.contains_key(&code) {
        return Ok(code);
    }
    let known = listed(catalogue.plans.keys().map(PlanCode::as_str));
    Err(format!("there is no plan {}; there are {known}", quoted(text)))
}

/// The amount of one cell in the currency of another.
fn price(row: &mut TableRow<'_>, partner: &Partner) -> Option<Money> {
    let currency = row.required("currency", |text| {
        let code = text.to_ascii_uppercase();
        let account = partner.currency.code();
        match Currency::parse(&code) {
            None => Err(format!(
                "{} is not a currency; write its three letters, like {account}",
                quoted(text)
            )),
            Some(currency) if currency != partner.currency => Err(format!(
                "the account of {} is in {account}, not in {code}; its prices are too",
                partner.code
            )),
            Some(currency) => Ok(currency),
        }
    });
    let own = partner.currency.code();
    let price = row.required("price", |text| {
        amounts::money(&format!("{text} {own}"))
            .map_err(|_| format!("{} is not a price; write it like “24.50”, with its currency in the column beside it", quoted(text)))
    });
    currency.and(price)
}

/// Why a plan cannot have this price, if it cannot.
fn misfit(price: Money, (plan, catalogue): (&PlanCode, &Catalogue)) -> Option<String> {
    let public = catalogue.plans.get(plan)?.price;
    if price.minor <= 0 {
        return Some("a price is more than nothing".to_owned());
    }
    if price.currency != public.currency {
        let (plan, code) = (quoted(plan.as_str()), public.currency.code());
        return Some(format!(
            "{plan} is sold in {code}; it cannot have a price in another currency"
        ));
    }
    (price.minor > public.minor).then(|| {
        format!("{price:?} is more than everybody pays ({public:?}); a partner never pays more, so leave the plan out or write less")
    })
}
