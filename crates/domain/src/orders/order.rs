//! The order and its states. Each state carries what is known in it and nothing else.

use super::delivery::{Attempt, Delivered, DeliveryRefusal, Sending};
use super::quote::FrenchTerms;
use super::sold_by::SoldBy;
use crate::auto_renew::Occasion;
use crate::catalog::{Offer, Price};
use crate::hotline::Assistance;
use crate::kernel::{AccountId, ContactId, Instant, Language, LineId, OrderId, QuoteId, Reference};
use crate::notices::Medium;
use crate::payments::{Capture, Checkout, Dispute, Fee, MethodCharge, Refund, RefundProgress};
use crate::subjects::Reserved;
use serde::{Deserialize, Serialize};

/// The states an order passes, as the API names them. `declined` and `reversed` are passed within
/// one decision, on the way to a refund, and so stand in the history only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is paid yet.
    AwaitingPayment,
    /// Paid, nothing sent yet.
    Paid,
    /// The network is being told.
    Delivering,
    /// The network was told and has said neither yes nor no.
    Unknown,
    /// The network has it.
    Delivered,
    /// The network refused.
    Declined,
    /// Money is owed back.
    Refunding,
    /// Money went back.
    Refunded,
    /// A delivery was taken back.
    Reversed,
    /// Ended before anything was sent.
    Cancelled,
    /// Never paid.
    Expired,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 11] = [
        Self::AwaitingPayment,
        Self::Paid,
        Self::Delivering,
        Self::Unknown,
        Self::Delivered,
        Self::Declined,
        Self::Refunding,
        Self::Refunded,
        Self::Reversed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The stages of an order that is paid and neither delivered nor given back.
    pub const UNFINISHED: [Self; 3] = [Self::Paid, Self::Delivering, Self::Unknown];

    /// The word used in the API and stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::Paid => "paid",
            Self::Delivering => "delivering",
            Self::Unknown => "unknown",
            Self::Delivered => "delivered",
            Self::Declined => "declined",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
            Self::Reversed => "reversed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// One state passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Which.
    pub state: Stage,
    /// When.
    pub at: Instant,
}

/// By which channel an order came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The website.
    Portal,
    /// The self-service API.
    Api,
    /// Nobody asked just now: a standing consent to renew.
    AutoRenew,
    /// A member of the staff, for a caller of the hotline.
    Desk,
    /// The telephone robot, for a caller of the hotline.
    Voice,
    /// The answer to a text message.
    Sms,
    /// A partner who sells from an account with us.
    Partner,
    /// A shop on a marketplace.
    Marketplace,
}

/// Who pays, as far as the order needs to know. Addresses stand in the contact record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// The contact record.
    pub contact: ContactId,
    /// The media it holds an address for.
    pub media: Vec<Medium>,
    /// The account, for a signed-in payer.
    pub account: Option<AccountId>,
}

/// The state of an order, with what is known in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Nothing is paid yet.
    AwaitingPayment {
        /// When it lapses.
        until: Instant,
    },
    /// Paid and held, because another paid renewal of the line is unfinished.
    Held {
        /// The payment.
        capture: Capture,
    },
    /// Being delivered.
    Delivering {
        /// The payment.
        capture: Capture,
        /// The delivery.
        sending: Sending,
    },
    /// Sent, outcome unknown.
    Unknown {
        /// The payment.
        capture: Capture,
        /// The delivery.
        sending: Sending,
    },
    /// Delivered.
    Delivered {
        /// The payment.
        capture: Capture,
        /// What it did.
        delivered: Delivered,
    },
    /// A refund is owed: the order's refund with this number.
    Refunding {
        /// Which refund.
        refund: u32,
        /// Why the network refused, if that is the cause.
        refusal: Option<DeliveryRefusal>,
    },
    /// The refund went back.
    Refunded {
        /// Which refund.
        refund: u32,
        /// Why the network refused, if that was the cause.
        refusal: Option<DeliveryRefusal>,
    },
    /// Cancelled while nothing was paid.
    Cancelled {
        /// When.
        at: Instant,
    },
    /// Lapsed unpaid.
    Expired {
        /// When.
        at: Instant,
    },
}

