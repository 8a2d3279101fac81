//! A session ends.

use super::{Call, charge};
use crate::{App, Problem};
use farline_domain::charging::{ChargingAnswer, ChargingStep};
use farline_domain::kernel::Units;

/// Debits what was used last, gives back what was not, and ends the session for ever (TERMINATION).
pub async fn end(app: &App, call: &Call, used: Units) -> Result<ChargingAnswer, Problem> {
    charge(app, call, ChargingStep::End { used }).await
}
