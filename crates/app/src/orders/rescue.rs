//! A member of the staff decides about an order that waits for a person, or has it sent to its supplier once more.

use crate::desk::{Acting, reason_of};
use crate::staff::{StaffNote, note};
use crate::{App, Problem, ProblemCode, deliveries};
use farline_domain::commands::{LineCommand, Verdict};
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{Refund, RefundProgress};
use farline_domain::staff::Deed;
use serde_json::json;

/// What is to be done about an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rescue {
    /// The verdict of a person.
    Decide(Verdict),
    /// The supplier is sent it now, under the reference that the order has for ever: what arrived already is not delivered twice,
    /// and what never did is delivered. Never under another, as the first may have been.
    Redeliver,
}

impl Rescue {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Redeliver,
        Self::Decide(Verdict::Delivered),
        Self::Decide(Verdict::NotDelivered),
        Self::Decide(Verdict::RefundAgain),
        Self::Decide(Verdict::RefundAsCredit),
        Self::Decide(Verdict::Close),
    ];

    /// The word of a form, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Redeliver => "redeliver",
            Self::Decide(Verdict::Delivered) => "delivered",
            Self::Decide(Verdict::NotDelivered) => "not-delivered",
            Self::Decide(Verdict::RefundAgain) => "refund-again",
            Self::Decide(Verdict::RefundAsCredit) => "refund-as-credit",
            Self::Decide(Verdict::Close) => "close",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rescue| rescue.code() == word)
    }
}

/// What a person may do about an order as it stands.
pub fn rescues(order: &Order) -> Vec<Rescue> {
    let is_possible = |rescue: &Rescue| match rescue {
        Rescue::Redeliver => {
            matches!(order.state, OrderState::Delivering { .. } | OrderState::Unknown { .. })
        }
        Rescue::Decide(Verdict::Delivered) => order.is_unfinished(),
        Rescue::Decide(Verdict::NotDelivered) => order.is_unfinished() || order.is_charge_unknown(),
        Rescue::Decide(Verdict::RefundAgain) => order.refunds.iter().any(has_failed),
        Rescue::Decide(Verdict::RefundAsCredit) => {
            order.refunds.iter().any(|refund| has_failed(refund) || waits_for_a_hand(refund))
        }
        Rescue::Decide(Verdict::Close) => order.task.is_some_and(|task| task.kind.may_be_closed()),
    };
    Rescue::ALL.into_iter().filter(is_possible).collect()
}

fn has_failed(refund: &Refund) -> bool {
    matches!(refund.progress, RefundProgress::Failed { .. })
}

/// Whether a refund is to be given back by hand.
pub fn waits_for_a_hand(refund: &Refund) -> bool {
    refund.is_by_hand() && refund.progress == RefundProgress::Due
}

/// Does it, with a reason that is kept.
pub async fn rescue(
    app: &App,
    acting: &Acting<'_>,
    order: &Order,
    (rescue, reason): (Rescue, &str),
) -> Result<Order, Problem> {
    acting.may(Deed::Rescue)?;
    let reason = reason_of(reason)?;
    match rescue {
        Rescue::Decide(verdict) => {
            let command = LineCommand::Resolve(order.id, verdict);
            app.run(order.line, command, acting.actor(reason)).await
        }
        Rescue::Redeliver => {
            // Sending under the same reference changes nothing that an order's own audit would keep.
            let asked = StaffNote {
                order: Some(order.id),
                line: Some(order.line),
                detail: json!({ "reason": reason }),
                ..StaffNote::of("redeliver")
            };
            note(app, acting.id, asked).await?;
            redeliver(app, order).await
        }
    }
}

async fn redeliver(app: &App, order: &Order) -> Result<Order, Problem> {
    match &order.state {
        OrderState::Delivering { sending, .. } if sending.sent_at.is_none() => {
            deliveries::send(app, order).await
        }
        OrderState::Delivering { .. } | OrderState::Unknown { .. } => {
            deliveries::send_again(app, order).await
        }
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => Err(Problem::of(ProblemCode::WrongState)),
    }
}
