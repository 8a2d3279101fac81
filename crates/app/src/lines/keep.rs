//! Keeping a card's number (保号) at the least cost, with what is on sale today and today's taxes.

use crate::Problem;
use crate::quotes::province_of;
use farline_domain::catalog::{Catalogue, price};
use farline_domain::kernel::{Instant, Province};
use farline_domain::lines::{
    KeepOffer, KeepQuestion, KeepRefusal, KeepSchedule, Keeping, Line, keep as schedule,
};
use jiff::civil::Date;

/// The plan for a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepPlan {
    /// The local date on which it was made.
    pub today: Date,
    /// The last local date on which the card is to be kept.
    pub until: Date,
    /// What is kept.
    pub keeping: Keeping,
    /// Whose taxes are in the prices.
    pub province: Province,
    /// What to do, what it costs, and what is lost if nothing is done.
    pub schedule: KeepSchedule,
}

/// What comes of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepAnswer {
    /// This is the cheapest way.
    Planned(KeepPlan),
    /// There is none.
    Refused(KeepRefusal),
}

/// The cheapest way to keep a card until a date. Where nothing tells the province, it is the most common one, as on the
/// card's page: it can be changed when something is bought.
pub fn keep(
    (catalogue, line): (&Catalogue, &Line),
    (until, keeping): (Date, Keeping),
    now: Instant,
) -> Result<KeepAnswer, Problem> {
    let operator = super::operator_of(catalogue, line)?;
    let today = operator.lifecycle.today(now);
    let province = province_of(line).unwrap_or(Province::On);
    let mut offers = Vec::new();
    for plan in catalogue.plans_of(&line.operator, today) {
        let taxes = (&catalogue.taxes, operator.levies);
        offers.push(KeepOffer {
            plan: plan.code.clone(),
            validity: plan.validity,
            start_rule: plan.start_rule,
            price: price(plan, &[], taxes, province, today)?.total,
            sold_until: plan.sold_until,
        });
    }
    let question = KeepQuestion {
        rule: &operator.lifecycle,
        dates: line.dates,
        offers: &offers,
        currency: operator.currency,
        today,
        until,
        keeping,
    };
    Ok(match schedule(&question) {
        Ok(schedule) => KeepAnswer::Planned(KeepPlan { today, until, keeping, province, schedule }),
        Err(refusal) => KeepAnswer::Refused(refusal),
    })
}
