//! Shops as stored: which cell they live in, and how rows are read.

use super::row::Row;
use super::values::from_json;
use farline_app::ports::shops::Revised;
use farline_domain::kernel::Cell;
use farline_domain::shops::{ShopCode, ShopItem};
use serde::de::DeserializeOwned;

/// The cell of a shop's mark.
pub(crate) fn cell_of_shop(shop: &ShopCode) -> Cell {
    Cell::of(shop.as_str().as_bytes())
}

/// The cell of a trade, in which all its items live.
pub(crate) fn cell_of_trade(shop: &ShopCode, trade: &str) -> Cell {
    Cell::of(format!("{shop} {trade}").as_bytes())
}

/// The cell of an item.
pub(crate) fn cell_of_item(item: &ShopItem) -> Cell {
    cell_of_trade(&item.key.shop, &item.key.trade)
}

/// Reads what is kept from: revision, body.
pub(crate) fn revised_of<T: DeserializeOwned, R: Row>(row: &R) -> Result<Revised<T>, R::Fault> {
    Ok(Revised { revision: row.small(0)?, kept: from_json(row.text(1)?)? })
}
