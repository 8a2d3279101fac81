//! What this machine carries, in one sentence.

use super::report::Figures;
use super::{Plan, measure};
use crate::cli::{BenchArguments, BenchOperation};
use eyre::{Result, bail};
use serde::Serialize;

/// On an evening before a holiday, every twentieth line is renewed within two hours.
const SHARE_OF_LINES: f64 = 0.05;
const HOLIDAY_SECONDS: f64 = 2.0 * 3600.0;

/// For machines.
#[derive(Serialize)]
struct Capacity<'a> {
    sentence: &'a str,
    renewals: &'a Figures,
    uses: &'a Figures,
}

/// Measures renewals and uses of data, and says what they would be enough for.
pub(crate) async fn run(plan: &Plan, arguments: &BenchArguments) -> Result<()> {
    if arguments.svg.is_some() {
        bail!("bench capacity draws no picture; bench renew and bench charge do, with --svg.");
    }
    let renewals = measure(BenchOperation::Renew, plan, &arguments.store).await?;
    let uses = measure(BenchOperation::Charge, plan, &arguments.store).await?;
    let sentence = sentence(&renewals, &uses);
    if arguments.json {
        let said = Capacity { sentence: sentence.trim(), renewals: &renewals, uses: &uses };
        crate::commands::say(&serde_json::to_string_pretty(&said)?);
    } else {
        crate::commands::say(&sentence);
    }
    Ok(())
}

fn sentence(renewals: &Figures, uses: &Figures) -> String {
    let lines = renewals.per_second() * HOLIDAY_SECONDS / SHARE_OF_LINES / 1_000_000.0;
    format!(
        "This machine renews {:.0} cards a second and charges {:.0} uses of data a second on {}, each on \
         disk when it is answered: enough for {lines:.0} million cards when every twentieth is renewed \
         within the same two hours.\n",
        renewals.per_second(),
        uses.per_second(),
        renewals.store(),
    )
}
