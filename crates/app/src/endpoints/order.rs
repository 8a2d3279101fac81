//! A platform has a number charged.

use super::{Endpoint, as_it_stands, fault_of};
use crate::partners::{self, OrderWish};
use crate::ports::platform::{Charge, Fault, PriceSaid, Told};
use crate::{App, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::partners::Partner;

/// Places an order, or tells of the one that stands under its number.
pub(super) async fn place(
    app: &App,
    (endpoint, partner): (&Endpoint, &Partner),
    charge: Charge,
) -> Result<Told, Fault> {
    match partners::find(app, partner, &charge.order).await {
        // What stands is told as it stands, whatever things cost by now.
        Ok(_) => {}
        Err(problem) if problem.code == ProblemCode::NotFound => may_be_placed(endpoint, &charge)?,
        Err(problem) => return Err(fault_of(&problem)),
    }
    let wish = OrderWish {
        reference: charge.order,
        number: charge.account,
        product: charge.good,
        at_most: None,
        callback: endpoint.platform.told_at(charge.notify),
        another: false,
    };
    let placed = partners::place(app, partner, &wish).await;
    let placed = placed.map_err(|problem| fault_of(&problem))?;
    Ok(as_it_stands(endpoint, &placed.order))
}

fn may_be_placed(endpoint: &Endpoint, charge: &Charge) -> Result<(), Fault> {
    if charge.quantity != 1 {
        return Err(Fault::Quantity);
    }
    let code = PlanCode::parse(&charge.good).map_err(|_| Fault::UnknownGood)?;
    let price = *endpoint.prices.get(&code).ok_or(Fault::UnknownGood)?;
    let fits = match charge.price {
        PriceSaid::Nothing => true,
        PriceSaid::AtMost(most) => price <= most,
        PriceSaid::Exactly(said) => price == said,
    };
    if fits { Ok(()) } else { Err(Fault::Price) }
}
