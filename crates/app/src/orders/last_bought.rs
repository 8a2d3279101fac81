//! The plan that a card was renewed with last.

use crate::{App, Problem};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::LineId;
use farline_domain::orders::Stage;

/// How many of the newest orders are looked through.
const LOOKED_THROUGH: u32 = 20;

/// The plan of the last renewal that was delivered and not given back.
pub async fn last_bought(app: &App, line: LineId) -> Result<Option<PlanCode>, Problem> {
    let recent = app.store.orders_of_line(line, None, LOOKED_THROUGH).await?;
    let last = recent.into_iter().find(|order| order.state.stage() == Stage::Delivered);
    Ok(last.map(|order| order.offer.plan))
}
