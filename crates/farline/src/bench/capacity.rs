//! What this machine carries, in one sentence.

use super::report::Figures;
use super::{Plan, measure};
use crate::cli::{BenchArguments, BenchOperation};
use eyre::Result;

/// On an evening before a holiday, every twentieth line is renewed within two hours.
const SHARE_OF_LINES: f64 = 0.05;
const HOLIDAY_SECONDS: f64 = 2.0 * 3600.0;

/// Measures renewals and uses of data, and says what they would be enough for.
pub(crate) async fn run(plan: &Plan, arguments: &BenchArguments) -> Result<()> {
    let renewals = measure(BenchOperation::Renew, plan, &arguments.store).await?;
    let uses = measure(BenchOperation::Charge, plan, &arguments.store).await?;
    crate::commands::say(&sentence(&renewals, &uses));
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
