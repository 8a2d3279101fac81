//! A person gives money back although the value was delivered: all of it or a part, to where it came from or as credit.

use super::refund::have_given_back;
use super::state::LineState;
use super::{Actor, Answer, Context, Refusal};
use crate::kernel::{Money, MoneyError, OrderId, StaffId};
use crate::notices::NoticeReason;
use crate::orders::{Order, OrderState, TaskKind};
use crate::payments::{Capture, RefundReason, RefundTo};

/// What is to be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundByHand {
    /// Asking again under the same key gives nothing a second time.
    pub key: String,
    /// How much; all that is left of the payment, if it is not said.
    pub amount: Option<Money>,
    /// Where it goes.
    pub to: RefundTo,
    /// The most that who asks may give back of this order alone, all their refunds of it together; no limit, if a second
    /// person agreed or none applies.
    pub limit: Option<Money>,
}

pub(super) fn refund(
    state: &mut LineState,
    id: OrderId,
    wish: &RefundByHand,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    let mut order = state.order(id)?.clone();
    if order.refunds.iter().any(|refund| refund.key.as_ref() == Some(&wish.key)) {
        return Ok(Answer::Order(Box::new(order)));
    }
    // While an outcome is open nothing is given back: the value may still be delivered.
    let OrderState::Delivered { capture, .. } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    let capture = capture.clone();
    if order.sold_by.is_some() {
        return Err(Refusal::SoldElsewhere);
    }
    let amount = amount_of(&order, &capture, wish.amount)?;
    let alone =
        wish.limit.map(|limit| within(&order, (amount, limit), &context.actor)).transpose()?;
    let number = order.owe_part(capture, (amount, wish.to), RefundReason::Goodwill, now);
    if let Some(refund) = order.refunds.last_mut() {
        refund.key = Some(wish.key.clone());
        refund.alone = alone.flatten();
    }
    if order.task.is_some_and(|task| task.kind == TaskKind::WrongNumber) {
        order.end_task();
    }
    have_given_back(state, &mut order, number, now);
    state.tell_payer(&order, NoticeReason::Refunding, now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// How much it is; no more than is left of the payment, and nothing of one that the payer's bank took back.
fn amount_of(order: &Order, capture: &Capture, wanted: Option<Money>) -> Result<Money, Refusal> {
    if order.charged_back(capture) > 0 {
        return Err(Refusal::ChargedBack);
    }
    let currency = capture.amount.currency;
    let left = Money { minor: order.left_of(capture), currency };
    let amount = wanted.unwrap_or(left);
    if amount.currency != currency {
        return Err(Refusal::Money(MoneyError::MixedCurrencies));
    }
    if amount.minor <= 0 || amount.minor > left.minor {
        return Err(Refusal::MoreThanLeft(left));
    }
    Ok(amount)
}

/// Whether it is within what who asks may give back alone, with what they gave back of the order before; then it is who.
fn within(
    order: &Order,
    (amount, limit): (Money, Money),
    actor: &Actor,
) -> Result<Option<StaffId>, Refusal> {
    let member = match actor {
        Actor::Staff(member, _) => Some(*member),
        Actor::Guest
        | Actor::Account(_)
        | Actor::Provider(_)
        | Actor::Supplier(_)
        | Actor::Seller(_)
        | Actor::Network
        | Actor::System
        | Actor::Person(_) => None,
    };
    let own =
        order.refunds.iter().filter(|refund| refund.alone.is_some() && refund.alone == member);
    let before = own.map(|refund| refund.amount.minor).fold(0, i64::saturating_add);
    if before.saturating_add(amount.minor) > limit.minor {
        return Err(Refusal::AboveLimit(limit));
    }
    Ok(member)
}
