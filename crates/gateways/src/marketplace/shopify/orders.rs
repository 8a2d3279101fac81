//! Orders as Shopify writes them.

use farline_app::ports::shop::ShopUnknown;
use farline_domain::kernel::{Currency, Money};
use farline_domain::shops::{
    BuyerWords, RefundStanding, Trade, TradeItem, TradeState, Window, read_amount,
};
use serde::Deserialize;

use super::api::{number_of, present};
use crate::marketplace::answer::unsound;
use crate::marketplace::client::instant;

pub(super) const CHANGED: &str = "query($first: Int!, $after: String, $query: String!) { \
    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { \
    nodes { id } pageInfo { hasNextPage endCursor } } }";

/// Nothing about the receiver is asked for.
pub(super) const ORDER: &str = "query($id: ID!) { order(id: $id) { id updatedAt processedAt cancelledAt \
    displayFinancialStatus displayFulfillmentStatus returnStatus note customAttributes { key value } \
    taxesIncluded lineItems(first: 100) { nodes { id sku quantity currentQuantity \
    customAttributes { key value } discountedTotalSet { presentmentMoney { amount currencyCode } } \
    taxLines { priceSet { presentmentMoney { amount currencyCode } } } } } } }";

pub(super) const UPDATE: &str = "mutation($input: OrderInput!) { \
    orderUpdate(input: $input) { order { id } userErrors { field message } } }";

/// The search for what changed in a window.
pub(super) fn changed_in(window: Window) -> String {
    let (from, to) = (window.from().rfc3339(), window.to().rfc3339());
    format!("updated_at:>='{from}' AND updated_at:<='{to}'")
}

/// The answer to what changed.
#[derive(Deserialize)]
pub(super) struct Changed {
    orders: Page,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    nodes: Vec<Named>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl Changed {
    pub(super) fn numbers(&self) -> Option<Vec<String>> {
        let number = |order: &Named| number_of("Order", &order.id).map(str::to_owned);
        self.orders.nodes.iter().map(number).collect()
    }

    /// Where the next page begins, if there is one.
    pub(super) fn next(&self) -> Result<Option<&str>, ShopUnknown> {
        let info = &self.orders.page_info;
        if !info.has_next_page {
            return Ok(None);
        }
        info.end_cursor.as_deref().map(Some).ok_or_else(unsound)
    }
}

/// The answer about one order.
#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(deserialize_with = "present")]
    pub(super) order: Option<Full>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Full {
    id: String,
    updated_at: String,
    processed_at: Option<String>,
    cancelled_at: Option<String>,
    display_financial_status: Option<String>,
    display_fulfillment_status: String,
    return_status: String,
    note: Option<String>,
    custom_attributes: Vec<Attribute>,
    taxes_included: bool,
    line_items: Items,
}

#[derive(Deserialize)]
struct Attribute {
    key: String,
    value: Option<String>,
}

#[derive(Deserialize)]
struct Items {
    nodes: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    sku: Option<String>,
    quantity: u32,
    /// What is left after refunds and removals.
    current_quantity: u32,
    custom_attributes: Vec<Attribute>,
    discounted_total_set: Bag,
    tax_lines: Vec<Tax>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tax {
    price_set: Bag,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bag {
    /// In the buyer's currency.
    presentment_money: Amount,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    amount: String,
    currency_code: String,
}

impl Amount {
    fn money(&self) -> Option<Money> {
        read_amount(&self.amount, Currency::parse(&self.currency_code)?)
    }
}

/// What a buyer wrote; names that begin with an underline are the shop's own.
fn words(attributes: &[Attribute]) -> impl Iterator<Item = BuyerWords> {
    let of_buyer = attributes.iter().filter(|attribute| !attribute.key.starts_with('_'));
    of_buyer.filter_map(|attribute| attribute.value.clone()).map(BuyerWords::new)
}

impl Full {
    pub(super) fn number(&self) -> Option<&str> {
        number_of("Order", &self.id)
    }

    pub(super) fn note(&self) -> &str {
        self.note.as_deref().unwrap_or_default()
    }

    /// The order; none when something in it cannot be read.
    pub(super) fn trade(&self) -> Option<Trade> {
        let note = BuyerWords::new(self.note().to_owned());
        let state = self.state();
        let paid_at = match &self.processed_at {
            Some(text) if state != TradeState::NotPaid => Some(instant(text)?),
            _ => None,
        };
        Some(Trade {
            number: self.number()?.to_owned(),
            state,
            changed_at: instant(&self.updated_at)?,
            paid_at,
            words: std::iter::once(note).chain(words(&self.custom_attributes)).collect(),
            items: self
                .line_items
                .nodes
                .iter()
                .map(|item| self.item(item))
                .collect::<Option<_>>()?,
        })
    }

    /// A word that is not known is held: nothing is delivered on it, and a person sees it.
    fn state(&self) -> TradeState {
        if self.cancelled_at.is_some() {
            return TradeState::Closed;
        }
        match (self.display_financial_status.as_deref(), self.display_fulfillment_status.as_str()) {
            (Some("REFUNDED" | "VOIDED"), _) => TradeState::Closed,
            (_, "FULFILLED") => TradeState::Shipped,
            (Some("PENDING" | "AUTHORIZED" | "PARTIALLY_PAID" | "EXPIRED"), _) => {
                TradeState::NotPaid
            }
            (
                Some("PAID" | "PARTIALLY_REFUNDED"),
                "UNFULFILLED" | "OPEN" | "IN_PROGRESS" | "PENDING_FULFILLMENT" | "SCHEDULED",
            ) => TradeState::Paid,
            _ => TradeState::Held,
        }
    }

    fn item(&self, item: &Item) -> Option<TradeItem> {
        let mut paid = item.discounted_total_set.presentment_money.money()?;
        for tax in item.tax_lines.iter().filter(|_| !self.taxes_included) {
            paid = paid.plus(tax.price_set.presentment_money.money()?).ok()?;
        }
        Some(TradeItem {
            number: number_of("LineItem", &item.id)?.to_owned(),
            sku: item.sku.clone().unwrap_or_default(),
            quantity: item.quantity,
            paid,
            refund: self.refund(item),
            words: words(&item.custom_attributes).collect(),
        })
    }

    fn refund(&self, item: &Item) -> RefundStanding {
        let is_less = |item: &Item| item.current_quantity < item.quantity;
        match item.current_quantity {
            0 if item.quantity > 0 => return RefundStanding::Done,
            left if left < item.quantity => return RefundStanding::Part,
            _ => {}
        }
        // Money went back, and for none of the things: for which one is not told.
        let is_open_to_whom = self.display_financial_status.as_deref()
            == Some("PARTIALLY_REFUNDED")
            && !self.line_items.nodes.iter().any(is_less);
        match self.return_status.as_str() {
            "NO_RETURN" | "RETURN_FAILED" if is_open_to_whom => RefundStanding::Part,
            "NO_RETURN" | "RETURN_FAILED" => RefundStanding::Absent,
            _ => RefundStanding::Open,
        }
    }
}
