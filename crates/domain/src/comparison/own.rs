//! A plan of the catalogue as a listing among the others, at the price that our own tables compute.

use super::listing::{Granted, Grants, ListedTax, Listing, ListingKey, Seller};
use crate::catalog::{Plan, Price, PriceItemKind};
use crate::kernel::{AllowanceKind, Money, MoneyError, Units};
use jiff::civil::Date;

impl Listing {
    /// A plan as it is sold by ourselves at a price: its levies are fees, its taxes are named by their amount. What can be
    /// used at some hours only is not counted, and neither is credit.
    ///
    /// # Errors
    /// When a sum is more than can be counted.
    pub fn of_plan(
        plan: &Plan,
        price: &Price,
        name: String,
        seen_on: Date,
    ) -> Result<Self, MoneyError> {
        let nothing = Money::zero(price.total.currency);
        let levies = price.items.iter().filter(|item| matches!(item.kind, PriceItemKind::Levy(_)));
        let fees = levies.map(|item| item.amount).try_fold(nothing, Money::plus)?;
        let tax = price.tax()?;
        Ok(Self {
            key: ListingKey { seller: Seller::Ourselves, code: (&plan.code).into() },
            name,
            operator: Some(plan.operator.clone()),
            grants: Grants {
                data: granted(plan, AllowanceKind::Data),
                voice: granted(plan, AllowanceKind::Voice),
                messages: granted(plan, AllowanceKind::Messages),
            },
            validity: plan.validity,
            start_rule: plan.start_rule,
            price: price.total.minus(tax)?.minus(fees)?,
            tax: ListedTax::Amount(tax),
            fees,
            seen_on,
        })
    }
}

fn granted(plan: &Plan, kind: AllowanceKind) -> Granted {
    let all_day = plan.allowances.iter().filter(|it| it.kind == kind && it.window.is_none());
    let sum = all_day.map(|allowance| allowance.units).try_fold(Units::ZERO, Units::plus);
    Granted::Amount(sum.unwrap_or(Units::MOST))
}
