//! Commands through the line pipeline, beside the floor of the same rows.

use super::disk::Meter;
use super::load::{Seen, drive};
use super::report::Figures;
use super::stock::Stock;
use super::{Plan, disk};
use crate::surroundings::ProgramClock;
use eyre::{Result, bail};
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Clock, LinePipeline};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::Instant;
use farline_store::write_again;
use std::sync::Arc;

/// The n-th command of a benchmark.
pub(crate) type Asked = fn(&Stock, u64, Instant) -> LineCommand;

/// Measures a kind of command.
pub(crate) async fn run(plan: &Plan, (name, asked): (&'static str, Asked)) -> Result<Figures> {
    let clock = Arc::new(ProgramClock::new(0));
    let store = plan.open("run")?;
    let stock = Arc::new(Stock::fill(store.as_ref(), plan.lines, clock.now()).await?);
    close(store)?;
    plan.copy("run", "floor")?;
    let path = plan.database("run");
    let meter = Meter::start(&path);

    let store = plan.open("run")?;
    let pipeline = Arc::clone(&store);
    let seen = drive(plan.clients, plan.lasts, move |number| {
        let (store, stock, clock) = (Arc::clone(&pipeline), Arc::clone(&stock), clock.clone());
        async move {
            let context = Context { now: clock.now(), actor: Actor::System };
            let command = asked(&stock, number, context.now);
            let envelope = Envelope { line: stock.line(number), key: None, command, context };
            matches!(store.run(envelope).await, Ok(Outcome::Answered(_)))
        }
    })
    .await?;
    close(store)?;
    if seen.failed > 0 || seen.done == 0 {
        bail!("{} of {} commands failed", seen.failed, seen.done + seen.failed);
    }
    compare((plan, name), &seen, meter.read())
}

/// Lets go of the store, which ends what its writer still has to do.
fn close(store: Arc<farline_store::SqliteStore>) -> Result<()> {
    match Arc::try_unwrap(store) {
        Ok(store) => drop(store),
        Err(_) => bail!("the store is still in use"),
    }
    Ok(())
}

fn compare(
    (plan, name): (&Plan, &'static str),
    seen: &Seen,
    (grown, written): (u64, Option<u64>),
) -> Result<Figures> {
    let path = plan.database("floor");
    let meter = Meter::start(&path);
    let floor = write_again(&plan.database("run"), &path)?;
    let (floor_grown, floor_written) = meter.read();
    let flush_p50_ms = disk::flush_p50_ms(plan.folder.path())?;
    Ok(Figures::of(
        (name, "sqlite"),
        (plan.clients, plan.lines),
        seen,
        &super::report::Beside { floor, grown, written, floor_grown, floor_written, flush_p50_ms },
    ))
}