impl OrderState {
    /// The state as the API names it.
    pub const fn stage(&self) -> Stage {
        match self {
            Self::AwaitingPayment { .. } => Stage::AwaitingPayment,
            Self::Held { .. } => Stage::Paid,
            Self::Delivering { .. } => Stage::Delivering,
            Self::Unknown { .. } => Stage::Unknown,
            Self::Delivered { .. } => Stage::Delivered,
            Self::Refunding { .. } => Stage::Refunding,
            Self::Refunded { .. } => Stage::Refunded,
            Self::Cancelled { .. } => Stage::Cancelled,
            Self::Expired { .. } => Stage::Expired,
        }
    }
}

/// What waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Asking by machine ended without an outcome.
    UnknownOutcome,
    /// The payer says it was the wrong number, and it cannot simply be taken back.
    WrongNumber,
    /// A refund failed and is owed again.
    RefundFailed,
    /// A refund is owed of money that was taken by hand, and no provider can give it back.
    RefundByHand,
    /// Two renewals of a line are paid; the payer has not chosen yet.
    HeldPayment,
    /// A provider was asked for a charge a day ago, and nobody knows whether it took it.
    UnknownPayment,
    /// The payer disputes the payment, and the provider waits for an answer.
    Dispute,
    /// The bank warns that the payment is a fraud: a refund now may spare a dispute.
    FraudWarning,
    /// The shop gave the buyer money back, and the value stays on the line.
    RefundedAtShop,
}

impl TaskKind {
    /// The word stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownOutcome => "unknown_outcome",
            Self::WrongNumber => "wrong_number",
            Self::RefundFailed => "refund_failed",
            Self::RefundByHand => "refund_by_hand",
            Self::HeldPayment => "held_payment",
            Self::UnknownPayment => "unknown_payment",
            Self::Dispute => "dispute",
            Self::FraudWarning => "fraud_warning",
            Self::RefundedAtShop => "refunded_at_shop",
        }
    }

    /// Whether money is owed to a payer until it is done.
    pub const fn is_of_refund(self) -> bool {
        matches!(self, Self::RefundFailed | Self::RefundByHand)
    }

    /// Whether a person may say that nothing more is done about it: nothing is owed, and nothing unknown.
    pub const fn may_be_closed(self) -> bool {
        matches!(
            self,
            Self::WrongNumber | Self::Dispute | Self::FraudWarning | Self::RefundedAtShop
        )
    }

    /// Whether a bank or a wallet waits for it.
    pub(crate) const fn is_of_bank(self) -> bool {
        matches!(self, Self::Dispute | Self::FraudWarning)
    }
}

/// Something for a person to decide, with a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// By when.
    pub by: Instant,
}

/// One renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id, which carries its line's cell.
    pub id: OrderId,
    /// What people read aloud.
    pub reference: Reference,
    /// The line it renews.
    pub line: LineId,
    /// The quote it was made from.
    pub quote: QuoteId,
    /// What is delivered.
    pub offer: Offer,
    /// What is paid.
    pub price: Price,
    /// Who pays.
    pub payer: Option<Payer>,
    /// The language of the purchase.
    pub language: Language,
    /// The choice of language of a buyer in Quebec.
    pub french_terms: Option<FrenchTerms>,
    /// By which channel it came.
    pub channel: Channel,
    /// Who placed it for the payer, in a call of the hotline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistance: Option<Assistance>,
    /// Who sold it, where that was not us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_by: Option<SoldBy>,
    /// From where it was placed, as a keyed digest, while it waits for its payment: orders left unpaid are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Whether the payer asked for another period beside an unfinished renewal.
    pub another_period: bool,
    /// What it holds of other subjects, such as a place of a promotion that is limited in number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reservations: Vec<Reserved>,
    /// Where it can be paid, once the provider has answered. It stays when the order ends, because
    /// money can still arrive there.
    pub checkout: Option<Checkout>,
    /// The saved method that pays it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<MethodCharge>,
    /// What it renews the line for, where that happens by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// Its state.
    pub state: OrderState,
    /// The suppliers it went to, in order: the last has it, where it is open or delivered. None of an order that was sent
    /// before this was noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
    /// Every state passed, in order.
    pub history: Vec<Passage>,
    /// Every refund, in order.
    pub refunds: Vec<Refund>,
    /// What its payers dispute, and what their banks warn of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// What providers kept of its money, as far as it was booked from their settlements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// What waits for a person.
    pub task: Option<Task>,
}

