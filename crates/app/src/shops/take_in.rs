//! Taking in a trade that was told: it is read in full, each of its items is kept once, and what is new goes its way at once.

use super::{Asked, Shop, asked, look, returned};
use crate::ports::shops::Revised;
use crate::{App, Problem};
use farline_domain::kernel::Instant;
use farline_domain::shops::{ItemKey, ItemSource, Progress, ShopItem, Trade, TradeState};

/// Takes in a trade. One that cannot be read now is kept as a whole, to be read again.
pub(super) async fn take_in(app: &App, shop: &Shop, number: &str) -> Result<(), Problem> {
    match shop.reached()?.trade(number, app.now()).await {
        Ok(Ok(trade)) => take(app, shop, (&trade, ItemSource::Read)).await,
        Ok(Err(refusal)) => {
            tracing::warn!(shop = %shop.name, code = refusal.0, "a trade that was told cannot be read");
            Ok(())
        }
        Err(unknown) => {
            tracing::info!(shop = %shop.name, %unknown, "a trade is read later");
            keep_whole(app, shop, number).await
        }
    }
}

/// Keeps the items of a trade that was read just now, from the shop or from a file, and looks at those that may go on.
pub(super) async fn take(
    app: &App,
    shop: &Shop,
    (trade, source): (&Trade, ItemSource),
) -> Result<(), Problem> {
    // What is not paid is told again when it is.
    if trade.state == TradeState::NotPaid {
        return Ok(());
    }
    let now = app.now();
    let items: Vec<ShopItem> = trade
        .items
        .iter()
        .map(|item| {
            let key = key(shop, &trade.number, &item.number);
            ShopItem { source, ..ShopItem::told(key, Some(item), now) }
        })
        .collect();
    let new = app.store.claim_shop_items(&items).await?;
    for (item, is_new) in items.into_iter().zip(new) {
        if is_new {
            look::look(app, (shop, Some(trade)), Revised::first(item)).await?;
        } else {
            look_again(app, (shop, trade), &item.key, now).await?;
        }
    }
    Ok(())
}

/// An item that is kept already was told again: what waits may be able to go on, and what is an order may have been given back.
async fn look_again(
    app: &App,
    (shop, trade): (&Shop, &Trade),
    key: &ItemKey,
    now: Instant,
) -> Result<(), Problem> {
    let Some(before) = app.store.shop_item(key).await? else { return Ok(()) };
    let was_given_back = returned::note(app, (shop, trade), &before).await?;
    if was_given_back || !matches!(before.kept.progress, Progress::Waits { .. }) {
        return Ok(());
    }
    let taken = before.then(before.kept.taken(now));
    if app.store.keep_shop_item(&taken).await? {
        look::look(app, (shop, Some(trade)), taken).await?;
    }
    Ok(())
}

/// Keeps that a trade is to be read, now or again.
pub(super) async fn keep_whole(app: &App, shop: &Shop, number: &str) -> Result<(), Problem> {
    let now = app.now();
    let key = ItemKey::whole(shop.name.clone(), number.to_owned());
    let told = ShopItem::told(key.clone(), None, now).offered(now);
    if app.store.claim_shop_items(std::slice::from_ref(&told)).await? == [true] {
        return Ok(());
    }
    let Some(before) = app.store.shop_item(&key).await? else { return Ok(()) };
    // Whoever keeps it at the same time has been told as well, and reads it after this.
    app.store.keep_shop_item(&before.then(told)).await?;
    Ok(())
}

/// Reads a trade that was kept as a whole.
pub(super) async fn read_whole(
    app: &App,
    shop: &Shop,
    taken: &Revised<ShopItem>,
) -> Result<(), Problem> {
    let number = &taken.kept.key.trade;
    match asked(shop.reached()?.trade(number, app.now()).await)? {
        Asked::Done(trade) => take(app, shop, (&trade, ItemSource::Read)).await?,
        Asked::Refused(code) => {
            tracing::warn!(shop = %shop.name, code, "a trade that was told cannot be read");
        }
    }
    look::keep(app, taken, Progress::Over).await
}

fn key(shop: &Shop, trade: &str, item: &str) -> ItemKey {
    ItemKey { shop: shop.name.clone(), trade: trade.to_owned(), item: item.to_owned() }
}
