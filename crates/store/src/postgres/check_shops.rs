//! Reads every item of a shop for the checker of the invariants, within its snapshot, a page at a time.

use super::fault::{Fault, Reach};
use super::session::Session;
use crate::check::Checker;
use crate::kept::row::Row as _;
use crate::kept::shops::revised_of;
use farline_app::ports::shops::Revised;
use farline_domain::shops::ShopItem;
use tokio_postgres::Row;

/// Items that are read at once.
const PAGE: i64 = 1000;

statements! {
    ITEMS = "SELECT revision, body, cell, shop, trade, item FROM shop_items \
        WHERE (cell, shop, trade, item) > ($1, $2, $3, $4) \
        ORDER BY cell, shop, trade, item LIMIT $5";
}

/// Feeds the checker with every item.
pub(super) async fn check(session: &Session, checker: &mut Checker) -> Result<(), Fault> {
    let mut after = (-1_i16, String::new(), String::new(), String::new());
    loop {
        let (cell, shop, trade, item) = &after;
        let page = session.rows(ITEMS, &[cell, shop, trade, item, &PAGE]).await?;
        for row in &page {
            match of_row(row) {
                Ok(item) => checker.shop_item(&item),
                Err(fault) if fault.reach() == Reach::Work => {
                    let place = format!("{} {}-{}", row.text(3)?, row.text(4)?, row.text(5)?);
                    checker.unreadable_at(&place, &fault.to_string());
                }
                Err(fault) => return Err(fault),
            }
        }
        let Some(last) = page.last() else { return Ok(()) };
        let text = |column| last.text(column).map(str::to_owned);
        after = (last.small(2)?, text(3)?, text(4)?, text(5)?);
    }
}

fn of_row(row: &Row) -> Result<ShopItem, Fault> {
    let revised: Revised<ShopItem> = revised_of(row)?;
    Ok(revised.kept)
}
