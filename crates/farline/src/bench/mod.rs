//! `farline bench`: how fast this machine renews, beside what the disk and the database allow.

mod disk;
mod http;
mod load;
mod pipeline;
mod report;
mod stock;

use crate::cli::{BenchArguments, BenchOperation};
use eyre::{Context, Result, bail};
use farline_store::{OpenMode, SqliteStore};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use stock::Stock;

/// Runs one benchmark and says what it found.
pub(crate) async fn run(arguments: BenchArguments) -> Result<()> {
    let plan = Plan::of(&arguments)?;
    let figures = measure(arguments.operation, &plan).await?;
    if let Some(path) = &arguments.svg {
        std::fs::write(path, report::chart(&figures))
            .wrap_err_with(|| format!("{} cannot be written", path.display()))?;
    }
    let text = if arguments.json { report::json(&figures)? } else { report::text(&figures) };
    crate::commands::say(&text);
    Ok(())
}

async fn measure(operation: BenchOperation, plan: &Plan) -> Result<report::Figures> {
    match operation {
        BenchOperation::Renew => pipeline::run(plan, ("renew", Stock::renewal)).await,
        BenchOperation::Http => http::run(plan).await,
        BenchOperation::Charge => pipeline::run(plan, ("charge", Stock::charge)).await,
    }
}

/// What is measured.
pub(crate) struct Plan {
    /// For how long.
    pub(crate) lasts: Duration,
    /// How many callers ask at once, each waiting for its answer.
    pub(crate) clients: u32,
    /// How many lines there are.
    pub(crate) lines: u32,
    /// A folder that goes when the benchmark ends.
    folder: tempfile::TempDir,
}

impl Plan {
    fn of(arguments: &BenchArguments) -> Result<Self> {
        if arguments.store != "sqlite" {
            bail!("--store {}: only sqlite can be measured so far.", arguments.store);
        }
        if arguments.seconds == 0 || arguments.clients == 0 || arguments.lines == 0 {
            bail!("--seconds, --clients and --lines are at least 1.");
        }
        // In the working folder: the system's folder for temporary files may lie in memory, where
        // nothing is durable.
        let folder = tempfile::Builder::new()
            .prefix("farline-bench-")
            .tempdir_in(".")
            .wrap_err("a folder for the benchmark cannot be made here")?;
        Ok(Self {
            lasts: Duration::from_secs(arguments.seconds),
            clients: arguments.clients,
            lines: arguments.lines,
            folder,
        })
    }

    /// The database of a name.
    pub(crate) fn database(&self, name: &str) -> PathBuf {
        self.folder.path().join(name).join("farline.db")
    }

    /// Opens the database of a name, made if it is new.
    pub(crate) fn open(&self, name: &str) -> Result<Arc<SqliteStore>> {
        let path = self.database(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(Arc::new(SqliteStore::open(&path, OpenMode::ReadWrite)?))
    }

    /// Copies a database that nobody has open.
    pub(crate) fn copy(&self, from: &str, to: &str) -> Result<()> {
        let target = self.database(to);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(self.database(from), target)?;
        Ok(())
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

    #[tokio::test(flavor = "multi_thread")]
    async fn every_operation_is_measured_beside_its_floor() {
        for operation in BenchOperation::value_variants() {
            let arguments = BenchArguments {
                operation: *operation,
                store: "sqlite".to_owned(),
                seconds: 1,
                clients: 4,
                lines: 40,
                json: true,
                svg: None,
            };
            let mut plan = Plan::of(&arguments).unwrap();
            plan.lasts = Duration::from_millis(200);
            let figures = measure(*operation, &plan).await.unwrap();
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
    }

    #[tokio::test]
    async fn what_cannot_be_measured_is_said() {
        let arguments = BenchArguments {
            operation: BenchOperation::Renew,
            store: "postgres://localhost/x".to_owned(),
            seconds: 1,
            clients: 1,
            lines: 1,
            json: false,
            svg: None,
        };
        assert!(run(arguments).await.unwrap_err().to_string().contains("only sqlite"));
    }
}
