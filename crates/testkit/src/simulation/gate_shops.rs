//! What is kept of shops, at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::shops::{ReadingMark, Revised};
use farline_app::ports::{Shops, StoreError};
use farline_domain::kernel::Instant;
use farline_domain::shops::{ItemKey, ShopCode, ShopItem};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Shops for Gate {
    async fn reading_mark(&self, shop: &ShopCode) -> Kept<Option<Revised<ReadingMark>>> {
        self.read(self.inner.reading_mark(shop)).await
    }
    async fn keep_reading_mark(&self, shop: &ShopCode, mark: &Revised<ReadingMark>) -> Kept<bool> {
        self.put("how far a shop was read", self.inner.keep_reading_mark(shop, mark)).await
    }
    async fn claim_shop_items(&self, items: &[ShopItem]) -> Kept<Vec<bool>> {
        self.put("items of a shop", self.inner.claim_shop_items(items)).await
    }
    async fn keep_shop_item(&self, item: &Revised<ShopItem>) -> Kept<bool> {
        self.put("an item of a shop", self.inner.keep_shop_item(item)).await
    }
    async fn shop_item(&self, key: &ItemKey) -> Kept<Option<Revised<ShopItem>>> {
        self.read(self.inner.shop_item(key)).await
    }
    async fn items_of_trade(&self, shop: &ShopCode, trade: &str) -> Kept<Vec<Revised<ShopItem>>> {
        self.read(self.inner.items_of_trade(shop, trade)).await
    }
    async fn due_shop_items(&self, now: Instant, limit: u32) -> Kept<Vec<Revised<ShopItem>>> {
        self.read(self.inner.due_shop_items(now, limit)).await
    }
    async fn waiting_shop_items(&self, shop: &ShopCode, limit: u32) -> Kept<Vec<ShopItem>> {
        self.read(self.inner.waiting_shop_items(shop, limit)).await
    }
}
