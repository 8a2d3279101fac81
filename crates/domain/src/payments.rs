//! Payments and refunds as the ledger sees them. Card data never comes near.

mod by_hand;
mod dispute;
pub mod saved;
mod settlement;

pub use by_hand::{ByHand, ManualMethod, ManualReference, ManualReferenceError};
pub use dispute::{Dispute, DisputeStatus, DisputeTold};
pub use saved::{CardExpiry, Decline, DeclineAdvice, KeptMethod, MethodCharge, SavedMethod};
pub use settlement::{Booked, Judged, Settled, Turn, booked, is_disputed, judge};

use crate::kernel::{Instant, Money, StaffId};
use serde::{Deserialize, Serialize};

/// How a payer paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// A credit card.
    Credit,
    /// A debit card.
    Debit,
    /// A prepaid card, or one whose kind the provider does not tell.
    Card,
    /// PayPal.
    Paypal,
    /// Alipay.
    Alipay,
    /// WeChat Pay.
    WechatPay,
    /// A way that the provider offers and that has no name here.
    Other,
    /// Credit on the line itself.
    LineCredit,
    /// Notes and coins, taken by hand.
    Cash,
    /// An Interac e-Transfer, taken by hand.
    Interac,
    /// A transfer within WeChat, taken by hand.
    WechatTransfer,
    /// The account that the partner who sold it has with us.
    PartnerAccount,
    /// The marketplace on which it was sold took the money.
    Marketplace,
}

impl PaymentMethod {
    /// Every way to pay.
    pub const ALL: [Self; 13] = [
        Self::Credit,
        Self::Debit,
        Self::Card,
        Self::Paypal,
        Self::Alipay,
        Self::WechatPay,
        Self::Other,
        Self::LineCredit,
        Self::Cash,
        Self::Interac,
        Self::WechatTransfer,
        Self::PartnerAccount,
        Self::Marketplace,
    ];

    /// The word used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Debit => "debit",
            Self::Card => "card",
            Self::Paypal => "paypal",
            Self::Alipay => "alipay",
            Self::WechatPay => "wechat_pay",
            Self::Other => "other",
            Self::LineCredit => "line_credit",
            Self::Cash => "cash",
            Self::Interac => "interac",
            Self::WechatTransfer => "wechat_transfer",
            Self::PartnerAccount => "partner_account",
            Self::Marketplace => "marketplace",
        }
    }
}

/// A page at a provider where an order can be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// The provider's adapter.
    pub provider: String,
    /// The provider's id.
    pub id: String,
    /// Where the payer goes.
    pub url: String,
}

/// Money that a provider, or whoever sold the order, took from a payer for us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The provider's adapter, or the code of whoever sold the order.
    pub provider: String,
    /// Their id of the payment.
    pub payment: String,
    /// What it says was taken.
    pub amount: Money,
    /// How it was paid.
    pub method: PaymentMethod,
    /// When we learned of it.
    pub at: Instant,
}

impl Capture {
    /// Whether both tell of the same payment.
    pub fn is_same_payment(&self, other: &Self) -> bool {
        self.provider == other.provider && self.payment == other.payment
    }
}

/// What a provider kept for moving money of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// The provider's adapter.
    pub provider: String,
    /// The provider's id of the movement that it kept it of, which names the fee once.
    pub id: String,
    /// How much; below zero, it gave back so much of an earlier one.
    pub amount: Money,
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The network refused the renewal.
    Declined,
    /// Cancelled by the payer before anything was sent.
    Cancelled,
    /// Delivered, and given back by the payer before the plan's first day.
    CancelledBeforeStart,
    /// The payment arrived after the order had ended.
    LateCapture,
    /// The provider took another amount than was quoted.
    AmountDiffers,
    /// Taken for an order that was already paid.
    PaidTwice,
    /// The second of two renewals, which the payer did not want.
    NotWanted,
    /// Delivered to a wrong number and taken back.
    WrongNumber,
    /// The supplier took the delivery back.
    Reversed,
    /// Given although the value was delivered: a named loss.
    Goodwill,
    /// The payer's bank took it back before anything was sent.
    ChargedBack,
    /// The shop that sold it gave the money back, and the delivery was taken back.
    AtShop,
}

/// Where money goes that is given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundTo {
    /// The method that paid.
    #[default]
    Source,
    /// Credit on the line.
    LineCredit,
}

/// How far a refund has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundProgress {
    /// Owed; the provider is asked next, or a person where money was taken by hand.
    Due,
    /// The provider is working on it.
    Asked {
        /// The provider's id of the refund.
        refund: String,
    },
    /// The money is on its way to the payer.
    Done {
        /// The provider's id of the refund.
        refund: String,
        /// When the provider said so.
        at: Instant,
    },
    /// The provider could not give it back; it is owed again and a person decides.
    Failed {
        /// What the provider said.
        reason: String,
        /// When.
        at: Instant,
    },
}

/// Money on its way back to a payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Counts the refunds of an order from 1.
    pub number: u32,
    /// Counts the attempts from 1: a known failure may be tried again under a new key.
    pub attempt: u32,
    /// The payment it goes back to.
    pub capture: Capture,
    /// How much: more than nothing, and with every other refund of the payment no more than was paid.
    pub amount: Money,
    /// Where it goes.
    #[serde(default)]
    pub to: RefundTo,
    /// The key under which a person asked for it: asking again under the same key is no second one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Who gave it back alone, of the staff, within what they may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<StaffId>,
    /// Why.
    pub reason: RefundReason,
    /// How far it has come.
    pub progress: RefundProgress,
    /// Since when it is owed.
    pub owed_since: Instant,
}

impl Refund {
    /// Whether it becomes credit of the line, so that no provider is between.
    pub fn is_credit(&self) -> bool {
        self.to == RefundTo::LineCredit || self.capture.method == PaymentMethod::LineCredit
    }

    /// Whether it is done by writing it down: nobody outside has the money.
    pub fn is_in_our_books(&self) -> bool {
        self.is_credit() || self.capture.method == PaymentMethod::PartnerAccount
    }

    /// Whether it is still owed.
    pub fn is_owed(&self) -> bool {
        !matches!(self.progress, RefundProgress::Done { .. })
    }

    /// Whether only a person can give it back: no provider took the money.
    pub fn is_by_hand(&self) -> bool {
        let method = self.capture.method;
        !self.is_credit() && (method.by_hand().is_some() || method == PaymentMethod::Marketplace)
    }
}