/// Whether money moved, as every page and answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyMoved {
    /// Nothing was taken, or all of it went back.
    No,
    /// A provider was asked for it and has not answered.
    Unknown,
    /// Money was taken.
    Yes,
}

impl Order {
    /// What its delivery did, while that stands.
    pub const fn delivered(&self) -> Option<&Delivered> {
        match &self.state {
            OrderState::Delivered { delivered, .. } => Some(delivered),
            OrderState::AwaitingPayment { .. }
            | OrderState::Held { .. }
            | OrderState::Delivering { .. }
            | OrderState::Unknown { .. }
            | OrderState::Refunding { .. }
            | OrderState::Refunded { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => None,
        }
    }

    /// The payment that the order stands on, if it is paid.
    pub fn capture(&self) -> Option<&Capture> {
        match &self.state {
            OrderState::Held { capture }
            | OrderState::Delivering { capture, .. }
            | OrderState::Unknown { capture, .. }
            | OrderState::Delivered { capture, .. } => Some(capture),
            OrderState::Refunding { refund, .. } | OrderState::Refunded { refund, .. } => {
                self.refund(*refund).map(|refund| &refund.capture)
            }
            OrderState::AwaitingPayment { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => None,
        }
    }

    /// The refund with this number.
    pub fn refund(&self, number: u32) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.number == number)
    }

    /// Whether money is with us or the provider for this order.
    pub fn money_moved(&self) -> MoneyMoved {
        let done = |refund: &Refund| matches!(refund.progress, RefundProgress::Done { .. });
        if !self.refunds.iter().all(done) {
            return MoneyMoved::Yes;
        }
        if self.capture().is_some_and(|own| self.charged_back(own) >= own.amount.minor) {
            return MoneyMoved::No;
        }
        match self.state.stage() {
            Stage::AwaitingPayment if self.is_charge_unknown() => MoneyMoved::Unknown,
            Stage::AwaitingPayment | Stage::Cancelled | Stage::Expired | Stage::Refunded => {
                MoneyMoved::No
            }
            Stage::Paid
            | Stage::Delivering
            | Stage::Unknown
            | Stage::Delivered
            | Stage::Declined
            | Stage::Refunding
            | Stage::Reversed => MoneyMoved::Yes,
        }
    }

    /// Whether a saved method is being charged for it, with an outcome that nobody knows yet.
    pub fn is_charge_unknown(&self) -> bool {
        self.charge.as_ref().is_some_and(MethodCharge::is_unknown)
    }

    /// Whether it is paid and neither delivered nor given back: such an order blocks another.
    pub fn is_unfinished(&self) -> bool {
        Stage::UNFINISHED.contains(&self.state.stage())
    }

    /// Whether it can be cancelled: nothing has been sent yet.
    pub fn is_cancellable(&self) -> bool {
        match &self.state {
            OrderState::AwaitingPayment { .. } => !self.is_charge_unknown(),
            OrderState::Held { .. } => true,
            OrderState::Delivering { sending, .. } => sending.sent_at.is_none(),
            OrderState::Unknown { .. }
            | OrderState::Delivered { .. }
            | OrderState::Refunding { .. }
            | OrderState::Refunded { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => false,
        }
    }

    /// When the next news comes, if something is under way.
    pub fn next_news_at(&self) -> Option<Instant> {
        match &self.state {
            OrderState::AwaitingPayment { until } => Some(*until),
            OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } => {
                sending.next_ask_at.or(self.task.map(|task| task.by))
            }
            OrderState::Held { .. }
            | OrderState::Refunding { .. }
            | OrderState::Delivered { .. } => self.task.map(|task| task.by),
            OrderState::Refunded { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => None,
        }
    }

    /// Adds a state to the history. From where it was placed is of no interest once it is paid or has ended.
    pub(crate) fn pass(&mut self, state: Stage, at: Instant) {
        if state != Stage::AwaitingPayment {
            self.origin = None;
        }
        self.history.push(Passage { state, at });
    }
}
