//! Shops that we read: how far, and what became of each item.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::shops::{cell_of_item, cell_of_shop, cell_of_trade, revised_of};
use crate::kept::values::{cell, to_json};
use async_trait::async_trait;
use farline_app::ports::shops::{ReadingMark, Revised};
use farline_app::ports::{Shops, StoreError};
use farline_domain::kernel::Instant;
use farline_domain::shops::{ItemKey, ShopCode, ShopItem};
use rusqlite::{Connection, Params, params};
use serde::de::DeserializeOwned;

statements! {
    MARK = "SELECT revision, body FROM shop_marks WHERE cell = ?1 AND shop = ?2";
    KEEP_MARK = "INSERT INTO shop_marks (cell, shop, revision, body) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (cell, shop) DO UPDATE SET revision = excluded.revision, body = excluded.body \
        WHERE shop_marks.revision = excluded.revision - 1";
    CLAIM = "INSERT INTO shop_items (cell, shop, trade, item, revision, state, due_at, body) \
        VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7) ON CONFLICT (cell, shop, trade, item) DO NOTHING";
    KEEP = "UPDATE shop_items SET revision = ?5, state = ?6, due_at = ?7, body = ?8 WHERE cell = ?1 \
        AND shop = ?2 AND trade = ?3 AND item = ?4 AND revision + 1 = ?5";
    ITEM = "SELECT revision, body FROM shop_items WHERE cell = ?1 AND shop = ?2 AND trade = ?3 \
        AND item = ?4";
    OF_TRADE = "SELECT revision, body FROM shop_items WHERE cell = ?1 AND shop = ?2 AND trade = ?3 \
        AND item <> '' ORDER BY item";
    DUE = "SELECT revision, body FROM shop_items WHERE cell >= 0 AND due_at <= ?1 \
        ORDER BY due_at LIMIT ?2";
    WAITING = "SELECT revision, body FROM shop_items WHERE cell >= 0 AND shop = ?1 \
        AND state = 'waits' ORDER BY trade, item LIMIT ?2";
}

fn rows<T: DeserializeOwned>(
    connection: &Connection,
    (sql, parameters): (&str, impl Params),
) -> Result<Vec<Revised<T>>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        read.push(revised_of(row)?);
    }
    Ok(read)
}

#[async_trait]
impl Shops for SqliteStore {
    async fn reading_mark(
        &self,
        shop: &ShopCode,
    ) -> Result<Option<Revised<ReadingMark>>, StoreError> {
        let key = params![cell(cell_of_shop(shop)), shop.as_str()];
        self.read(|connection| Ok(rows(connection, (MARK, key))?.pop()))
    }

    async fn keep_reading_mark(
        &self,
        shop: &ShopCode,
        mark: &Revised<ReadingMark>,
    ) -> Result<bool, StoreError> {
        let (shop, revision) = (shop.clone(), mark.revision);
        let body = to_json(&mark.kept).map_err(Fault::from)?;
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(KEEP_MARK)?;
            let row = params![cell(cell_of_shop(&shop)), shop.as_str(), revision, body];
            Ok(statement.execute(row)? == 1)
        })
        .await
    }

    async fn claim_shop_items(&self, items: &[ShopItem]) -> Result<Vec<bool>, StoreError> {
        let items = items.to_vec();
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(CLAIM)?;
            let mut new = Vec::with_capacity(items.len());
            for item in &items {
                let row = params![
                    cell(cell_of_item(item)),
                    item.key.shop.as_str(),
                    item.key.trade,
                    item.key.item,
                    item.progress.code(),
                    item.due_at.map(Instant::millis),
                    to_json(item)?,
                ];
                new.push(statement.execute(row)? == 1);
            }
            Ok(new)
        })
        .await
    }

    async fn keep_shop_item(&self, item: &Revised<ShopItem>) -> Result<bool, StoreError> {
        let Revised { revision, kept: item } = item.clone();
        let body = to_json(&item).map_err(Fault::from)?;
        self.write(move |connection| {
            let row = params![
                cell(cell_of_item(&item)),
                item.key.shop.as_str(),
                item.key.trade,
                item.key.item,
                revision,
                item.progress.code(),
                item.due_at.map(Instant::millis),
                body,
            ];
            Ok(connection.prepare_cached(KEEP)?.execute(row)? == 1)
        })
        .await
    }

    async fn shop_item(&self, key: &ItemKey) -> Result<Option<Revised<ShopItem>>, StoreError> {
        let cell = cell(cell_of_trade(&key.shop, &key.trade));
        let key = params![cell, key.shop.as_str(), key.trade, key.item];
        self.read(|connection| Ok(rows(connection, (ITEM, key))?.pop()))
    }

    async fn items_of_trade(
        &self,
        shop: &ShopCode,
        trade: &str,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError> {
        let key = params![cell(cell_of_trade(shop, trade)), shop.as_str(), trade];
        self.read(|connection| rows(connection, (OF_TRADE, key)))
    }

    async fn due_shop_items(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError> {
        self.read(|connection| rows(connection, (DUE, params![now.millis(), limit])))
    }

    async fn waiting_shop_items(
        &self,
        shop: &ShopCode,
        limit: u32,
    ) -> Result<Vec<ShopItem>, StoreError> {
        let wanted = params![shop.as_str(), limit];
        let found: Vec<Revised<ShopItem>> =
            self.read(|connection| rows(connection, (WAITING, wanted)))?;
        Ok(found.into_iter().map(|item| item.kept).collect())
    }
}
