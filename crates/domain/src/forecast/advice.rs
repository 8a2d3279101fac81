//! How a plan fits a pace, and what of it would be paid for and not used.

use crate::catalog::{Plan, Validity};
use crate::kernel::{AllowanceKind, Money, Units};

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

/// What would be left over of a plan when its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spare {
    /// Octets.
    pub units: Units,
    /// That share of its price, before tax, rounded down.
    pub money: Money,
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

/// What would be left over of a plan that is more than is needed; nothing worth a word of any other.
pub fn spare(plan: &Plan, per_day: i64) -> Option<Spare> {
    let used = match fit(plan, per_day) {
        Fit::TooMuch(used) => used,
        Fit::NothingToGoBy | Fit::KeepsNumber | Fit::Fits(_) | Fit::RunsOut(_) => return None,
    };
    let granted = plan.granted(AllowanceKind::Data);
    let units = Units::new(granted.saturating_sub(used)).ok()?;
    let share = i128::from(plan.price.minor) * i128::from(units.count()) / i128::from(granted);
    let money = Money { minor: i64::try_from(share).ok()?, currency: plan.price.currency };
    Some(Spare { units, money })
}

/// The days a plan lasts, a month counted as thirty.
pub fn days_of(plan: &Plan) -> u16 {
    match plan.validity {
        Validity::Days(days) => days,
        Validity::Months(months) => u16::from(months) * 30,
    }
}
