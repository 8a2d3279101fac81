//! Looking at an item, and taking it as far as it goes now.

use super::place::{Placed, place, place_again};
use super::take_in::read_whole;
use super::{Asked, Shop, asked, shop_of, tell};
use crate::ports::shops::Revised;
use crate::{App, Problem};
use farline_domain::shops::{ItemSource, Judgement, Progress, ShopItem, Trade, Waiting, judge};

/// Items that are looked at in one go.
const BATCH: u32 = 64;

/// Looks at every item that is due. Returns how many there were.
pub async fn look_at_due(app: &App) -> Result<usize, Problem> {
    let due = app.store.due_shop_items(app.now(), BATCH).await?;
    let count = due.len();
    let mut running = tokio::task::JoinSet::new();
    for item in due {
        let app = app.clone();
        running.spawn(async move { look_at(&app, item).await });
    }
    while running.join_next().await.is_some() {}
    Ok(count)
}

/// Looks at one. What fails is looked at again, as its time says.
async fn look_at(app: &App, before: Revised<ShopItem>) {
    let name = before.kept.key.shop.clone();
    if let Err(problem) = take_and_look(app, before).await {
        let (code, cause) = (problem.code.code(), problem.cause);
        tracing::warn!(shop = %name, code, cause, "an item of a shop is put off");
    }
}

async fn take_and_look(app: &App, before: Revised<ShopItem>) -> Result<(), Problem> {
    let now = app.now();
    let Some(shop) = shop_of(app, &before.kept.key.shop) else {
        // The shop is not set up any more, or not yet again.
        let later = ShopItem { due_at: Some(now.plus_seconds(3_600)), ..before.kept.clone() };
        app.store.keep_shop_item(&before.then(later)).await?;
        return Ok(());
    };
    let taken = before.then(before.kept.taken(now));
    if !app.store.keep_shop_item(&taken).await? {
        return Ok(());
    }
    let looked = if taken.kept.key.is_whole() {
        read_whole(app, shop, &taken).await
    } else {
        look(app, (shop, None), taken.clone()).await
    };
    if looked.is_err() {
        // If it went further meanwhile, this is not kept.
        app.store
            .keep_shop_item(&taken.then(taken.kept.at(taken.kept.progress.clone(), now)))
            .await?;
    }
    looked
}

/// Takes an item that is ours as far as it goes, with the trade if it was read just now.
pub(super) async fn look(
    app: &App,
    (shop, trade): (&Shop, Option<&Trade>),
    taken: Revised<ShopItem>,
) -> Result<(), Problem> {
    match &taken.kept.progress {
        // Of what is an order nothing is judged any more.
        Progress::Placed { .. } | Progress::Waits { order: Some(_), .. } => {
            tell::tell(app, shop, &taken).await
        }
        Progress::New | Progress::Waits { order: None, .. } => {
            begin(app, (shop, trade), &taken).await
        }
        Progress::Placing { .. } => {
            let trade = read_now(app, shop, &taken.kept).await?;
            let placed = place_again(app, shop, &taken, trade.as_ref()).await?;
            go_on(app, shop, placed).await
        }
        Progress::Told { .. } | Progress::Over => Ok(()),
    }
}

/// Judges an item of which no order was made, and makes one if it may be delivered.
async fn begin(
    app: &App,
    (shop, trade): (&Shop, Option<&Trade>),
    taken: &Revised<ShopItem>,
) -> Result<(), Problem> {
    if trade.is_none() && taken.kept.source != ItemSource::Read {
        return ask_again(app, taken).await;
    }
    // Whether a refund is open is asked right before anything is delivered.
    let fresh = match trade {
        Some(_) => None,
        None => read_now(app, shop, &taken.kept).await?,
    };
    let Some(trade) = trade.or(fresh.as_ref()) else {
        return keep(app, taken, Progress::Over).await;
    };
    let Some(item) = trade.item(&taken.kept.key.item) else {
        return keep(app, taken, Progress::Over).await;
    };
    match judge(trade, item, &shop.skus) {
        Judgement::Deliver { number, plan } => {
            let Some(line) = app.store.find_line(&number).await? else {
                return keep(app, taken, Progress::waits(Waiting::Line)).await;
            };
            let placed = place(app, shop, taken, (line, &plan, item.paid)).await?;
            go_on(app, shop, placed).await
        }
        Judgement::Wait(what) => keep(app, taken, Progress::waits(what)).await,
        // It is told again when it is paid.
        Judgement::NotYet => keep(app, taken, Progress::waits(Waiting::Held)).await,
        Judgement::Over => keep(app, taken, Progress::Over).await,
    }
}

/// Nobody here knows for which card it is: whoever bought or sold it says so once more.
async fn ask_again(app: &App, taken: &Revised<ShopItem>) -> Result<(), Problem> {
    let what = taken.kept.progress.waits_for().unwrap_or(Waiting::NoNumber);
    keep(app, taken, Progress::waits(what)).await
}

async fn go_on(app: &App, shop: &Shop, placed: Placed) -> Result<(), Problem> {
    match placed {
        Placed::Order(taken) => tell::tell(app, shop, &taken).await,
        Placed::Waits(taken, what) => keep(app, &taken, Progress::waits(what)).await,
        Placed::NotOurs => Ok(()),
    }
}

/// Reads the trade of an item; nothing when the shop does not have it any more, or never had it.
pub(super) async fn read_now(
    app: &App,
    shop: &Shop,
    item: &ShopItem,
) -> Result<Option<Trade>, Problem> {
    if item.source != ItemSource::Read {
        return Ok(None);
    }
    match asked(shop.reached()?.trade(&item.key.trade, app.now()).await)? {
        Asked::Done(trade) => Ok(Some(trade)),
        Asked::Refused(_) => Ok(None),
    }
}

/// Keeps how far an item is that is ours.
pub(super) async fn keep(
    app: &App,
    taken: &Revised<ShopItem>,
    progress: Progress,
) -> Result<(), Problem> {
    let next = taken.then(taken.kept.at(progress, app.now()));
    if !app.store.keep_shop_item(&next).await? {
        tracing::info!(shop = %next.kept.key.shop, "an item has gone to another process");
    }
    Ok(())
}
