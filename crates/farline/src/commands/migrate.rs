//! `farline migrate`

use super::{config_of, say};
use crate::cli::MigrateArguments;
use crate::config::Config;
use crate::surroundings::ProgramClock;
use crate::wiring;
use eyre::{Result, bail};
use farline_app::ports::Clock;
use farline_store::{OpenMode, Placement, PostgresStore, Spread};

/// Brings the database up to this version, and with `--citus` spreads it over the machines.
pub(crate) async fn run(arguments: MigrateArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let url = config.store.postgres()?;
    if arguments.citus && url.is_none() {
        bail!("--citus spreads a PostgreSQL database, and this store is an SQLite file");
    }
    let (earlier, clock) = before(&config).await;
    let spread = match url.filter(|_| arguments.citus) {
        Some(url) => Some(PostgresStore::spread(url, clock.now()).await?),
        None => None,
    };
    let (store, _) = wiring::open_store(&config).await?;
    say(&store.place());
    for migration in store.condition().await?.migrations {
        let is_new = !earlier.contains(&migration);
        say(&format!("  {migration:<28} {}", if is_new { "applied now" } else { "was there" }));
    }
    if let Some(spread) = spread {
        tell(&spread);
    }
    store.retire().await?;
    Ok(())
}

/// The migrations that are there already, and the clock by which the installation lives. A database
/// that cannot be read yet has none.
async fn before(config: &Config) -> (Vec<String>, ProgramClock) {
    let Ok(store) = wiring::database(config, OpenMode::ReadOnly).await else {
        return (Vec::new(), ProgramClock::new(0));
    };
    let migrations = store.condition().await.map(|condition| condition.migrations);
    let clock = wiring::clock(&*store).await.unwrap_or_else(|_| ProgramClock::new(0));
    (migrations.unwrap_or_default(), clock)
}

fn tell(spread: &Spread) {
    let of = |wanted: Placement| {
        let tables = spread.tables.iter().filter(|(_, placement, _)| *placement == wanted);
        let names: Vec<&str> = tables.map(|(name, ..)| name.as_str()).collect();
        names
    };
    let (by_cell, everywhere) = (of(Placement::ByCell), of(Placement::Everywhere));
    say(&format!(
        "\nspread over {} machines, the cells in {} parts:\n  \
         by cell      {} tables, so that what belongs to one cell lies on one machine\n  \
         everywhere   {} tables: {}\n  \
         coordinator  {}",
        spread.workers,
        spread.shards,
        by_cell.len(),
        everywhere.len(),
        everywhere.join(", "),
        of(Placement::Coordinator).join(", "),
    ));
    let new = spread.tables.iter().filter(|(.., is_new)| *is_new).count();
    if new == 0 {
        say("nothing had to be moved");
    } else {
        say(&format!("{new} tables were moved to their place just now"));
    }
}
