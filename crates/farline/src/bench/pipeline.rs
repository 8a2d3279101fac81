//! Commands through the line pipeline, beside the floor of the same rows.

use super::ground::{Cost, Ground};
use super::load::drive;
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::surroundings::ProgramClock;
use eyre::{Result, bail};
use farline_app::ports::Clock as _;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::Instant;
use farline_store::{Floor, Side};
use std::sync::Arc;

/// The n-th command of a benchmark.
pub(crate) type Asked = fn(&Stock, u64, Instant) -> LineCommand;

/// Measures a kind of command.
pub(crate) async fn run(
    (plan, ground): (&Plan, &Ground),
    (name, asked): (&'static str, Asked),
) -> Result<Figures> {
    let clock = Arc::new(ProgramClock::new(0));
    let store = ground.open().await?;
    let stock = Arc::new(Stock::fill(store.as_ref(), plan, clock.now()).await?);
    ground.close(store).await?;
    if ground.has_floor() {
        ground.copy().await?;
    }

    let store = ground.open().await?;
    let before = ground.cost(Side::Run).await?;
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
    ground.close(store).await?;
    if seen.failed > 0 || seen.done == 0 {
        bail!("{} of {} commands failed", seen.failed, seen.done + seen.failed);
    }
    let cost = ground.cost(Side::Run).await?.since(before);

    let floor = if ground.has_floor() { Some(written_again(ground).await?) } else { None };
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let beside = Beside { floor, cost, flush_p50_ms };
    Ok(Figures::of((name, ground.name()), (plan.clients, plan.lines), &seen, &beside))
}

async fn written_again(ground: &Ground) -> Result<(Floor, Cost)> {
    let before = ground.cost(Side::Floor).await?;
    let floor = ground.write_again().await?;
    Ok((floor, ground.cost(Side::Floor).await?.since(before)))
}
