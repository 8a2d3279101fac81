//! Double entry for money. Every set of entries sums to zero per currency.
//!
//! Signs: what we have (with a provider) is positive, what we owe (held, taxes) and what we earned
//! is negative.

mod flows;
mod taxes;

pub use flows::{Flows, MoneyFlows};
pub use taxes::{TaxBooks, TaxOf, TaxSums};

use crate::catalog::{Price, PriceItemKind, TaxKind};
use crate::kernel::{Instant, Money, MoneyError, OrderId, Province};
use crate::payments::ManualMethod;
use serde::{Deserialize, Serialize};

/// Where money stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Account {
    /// With a payment provider, on its way to or from us.
    Provider(String),
    /// In the business's own till or account, where its staff took it without a provider.
    ByHand(ManualMethod),
    /// Owed to us by a partner, or paid in by them before, by their code.
    Partner(String),
    /// With a shop on a marketplace, by its code.
    Shop(String),
    /// Credit on lines that was used to pay.
    LineCredit,
    /// Taken and neither delivered nor given back yet.
    Held,
    /// Earned by delivering.
    Sales,
    /// Tax collected, by province and tax.
    Tax(Province, TaxKind),
    /// 911 levy collected, by province.
    Levy(Province),
    /// Given back, or taken back by a bank, although delivered.
    Loss,
    /// Kept by payment providers.
    Fees,
}

impl Account {
    /// The account's name as stored, such as `tax:ON:HST`.
    pub fn name(&self) -> String {
        match self {
            Self::Provider(name) => format!("provider:{name}"),
            Self::ByHand(method) => format!("by_hand:{}", method.code()),
            Self::Partner(code) => format!("partner:{code}"),
            Self::Shop(code) => format!("shop:{code}"),
            Self::LineCredit => "line_credit".to_owned(),
            Self::Held => "held".to_owned(),
            Self::Sales => "sales".to_owned(),
            Self::Tax(province, kind) => format!("tax:{}:{}", province.code(), kind.code()),
            Self::Levy(province) => format!("levy:{}", province.code()),
            Self::Loss => "loss".to_owned(),
            Self::Fees => "fees".to_owned(),
        }
    }

    /// Reads a name as stored.
    pub fn parse(name: &str) -> Option<Self> {
        let (class, rest) = name.split_once(':').unwrap_or((name, ""));
        Some(match (class, rest) {
            ("provider", name) => Self::Provider(name.to_owned()),
            ("by_hand", method) => Self::ByHand(ManualMethod::parse(method)?),
            ("partner", code) => Self::Partner(code.to_owned()),
            ("shop", code) => Self::Shop(code.to_owned()),
            ("line_credit", "") => Self::LineCredit,
            ("held", "") => Self::Held,
            ("sales", "") => Self::Sales,
            ("loss", "") => Self::Loss,
            ("fees", "") => Self::Fees,
            ("levy", province) => Self::Levy(Province::parse(province)?),
            ("tax", rest) => {
                let (province, kind) = rest.split_once(':')?;
                Self::Tax(Province::parse(province)?, TaxKind::parse(kind)?)
            }
            _ => return None,
        })
    }
}

/// Why a set of entries was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySetKind {
    /// A provider took money.
    Capture,
    /// What was paid for was delivered.
    Deliver,
    /// A delivery was taken back.
    Reverse,
    /// Money went back to the payer.
    Refund,
    /// A refund that had been reported done came back.
    RefundReturned,
    /// The payer's bank took money back.
    Chargeback,
    /// The bank gave it again: the dispute was decided for us.
    ChargebackReturned,
    /// A provider kept something for itself.
    Fee,
}

impl EntrySetKind {
    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Deliver => "deliver",
            Self::Reverse => "reverse",
            Self::Refund => "refund",
            Self::RefundReturned => "refund_returned",
            Self::Chargeback => "chargeback",
            Self::ChargebackReturned => "chargeback_returned",
            Self::Fee => "fee",
        }
    }
}

/// Entries that belong together and sum to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntrySet {
    /// Its number on its line, from 1.
    pub number: u32,
    /// Why it was written.
    pub kind: EntrySetKind,
    /// The order it belongs to.
    pub order: OrderId,
    /// When.
    pub at: Instant,
    /// The entries.
    pub entries: Vec<(Account, Money)>,
}

/// Both sides of one movement.
pub fn movement(
    from: Account,
    to: Account,
    amount: Money,
) -> Result<Vec<(Account, Money)>, MoneyError> {
    Ok(vec![(to, amount), (from, amount.negated()?)])
}

/// What delivering a price means: held money becomes sales, taxes and levies.
pub fn delivery(price: &Price) -> Result<Vec<(Account, Money)>, MoneyError> {
    let mut entries = vec![(Account::Held, price.total)];
    let mut sales = Money::zero(price.total.currency);
    for item in &price.items {
        match &item.kind {
            PriceItemKind::Plan | PriceItemKind::Promotion(_) => sales = sales.plus(item.amount)?,
            PriceItemKind::Levy(province) => {
                entries.push((Account::Levy(*province), item.amount.negated()?));
            }
            PriceItemKind::Tax(kind, _) => {
                let account = Account::Tax(price.province, *kind);
                entries.push((account, item.amount.negated()?));
            }
        }
    }
    entries.push((Account::Sales, sales.negated()?));
    Ok(entries)
}

/// The same entries the other way.
pub fn opposite(entries: &[(Account, Money)]) -> Result<Vec<(Account, Money)>, MoneyError> {
    entries.iter().map(|(account, money)| Ok((account.clone(), money.negated()?))).collect()
}
