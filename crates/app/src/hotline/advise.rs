//! Three plans for a verified caller, each with a reason, and a warning where it is more than they need.

use crate::catalog::{Audience, OfferTile, offers};
use crate::lines::{Outlook, outlook};
use crate::orders::last_bought;
use crate::ports::lines::LineView;
use crate::quotes::{of_themselves, province_of};
use crate::suppliers::{self, Selling};
use crate::{App, Problem};
use farline_domain::catalog::{Operator, PlanCode};
use farline_domain::forecast::fit;
use farline_domain::kernel::Province;
use farline_domain::lines::LineStatus;

pub use farline_domain::forecast::Fit;

/// How many plans are offered.
const OFFERED: usize = 3;

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
    /// Whether anything is sold at present.
    pub selling: Selling,
    /// The plans, the recommended one first; none while nothing is sold.
    pub plans: Vec<Fitting>,
}

/// Works out what to tell a caller.
pub async fn advise(app: &App, view: &LineView, operator: &Operator) -> Result<Advice, Problem> {
    let outlook = outlook(app, view, &operator.lifecycle).await?;
    let selling = suppliers::selling(app, operator).await?;
    if outlook.status == LineStatus::Closed || selling == Selling::Paused {
        return Ok(Advice { outlook, selling, plans: Vec::new() });
    }
    let last = last_bought(app, view.line.id).await?;
    let audience = (Audience::Holder(&outlook, last.as_ref().map(PlanCode::as_str)), app.now());
    let province = province_of(&view.line).unwrap_or(Province::On);
    let catalogue = app.store.catalogue();
    let promoted = of_themselves(app, &catalogue, (view.line.id, None)).await?;
    let mut tiles = offers((&catalogue, &view.line, &promoted), None, Some(province), audience)?;
    // What is recommended, then what they know, then what costs least.
    tiles
        .sort_by_key(|tile| (tile.recommended.is_none(), !tile.last_bought, tile.plan.price.minor));
    tiles.truncate(OFFERED);
    let per_day = outlook.data_per_day.count();
    let fitting = |tile: OfferTile| Fitting { fit: fit(&tile.plan, per_day), tile };
    let plans = tiles.into_iter().map(fitting).collect();
    Ok(Advice { outlook, selling, plans })
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};
    use farline_domain::catalog::Validity;
    use farline_domain::kernel::AllowanceKind;
    use farline_testkit::{OWN_BIG, catalogue};

    const GB: i64 = 1_000_000_000;

    #[test]
    fn a_plan_fits_runs_out_or_is_too_much_for_a_pace() {
        let catalogue = catalogue();
        let plan = catalogue.plans.values().find(|plan| plan.code.as_str() == OWN_BIG).unwrap();
        let mut plan = plan.clone();
        plan.validity = Validity::Days(30);
        assert_eq!(plan.granted(AllowanceKind::Data), 5 * GB);
        let rows = [
            (0, Fit::NothingToGoBy),
            (GB / 1000, Fit::TooMuch(30 * GB / 1000)),
            // Twice what would be used is too much; a little less than twice is not.
            (5 * GB / 60, Fit::TooMuch(2_499_999_990)),
            (5 * GB / 59, Fit::Fits(2_542_372_860)),
            (5 * GB / 30, Fit::Fits(4_999_999_980)),
            (5 * GB / 30 + 1, Fit::RunsOut(29)),
            (GB, Fit::RunsOut(5)),
            (i64::MAX, Fit::RunsOut(0)),
        ];
        for (per_day, wanted) in rows {
            assert_eq!(fit(&plan, per_day), wanted, "{per_day} octets a day");
        }
        // What is spare is a gigabyte at least: of a small plan nothing worth a warning is left.
        plan.allowances.retain(|allowance| allowance.kind == AllowanceKind::Data);
        for allowance in &mut plan.allowances {
            allowance.units = farline_domain::kernel::Units::new(GB / 2).unwrap();
        }
        assert_eq!(fit(&plan, GB / 1000), Fit::Fits(30 * GB / 1000));
        plan.allowances.clear();
        assert_eq!(fit(&plan, GB), Fit::KeepsNumber);
    }
}
