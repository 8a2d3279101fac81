//! A shop gave its buyer's money back after the order was made: the order is told, once.

use super::Shop;
use crate::ports::shops::Revised;
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::OrderId;
use farline_domain::orders::{Seller, ShopRefund};
use farline_domain::shops::{Progress, ShopItem, Trade, Waiting};

/// Notes what a trade that was told again says of the money of an item that is an order, and says whether that was news. What is
/// already known changes nothing.
pub(super) async fn note(
    app: &App,
    (shop, trade): (&Shop, &Trade),
    before: &Revised<ShopItem>,
) -> Result<bool, Problem> {
    let item = &before.kept;
    let sold = trade.item(&item.key.item);
    let Some(given) = sold.and_then(|sold| trade.given_back(sold)) else { return Ok(false) };
    let now = app.now();
    let next = match item.progress {
        Progress::Placed { order, given_back } if given_back < Some(given) => {
            item.at(Progress::Placed { order, given_back: Some(given) }, now).offered(now)
        }
        Progress::Told { order, given_back } if given_back < Some(given) => {
            tell_order(app, shop, (order, given)).await?;
            item.at(Progress::Told { order, given_back: Some(given) }, now)
        }
        // What the network refused is owed until all of it is given back.
        Progress::Waits { what: Waiting::Refused, order: Some(order) }
            if given == ShopRefund::Whole =>
        {
            tell_order(app, shop, (order, given)).await?;
            item.at(Progress::Over, now)
        }
        Progress::Waits { what: Waiting::NotTold, order: Some(order) } => {
            tell_order(app, shop, (order, given)).await?;
            item.at(Progress::Told { order, given_back: Some(given) }, now)
        }
        Progress::Placed { .. }
        | Progress::Told { .. }
        | Progress::New
        | Progress::Waits { .. }
        | Progress::Placing { .. }
        | Progress::Over => return Ok(false),
    };
    // Whoever keeps it at the same time leaves it as it was: the trade is told again, and telling the order twice is once.
    app.store.keep_shop_item(&before.then(next)).await?;
    Ok(true)
}

/// Tells an order that its shop gave the buyer's money back.
pub(super) async fn tell_order(
    app: &App,
    shop: &Shop,
    (order, given): (OrderId, ShopRefund),
) -> Result<(), Problem> {
    let line = app.order(order).await?.line;
    let actor = Actor::Seller(Seller::Shop(shop.name.clone()));
    app.run(line, LineCommand::RefundedAtShop(order, given), actor).await.map(drop)
}
