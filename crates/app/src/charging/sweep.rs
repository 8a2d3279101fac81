//! What sessions leave behind when nothing is heard of them any more.

use crate::{App, Problem, orders};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::{Cells, LineId};
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// Days for which a session is remembered after it was last heard of. A network repeats a request
/// within minutes; one that comes later still is refused, because its session is not known.
const REMEMBERED_DAYS: i64 = 7;

/// Gives back what abandoned sessions of a line hold and closes its buckets that are over. With the last data over, a plan that
/// waits for the data to be used up starts.
pub async fn sweep(app: &App, line: LineId) -> Result<(), Problem> {
    app.decide(line, LineCommand::Sweep, Actor::System).await?;
    orders::start_queued(app, line, app.now()).await?;
    Ok(())
}

/// Forgets sessions of some cells that have been silent for long. Returns how many.
pub async fn forget(app: &App, cells: Cells) -> Result<u64, Problem> {
    let today = app.now().timestamp().to_zoned(TimeZone::UTC).date();
    Ok(app.store.forget_sessions(cells, today.saturating_sub(REMEMBERED_DAYS.days())).await?)
}
