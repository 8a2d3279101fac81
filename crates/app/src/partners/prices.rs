//! A partner's own prices, as a whole: put in place of what it had, and written out for whoever wants to edit them.

use crate::reports::{decimal, sheet_text, text_cell};
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::Money;
use farline_domain::partners::{Done, Hand, Partner};
use std::collections::BTreeMap;

/// The heading of the sheet, which is that of the file that is read.
const HEADING: [&str; 3] = ["plan", "price", "currency"];

/// A plan whose price for the partner is another now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceMove {
    /// The plan.
    pub plan: PlanCode,
    /// Its own price before; none, if the discount counted.
    pub was: Option<Money>,
    /// Its own price now; none, if the discount counts again.
    pub is: Option<Money>,
}

/// What other prices led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repriced {
    /// The partner as it is now.
    pub partner: Partner,
    /// What is another price now, by plan.
    pub moves: Vec<PriceMove>,
    /// How many plans have the price of their own that they had.
    pub same: usize,
}

/// Puts prices in place of all that a partner had of its own, if it still is as it was seen. A plan that is not among them
/// is sold at the discount again. The same prices again change nothing.
///
/// # Errors
/// If somebody else changed the partner meanwhile.
pub async fn set_prices(
    app: &App,
    (seen, by): (&Partner, Hand),
    prices: BTreeMap<PlanCode, Money>,
) -> Result<Repriced, Problem> {
    let moves = moves(&seen.prices, &prices);
    let same = prices.iter().filter(|(plan, price)| seen.prices.get(*plan) == Some(*price)).count();
    let mut partner = seen.clone();
    partner.reprice(prices, Done { by, at: app.now() });
    if partner == *seen || app.store.keep_partner(&partner, Some(seen)).await? {
        Ok(Repriced { partner, moves, same })
    } else {
        Err(Problem::of(ProblemCode::RequestRunning))
    }
}

fn moves(before: &BTreeMap<PlanCode, Money>, after: &BTreeMap<PlanCode, Money>) -> Vec<PriceMove> {
    let mut plans: Vec<&PlanCode> = before.keys().chain(after.keys()).collect();
    plans.sort();
    plans.dedup();
    let moved = plans.into_iter().map(|plan| PriceMove {
        plan: plan.clone(),
        was: before.get(plan).copied(),
        is: after.get(plan).copied(),
    });
    moved.filter(|one| one.was != one.is).collect()
}

/// A partner's own prices as CSV (RFC 4180), as they are read. No cell of it is a formula.
pub fn price_sheet(partner: &Partner) -> String {
    let rows = partner.prices.iter().map(|(plan, price)| {
        let plan = text_cell(plan.as_str()).into_owned();
        [plan, decimal(*price), price.currency.code().to_owned()]
    });
    sheet_text(HEADING, rows)
}
