//! What a person decides where machines cannot: always with a reason, which the audit keeps.

use super::refund::have_given_back;
use super::state::LineState;
use super::{Answer, Context, HeldChoice, Refusal, capture, charge_method, deliver, dispute};
use crate::kernel::OrderId;
use crate::orders::{DeliveryRefusal, Order, OrderState};
use crate::payments::{Decline, DeclineAdvice, Refund, RefundProgress, RefundTo};

/// A person's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was delivered.
    Delivered,
    /// It was not delivered: the money goes back.
    NotDelivered,
    /// A failed refund is to be tried again under a new key.
    RefundAgain,
    /// What a failed refund still owes, or one that is to be given back by hand, becomes credit of the line.
    RefundAsCredit,
    /// Nothing more is done about it. Not possible while a refund waits for a person.
    Close,
}

pub(super) fn resolve(
    state: &mut LineState,
    id: OrderId,
    verdict: Verdict,
    context: &Context,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?.clone();
    let wrong_state = Refusal::WrongState(order.state.stage());
    match (verdict, &order.state) {
        (
            Verdict::Delivered,
            OrderState::Unknown { capture, .. } | OrderState::Delivering { capture, .. },
        ) => {
            let capture = capture.clone();
            deliver::settle(state, order, capture, (None, context))
        }
        (
            Verdict::NotDelivered,
            OrderState::Unknown { capture, .. } | OrderState::Delivering { capture, .. },
        ) => {
            let capture = capture.clone();
            let refusal = DeliveryRefusal::FoundUndelivered;
            Ok(deliver::decline(state, order, capture, (refusal, context.now)))
        }
        (Verdict::NotDelivered, OrderState::Held { .. }) => {
            capture::choose(state, id, HeldChoice::Refund, context)
        }
        (Verdict::Delivered, OrderState::Held { .. }) => {
            capture::choose(state, id, HeldChoice::AddPeriod, context)
        }
        // A person found that the provider took nothing.
        (Verdict::NotDelivered, OrderState::AwaitingPayment { .. })
            if order.is_charge_unknown() =>
        {
            let code = "found_untaken".to_owned();
            let decline = Decline { code, advice: DeclineAdvice::AskCustomer };
            charge_method::declined(state, id, &decline, context)
        }
        (Verdict::RefundAgain, _) => refund_again(state, order, (RefundTo::Source, context)),
        (Verdict::RefundAsCredit, _) => refund_again(state, order, (RefundTo::LineCredit, context)),
        (Verdict::Close, _) if order.task.is_some_and(|task| task.kind.is_of_bank()) => {
            Ok(dispute::see(state, order, context.now))
        }
        // A refund that waits for a person is still owed, and owing is not closed.
        (Verdict::Close, OrderState::Delivered { .. })
            if order.task.is_none_or(|task| !task.kind.is_of_refund()) =>
        {
            let mut order = order;
            order.end_task();
            state.keep_order(order.clone());
            Ok(Answer::Order(Box::new(order)))
        }
        (Verdict::Delivered | Verdict::NotDelivered | Verdict::Close, _) => Err(wrong_state),
    }
}

fn refund_again(
    state: &mut LineState,
    mut order: Order,
    (to, context): (RefundTo, &Context),
) -> Result<Answer, Refusal> {
    let waits = |refund: &&mut Refund| match &refund.progress {
        RefundProgress::Failed { .. } => true,
        // What a person is to give back by hand may become credit instead.
        RefundProgress::Due => to == RefundTo::LineCredit && refund.is_by_hand(),
        RefundProgress::Asked { .. } | RefundProgress::Done { .. } => false,
    };
    // Their payer is not the line's holder.
    if to == RefundTo::LineCredit && order.sold_by.is_some() {
        return Err(Refusal::SoldElsewhere);
    }
    let Some(refund) = order.refunds.iter_mut().find(waits) else {
        return Err(Refusal::NoSuchRefund);
    };
    // What went astray as money may become credit, and never the other way.
    if to == RefundTo::LineCredit {
        refund.to = to;
    }
    refund.attempt += 1;
    refund.progress = RefundProgress::Due;
    let number = refund.number;
    if order.task.is_some_and(|task| task.kind.is_of_refund()) {
        order.end_task();
    }
    have_given_back(state, &mut order, number, context.now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}
