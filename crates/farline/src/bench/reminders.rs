//! Planning reminders: every line is looked at on a day on which every one of them has something to be told, which is the most
//! that can be. Beside it the floor: the same lines read, and nothing planned.

use super::ground::{Cost, Ground};
use super::load::Seen;
use super::report::{Beside, Figures};
use super::stock::Stock;
use super::{Plan, disk};
use crate::config::Config;
use crate::surroundings::ProgramClock;
use crate::wiring;
use eyre::{Result, ensure, eyre};
use farline_app::App;
use farline_app::reminders::{ReminderSettings, look_at_all, plan_all};
use farline_store::{Floor, Side};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// A day, in seconds: the lines of a benchmark expire in eight days, and are told of it seven days before.
const A_DAY: i64 = 24 * 60 * 60;
/// Nobody is answered here.
const NOWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 9);

/// Measures one look at every line.
pub(crate) async fn run(plan: &Plan, ground: &Ground) -> Result<Figures> {
    let nowhere = SocketAddr::from(NOWHERE);
    let mut config = Config::demonstration(ground.folder().join("run"), nowhere);
    if let Some(url) = ground.url() {
        config.store = url.into();
    }
    let app = wiring::build(&config, nowhere).await?.channels.app;
    Stock::fill(app.store.as_ref(), plan, app.now()).await?;
    let reminders = ReminderSettings::default();
    let app = App { clock: Arc::new(ProgramClock::new(A_DAY)), reminders, ..app };

    let started = Instant::now();
    let lines = look_at_all(&app).await.map_err(|problem| eyre!("{problem:?}"))?;
    let floor = Floor { commands: lines, took: started.elapsed() };
    let before = ground.cost(Side::Run).await?;
    let started = Instant::now();
    let all = plan_all(&app, &|_| ()).await.map_err(|problem| eyre!("{problem:?}"))?;
    let seen = Seen::one(all.lines, started.elapsed())?;
    ensure!(all.reminders == u64::from(plan.lines), "{} reminders are planned", all.reminders);
    let cost = ground.cost(Side::Run).await?.since(before);
    let flush_p50_ms = disk::flush_p50_ms(ground.folder())?;
    let floor_cost = Cost { size: 0, written: None };
    let beside = Beside { floor: Some((floor, floor_cost)), cost, flush_p50_ms };
    Ok(Figures::of(("reminders", ground.name()), (1, plan.lines), &seen, &beside))
}
