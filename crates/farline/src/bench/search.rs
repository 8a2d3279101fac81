//! Finding a line by its number and looking at it, beside the look-up of the number alone.

use super::ground::{Cost, Ground};
use super::load::{Seen, drive};
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::surroundings::ProgramClock;
use eyre::{Result, bail};
use farline_app::ports::Clock as _;
use farline_domain::kernel::LineNumber;
use farline_store::{Database, Floor};
use std::sync::Arc;

/// How much of each look-up is done.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    /// The number leads to the line.
    Number,
    /// And the line is read, with what is left on it.
    Line,
}

/// Measures look-ups.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let store = ground.open().await?;
    let now = ProgramClock::new(0).now();
    let stock = Arc::new(Stock::fill(store.as_ref(), plan, now).await?);
    let seen = look(plan, (&store, &stock), Depth::Line).await?;
    let alone = look(plan, (&store, &stock), Depth::Number).await?;
    ground.close(store).await?;
    let floor = Floor { commands: alone.done, took: alone.took };
    let nothing = Cost { size: 0, written: None };
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let beside = Beside { floor: Some((floor, nothing)), cost: nothing, flush_p50_ms };
    Ok(Figures::of(("search", ground.name()), (plan.clients, plan.lines), &seen, &beside))
}

async fn look(
    plan: &Plan,
    (store, stock): (&Arc<dyn Database>, &Arc<Stock>),
    depth: Depth,
) -> Result<Seen> {
    let (store, stock) = (Arc::clone(store), Arc::clone(stock));
    let seen = drive(plan.clients, plan.lasts, move |number| {
        let (store, stock) = (Arc::clone(&store), Arc::clone(&stock));
        async move {
            let Some(number) = stock.number(number) else { return false };
            let Ok(Some(line)) = store.find_line(&LineNumber::Msisdn(number)).await else {
                return false;
            };
            depth == Depth::Number || matches!(store.line(line).await, Ok(Some(_)))
        }
    })
    .await?;
    if seen.failed > 0 || seen.done == 0 {
        bail!("{} of {} look-ups failed", seen.failed, seen.done + seen.failed);
    }
    Ok(seen)
}
