//! The price of a plan, item by item: price, promotion, levy, each tax.

use super::plan::{LevyDuty, Plan, Validity};
use super::promotion::{Promotion, taken_off};
use super::tax::{TaxKind, Taxes};
use crate::kernel::{Money, MoneyError, Province, Rate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an item of a price is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceItemKind {
    /// The plan itself, before tax.
    Plan,
    /// A promotion by its code, as what it takes off: a negative amount, or nothing where it gives a bonus alone.
    Promotion(String),
    /// The 911 levy of the province.
    Levy(Province),
    /// A sales tax.
    Tax(TaxKind, Rate),
}

/// One item of a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceItem {
    /// What it is for.
    pub kind: PriceItemKind,
    /// How much; a promotion is never above zero.
    pub amount: Money,
}

/// An itemised price. The total is the sum of the items, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The items, in the order a document shows them.
    pub items: Vec<PriceItem>,
    /// What is to be paid; never below zero.
    pub total: Money,
    /// The province whose taxes are in it.
    pub province: Province,
}

impl Price {
    /// The codes of the promotions in it.
    pub fn promotions(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match &item.kind {
            PriceItemKind::Promotion(code) => Some(code.as_str()),
            PriceItemKind::Plan | PriceItemKind::Levy(_) | PriceItemKind::Tax(..) => None,
        })
    }

    /// The part of the total that is sales tax.
    pub fn tax(&self) -> Result<Money, MoneyError> {
        let taxes = self.items.iter().filter(|item| matches!(item.kind, PriceItemKind::Tax(..)));
        taxes.map(|item| item.amount).try_fold(Money::zero(self.total.currency), Money::plus)
    }

    /// Each sales tax, with what it was computed on: the plan less its promotion, and the levy where that is taxed. A
    /// price does not say whether it is; its taxes do, as they come out right one way only.
    ///
    /// # Errors
    /// When a sum is more than can be counted.
    pub fn taxed(&self) -> Result<Vec<Taxed>, MoneyError> {
        let (mut plain, mut levied) = (Money::zero(self.total.currency), None);
        let mut taxes = Vec::new();
        for item in &self.items {
            match &item.kind {
                PriceItemKind::Plan | PriceItemKind::Promotion(_) => {
                    plain = plain.plus(item.amount)?;
                }
                PriceItemKind::Levy(_) => levied = Some(item.amount),
                PriceItemKind::Tax(kind, rate) => taxes.push((*kind, *rate, item.amount)),
            }
        }
        let comes_out = |base: Money| {
            taxes.iter().all(|(_, rate, amount)| base.share_half_up(*rate) == Ok(*amount))
        };
        let with_levy = levied.map(|levy| plain.plus(levy)).transpose()?;
        let base = with_levy.filter(|base| !comes_out(plain) && comes_out(*base)).unwrap_or(plain);
        Ok(taxes.iter().map(|&(kind, _, amount)| Taxed { kind, base, amount }).collect())
    }
}

/// A sales tax of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taxed {
    /// Which tax.
    pub kind: TaxKind,
    /// What it was computed on.
    pub base: Money,
    /// How much it is.
    pub amount: Money,
}

/// Why a plan cannot be priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PricingRefusal {
    /// No tax table covers this province and date; selling without tax by mistake is worse than not.
    #[error("no tax is known for this province and date")]
    NoTaxKnown,
    /// The amounts do not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Prices a plan on a local date in a province, with promotions that serve.
pub fn price(
    plan: &Plan,
    promotions: &[&Promotion],
    (taxes, levies): (&Taxes, LevyDuty),
    province: Province,
    date: Date,
) -> Result<Price, PricingRefusal> {
    let mut items = vec![PriceItem { kind: PriceItemKind::Plan, amount: plan.price }];
    let mut taxable = plan.price;
    for (promotion, off) in promotions.iter().zip(taken_off(plan.price, promotions)?) {
        taxable = taxable.minus(off)?;
        items.push(PriceItem {
            kind: PriceItemKind::Promotion(promotion.code.to_string()),
            amount: off.negated()?,
        });
    }
    let in_force = taxes.taxes_on(province, date);
    if in_force.is_empty() {
        return Err(PricingRefusal::NoTaxKnown);
    }
    let levy = taxes.levy_on(province, date).filter(|_| levies == LevyDuty::Collected);
    if let Some(levy) = levy {
        let months = i64::from(months_of_service(plan.validity));
        let minor = levy.amount.minor.checked_mul(months).ok_or(MoneyError::TooLarge)?;
        let amount = Money { minor, ..levy.amount };
        items.push(PriceItem { kind: PriceItemKind::Levy(province), amount });
        if levy.taxable {
            taxable = taxable.plus(amount)?;
        }
    }
    for tax in in_force {
        let amount = taxable.share_half_up(tax.rate)?;
        items.push(PriceItem { kind: PriceItemKind::Tax(tax.kind, tax.rate), amount });
    }
    let zero = Money::zero(plan.price.currency);
    let total = items.iter().map(|item| item.amount).try_fold(zero, Money::plus)?;
    Ok(Price { items, total, province })
}

/// A levy is due for each month in which service is provided; a started month counts.
fn months_of_service(validity: Validity) -> u16 {
    match validity {
        Validity::Days(days) => days.div_ceil(31).max(1),
        Validity::Months(months) => u16::from(months).max(1),
    }
}
