//! What was agreed to.

use crate::catalog::PlanCode;
use crate::kernel::{AllowanceKind, Instant, Language, Money, Province, Units};
use crate::orders::Payer;
use crate::payments::KeptMethod;
use serde::{Deserialize, Serialize};

/// When a line renews by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// This many local days before the last day of service, in the forenoon of the line's zone.
    BeforeExpiry(u8),
    /// On the last day of service, at the hour at which the operator itself charges.
    Cycle,
    /// When less than this is left of data or credit.
    Below(AllowanceKind, Units),
}

/// The most that may be taken. All are in the currency of the operator's prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// At once.
    pub charge: Money,
    /// On one local date.
    pub day: Money,
    /// In one local calendar month.
    pub month: Money,
}

/// By which means a line's renewals are paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A saved method is charged.
    Saved(KeptMethod),
    /// The line's own credit.
    LineCredit,
    /// The payer gets a link at the right moment and pays with one tap: for methods that cannot be
    /// charged without them, such as Alipay and WeChat Pay.
    PayLink,
}

/// A standing consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Who agreed, pays and is told.
    pub payer: Payer,
    /// The language they agreed in and are written to.
    pub language: Language,
    /// What is bought.
    pub plan: PlanCode,
    /// Whose taxes apply.
    pub province: Province,
    /// How it is paid.
    pub means: Means,
    /// When.
    pub trigger: Trigger,
    /// How much at most.
    pub caps: Caps,
    /// When it was given.
    pub agreed_at: Instant,
}

/// The evidence of a consent: the words agreed to, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// Counts the consents of a line from 1.
    pub number: u32,
    /// The consent.
    pub consent: Consent,
    /// The version of the text.
    pub version: String,
    /// The text as it was shown, in the consent's language.
    pub text: String,
    /// The network address it was given from, where there was one.
    pub address: Option<String>,
}
