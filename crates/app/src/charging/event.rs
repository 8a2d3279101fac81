//! Something used at one stroke.

use super::{Call, charge};
use crate::{App, Problem};
use farline_domain::charging::{ChargingAnswer, ChargingStep};
use farline_domain::kernel::Units;

/// Debits an event, such as one text message, whole or not at all (EVENT, direct debiting).
pub async fn event(app: &App, call: &Call, units: Units) -> Result<ChargingAnswer, Problem> {
    charge(app, call, ChargingStep::Event { units }).await
}
