//! Orders that somebody else sold: a partner who has an account with us, or a shop on a marketplace.

use super::Order;
use crate::kernel::{Instant, Money, OrderId, code};
use crate::payments::{Capture, PaymentMethod};
use serde::{Deserialize, Serialize};

code!(
    /// Names a partner, such as `harbour-travel`.
    PartnerCode
);
code!(
    /// Names a shop on a marketplace, such as `taobao-yuanyou`.
    ShopCode
);

/// Who sold an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seller {
    /// A partner. What the order costs stands on the partner's account with us.
    Partner(PartnerCode),
    /// A shop on a marketplace, which took the buyer's money.
    Shop(ShopCode),
}

/// What of a buyer's money their shop has given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopRefund {
    /// A part; how much is between the shop and its buyer.
    Part,
    /// All of it.
    Whole,
}

/// Who sold an order, and what they call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldBy {
    /// Who.
    pub seller: Seller,
    /// What they call it, unlike any other order of theirs for ever.
    pub reference: String,
    /// Where they want to be told what becomes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
}

impl Order {
    /// Whether a shop on a marketplace sold it, and has its money.
    pub fn is_shop_order(&self) -> bool {
        self.sold_by.as_ref().is_some_and(|sold_by| sold_by.partner().is_none())
    }
}

impl SoldBy {
    /// The partner who sold it, if one did.
    pub const fn partner(&self) -> Option<&PartnerCode> {
        match &self.seller {
            Seller::Partner(partner) => Some(partner),
            Seller::Shop(_) => None,
        }
    }

    /// What the seller took for it, or owes us for it.
    pub fn capture(&self, (order, amount): (OrderId, Money), at: Instant) -> Capture {
        let (provider, payment, method) = match &self.seller {
            Seller::Partner(partner) => {
                (partner.as_str(), order.to_string(), PaymentMethod::PartnerAccount)
            }
            Seller::Shop(shop) => {
                (shop.as_str(), self.reference.clone(), PaymentMethod::Marketplace)
            }
        };
        Capture { provider: provider.to_owned(), payment, amount, method, at }
    }
}
