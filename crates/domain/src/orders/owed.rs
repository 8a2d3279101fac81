//! What is owed back of an order's payments, what was taken back, and what of it waits for a person.

use super::delivery::DeliveryRefusal;
use super::order::{Order, OrderState, Task, TaskKind};
use crate::kernel::{Instant, Money};
use crate::payments::{
    Capture, Dispute, DisputeStatus, DisputeTold, Refund, RefundProgress, RefundReason, RefundTo,
};

/// How long a person has to see to a refund that failed, in seconds.
const REFUND_FAILED_SECONDS: i64 = 2 * 24 * 60 * 60;
/// How long a person has to give back what was taken by hand, in seconds.
const REFUND_BY_HAND_SECONDS: i64 = 2 * 24 * 60 * 60;
/// How long a person has to see to a warning or a dispute whose provider names no end, in seconds.
const SEE_DISPUTE_SECONDS: i64 = 24 * 60 * 60;

impl Order {
    /// Why the network refused it, if it did.
    pub const fn refusal(&self) -> Option<DeliveryRefusal> {
        match &self.state {
            OrderState::Refunding { refusal, .. } | OrderState::Refunded { refusal, .. } => {
                *refusal
            }
            OrderState::AwaitingPayment { .. }
            | OrderState::Held { .. }
            | OrderState::Delivering { .. }
            | OrderState::Unknown { .. }
            | OrderState::Delivered { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => None,
        }
    }

    /// Each payment of the order, once: the one it stands on, and those of which something is owed back.
    pub fn captures(&self) -> impl Iterator<Item = &Capture> {
        let mut captures: Vec<&Capture> = Vec::new();
        for capture in self.capture().into_iter().chain(self.refunds.iter().map(|it| &it.capture)) {
            let is_same = |known: &&Capture| known.is_same_payment(capture);
            if !captures.iter().any(is_same) {
                captures.push(capture);
            }
        }
        captures.into_iter()
    }

    /// What may still go back of a payment, in minor units: what was taken, less what is owed back or went back already.
    pub fn left_of(&self, capture: &Capture) -> i64 {
        let of_it = self.refunds.iter().filter(|refund| refund.capture.payment == capture.payment);
        let back: i64 = of_it.map(|refund| refund.amount.minor).sum();
        capture.amount.minor - back
    }

    /// What the payer's bank has taken back of a payment, in minor units.
    pub fn charged_back(&self, capture: &Capture) -> i64 {
        let of_it = self.disputes.iter().filter(|dispute| dispute.told.payment == capture.payment);
        of_it.map(|dispute| dispute.told.withdrawn.minor).sum()
    }

    /// What of a dispute's money was owed to the payer anyway, in minor units.
    pub(crate) fn settled_by(&self, told: &DisputeTold) -> i64 {
        let settled = self.refunds.iter().filter(|refund| told.settles(refund));
        settled.map(|refund| refund.amount.minor).sum()
    }

    /// Whether a refund is done because the payer's bank took the money, and no provider was asked for it.
    pub fn is_settled_by_bank(&self, refund: &Refund) -> bool {
        self.disputes.iter().any(|dispute| dispute.told.settles(refund))
    }

    /// A person's task ends. A refund that failed and is still owed is the next one, then one to be given back by hand,
    /// then what has to be answered to a bank.
    pub(crate) fn end_task(&mut self) {
        let failed = self.refunds.iter().find_map(|refund| match refund.progress {
            RefundProgress::Failed { at, .. } => {
                let by = at.plus_seconds(REFUND_FAILED_SECONDS);
                Some(Task { kind: TaskKind::RefundFailed, by })
            }
            RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Done { .. } => {
                None
            }
        });
        let by_hand = self
            .refunds
            .iter()
            .find(|refund| refund.is_by_hand() && matches!(refund.progress, RefundProgress::Due));
        let by_hand = by_hand.map(|refund| {
            let by = refund.owed_since.plus_seconds(REFUND_BY_HAND_SECONDS);
            Task { kind: TaskKind::RefundByHand, by }
        });
        self.task = failed.or(by_hand).or_else(|| self.disputes.iter().find_map(task_of));
    }

    /// Owes a refund of a whole payment and returns its number.
    pub(crate) fn owe(&mut self, capture: Capture, reason: RefundReason, at: Instant) -> u32 {
        let amount = capture.amount;
        self.owe_part(capture, (amount, RefundTo::Source), reason, at)
    }

    /// Owes a part of a payment and returns the refund's number.
    pub(crate) fn owe_part(
        &mut self,
        capture: Capture,
        (amount, to): (Money, RefundTo),
        reason: RefundReason,
        at: Instant,
    ) -> u32 {
        let number = self.refunds.last().map_or(1, |refund| refund.number + 1);
        self.refunds.push(Refund {
            number,
            attempt: 1,
            amount,
            capture,
            to,
            key: None,
            alone: None,
            reason,
            progress: RefundProgress::Due,
            owed_since: at,
        });
        number
    }
}

fn task_of(dispute: &Dispute) -> Option<Task> {
    if !dispute.told.status.wants_answer() || dispute.seen_at.is_some() {
        return None;
    }
    let kind = match dispute.told.status {
        DisputeStatus::Warned => TaskKind::FraudWarning,
        DisputeStatus::Inquiry
        | DisputeStatus::NeedsResponse
        | DisputeStatus::UnderReview
        | DisputeStatus::Won
        | DisputeStatus::Lost => TaskKind::Dispute,
    };
    let by = dispute.opened_at.plus_seconds(SEE_DISPUTE_SECONDS);
    Some(Task { kind, by: dispute.told.respond_by.unwrap_or(by) })
}
