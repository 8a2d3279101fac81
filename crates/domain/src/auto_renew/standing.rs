//! Where an auto-renew stands.

use super::consent::Consent;
use crate::kernel::{Instant, Money, MoneyError, OrderId};
use crate::lines::LineStatus;
use crate::orders::Order;
use crate::payments::DeclineAdvice;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a renewal is for. Each is renewed by itself at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The service that ends with this local date.
    Expiry(Date),
    /// The time that what is left fell below the mark, counted from 1.
    Low(u32),
}

/// Why an automatic renewal did not take place, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The charge was refused, with this advice.
    Declined(DeclineAdvice),
    /// It would take more than was agreed to.
    OverCap,
    /// There is not enough credit on the line.
    NotEnoughCredit,
    /// The plan is not sold any more, or not for this line.
    NotSold,
    /// It is paid by a link.
    PayLink,
    /// Refused so often within 30 days that the networks forbid another attempt.
    TooManyDeclines,
    /// It was paid, but the network refused; the money goes back.
    NotDelivered,
    /// The payer cancelled it, or let its time pass.
    CalledOff,
}

/// What an auto-renew is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing is to be done for now.
    Resting,
    /// The payer knows when, and how much at most.
    Announced {
        /// For what.
        occasion: Occasion,
        /// When the charge takes place.
        charge_at: Instant,
        /// What was announced.
        total: Money,
        /// Which attempt it is, from 1.
        attempt: u32,
        /// Whether it was late once and got a moment of its own: it is not put off for that again.
        was_late: bool,
    },
    /// An order was placed and is being paid or delivered.
    Charging {
        /// For what.
        occasion: Occasion,
        /// The order.
        order: OrderId,
        /// What was announced.
        total: Money,
        /// Which attempt it is, from 1.
        attempt: u32,
    },
    /// It is the payer's turn; nothing is charged for this occasion any more.
    Asking {
        /// For what.
        occasion: Occasion,
        /// Why.
        why: Why,
        /// The order they can still pay at the price that was announced, if there is one.
        order: Option<OrderId>,
    },
}

/// How what is left stands to the mark that was agreed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Low {
    /// How often it fell below.
    pub times: u32,
    /// Whether it is below.
    pub is_below: bool,
    /// When it fell below; absent while it is not, or where it was below before that was agreed to.
    pub since: Option<Instant>,
}

/// What was charged, or is being charged, on a local date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// The date.
    pub on: Date,
    /// By which order.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
}

/// A consent and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoRenew {
    /// Counts the consents of the line from 1.
    pub number: u32,
    /// What was agreed to.
    pub consent: Consent,
    /// When it was ended; nothing happens after that.
    pub ended_at: Option<Instant>,
    /// What it is doing.
    pub progress: Progress,
    /// The last occasion that was dealt with, one way or the other.
    pub settled: Option<Occasion>,
    /// What is known of what is left, where that is what it waits for.
    pub low: Low,
    /// What was charged in the last two months.
    pub spent: Vec<Spent>,
    /// When charges were refused in the last 30 days.
    pub declined: Vec<Instant>,
    /// A method that must not be charged again: nothing happens until another one is agreed to.
    pub stopped: Option<Why>,
    /// Of the card's expiry it was last told this many days before.
    pub card_told: Option<u8>,
    /// When the next look is promised.
    pub look_at: Option<Instant>,
}

impl AutoRenew {
    /// What was just agreed to.
    pub const fn new(number: u32, consent: Consent) -> Self {
        Self {
            number,
            consent,
            ended_at: None,
            progress: Progress::Resting,
            settled: None,
            low: Low { times: 0, is_below: false, since: None },
            spent: Vec::new(),
            declined: Vec::new(),
            stopped: None,
            card_told: None,
            look_at: None,
        }
    }

    /// Whether this much more may be taken on a local date.
    ///
    /// # Errors
    /// Amounts that do not fit, or of another currency.
    pub fn may_take(&self, amount: Money, on: Date) -> Result<bool, MoneyError> {
        let caps = self.consent.caps;
        let spent = |counts: &dyn Fn(Date) -> bool| {
            let counted = self.spent.iter().filter(|spent| counts(spent.on));
            counted.map(|spent| spent.amount).try_fold(amount, Money::plus)
        };
        let day = spent(&|date| date == on)?;
        let month = spent(&|date| date.first_of_month() == on.first_of_month())?;
        let fits = |amount: Money, cap: Money| {
            amount.currency == cap.currency && amount.minor <= cap.minor
        };
        Ok(fits(amount, caps.charge) && fits(day, caps.day) && fits(month, caps.month))
    }

    /// Whether it is in force.
    pub const fn is_on(&self) -> bool {
        self.ended_at.is_none()
    }

    /// The order that is being paid or delivered by itself, if there is one.
    pub const fn charging(&self) -> Option<OrderId> {
        match &self.progress {
            Progress::Charging { order, .. } => Some(*order),
            Progress::Resting | Progress::Announced { .. } | Progress::Asking { .. } => None,
        }
    }

    /// Whether a line of this status is being renewed of its own accord, though its service has ended: it comes back without
    /// anybody doing anything.
    pub const fn brings_back(&self, status: LineStatus) -> bool {
        let has_ended = match status {
            LineStatus::Grace | LineStatus::Suspended => true,
            LineStatus::Inactive | LineStatus::Active | LineStatus::Closed => false,
        };
        let is_at_it = match &self.progress {
            Progress::Announced { .. } | Progress::Charging { .. } => true,
            Progress::Resting | Progress::Asking { .. } => false,
        };
        has_ended && is_at_it && self.is_on()
    }

    /// Whether an order that was placed by itself is still the one it waits for, on a line whose service
    /// ends then.
    pub fn stands_for(&self, order: &Order, expires_on: Option<Date>) -> bool {
        let waits_for = match &self.progress {
            Progress::Charging { order, .. } => Some(*order),
            Progress::Asking { order, .. } => *order,
            Progress::Resting | Progress::Announced { .. } => None,
        };
        let is_over = match order.occasion {
            Some(Occasion::Expiry(date)) => expires_on != Some(date),
            Some(Occasion::Low(number)) => number != self.low.times,
            None => false,
        };
        self.is_on() && waits_for == Some(order.id) && !is_over
    }
}
