//! Items of shops against the orders that were made of them. Lines come first, then every item.

use super::history::History;
use super::{Findings, Rule};
use farline_domain::kernel::OrderId;
use farline_domain::orders::{Seller, ShopCode};
use farline_domain::shops::{Progress, ShopItem};
use std::collections::BTreeMap;

/// The orders that shops sold, by shop and by what it calls them, and which item names which order.
#[derive(Default)]
pub(super) struct Sold {
    orders: BTreeMap<(ShopCode, String), Vec<OrderId>>,
    named: BTreeMap<OrderId, String>,
}

impl Sold {
    /// Gathers the orders of a line that shops sold.
    pub(super) fn gather(&mut self, history: &History) {
        for row in &history.orders {
            let Some(sold_by) = &row.order.sold_by else { continue };
            if let Seller::Shop(shop) = &sold_by.seller {
                let name = (shop.clone(), sold_by.reference.clone());
                self.orders.entry(name).or_default().push(row.id);
            }
        }
    }

    /// Holds an item against the orders.
    pub(super) fn meet(&mut self, item: &ShopItem, findings: &mut Findings) {
        let Some(named) = item.order() else { return };
        let place = format!("{} {}", item.key.shop, item.reference());
        if let Some(other) = self.named.insert(named, place.clone()) {
            findings.add(Rule::ShopItems, named, format!("is named by {other} and by {place}"));
        }
        match item.progress {
            Progress::Placed { .. } | Progress::Told { .. } | Progress::Waits { .. } => {}
            // Its order may not be made yet, and waits for nothing else.
            Progress::Placing { .. } | Progress::New | Progress::Over => return,
        }
        let name = (item.key.shop.clone(), item.reference());
        match self.orders.get(&name).map_or(&[][..], Vec::as_slice) {
            [order] if *order == named => {}
            found => {
                let orders: Vec<String> = found.iter().map(ToString::to_string).collect();
                let found =
                    format!("names {named}, and the orders sold as it are: {}", orders.join(", "));
                findings.add(Rule::ShopItems, place, found);
            }
        }
    }
}
