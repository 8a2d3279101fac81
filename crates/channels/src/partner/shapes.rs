//! What the partner API takes and gives, exactly as its contract says.

use crate::api::shapes::{AllowanceShape, ItemShape, MoneyShape, OperatorShape, PassageShape};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is told of a number before anything is sent to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumberShape {
    /// The number in E.164, or the ICCID, as it was understood.
    #[schema(example = "+14165550100")]
    pub number: String,
    /// Its operator.
    pub operator: OperatorShape,
    /// What this line can take today, at your price.
    pub products: Vec<ProductShape>,
}

/// A product at the partner's price.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductShape {
    /// Its code, which an order names.
    #[schema(example = "maplewave-5gb")]
    pub id: String,
    /// Its name in the caller's language.
    pub name: String,
    /// What everybody pays, before tax.
    pub retail: MoneyShape,
    /// What you pay, item by item.
    pub items: Vec<ItemShape>,
    /// What you pay, with tax.
    pub price: MoneyShape,
    /// What it grants.
    pub allowances: Vec<AllowanceShape>,
    /// How many days it lasts.
    pub validity_days: i64,
}

/// What is asked for an order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderRequestShape {
    /// What you call it: 1 to 64 letters, digits and signs without spaces. Unique for ever; sent again it gives the same order.
    #[schema(example = "2026-000117")]
    pub reference: String,
    /// The number or ICCID. Spaces, hyphens, `001` and full-width digits are forgiven.
    #[schema(example = "+14165550100")]
    pub number: String,
    /// The product's code.
    #[schema(example = "maplewave-5gb")]
    pub product: String,
    /// The most it may cost you, with tax. Without it, it costs what it costs.
    pub at_most: Option<MoneyShape>,
    /// Where you want to be told of this order; else where you always are.
    pub callback: Option<String>,
    /// Whether another period is wanted beside a renewal of this line that is not finished.
    #[serde(default)]
    pub another: bool,
}

/// How an order stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderShape {
    /// Our id.
    pub id: String,
    /// What you call it.
    pub reference: String,
    /// What we say aloud.
    pub our_reference: String,
    /// `paid`, `delivering`, `unknown`, `delivered`, `refunding`, `refunded` or `cancelled`; `declined` and `reversed` stand in the history.
    pub state: &'static str,
    /// `pending`, `succeeded`, `failed`, or `unknown`: neither delivered nor not delivered. Do not give your buyer's money back while it is
    /// pending or unknown.
    pub outcome: &'static str,
    /// The product's code.
    pub product: String,
    /// What it costs you, with tax.
    pub price: MoneyShape,
    /// Whether it costs you anything as it stands.
    pub money_moved: bool,
    /// When the next news comes, while something is under way.
    pub next_news_at: Option<String>,
    /// Why the network refused, if it did.
    pub refusal: Option<&'static str>,
    /// Every state passed.
    pub history: Vec<PassageShape>,
    /// Our receipt to you, once it is delivered.
    pub receipt: Option<String>,
}

/// One page of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrdersShape {
    /// Newest first.
    pub orders: Vec<OrderShape>,
    /// The `before` of the next page; null on the last.
    pub next: Option<u64>,
}

/// What became of a file of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchShape {
    /// How many orders were made just now.
    pub accepted: usize,
    /// How many lines were ordered before, and are not again.
    pub repeated: usize,
    /// How many were refused; nothing was ordered for these.
    pub refused: usize,
    /// Each line, in the order of the file.
    pub lines: Vec<BatchLineShape>,
}

/// What became of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchLineShape {
    /// Its row in the file; the heading is 1.
    pub row: u64,
    /// What you call the order.
    pub reference: String,
    /// Our id of the order.
    pub order: Option<String>,
    /// As of an order; or `refused`.
    pub outcome: &'static str,
    /// Why it was refused: the code of the problem.
    pub problem: Option<String>,
    /// The same in the caller's language.
    pub detail: Option<String>,
    /// Whether the line may be taken when it is sent again as it stands.
    pub again: bool,
}

/// How the account stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceShape {
    /// Paid in and not used; below zero, used on credit.
    pub balance: MoneyShape,
    /// Held for orders on their way.
    pub reserved: MoneyShape,
    /// How much may be used beyond what was paid in.
    pub credit: MoneyShape,
    /// What a new order may cost.
    pub available: MoneyShape,
}

/// A statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementShape {
    /// The first local date, where the business is.
    pub from: String,
    /// The last local date.
    pub until: String,
    /// The balance before the first entry.
    pub opening: MoneyShape,
    /// The balance after the last entry.
    pub closing: MoneyShape,
    /// What changed it, oldest first. What is only held changes nothing.
    pub entries: Vec<EntryShape>,
}

/// An entry of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryShape {
    /// Its number on the account.
    pub number: u64,
    /// When.
    pub at: String,
    /// `pay_in`, `pay_out`, `order`, or `given_back`: a delivery was taken back.
    pub kind: &'static str,
    /// What you call the order, or your bank the payment.
    pub reference: Option<String>,
    /// Our id of the order.
    pub order: Option<String>,
    /// By how much the balance changed.
    pub amount: MoneyShape,
    /// The balance afterwards.
    pub balance: MoneyShape,
}

/// One page of callbacks.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallbacksShape {
    /// The newest try first.
    pub callbacks: Vec<CallbackShape>,
    /// The `before` of the next page; null on the last.
    pub next: Option<String>,
}

/// How telling you of one state of an order stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallbackShape {
    /// Its id, which is also its `webhook-id`.
    pub id: String,
    /// Our id of the order.
    pub order: String,
    /// What it tells.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it goes.
    pub url: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it was tried last.
    pub tried_at: String,
    /// What came of that: a status, or a word.
    pub came_of_it: String,
    /// When you took it.
    pub taken_at: Option<String>,
    /// When it is tried next; neither taken nor with a next time, it was given up.
    pub next_at: Option<String>,
}
