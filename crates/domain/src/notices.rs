//! Why a notice is sent, and to whom. Each reason is told once to each recipient of an order.

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
        }
    }
}
