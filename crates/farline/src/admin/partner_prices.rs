//! Taking a partner's price list in, and saying what it changed.

use eyre::{Result, eyre};
use farline_app::imports::read_prices;
use farline_app::partners::{PriceMove, Repriced, set_prices};
use farline_app::reports::decimal;
use farline_app::{App, ProblemCode};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Language, Money};
use farline_domain::partners::{Hand, Partner};
use farline_texts::Words;

/// Puts a file's prices in place of those that the partner has.
pub(super) async fn take_in(
    app: &App,
    seen: &Partner,
    (name, octets): (&str, &[u8]),
) -> Result<String> {
    let catalogue = app.store.catalogue();
    let prices = read_prices(name, octets, (seen, &catalogue)).map_err(|fault| eyre!("{fault}"))?;
    let repriced = set_prices(app, (seen, Hand::Business), prices).await;
    let repriced = repriced.map_err(|problem| match problem.code {
        ProblemCode::RequestRunning => {
            eyre!("somebody else changed {} meanwhile; nothing was changed, try again", seen.code)
        }
        code => eyre!("this cannot be done ({})", code.code()),
    })?;
    Ok(told(&repriced, &catalogue))
}

fn told(repriced: &Repriced, catalogue: &Catalogue) -> String {
    let Repriced { partner, moves, same } = repriced;
    let removed = moves.iter().filter(|one| one.is.is_none()).count();
    let changed = moves.len().saturating_sub(removed);
    let mut lines = vec![if moves.is_empty() {
        format!("{}: nothing changed; {same} unchanged.", partner.code)
    } else {
        format!("{}: {changed} changed, {removed} removed, {same} unchanged.", partner.code)
    }];
    let discount = Words::of(Language::EnCa).rate(partner.discount.ppm);
    let at_discount = format!("the discount of {discount}");
    let width = moves.iter().map(|one| one.plan.as_str().len()).max().unwrap_or(0);
    lines.extend(moves.iter().map(|PriceMove { plan, was, is }| {
        let [was, is] = [was, is].map(|price| price.map_or_else(|| at_discount.clone(), decimal));
        format!("  {:<width$}  {was} → {is}", plan.as_str())
    }));
    lines.extend(capped(partner, catalogue));
    lines.push(format!("Plans that are not in the file are sold at {at_discount}."));
    lines.join("\n")
}

/// The plans that everybody gets for less than the partner's own price by now.
fn capped(partner: &Partner, catalogue: &Catalogue) -> Vec<String> {
    let above = partner.prices.iter().filter_map(|(plan, own)| {
        let public: Money = catalogue.plans.get(plan)?.price;
        (own.minor > public.minor).then(|| {
            let (own, public) = (decimal(*own), decimal(public));
            format!("  {plan}: {own} is more than everybody pays now; they pay {public}.")
        })
    });
    above.collect()
}
