//! Shops that we read: how far, and what became of each item.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use super::values::cell_of;
use crate::kept::shops::{cell_of_item, cell_of_shop, cell_of_trade, revised_of};
use crate::kept::values::to_json;
use async_trait::async_trait;
use farline_app::ports::shops::{ReadingMark, Revised};
use farline_app::ports::{Shops, StoreError};
use farline_domain::kernel::Instant;
use farline_domain::shops::{ItemKey, ShopCode, ShopItem};
use serde::de::DeserializeOwned;

statements! {
    MARK = "SELECT revision, body FROM shop_marks WHERE cell = $1 AND shop = $2";
    KEEP_MARK = "INSERT INTO shop_marks (cell, shop, revision, body) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (cell, shop) DO UPDATE SET revision = excluded.revision, body = excluded.body \
        WHERE shop_marks.revision = excluded.revision - 1";
    // Items of one trade live in one cell.
    CLAIM = "INSERT INTO shop_items (cell, shop, trade, item, revision, state, due_at, body) \
        SELECT $1, $2, $3, new.item, 0, new.state, new.due_at, new.body \
        FROM unnest($4::text[], $5::text[], $6::bigint[], $7::text[]) \
        AS new (item, state, due_at, body) \
        ON CONFLICT (cell, shop, trade, item) DO NOTHING RETURNING item";
    KEEP = "UPDATE shop_items SET revision = $5, state = $6, due_at = $7, body = $8 WHERE cell = $1 \
        AND shop = $2 AND trade = $3 AND item = $4 AND revision + 1 = $5";
    ITEM = "SELECT revision, body FROM shop_items WHERE cell = $1 AND shop = $2 AND trade = $3 \
        AND item = $4";
    OF_TRADE = "SELECT revision, body FROM shop_items WHERE cell = $1 AND shop = $2 AND trade = $3 \
        AND item <> '' ORDER BY item";
    DUE = "SELECT revision, body FROM shop_items WHERE cell >= 0 AND due_at <= $1 \
        ORDER BY due_at LIMIT $2";
    WAITING = "SELECT revision, body FROM shop_items WHERE cell >= 0 AND shop = $1 \
        AND state = 'waits' ORDER BY trade, item LIMIT $2";
}

async fn rows<T: DeserializeOwned>(
    store: &PostgresStore,
    (sql, parameters): (&'static str, Parameters<'_>),
) -> Result<Vec<Revised<T>>, Fault> {
    let rows = store.session().await?.rows(sql, parameters).await?;
    rows.iter().map(revised_of).collect()
}

async fn execute(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<u64, Fault> {
    store.session().await?.execute(sql, parameters).await
}

async fn claim(store: &PostgresStore, items: &[ShopItem]) -> Result<Vec<bool>, Fault> {
    let Some(first) = items.first() else { return Ok(Vec::new()) };
    let cell = cell_of(cell_of_item(first));
    let (shop, trade) = (first.key.shop.as_str(), &first.key.trade);
    let numbers: Vec<&str> = items.iter().map(|item| item.key.item.as_str()).collect();
    let states: Vec<&str> = items.iter().map(|item| item.progress.code()).collect();
    let due: Vec<_> = items.iter().map(|item| item.due_at.map(Instant::millis)).collect();
    let bodies = items.iter().map(to_json).collect::<Result<Vec<String>, _>>()?;
    let all: Parameters<'_> = &[&cell, &shop, &trade, &numbers, &states, &due, &bodies];
    let rows = store.session().await?.rows(CLAIM, all).await?;
    let new: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    Ok(numbers.iter().map(|number| new.iter().any(|item| item == number)).collect())
}

async fn keep(store: &PostgresStore, item: &Revised<ShopItem>) -> Result<bool, Fault> {
    let Revised { revision, kept: item } = item;
    let (cell, revision) = (cell_of(cell_of_item(item)), i64::from(*revision));
    let (due, body) = (item.due_at.map(Instant::millis), to_json(item)?);
    let row: Parameters<'_> = &[
        &cell,
        &item.key.shop.as_str(),
        &item.key.trade,
        &item.key.item,
        &revision,
        &item.progress.code(),
        &due,
        &body,
    ];
    Ok(execute(store, KEEP, row).await? == 1)
}

#[async_trait]
impl Shops for PostgresStore {
    async fn reading_mark(
        &self,
        shop: &ShopCode,
    ) -> Result<Option<Revised<ReadingMark>>, StoreError> {
        let key: Parameters<'_> = &[&cell_of(cell_of_shop(shop)), &shop.as_str()];
        Ok(rows(self, (MARK, key)).await?.pop())
    }

    async fn keep_reading_mark(
        &self,
        shop: &ShopCode,
        mark: &Revised<ReadingMark>,
    ) -> Result<bool, StoreError> {
        let body = to_json(&mark.kept).map_err(Fault::from)?;
        let (cell, revision) = (cell_of(cell_of_shop(shop)), i64::from(mark.revision));
        let row: Parameters<'_> = &[&cell, &shop.as_str(), &revision, &body];
        Ok(execute(self, KEEP_MARK, row).await? == 1)
    }

    async fn claim_shop_items(&self, items: &[ShopItem]) -> Result<Vec<bool>, StoreError> {
        Ok(claim(self, items).await?)
    }

    async fn keep_shop_item(&self, item: &Revised<ShopItem>) -> Result<bool, StoreError> {
        Ok(keep(self, item).await?)
    }

    async fn shop_item(&self, key: &ItemKey) -> Result<Option<Revised<ShopItem>>, StoreError> {
        let cell = cell_of(cell_of_trade(&key.shop, &key.trade));
        let wanted: Parameters<'_> = &[&cell, &key.shop.as_str(), &key.trade, &key.item];
        Ok(rows(self, (ITEM, wanted)).await?.pop())
    }

    async fn items_of_trade(
        &self,
        shop: &ShopCode,
        trade: &str,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError> {
        let wanted: Parameters<'_> =
            &[&cell_of(cell_of_trade(shop, trade)), &shop.as_str(), &trade];
        Ok(rows(self, (OF_TRADE, wanted)).await?)
    }

    async fn due_shop_items(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError> {
        Ok(rows(self, (DUE, &[&now.millis(), &i64::from(limit)])).await?)
    }

    async fn waiting_shop_items(
        &self,
        shop: &ShopCode,
        limit: u32,
    ) -> Result<Vec<ShopItem>, StoreError> {
        let wanted: Parameters<'_> = &[&shop.as_str(), &i64::from(limit)];
        let found: Vec<Revised<ShopItem>> = rows(self, (WAITING, wanted)).await?;
        Ok(found.into_iter().map(|item| item.kept).collect())
    }
}
