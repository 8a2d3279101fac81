//! The supervisor's view: calls, proofs that failed, refunds and rescues, for each day and each who did anything.

use super::Acting;
use crate::staff::team;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{StaffId, Zone};
use farline_domain::staff::{Deed, Period, Supervising, Supervision};
use std::collections::BTreeMap;

/// Some days, as a supervisor sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervised {
    /// Which, in the business's zone.
    pub period: Period,
    /// That zone.
    pub zone: Zone,
    /// The figures.
    pub supervision: Supervision,
    /// What colleagues call each member of the staff.
    pub names: BTreeMap<StaffId, String>,
    /// How many orders wait for a person now, whichever days are looked at.
    pub waiting: u64,
}

/// Adds up the days of a period, or those of the last week. The days are asked for one by one: what is held of each is
/// as much as there are people.
pub async fn supervise(
    app: &App,
    acting: &Acting<'_>,
    period: Option<Period>,
) -> Result<Supervised, Problem> {
    acting.may(Deed::Supervise)?;
    let zone = app.desk.zone();
    let period = period.unwrap_or_else(|| Period::usual(app.now().date_in(&zone)));
    let mut supervising = Supervising::default();
    for date in period.days() {
        let facts = app.store.deeds((zone.start_of(date), zone.end_of(date))).await?;
        supervising.add(date, &facts).map_err(|_| Problem::of(ProblemCode::Internal))?;
    }
    let members = team::members(app).await?;
    Ok(Supervised {
        period,
        zone,
        supervision: supervising.finish(),
        names: members.into_iter().map(|member| (member.id, member.name)).collect(),
        waiting: app.store.waiting_orders().await?,
    })
}
