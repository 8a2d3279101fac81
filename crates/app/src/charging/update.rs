//! A session goes on.

use super::{Call, charge};
use crate::{App, Problem};
use farline_domain::charging::{ChargingAnswer, ChargingStep, Wanted};
use farline_domain::kernel::Units;

/// Debits what was used since the last report and grants the next quota in place of the one held
/// (UPDATE).
pub async fn update(
    app: &App,
    call: &Call,
    used: Units,
    wanted: Wanted,
) -> Result<ChargingAnswer, Problem> {
    charge(app, call, ChargingStep::Update { used, wanted }).await
}
