//! Why a notice is sent, and to whom. Each reason is told once to each recipient of an order.

use crate::catalog::PlanCode;
use crate::kernel::{ContactId, Instant, Language, Money, OrderId};
use serde::{Deserialize, Serialize};

/// How a notice travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// E-mail.
    Email,
    /// A text message.
    Sms,
}

impl Medium {
    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|medium| medium.code() == word)
    }
}

/// Whom a notice of an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The payer, by one of the media they gave.
    Payer(Medium),
    /// The line itself, by text message in the line's own language.
    Line,
}

/// Why a notice of an order is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeReason {
    /// The renewal is delivered.
    Delivered,
    /// Paid, and the network has not said yes or no.
    Unknown,
    /// The network refused; a refund is on its way.
    Declined,
    /// Cancelled after payment, or paid too late, or another amount: a refund is on its way.
    Refunding,
    /// The refund is done.
    Refunded,
    /// The refund came back; it is still owed.
    RefundFailed,
    /// A second renewal was paid for the same line; the payer chooses.
    Held,
    /// The supplier took the delivery back; a refund is on its way.
    Reversed,
    /// A wrong number is being looked into by a person.
    WrongNumber,
    /// A plan that waited has started, as the data was used up.
    StartedEarly,
}

impl NoticeReason {
    /// The word stored and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Unknown => "unknown",
            Self::Declined => "declined",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
            Self::RefundFailed => "refund-failed",
            Self::Held => "held",
            Self::Reversed => "reversed",
            Self::WrongNumber => "wrong-number",
            Self::StartedEarly => "started-early",
        }
    }
}

/// What there is to say about an auto-renew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoRenewNews {
    /// It was agreed to: the confirmation in writing.
    Agreed,
    /// It was ended: the confirmation in writing.
    Ended,
    /// This much will be charged then.
    Announced,
    /// It is time to pay by the link.
    PayByLink,
    /// The charge was refused and is tried again then.
    Retrying,
    /// The bank wants to ask the payer.
    Authenticate,
    /// The charge was refused, and only the payer can put it right.
    AskCustomer,
    /// The method must not be used again.
    Stopped,
    /// It would take more than was agreed to.
    OverCap,
    /// There is not enough credit on the line.
    NotEnoughCredit,
    /// The plan is not sold any more, or not for this line.
    NotSold,
    /// The card will not be good much longer.
    CardExpires,
}

impl AutoRenewNews {
    /// Everything there is to say.
    pub const ALL: [Self; 12] = [
        Self::Agreed,
        Self::Ended,
        Self::Announced,
        Self::PayByLink,
        Self::Retrying,
        Self::Authenticate,
        Self::AskCustomer,
        Self::Stopped,
        Self::OverCap,
        Self::NotEnoughCredit,
        Self::NotSold,
        Self::CardExpires,
    ];

    /// The word stored and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Ended => "ended",
            Self::Announced => "announced",
            Self::PayByLink => "pay-by-link",
            Self::Retrying => "retrying",
            Self::Authenticate => "authenticate",
            Self::AskCustomer => "ask-customer",
            Self::Stopped => "stopped",
            Self::OverCap => "over-cap",
            Self::NotEnoughCredit => "not-enough-credit",
            Self::NotSold => "not-sold",
            Self::CardExpires => "card-expires",
        }
    }
}

/// A notice about an auto-renew, with what was true when it was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoRenewNotice {
    /// What there is to say.
    pub news: AutoRenewNews,
    /// Whose address it goes to.
    pub contact: ContactId,
    /// How it travels.
    pub medium: Medium,
    /// In which language.
    pub language: Language,
    /// What is renewed.
    pub plan: PlanCode,
    /// When the charge takes place or is tried again.
    pub at: Option<Instant>,
    /// How much.
    pub total: Option<Money>,
    /// The order that can be paid.
    pub order: Option<OrderId>,
}
