//! A session begins.

use super::{Call, charge};
use crate::{App, Problem};
use farline_domain::charging::{ChargingAnswer, ChargingStep, Wanted};

/// Starts a session and grants its first quota (INITIAL). A refused start leaves nothing behind.
pub async fn start(app: &App, call: &Call, wanted: Wanted) -> Result<ChargingAnswer, Problem> {
    charge(app, call, ChargingStep::Start { wanted }).await
}
