//! What is sold of a plan on a date: which of its versions, at what price, and whether its sale is stopped.

use super::{Catalogue, Plan, PlanCode};
use crate::kernel::Money;
use jiff::civil::Date;

/// Why a plan cannot have this price from this date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceRefusal {
    /// No such plan is sold.
    UnknownPlan,
    /// The price is in another currency than the plan's.
    OtherCurrency,
    /// A price is more than nothing.
    NotPositive,
    /// It has this price on that date already.
    SamePrice,
    /// The date is over.
    Past,
    /// The plan's last day of sale is before that date.
    AfterLastDay,
}

impl Catalogue {
    /// The version of a plan that is in force on a date: the newest whose first day of sale has come. Before the
    /// first day of them all, the current one, so that a plan always has a name.
    pub fn in_force(&self, code: &PlanCode, date: Date) -> Option<&Plan> {
        let current = self.plans.get(code)?;
        let begun = |plan: &&Plan| plan.sold_from.is_none_or(|from| from <= date);
        let versions = || std::iter::once(current).chain(self.coming_of(code));
        versions().filter(begun).max_by_key(|plan| plan.version).or(Some(current))
    }

    /// The version of a plan that is sold on a date; nothing, where its sale is stopped, over or yet to begin.
    pub fn sold(&self, code: &PlanCode, date: Date) -> Option<&Plan> {
        let plan = self.in_force(code, date)?;
        (plan.is_sold_on(date) && !self.stopped.contains_key(code)).then_some(plan)
    }

    /// The versions of a plan that will come into force after a date, the next first. One that a newer version
    /// overtakes before its first day does not.
    pub fn coming_after(&self, code: &PlanCode, date: Date) -> Vec<&Plan> {
        let will_come = |plan: &&Plan| {
            let from = plan.sold_from.filter(|from| *from > date);
            let then = from.and_then(|from| self.in_force(code, from));
            then.is_some_and(|then| then.version == plan.version)
        };
        let mut coming: Vec<&Plan> = self.coming_of(code).filter(will_come).collect();
        coming.sort_by_key(|plan| plan.sold_from);
        coming
    }

    /// A plan as it will be sold from a date on, for another price. Its version is set by publishing.
    ///
    /// # Errors
    /// If the plan cannot have that price from that date.
    pub fn at_price(
        &self,
        code: &PlanCode,
        (price, from): (Money, Date),
        today: Date,
    ) -> Result<Plan, PriceRefusal> {
        let then = self.in_force(code, from).ok_or(PriceRefusal::UnknownPlan)?;
        if from < today {
            return Err(PriceRefusal::Past);
        }
        if price.currency != then.price.currency {
            return Err(PriceRefusal::OtherCurrency);
        }
        if price.minor <= 0 {
            return Err(PriceRefusal::NotPositive);
        }
        if price == then.price {
            return Err(PriceRefusal::SamePrice);
        }
        if then.sold_until.is_some_and(|until| until < from) {
            return Err(PriceRefusal::AfterLastDay);
        }
        Ok(Plan { price, sold_from: Some(from), ..then.clone() })
    }

    fn coming_of(&self, code: &PlanCode) -> impl Iterator<Item = &Plan> {
        self.coming.get(code).into_iter().flatten()
    }
}
