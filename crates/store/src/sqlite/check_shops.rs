//! Reads every item of a shop for the checker of the invariants, within its snapshot.

use super::fault::Fault;
use crate::check::Checker;
use crate::kept::shops::revised_of;
use farline_app::ports::shops::Revised;
use farline_domain::shops::ShopItem;
use rusqlite::Connection;

statements! {
    ITEMS = "SELECT revision, body, shop, trade, item FROM shop_items \
        ORDER BY cell, shop, trade, item";
}

/// Feeds the checker with every item.
pub(super) fn check(snapshot: &Connection, checker: &mut Checker) -> Result<(), Fault> {
    let mut statement = snapshot.prepare(ITEMS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match revised_of(row) {
            Ok(Revised::<ShopItem> { kept, .. }) => checker.shop_item(&kept),
            Err(Fault::Sql(error)) if error.sqlite_error_code().is_some() => {
                return Err(Fault::Sql(error));
            }
            Err(fault) => {
                let (shop, trade, item): (String, String, String) =
                    (row.get(2)?, row.get(3)?, row.get(4)?);
                checker.unreadable_at(&format!("{shop} {trade}-{item}"), &fault.to_string());
            }
        }
    }
    Ok(())
}
