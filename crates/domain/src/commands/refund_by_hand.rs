//! A person gives money back although the value was delivered: all of it or a part, to where it came from or as credit.

use super::effects::JobKind;
use super::state::LineState;
use super::{Answer, Refusal};
use crate::kernel::{Instant, Money, MoneyError, OrderId};
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
}

pub(super) fn refund(
    state: &mut LineState,
    id: OrderId,
    wish: &RefundByHand,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    if order.refunds.iter().any(|refund| refund.key.as_ref() == Some(&wish.key)) {
        return Ok(Answer::Order(Box::new(order)));
    }
    // While an outcome is open nothing is given back: the value may still be delivered.
    let OrderState::Delivered { capture, .. } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    let capture = capture.clone();
    let amount = amount_of(&order, &capture, wish.amount)?;
    let number = order.owe_part(capture, (amount, wish.to), RefundReason::Goodwill, now);
    if let Some(refund) = order.refunds.last_mut() {
        refund.key = Some(wish.key.clone());
    }
    if order.task.is_some_and(|task| task.kind == TaskKind::WrongNumber) {
        order.end_task();
    }
    state.promise(JobKind::Refund(number), Some(id), now);
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
