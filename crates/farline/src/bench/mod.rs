//! `farline bench`: how fast this machine renews, beside what the disk and the database allow.

mod capacity;
mod disk;
mod ground;
mod holders;
mod http;
mod import;
mod load;
mod pipeline;
mod platform;
mod reminders;
mod report;
mod search;
mod shops;
mod stock;

use crate::cli::{BenchArguments, BenchOperation};
use eyre::{Context, Result, bail};
use farline_domain::kernel::Cell;
use ground::Ground;
use std::time::Duration;
use stock::Stock;

/// Runs one benchmark and says what it found.
pub(crate) async fn run(arguments: BenchArguments) -> Result<()> {
    let plan = Plan::of(&arguments)?;
    if arguments.operation == BenchOperation::Capacity {
        return capacity::run(&plan, &arguments).await;
    }
    let figures = measure(arguments.operation, &plan, &arguments.store).await?;
    if let Some(path) = &arguments.svg {
        std::fs::write(path, report::chart(&figures))
            .wrap_err_with(|| format!("{} cannot be written", path.display()))?;
    }
    let text = if arguments.json { report::json(&figures)? } else { report::text(&figures) };
    crate::commands::say(&text);
    Ok(())
}

/// Measures one operation on a place of its own, which goes whatever comes of it.
async fn measure(operation: BenchOperation, plan: &Plan, store: &str) -> Result<report::Figures> {
    let ground = Ground::begin(store, plan).await?;
    let figures = match operation {
        BenchOperation::Renew | BenchOperation::Capacity => {
            pipeline::run((plan, &ground), ("renew", Stock::renewal)).await
        }
        BenchOperation::Charge => pipeline::run((plan, &ground), ("charge", Stock::charge)).await,
        BenchOperation::Http => http::run(plan, &ground).await,
        BenchOperation::Import => import::run(plan, &ground).await,
        BenchOperation::Search => search::run(plan, &ground).await,
        BenchOperation::Reminders => reminders::run(plan, &ground).await,
        BenchOperation::Shops => shops::run(plan, &ground).await,
    };
    ground.end().await?;
    figures
}

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// For how long.
    pub(crate) lasts: Duration,
    /// How many callers ask at once, each waiting for its answer.
    pub(crate) clients: u32,
    /// How many lines there are.
    pub(crate) lines: u32,
    /// On how many cells they lie.
    pub(crate) cells: u16,
    /// Whether the database is there already.
    pub(crate) in_place: bool,
}

impl Plan {
    fn of(arguments: &BenchArguments) -> Result<Self> {
        if arguments.seconds == 0 || arguments.clients == 0 || arguments.lines == 0 {
            bail!("--seconds, --clients and --lines are at least 1.");
        }
        if !(1..=Cell::COUNT).contains(&arguments.cells) {
            bail!("--cells is 1 to {}.", Cell::COUNT);
        }
        let without_floor = [BenchOperation::Renew, BenchOperation::Charge];
        if arguments.in_place && !without_floor.contains(&arguments.operation) {
            bail!("--in-place is for renew and charge; the others need databases of their own.");
        }
        Ok(Self {
            lasts: Duration::from_secs(arguments.seconds),
            clients: arguments.clients,
            lines: arguments.lines,
            cells: arguments.cells,
            in_place: arguments.in_place,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    /// What every answer in JSON says.
    const SAID: [&str; 12] = [
        "operation",
        "store",
        "seconds",
        "clients",
        "per_second",
        "p50_ms",
        "p99_ms",
        "floor_per_second",
        "ratio",
        "bytes_grown_per_op",
        "bytes_written_per_op",
        "flush_p50_ms",
    ];

    fn plan() -> Plan {
        let lasts = Duration::from_millis(200);
        Plan { lasts, clients: 4, lines: 40, cells: Cell::COUNT, in_place: false }
    }

    async fn is_measured(operation: BenchOperation, store: &str) {
        let plan = plan();
        let figures = measure(operation, &plan, store).await.unwrap();
        let said: serde_json::Value =
            serde_json::from_str(&report::json(&figures).unwrap()).unwrap();
        for name in SAID {
            assert!(said.get(name).is_some(), "{operation:?} says nothing of {name}");
        }
        for name in ["operations", "per_second", "floor_per_second", "ratio", "p99_ms"] {
            assert!(said[name].as_f64().unwrap() > 0.0, "{operation:?}: {name} in {said}");
        }
        assert!(report::text(&figures).contains("share of the floor"));
        assert!(report::chart(&figures).starts_with("<svg"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_operation_is_measured_beside_its_floor() {
        for operation in BenchOperation::value_variants() {
            is_measured(*operation, "sqlite").await;
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_operation_is_measured_on_postgresql_and_leaves_nothing_there() {
        let server = farline_testkit::PostgresServer::shared();
        let database = server.database();
        for operation in BenchOperation::value_variants() {
            is_measured(*operation, &server.url(&database)).await;
        }
        let left = "SELECT COUNT(*) FROM pg_database WHERE datname LIKE 'farline_bench_%'";
        assert_eq!(server.superuser(&database, left), "0");
        server.discard(&database);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_prepared_database_is_measured_alone_and_stays() {
        let server = farline_testkit::PostgresServer::shared();
        let database = server.database();
        let url = server.url(&database);
        let plan = Plan { cells: 1, in_place: true, ..plan() };
        let figures = measure(BenchOperation::Renew, &plan, &url).await.unwrap();
        let said: serde_json::Value =
            serde_json::from_str(&report::json(&figures).unwrap()).unwrap();
        assert!(said["per_second"].as_f64().unwrap() > 0.0 && said["ratio"].is_null(), "{said}");
        assert!(!report::text(&figures).contains("floor"));
        assert!(report::chart(&figures).starts_with("<svg"));
        let cells = server.superuser(&database, "SELECT count(DISTINCT cell) FROM lines");
        assert_eq!(cells, "1");
        server.discard(&database);
    }

    #[tokio::test]
    async fn what_cannot_be_measured_is_said() {
        let arguments = BenchArguments {
            operation: BenchOperation::Renew,
            store: "a file".to_owned(),
            seconds: 1,
            clients: 1,
            lines: 1,
            cells: 1,
            in_place: false,
            json: false,
            svg: None,
        };
        assert!(run(arguments).await.unwrap_err().to_string().contains("sqlite or postgres"));
    }
}
