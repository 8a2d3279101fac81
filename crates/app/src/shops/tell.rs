//! Telling the shop: when everything in a trade is delivered, it is marked as shipped, and the seller reads our references.

use super::look::keep;
use super::{Asked, Shop, asked, returned};
use crate::ports::shops::Revised;
use crate::{App, Problem};
use farline_domain::kernel::{OrderId, Reference};
use farline_domain::orders::{OrderState, ShopRefund, Stage};
use farline_domain::shops::{ItemSource, Progress, ShopItem, Waiting};

/// How far the orders of a trade are.
enum Deliveries {
    /// All are delivered.
    Done(Vec<Reference>),
    /// Some are on their way, or wait.
    Open,
}

/// Looks at the order of an item that is ours; tells the shop if the trade is delivered whole. Twice is once.
pub(super) async fn tell(app: &App, shop: &Shop, taken: &Revised<ShopItem>) -> Result<(), Problem> {
    let (order, given_back) = match taken.kept.progress {
        Progress::Placed { order, given_back } => (order, given_back),
        Progress::Waits { order: Some(order), .. } => (order, None),
        Progress::New
        | Progress::Waits { order: None, .. }
        | Progress::Placing { .. }
        | Progress::Told { .. }
        | Progress::Over => return Ok(()),
    };
    let told = Progress::Told { order, given_back };
    let stage = app.order(order).await?.state.stage();
    if let (Stage::Delivered | Stage::Refunding, Some(given)) = (stage, given_back) {
        returned::tell_order(app, shop, (order, given)).await?;
        if given == ShopRefund::Whole {
            return keep(app, taken, told).await;
        }
    }
    match stage {
        Stage::Delivered => {}
        Stage::Refunding
        | Stage::Refunded
        | Stage::Cancelled
        | Stage::Expired
        | Stage::Declined
        | Stage::Reversed => {
            let order = Some(order);
            return keep(app, taken, Progress::Waits { what: Waiting::Refused, order }).await;
        }
        Stage::AwaitingPayment | Stage::Paid | Stage::Delivering | Stage::Unknown => {
            return keep(app, taken, taken.kept.progress.clone()).await;
        }
    }
    if taken.kept.source != ItemSource::Read {
        return keep(app, taken, told).await;
    }
    let trade = &taken.kept.key.trade;
    let Deliveries::Done(references) = deliveries(app, shop, trade).await? else {
        return keep(app, taken, taken.kept.progress.clone()).await;
    };
    let now = app.now();
    if let Asked::Refused(code) = asked(shop.reached()?.mark_shipped(trade, now).await)? {
        tracing::warn!(shop = %shop.name, code, "a shop will not be told that it is delivered");
        let order = Some(order);
        return keep(app, taken, Progress::Waits { what: Waiting::NotTold, order }).await;
    }
    let words: Vec<String> = references.iter().map(|one| format!("Farline {one}")).collect();
    if let Asked::Refused(code) =
        asked(shop.reached()?.add_memo(trade, &words.join(", "), now).await)?
    {
        // The memo is a help for the seller, and nothing waits for it.
        tracing::info!(shop = %shop.name, code, "a memo is not taken");
    }
    keep(app, taken, told).await
}

async fn deliveries(app: &App, shop: &Shop, trade: &str) -> Result<Deliveries, Problem> {
    let mut references = Vec::new();
    for item in app.store.items_of_trade(&shop.name, trade).await? {
        match item.kept.progress {
            Progress::Placed { order, .. } | Progress::Told { order, .. } => {
                let Some(reference) = delivered(app, order).await? else {
                    return Ok(Deliveries::Open);
                };
                references.push(reference);
            }
            // Given back before it was delivered.
            Progress::Over => {}
            Progress::New | Progress::Waits { .. } | Progress::Placing { .. } => {
                return Ok(Deliveries::Open);
            }
        }
    }
    Ok(Deliveries::Done(references))
}

async fn delivered(app: &App, order: OrderId) -> Result<Option<Reference>, Problem> {
    let order = app.order(order).await?;
    Ok(matches!(order.state, OrderState::Delivered { .. }).then_some(order.reference))
}
