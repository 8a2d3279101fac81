//! What a provider's settlement says, held against what an order knows.

use super::{Capture, Refund, RefundProgress};
use crate::kernel::{Instant, Money};
use crate::orders::Order;

/// How money of an order moved at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Taken from the payer.
    Captured,
    /// Given back to the payer.
    Refunded,
    /// Given back, and come back to us.
    Returned,
}

impl Turn {
    /// The word shown, which is that of the entries it leads to.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Captured => "capture",
            Self::Refunded => "refund",
            Self::Returned => "refund_returned",
        }
    }
}

/// Money of an order that moved, as the provider tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// How it moved.
    pub turn: Turn,
    /// The provider's id: of the payment, or of the refund.
    pub id: String,
    /// The provider's id of the payment that a refund is of, where it is told.
    pub payment: Option<String>,
    /// How much; more than nothing.
    pub amount: Money,
}

/// What an order says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It knows of exactly this.
    Known,
    /// It knows of it, with another amount.
    AmountDiffers(Money),
    /// It knows of it, in another currency.
    CurrencyDiffers(Money),
    /// It knows nothing of it.
    Unknown,
}

/// Money of an order that moved at a provider, as the order knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// How it moved.
    pub turn: Turn,
    /// The provider's id: of the payment, or of the refund.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// When we learned of it.
    pub at: Instant,
}

/// Holds what a provider tells against an order.
pub fn judge(order: &Order, provider: &str, settled: &Settled) -> Judged {
    let known = match settled.turn {
        Turn::Captured => captures(order, provider)
            .find(|capture| capture.payment == settled.id)
            .map(|capture| capture.amount),
        Turn::Refunded => refunds(order, provider)
            .find(|refund| id_of(refund) == Some(&settled.id))
            .or_else(|| failed(order, provider, settled))
            .map(|refund| refund.amount),
        Turn::Returned => failed(order, provider, settled).map(|refund| refund.amount),
    };
    match known {
        None => Judged::Unknown,
        Some(ours) if ours == settled.amount => Judged::Known,
        Some(ours) if ours.currency == settled.amount.currency => Judged::AmountDiffers(ours),
        Some(ours) => Judged::CurrencyDiffers(ours),
    }
}

/// Whether an order knows of a dispute about this much, taken back or given again.
pub fn is_disputed(order: &Order, provider: &str, moved: Money) -> bool {
    order.disputes.iter().any(|dispute| {
        let Money { minor, currency } = dispute.told.amount;
        dispute.told.provider == provider
            && currency == moved.currency
            && moved.minor.checked_abs() == Some(minor)
    })
}

/// A refund with an attempt that failed. Its id is no longer known, so payment and amount have to do.
fn failed<'a>(order: &'a Order, provider: &str, settled: &Settled) -> Option<&'a Refund> {
    refunds(order, provider).find(|refund| {
        let has_failed =
            refund.attempt > 1 || matches!(refund.progress, RefundProgress::Failed { .. });
        let is_of = settled.payment.as_ref().is_none_or(|id| *id == refund.capture.payment);
        has_failed && is_of && refund.amount == settled.amount
    })
}

/// Everything that an order knows to have moved at a provider, apart from refunds that failed.
pub fn booked(order: &Order, provider: &str) -> Vec<Booked> {
    let taken = captures(order, provider).map(|capture| Booked {
        turn: Turn::Captured,
        id: capture.payment.clone(),
        amount: capture.amount,
        at: capture.at,
    });
    let given = refunds(order, provider).filter_map(|refund| match &refund.progress {
        RefundProgress::Done { refund: id, at } => {
            Some(Booked { turn: Turn::Refunded, id: id.clone(), amount: refund.amount, at: *at })
        }
        RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Failed { .. } => None,
    });
    taken.chain(given).collect()
}

fn captures<'a>(order: &'a Order, provider: &str) -> impl Iterator<Item = &'a Capture> {
    order.captures().filter(move |capture| capture.provider == provider)
}

/// Those that the provider was to give back.
fn refunds<'a>(order: &'a Order, provider: &str) -> impl Iterator<Item = &'a Refund> {
    let of_it = order.refunds.iter().filter(move |refund| refund.capture.provider == provider);
    of_it.filter(|refund| !refund.is_credit() && !order.is_settled_by_bank(refund))
}

fn id_of(refund: &Refund) -> Option<&String> {
    match &refund.progress {
        RefundProgress::Asked { refund } | RefundProgress::Done { refund, .. } => Some(refund),
        RefundProgress::Due | RefundProgress::Failed { .. } => None,
    }
}
