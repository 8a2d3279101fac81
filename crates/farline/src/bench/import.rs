//! Importing a file of lines, beside the same rows copied without rules.

use super::ground::Ground;
use super::load::Seen;
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::surroundings::{MachineRandomness, ProgramClock};
use eyre::Result;
use farline_app::imports::{LinesContext, read_lines};
use farline_app::ports::Clock as _;
use farline_store::Side;
use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;
use std::time::Instant;

/// One caller, who waits for all of it.
const CLIENTS: u32 = 1;

/// Measures one import of the plan's lines, from the file to the commit.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let now = ProgramClock::new(0).now();
    let store = ground.open().await?;
    let stock = Stock::publish(store.as_ref(), plan, now).await?;
    ground.close(store).await?;
    ground.copy().await?;
    let path = ground.folder().join("lines.csv");
    stock.write_file(&path)?;

    let store = ground.open().await?;
    let before = ground.cost(Side::Run).await?;
    let started = Instant::now();
    let context = LinesContext {
        file_name: "lines.csv".to_owned(),
        now,
        secrets_key: [7; 32],
        randomness: Arc::new(MachineRandomness),
    };
    let file = BufReader::with_capacity(1 << 20, File::open(&path)?);
    let rows = read_lines(file, &store.catalogue(), context);
    let progress = crate::progress::Progress::of_rows();
    let told = Box::new(move |count| progress.show(count));
    let imported = store.import_lines(Box::new(rows), told).await?;
    let seen = Seen::one(imported, started.elapsed())?;
    ground.close(store).await?;
    let cost = ground.cost(Side::Run).await?.since(before);

    let before = ground.cost(Side::Floor).await?;
    let floor = ground.copy_lines().await?;
    let floor = Some((floor, ground.cost(Side::Floor).await?.since(before)));
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let beside = Beside { floor, cost, flush_p50_ms };
    Ok(Figures::of(("import", ground.name()), (CLIENTS, plan.lines), &seen, &beside))
}
