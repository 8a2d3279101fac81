//! Three plans for a verified caller, each with a reason, and a warning where it is more than they need.

use crate::catalog::{Audience, OfferTile, offers, offers::days_of};
use crate::lines::{Outlook, outlook};
use crate::ports::lines::LineView;
use crate::quotes::province_of;
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::{Operator, Plan};
use farline_domain::kernel::{AllowanceKind, LineId, Province};
use farline_domain::lines::LineStatus;
use farline_domain::orders::Stage;

/// How many plans are offered.
const OFFERED: usize = 3;
/// How many orders are looked through for the plan bought last.
const LOOKED_THROUGH: u32 = 20;
/// A plan is more than needed where it grants so many times what would be used, and at least [`SPARE_OCTETS`] more.
const TOO_MUCH_TIMES: i64 = 2;
const SPARE_OCTETS: i64 = 1_000_000_000;

/// How a plan fits what the line uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// There is no use to go by yet.
    NothingToGoBy,
    /// It grants no data: it keeps the number.
    KeepsNumber,
    /// What it grants is enough, and not much more: octets that would be used in its time.
    Fits(i64),
    /// It would be used up before its time: after so many days at the present pace.
    RunsOut(i64),
    /// More than is needed: octets that would be used in its time.
    TooMuch(i64),
}

/// A plan with how it fits.
#[derive(Clone, Debug)]
pub struct Fitting {
    /// The plan as offered to its holder.
    pub tile: OfferTile,
    /// How it fits.
    pub fit: Fit,
}

/// What a caller is told.
#[derive(Clone, Debug)]
pub struct Advice {
    /// What is to be expected of the line.
    pub outlook: Outlook,
    /// The plans, the recommended one first.
    pub plans: Vec<Fitting>,
}

/// Works out what to tell a caller.
pub async fn advise(app: &App, view: &LineView, operator: &Operator) -> Result<Advice, Problem> {
    let outlook = outlook(app, view, &operator.lifecycle).await?;
    if outlook.status == LineStatus::Closed {
        return Ok(Advice { outlook, plans: Vec::new() });
    }
    let last = last_bought(app, view.line.id).await?;
    let audience = (Audience::Holder(&outlook, last.as_deref()), app.now());
    let province = province_of(&view.line).unwrap_or(Province::On);
    let catalogue = app.store.catalogue();
    let mut tiles = offers((&catalogue, &view.line), None, Some(province), audience)?;
    // What is recommended, then what they know, then what costs least.
    tiles
        .sort_by_key(|tile| (tile.recommended.is_none(), !tile.last_bought, tile.plan.price.minor));
    tiles.truncate(OFFERED);
    let per_day = outlook.data_per_day.count();
    let fitting = |tile: OfferTile| Fitting { fit: fit(&tile.plan, per_day), tile };
    let plans = tiles.into_iter().map(fitting).collect();
    Ok(Advice { outlook, plans })
}

/// The plan of the last renewal that was paid and not given back.
async fn last_bought(app: &App, line: LineId) -> Result<Option<String>, Problem> {
    let orders = app.store.orders_of_line(line, None, LOOKED_THROUGH).await?;
    let last = orders.iter().find(|order| order.state.stage() == Stage::Delivered);
    Ok(last.map(|order| order.offer.plan.to_string()))
}

/// How a plan fits a pace, in octets a day.
pub fn fit(plan: &Plan, per_day: i64) -> Fit {
    let granted = plan.granted(AllowanceKind::Data);
    if granted == 0 {
        return Fit::KeepsNumber;
    }
    let Some(lasts) = granted.checked_div(per_day) else { return Fit::NothingToGoBy };
    let used = per_day.saturating_mul(i64::from(days_of(plan)));
    if used > granted {
        Fit::RunsOut(lasts)
    } else if granted >= used.saturating_mul(TOO_MUCH_TIMES) && granted - used >= SPARE_OCTETS {
        Fit::TooMuch(used)
    } else {
        Fit::Fits(used)
    }
}

/// The operator of a line.
pub fn operator_of(app: &App, view: &LineView) -> Result<Operator, Problem> {
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator).cloned();
    operator.ok_or(Problem::of(ProblemCode::Internal))
}
