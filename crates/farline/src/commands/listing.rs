//! `farline listing`: what a shop writes about a plan.

use super::{config_of, say};
use crate::cli::ListingArguments;
use crate::wiring;
use eyre::{Result, eyre};
use farline_app::wording::listing::listing;
use farline_domain::kernel::Language;
use farline_store::OpenMode;
use farline_texts::Words;

/// Prints the listing of a plan in every language, or in one.
pub(crate) async fn run(arguments: ListingArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let catalogue = store.catalogue();
    let code = &arguments.plan;
    let plan = catalogue.plans.get(code).ok_or_else(|| eyre!("there is no plan {code}"))?;
    let operator = catalogue.operators.get(&plan.operator);
    let operator = operator.ok_or_else(|| eyre!("the plan {code} has no operator"))?;
    let wanted = |language: &Language| arguments.language.is_none_or(|one| one == *language);
    let listings: Vec<String> = Language::ALL
        .into_iter()
        .filter(wanted)
        .map(|language| listing(Words::of(language), (operator, plan), &config.base_url))
        .collect();
    say(&listings.join("\n\n"));
    Ok(())
}
