//! Marking as shipped, so that twice is once: the trade is looked at before and, after a refusal, again.

use std::future::Future;

use farline_app::ports::shop::{ShopAnswer, ShopGateway};
use farline_domain::kernel::Instant;
use farline_domain::shops::TradeState;

use super::answer::refused;

/// Has a trade shipped by `ship`, if that is to be done and not done yet.
pub(super) async fn once(
    shop: &dyn ShopGateway,
    (number, now): (&str, Instant),
    ship: impl Future<Output = ShopAnswer<()>> + Send,
) -> ShopAnswer<()> {
    match shop.trade(number, now).await? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(trade) => match trade.state {
            TradeState::Shipped => return Ok(Ok(())),
            TradeState::NotPaid | TradeState::Closed => return Ok(Err(refused("not_to_ship"))),
            TradeState::Paid | TradeState::Held => {}
        },
    }
    let Err(refusal) = ship.await? else { return Ok(Ok(())) };
    // Somebody may have shipped it between the two.
    let is_shipped =
        shop.trade(number, now).await?.is_ok_and(|trade| trade.state == TradeState::Shipped);
    Ok(if is_shipped { Ok(()) } else { Err(refusal) })
}
