//! An order in each of its states.

use askama::Template;

use super::{Bucket, MoneyMoved, PriceItem, Tone};
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/orders/{token}`.
///
/// Its forms post to `/{lang}/orders/{token}/cancel`, `/wrong-number` and `/cancel-queued` (field `confirm` = `yes`), `/another`
/// (field `choice` = `period` or `refund`); the proof is at `/proof`, the receipt at `/receipt`.
#[derive(Debug, Template)]
#[template(path = "order.html")]
pub struct OrderPage {
    /// The frame; `refresh_seconds` makes a waiting page look again.
    pub layout: Layout,
    /// The bearer in the address.
    pub token: String,
    /// The state, with what it alone needs.
    pub state: OrderState,
    /// Why its money goes back or went back, where the headline does not say it.
    pub because: Option<String>,
    /// Whether the card's auto-renew placed it.
    pub by_itself: bool,
    /// What was ordered.
    pub summary: OrderSummary,
    /// The facts of the truth box, oldest first: two to four of them.
    pub facts: Vec<Fact>,
    /// Whether money moved.
    pub money: MoneyMoved,
    /// Every state passed, oldest first.
    pub history: Vec<Fact>,
    /// Whether the order can still be cancelled (nothing has been sent).
    pub can_cancel: bool,
    /// Whether money was captured, so that a proof of payment exists.
    pub has_proof: bool,
}

/// What was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// `K7M3-QX9T`.
    pub reference: String,
    /// `+1 416 555 0188`, or masked where the reader did not type it.
    pub card: String,
    /// The plan's name.
    pub plan: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// Price, promotion and each tax.
    pub items: Vec<PriceItem>,
    /// The total with tax.
    pub total: String,
}

/// The state of an order as its buyer needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderState {
    /// Nothing was charged yet.
    AwaitingPayment {
        /// The payment page.
        pay_href: String,
        /// Until when it can be paid: `2:17 p.m. (Toronto)`.
        until: String,
    },
    /// A saved method is being charged, and its outcome is not known yet.
    Charging,
    /// The saved method was refused; nothing was taken.
    Refused {
        /// The advice's word in keys: `ask-customer`.
        advice: String,
        /// The payment page, where another way is chosen.
        pay_href: String,
        /// Until when it can be paid: `2:17 p.m. (Toronto)`.
        until: String,
    },
    /// Paid; about to be sent, being sent, or starting on a later day.
    Activating {
        /// Set while the network is slow or the start is later: when there will be news.
        next_news: Option<String>,
    },
    /// Sent, and the network has not said whether it arrived.
    Unknown {
        /// `2:20 p.m. (Toronto)`.
        next_news: String,
    },
    /// The automatic questions are over; a person decides by a deadline.
    NeedsPerson {
        /// `November 24, 2:02 p.m. (Toronto)`.
        deadline: String,
    },
    /// The card is renewed.
    Delivered(Box<Delivered>),
    /// The network refused; the refund is about to start.
    Declined,
    /// The refund was asked for.
    Refunding,
    /// The refund came back; it is owed, and a person sees to it.
    Owed {
        /// `November 24, 2:02 p.m. (Toronto)`.
        deadline: String,
    },
    /// It was paid by hand, and a person gives it back.
    RefundingByHand {
        /// `November 24, 2:02 p.m. (Toronto)`.
        deadline: String,
    },
    /// The provider confirmed the refund.
    Refunded {
        /// `November 22, 2:31 p.m. (Toronto)`.
        at: String,
    },
    /// Cancelled before anything was sent.
    Cancelled,
    /// Not paid in time.
    Expired,
    /// The network took the renewal back after it had been delivered.
    Reversed,
    /// A second payment for the same card: the buyer chooses.
    Held {
        /// The reference of the order that was delivered.
        other: String,
        /// What a further period would give: `Until January 30, 2027`.
        period: String,
        /// When it is refunded if nothing is chosen.
        deadline: String,
    },
}

/// A delivered renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// `December 31, 2026 at 11:59 p.m. (Toronto)`.
    pub expires: String,
    /// What the card has now; for a stranger only what this order added.
    pub balance: Vec<Bucket>,
    /// The receipt.
    pub receipt: ReceiptLinks,
    /// Whether and how a wrong number can still be put right.
    pub wrong_number: WrongNumber,
    /// Whether it waits for its first day, and whether it can be given back until then.
    pub queued: Queued,
    /// Whether it starts sooner, or did.
    pub sooner: Sooner,
}

/// Where the receipt is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLinks {
    /// The receipt's number.
    pub number: String,
    /// The page.
    pub page: String,
    /// The signed PDF.
    pub pdf: String,
    /// The QR code of the receipt's address as SVG markup, or empty.
    pub qr_svg: String,
}

/// The wrong-number form of a delivered order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongNumber {
    /// The 24 hours are over.
    Over,
    /// Reported now, it is taken back and refunded at once.
    TakenBack {
        /// Until when it can be reported.
        until: String,
    },
    /// Reported now, a person looks into it.
    Desk {
        /// Until when it can be reported.
        until: String,
        /// Within how many hours a person answers.
        hours: i64,
    },
    /// Reported; a person answers by then.
    Reported {
        /// `November 24, 2:02 p.m. (Toronto)`.
        deadline: String,
    },
}

/// Whether a plan that waits starts sooner as the data is used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sooner {
    /// It does not wait, or only for its first day.
    No,
    /// As soon as the data is used up.
    IfUsedUp,
    /// It did: `December 1, 2:02 p.m.`
    Started(String),
}

/// A delivered plan that waits behind the one that runs; days are `December 1, 2026`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It does not wait.
    No,
    /// It can be given back until then.
    CanCancel {
        /// Its first day.
        starts: String,
    },
    /// A supplier's network has it: a person asks there.
    Supplier {
        /// Its first day.
        starts: String,
    },
    /// Somebody else sold it.
    Elsewhere {
        /// Its first day.
        starts: String,
    },
    /// A later renewal counts on it.
    BuiltUpon {
        /// Its first day.
        starts: String,
    },
    /// Its money has gone back already, or is at the payer's bank.
    Settled {
        /// Its first day.
        starts: String,
    },
}

impl Queued {
    /// Its first day, if it waits.
    pub fn starts(&self) -> Option<&str> {
        match self {
            Self::No => None,
            Self::CanCancel { starts }
            | Self::Supplier { starts }
            | Self::Elsewhere { starts }
            | Self::BuiltUpon { starts }
            | Self::Settled { starts } => Some(starts),
        }
    }
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub kind: FactKind,
    /// When: `2:02 p.m.` in the truth box, with its day in the history; empty for what did not happen yet.
    pub at: String,
}

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// The order was placed.
    Placed,
    /// The payment was captured.
    Paid,
    /// Waiting for its turn or its day.
    Queued,
    /// Sent to the network.
    Sent,
    /// The network has not answered (no time).
    NoAnswer,
    /// The network was asked again.
    AskedAgain,
    /// The network confirmed.
    Delivered,
    /// The network refused.
    Refused,
    /// Handed to a person.
    HandedOver,
    /// Held as a second payment.
    Held,
    /// Cancelled.
    Cancelled,
    /// Not paid in time.
    Expired,
    /// Taken back.
    Reversed,
    /// A wrong number was reported.
    WrongNumber,
    /// The refund was asked for.
    RefundStarted,
    /// The refund was confirmed.
    Refunded,
}

impl FactKind {
    /// The text's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Placed => "fact-placed",
            Self::Paid => "fact-paid",
            Self::Queued => "fact-queued",
            Self::Sent => "fact-sent",
            Self::NoAnswer => "fact-no-answer",
            Self::AskedAgain => "fact-asked-again",
            Self::Delivered => "fact-delivered",
            Self::Refused => "fact-refused",
            Self::HandedOver => "fact-handed-over",
            Self::Held => "fact-held",
            Self::Cancelled => "fact-cancelled",
            Self::Expired => "fact-expired",
            Self::Reversed => "fact-reversed",
            Self::WrongNumber => "fact-wrong-number",
            Self::RefundStarted => "fact-refund-started",
            Self::Refunded => "fact-refunded",
        }
    }
}

/// How far Paid → Activating → Active has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Paid; activating is the current step.
    Activating,
    /// The same, but nobody knows whether it arrived.
    Unknown,
    /// Active.
    Done,
}

impl Progress {
    /// Whether activating is still the current step.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Activating | Self::Unknown)
    }
}

impl OrderState {
    /// The state's word in keys: `order-title-…`, `order-lead-…`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::AwaitingPayment { .. } => "awaiting",
            Self::Charging => "charging",
            Self::Refused { .. } => "refused",
            Self::Activating { next_news: None } => "activating",
            Self::Activating { next_news: Some(_) } => "slow",
            Self::Unknown { .. } => "unknown",
            Self::NeedsPerson { .. } => "person",
            Self::Delivered(_) => "delivered",
            Self::Declined => "declined",
            Self::Refunding => "refunding",
            Self::Owed { .. } => "owed",
            Self::RefundingByHand { .. } => "by-hand",
            Self::Refunded { .. } => "refunded",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Reversed => "reversed",
            Self::Held { .. } => "held",
        }
    }

    /// The key of the headline.
    pub fn title_key(&self) -> String {
        format!("order-title-{}", self.word())
    }

    /// The key of the sentence under it.
    pub fn lead_key(&self) -> String {
        if let Self::Refused { advice, .. } = self {
            return format!("order-lead-refused-{advice}");
        }
        format!("order-lead-{}", self.word())
    }

    /// The key of what happens next, in the truth box.
    pub fn next_key(&self) -> String {
        format!("order-next-{}", self.word())
    }

    /// The key of the word before the total: what was paid, or what is to pay.
    pub const fn total_key(&self) -> &'static str {
        match self {
            Self::AwaitingPayment { .. }
            | Self::Charging
            | Self::Refused { .. }
            | Self::Cancelled
            | Self::Expired => "row-total",
            Self::Activating { .. }
            | Self::Unknown { .. }
            | Self::NeedsPerson { .. }
            | Self::Delivered(_)
            | Self::Declined
            | Self::Refunding
            | Self::Owed { .. }
            | Self::RefundingByHand { .. }
            | Self::Refunded { .. }
            | Self::Reversed
            | Self::Held { .. } => "row-paid",
        }
    }

    /// The value of `{ $when }` in the lead of this state; empty where it names no time.
    pub fn when(&self) -> &str {
        match self {
            Self::AwaitingPayment { until, .. } | Self::Refused { until, .. } => until,
            Self::Activating { next_news: Some(at) }
            | Self::Unknown { next_news: at }
            | Self::NeedsPerson { deadline: at }
            | Self::Owed { deadline: at }
            | Self::RefundingByHand { deadline: at }
            | Self::Refunded { at }
            | Self::Held { deadline: at, .. } => at,
            Self::Delivered(delivered) => &delivered.expires,
            Self::Charging
            | Self::Activating { next_news: None }
            | Self::Declined
            | Self::Refunding
            | Self::Cancelled
            | Self::Expired
            | Self::Reversed => "",
        }
    }

    /// How the truth box is drawn.
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Delivered(_) | Self::Refunded { .. } => Tone::Good,
            Self::Refused { .. }
            | Self::Declined
            | Self::Owed { .. }
            | Self::RefundingByHand { .. }
            | Self::Reversed
            | Self::Expired => Tone::Bad,
            Self::AwaitingPayment { .. }
            | Self::Charging
            | Self::Activating { .. }
            | Self::Unknown { .. }
            | Self::NeedsPerson { .. }
            | Self::Refunding
            | Self::Cancelled
            | Self::Held { .. } => Tone::Waiting,
        }
    }

    /// The progress line, in the states that are on it.
    pub const fn progress(&self) -> Option<Progress> {
        match self {
            Self::Activating { .. } => Some(Progress::Activating),
            Self::Unknown { .. } | Self::NeedsPerson { .. } => Some(Progress::Unknown),
            Self::Delivered(_) => Some(Progress::Done),
            Self::AwaitingPayment { .. }
            | Self::Charging
            | Self::Refused { .. }
            | Self::Declined
            | Self::Refunding
            | Self::Owed { .. }
            | Self::RefundingByHand { .. }
            | Self::Refunded { .. }
            | Self::Cancelled
            | Self::Expired
            | Self::Reversed
            | Self::Held { .. } => None,
        }
    }
}
