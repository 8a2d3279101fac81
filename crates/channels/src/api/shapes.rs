//! What the API takes and gives, exactly as its contract says.

use farline_domain::kernel::Money;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount of money.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct MoneyShape {
    /// Minor units, such as cents.
    #[schema(example = 2825)]
    pub amount: i64,
    /// ISO 4217 code.
    #[schema(value_type = String, example = "CAD")]
    pub currency: farline_domain::kernel::Currency,
}

impl From<Money> for MoneyShape {
    fn from(money: Money) -> Self {
        Self { amount: money.minor, currency: money.currency }
    }
}

/// What a stranger may know of a line, and its plans.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlansAnswer {
    /// The line.
    pub line: LineShape,
    /// The plans offered, best first.
    pub plans: Vec<PlanShape>,
}

/// What a stranger may know of a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineShape {
    /// The number with all but the last two digits hidden.
    pub masked: String,
    /// Its operator.
    pub operator: OperatorShape,
}

/// An operator.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorShape {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A plan as offered.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanShape {
    /// Its code.
    pub id: String,
    /// Its name in the caller's language.
    pub name: String,
    /// Its price before tax.
    pub price: MoneyShape,
    /// Its price with tax, where the province is known.
    pub total: Option<MoneyShape>,
    /// What it grants.
    pub allowances: Vec<AllowanceShape>,
    /// How many days it lasts.
    pub validity_days: i64,
    /// What it does to the line's dates: `add_value`, `set_expiry`, `keep_later`, `add_days`, `queue`.
    pub start_rule: &'static str,
    /// When it starts, in words.
    pub starts: String,
    /// Whether it is the recommended one.
    pub recommended: bool,
    /// Why, in words.
    pub reason: Option<String>,
}

/// What a plan grants of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllowanceShape {
    /// `data`, `voice`, `messages` or `credit`.
    pub kind: &'static str,
    /// How much, in the unit.
    pub amount: i64,
    /// `octet`, `second`, `message` or `minor_unit`.
    pub unit: &'static str,
    /// Where it can be used.
    pub zone: String,
    /// When in the local day, as `HH:MM-HH:MM`; always, if null.
    pub window: Option<String>,
}

/// What is asked for a quote.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct QuoteRequestShape {
    /// The line's number or ICCID.
    #[schema(example = "+14165550100")]
    pub line: String,
    /// The plan's id.
    pub plan: String,
    /// A promotion's code.
    pub promotion: Option<String>,
    /// The province of tax, by postal code.
    #[schema(example = "ON")]
    pub province: Option<String>,
}

/// A quote.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteShape {
    /// Its id.
    pub id: String,
    /// The items of the price.
    pub items: Vec<ItemShape>,
    /// What is to be paid.
    pub total: MoneyShape,
    /// The province whose taxes are in it.
    pub province: &'static str,
    /// Until when it can be ordered.
    pub expires_at: String,
    /// When what is bought can first be used; null for callers without rights to the line.
    pub starts_at: Option<String>,
    /// The line's expiry afterwards; null for callers without rights to the line.
    pub new_expiry: Option<String>,
    /// When it starts, in words.
    pub starts: String,
    /// How its promotions are limited, in words; null where they are not. A place is held when the order is
    /// placed, not by the quote.
    pub promotion_limits: Option<String>,
    /// What came into the price: of itself, or by the code that was given.
    pub promotions: Vec<PromotionShape>,
}

/// A promotion in a price.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromotionShape {
    /// What names it.
    pub code: String,
    /// Its name and what it gives, in words.
    pub applied: String,
}

/// An item of a price.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemShape {
    /// `plan`, `promotion`, `levy` or `tax`.
    pub kind: &'static str,
    /// What it is for, in the caller's language.
    pub label: String,
    /// How much; a promotion is negative.
    pub amount: MoneyShape,
}

/// Where the payer is reached.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct ContactShape {
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// What is asked for an order.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct OrderRequestShape {
    /// The quote's id.
    pub quote: String,
    /// Where the payer is reached.
    #[serde(default)]
    pub contact: ContactShape,
    /// `zh-CN`, `en-CA` or `fr-CA`.
    pub language: String,
    /// A payment provider's name, such as `stripe` or `paypal`; without it the first one offered. `credit`: from the line's
    /// credit, for the line's owner only. A saved method's id: it is charged at once, on a line of its owner's.
    pub pay_with: Option<String>,
    /// Keep the method that is paid with on the provider's page, for later renewals of the signed-in caller.
    #[serde(default)]
    pub save_method: bool,
    /// Another period beside an unfinished renewal.
    #[serde(default)]
    pub another: bool,
}

/// An order just placed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacedShape {
    /// Its id.
    pub id: String,
    /// What people read aloud.
    pub reference: String,
    /// Its state.
    pub state: &'static str,
    /// Where it is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_url: Option<String>,
    /// Where it is looked at.
    #[serde(rename = "self")]
    pub itself: String,
}

/// A state passed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassageShape {
    /// Which.
    pub state: &'static str,
    /// When.
    pub at: String,
}

/// Where a receipt is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptShape {
    /// The page.
    pub page: String,
    /// The signed PDF.
    pub pdf: String,
    /// Its number.
    pub number: String,
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderShape {
    /// Its id.
    pub id: String,
    /// What people read aloud.
    pub reference: String,
    /// Its state.
    pub state: &'static str,
    /// Every state passed, oldest first.
    pub history: Vec<PassageShape>,
    /// Whether money is with us for it.
    pub money_moved: bool,
    /// When the next news comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_news_at: Option<String>,
    /// Proof of payment, from *paid* on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// The receipt, from *delivered* on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptShape>,
    /// Where it is paid, while it waits for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_url: Option<String>,
    /// What is to be paid or was.
    pub total: MoneyShape,
}
