//! Taking in the orders of a shop that nobody reads, from the file that its seller exported. The same file again changes
//! nothing; a later one goes on with what waits.

use super::shop_of;
use super::take_in::take;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::Reference;
use farline_domain::shops::{ItemKey, ItemSource, Progress, ShopCode, Trade, Waiting};

/// What became of a thing sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportedAs {
    /// It is a renewal.
    Order(Reference),
    /// It waits for this.
    Waits(Waiting),
    /// It is another's just now: send the file again.
    Busy,
    /// Nothing is to be done: not paid, shipped, closed or given back.
    Nothing,
}

/// A thing sold, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Which.
    pub key: ItemKey,
    /// What became of it.
    pub became: ImportedAs,
}

/// Takes in the trades of a file, in its order.
pub async fn import_trades(
    app: &App,
    shop: &ShopCode,
    (trades, progress): (Vec<Trade>, &(dyn Fn(u64) + Send + Sync)),
) -> Result<Vec<Imported>, Problem> {
    let found = shop_of(app, shop);
    let shop = found.ok_or_else(|| Problem::of(ProblemCode::ShopUnknown).in_field("shop"))?;
    if shop.gateway.is_some() {
        // Its trades have other numbers there, and would be delivered twice.
        return Err(Problem::of(ProblemCode::ShopIsRead).in_field("shop"));
    }
    let mut imported = Vec::new();
    for (count, trade) in (1..).zip(trades) {
        take(app, shop, (&trade, ItemSource::Imported)).await?;
        for item in &trade.items {
            let key = ItemKey {
                shop: shop.name.clone(),
                trade: trade.number.clone(),
                item: item.number.clone(),
            };
            let became = became(app, &key).await?;
            imported.push(Imported { key, became });
        }
        progress(count);
    }
    Ok(imported)
}

async fn became(app: &App, key: &ItemKey) -> Result<ImportedAs, Problem> {
    let Some(item) = app.store.shop_item(key).await? else { return Ok(ImportedAs::Nothing) };
    Ok(match item.kept.progress {
        Progress::Placed { order, .. } | Progress::Told { order, .. } => {
            ImportedAs::Order(app.order(order).await?.reference)
        }
        Progress::Waits { what, .. } => ImportedAs::Waits(what),
        Progress::New | Progress::Placing { .. } => ImportedAs::Busy,
        Progress::Over => ImportedAs::Nothing,
    })
}
