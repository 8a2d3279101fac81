//! Operators, plans, promotions and taxes: what is sold, by whom, at what price.

pub mod law;
pub mod plan;
pub mod pricing;
pub mod promotion;
pub mod sale;
pub mod single_use;
pub mod tax;

pub use law::Breach;
pub use plan::{
    Allowance, CoverageZone, LevyDuty, Need, Network, Offer, Operator, OperatorCode, Plan,
    PlanCode, PromotionCode, StartRule, TimeWindow, Validity, ZoneCode,
};
pub use pricing::{Price, PriceItem, PriceItemKind, PricingRefusal, Taxed, price};
pub use promotion::{
    Asked, GivenBy, NotGiven, Promotion, Reduction, Renewals, ShareOf, Showing, Stacking,
    given_together,
};
pub use sale::PriceRefusal;
pub use single_use::SingleUseCode;
pub use tax::{Levy, Tax, TaxKind, Taxes};

use crate::kernel::Instant;
use std::collections::BTreeMap;

/// Everything that can be sold: the current version of every plan, those to come, and what they need.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Operators by code.
    pub operators: BTreeMap<OperatorCode, Operator>,
    /// Current plan versions by code.
    pub plans: BTreeMap<PlanCode, Plan>,
    /// Versions that are sold from a later date on, by the plan's code.
    pub coming: BTreeMap<PlanCode, Vec<Plan>>,
    /// Plans whose sale is stopped, and since when.
    pub stopped: BTreeMap<PlanCode, Instant>,
    /// Where an allowance can be used, by code.
    pub zones: BTreeMap<ZoneCode, CoverageZone>,
    /// Promotions by code.
    pub promotions: BTreeMap<PromotionCode, Promotion>,
    /// Taxes and levies.
    pub taxes: Taxes,
}

impl Catalogue {
    /// The plans an operator sells on a date, in the order they are shown.
    pub fn plans_of(&self, operator: &OperatorCode, date: jiff::civil::Date) -> Vec<&Plan> {
        let of_operator = |plan: &&Plan| plan.operator == *operator;
        let sold = self.plans.keys().filter_map(|code| self.sold(code, date));
        let mut plans: Vec<&Plan> = sold.filter(of_operator).collect();
        plans.sort_by(|a, b| (a.rank, &a.code).cmp(&(b.rank, &b.code)));
        plans
    }

    /// The zones that cover a country (ISO 3166-1 alpha-2), as a usage request needs them.
    pub fn zones_covering(&self, country: &str) -> Vec<ZoneCode> {
        let covers = |zone: &&CoverageZone| zone.countries.iter().any(|code| code == country);
        self.zones.values().filter(covers).map(|zone| zone.code.clone()).collect()
    }
}
