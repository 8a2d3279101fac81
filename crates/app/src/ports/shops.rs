//! What is kept of the shops that we read: how far each was read, and what became of each item.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::Instant;
use farline_domain::shops::{ItemKey, ShopCode, ShopItem};
use serde::{Deserialize, Serialize};

/// How far a shop was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingMark {
    /// Up to when every change is known.
    pub known_until: Instant,
    /// When it is asked next; until then whoever asks has it for themselves.
    pub next_at: Instant,
    /// When it was last read.
    pub read_at: Option<Instant>,
    /// What went wrong the last time, if something did; no word of the other side.
    pub trouble: Option<String>,
}

/// Something as it was kept for the n-th time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised<T> {
    /// How often it was kept before.
    pub revision: u32,
    /// What is kept.
    pub kept: T,
}

impl<T> Revised<T> {
    /// What is kept for the first time.
    pub const fn first(kept: T) -> Self {
        Self { revision: 0, kept }
    }

    /// What is kept in its place.
    #[must_use]
    pub const fn then(&self, kept: T) -> Self {
        Self { revision: self.revision.saturating_add(1), kept }
    }
}

/// Shops as kept.
#[async_trait]
pub trait Shops: Send + Sync {
    /// How far a shop was read.
    async fn reading_mark(
        &self,
        shop: &ShopCode,
    ) -> Result<Option<Revised<ReadingMark>>, StoreError>;

    /// Keeps how far it was read; `false`, and nothing is kept, unless it follows on the revision that is kept.
    async fn keep_reading_mark(
        &self,
        shop: &ShopCode,
        mark: &Revised<ReadingMark>,
    ) -> Result<bool, StoreError>;

    /// Keeps items of one trade that were told, in one commit. Those that are kept already stay as they are. Returns for each
    /// whether it is new.
    async fn claim_shop_items(&self, items: &[ShopItem]) -> Result<Vec<bool>, StoreError>;

    /// Keeps an item; `false`, and nothing is kept, unless it follows on the revision that is kept.
    async fn keep_shop_item(&self, item: &Revised<ShopItem>) -> Result<bool, StoreError>;

    /// Reads an item.
    async fn shop_item(&self, key: &ItemKey) -> Result<Option<Revised<ShopItem>>, StoreError>;

    /// Every item of a trade, without the trade as a whole.
    async fn items_of_trade(
        &self,
        shop: &ShopCode,
        trade: &str,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError>;

    /// Items that are to be looked at, the longest due first.
    async fn due_shop_items(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<ShopItem>>, StoreError>;

    /// Items of a shop that wait for something, the oldest trade first.
    async fn waiting_shop_items(
        &self,
        shop: &ShopCode,
        limit: u32,
    ) -> Result<Vec<ShopItem>, StoreError>;
}
