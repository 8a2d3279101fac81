//! Money was taken for an order.

use super::charge_method::is_wanted;
use super::effects::JobKind;
use super::refund::have_given_back;
use super::state::LineState;
use super::{Answer, Context, HeldChoice, Refusal, deliver};
use crate::catalog::Network;
use crate::kernel::{Instant, OrderId};
use crate::ledger::{Account, EntrySetKind, movement};
use crate::notices::NoticeReason;
use crate::orders::{Attempt, Order, OrderState, Sending, Stage, Task, TaskKind};
use crate::payments::{Capture, PaymentMethod, RefundReason};

/// How long the payer of a held second renewal has to choose, in seconds.
const CHOOSE_WITHIN_SECONDS: i64 = 24 * 60 * 60;

/// The account on which captured money stands.
pub(super) fn account_of(capture: &Capture) -> Account {
    match (capture.method, capture.method.by_hand()) {
        (PaymentMethod::LineCredit, _) => Account::LineCredit,
        (PaymentMethod::PartnerAccount, _) => Account::Partner(capture.provider.clone()),
        (PaymentMethod::Marketplace, _) => Account::Shop(capture.provider.clone()),
        (_, Some(method)) => Account::ByHand(method),
        (_, None) => Account::Provider(capture.provider.clone()),
    }
}

pub(super) fn capture(
    state: &mut LineState,
    id: OrderId,
    capture: &Capture,
    context: &Context,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?;
    for earlier in order.captures() {
        if earlier.is_same_payment(capture) {
            return Ok(Answer::Order(Box::new(order.clone())));
        }
    }
    take_in(state, id, capture.clone(), context)
}

/// Books a payment that is new to us, and goes on with the order.
pub(super) fn take_in(
    state: &mut LineState,
    id: OrderId,
    capture: Capture,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    let mut order = state.order(id)?.clone();
    let entries = movement(Account::Held, account_of(&capture), capture.amount)?;
    state.post(EntrySetKind::Capture, id, entries, now);
    match &order.state {
        OrderState::AwaitingPayment { .. } if capture.amount != order.price.total => {
            order.pass(Stage::Paid, now);
            let order = give_back(state, order, capture, (RefundReason::AmountDiffers, now));
            Ok(Answer::Order(Box::new(order)))
        }
        // Renewed by hand meanwhile, or called off.
        OrderState::AwaitingPayment { .. } if !is_wanted(state, &order) => {
            order.pass(Stage::Paid, now);
            let order = give_back(state, order, capture, (RefundReason::NotWanted, now));
            Ok(Answer::Order(Box::new(order)))
        }
        OrderState::AwaitingPayment { .. } => {
            order.pass(Stage::Paid, now);
            if state.busy.is_some() && !order.another_period {
                return Ok(Answer::Order(Box::new(hold(state, order, capture, now))));
            }
            start(state, order, capture, context)
        }
        OrderState::Cancelled { .. } | OrderState::Expired { .. } => {
            order.pass(Stage::Paid, now);
            let order = give_back(state, order, capture, (RefundReason::LateCapture, now));
            Ok(Answer::Order(Box::new(order)))
        }
        // Paid a second time: the order goes on as it is, and the second payment goes back.
        OrderState::Held { .. }
        | OrderState::Delivering { .. }
        | OrderState::Unknown { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. } => {
            let number = order.owe(capture, RefundReason::PaidTwice, now);
            have_given_back(state, &mut order, number, now);
            state.tell_payer(&order, NoticeReason::Refunding, now);
            state.keep_order(order.clone());
            Ok(Answer::Order(Box::new(order)))
        }
    }
}

/// Owes a refund and tells the payer.
pub(super) fn give_back(
    state: &mut LineState,
    mut order: Order,
    capture: Capture,
    (reason, now): (RefundReason, Instant),
) -> Order {
    let number = order.owe(capture, reason, now);
    order.state = OrderState::Refunding { refund: number, refusal: None };
    order.end_task();
    order.pass(Stage::Refunding, now);
    have_given_back(state, &mut order, number, now);
    let told = match reason {
        RefundReason::Reversed => NoticeReason::Reversed,
        RefundReason::Declined => NoticeReason::Declined,
        RefundReason::Cancelled
        | RefundReason::CancelledBeforeStart
        | RefundReason::LateCapture
        | RefundReason::AmountDiffers
        | RefundReason::PaidTwice
        | RefundReason::NotWanted
        | RefundReason::WrongNumber
        | RefundReason::Goodwill
        | RefundReason::ChargedBack
        | RefundReason::AtShop => NoticeReason::Refunding,
    };
    state.tell_payer(&order, told, now);
    state.keep_order(order.clone());
    order
}

fn hold(state: &mut LineState, mut order: Order, capture: Capture, now: Instant) -> Order {
    let by = now.plus_seconds(CHOOSE_WITHIN_SECONDS);
    order.state = OrderState::Held { capture };
    order.task = Some(Task { kind: TaskKind::HeldPayment, by });
    state.promise(JobKind::Expire, Some(order.id), by);
    state.tell_payer(&order, NoticeReason::Held, now);
    state.keep_order(order.clone());
    order
}

/// Starts the delivery of a paid order: at once on our own network, by a job at a supplier.
fn start(
    state: &mut LineState,
    mut order: Order,
    capture: Capture,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    order.pass(Stage::Delivering, now);
    order.end_task();
    match &state.network {
        Network::Own => deliver::settle(state, order, capture, (None, context)),
        Network::Supplier(_) => {
            let sending = Sending {
                reference: Attempt::reference_of(order.id, 0),
                sent_at: None,
                asked: 0,
                next_ask_at: None,
            };
            order.state = OrderState::Delivering { capture, sending };
            state.promise(JobKind::Send, Some(order.id), now);
            state.keep_order(order.clone());
            Ok(Answer::Order(Box::new(order)))
        }
    }
}

pub(super) fn choose(
    state: &mut LineState,
    id: OrderId,
    choice: HeldChoice,
    context: &Context,
) -> Result<Answer, Refusal> {
    let order = state.order(id)?.clone();
    let OrderState::Held { capture } = &order.state else {
        return Err(Refusal::WrongState(order.state.stage()));
    };
    let capture = capture.clone();
    match choice {
        HeldChoice::AddPeriod => start(state, order, capture, context),
        HeldChoice::Refund => {
            let reason = (RefundReason::NotWanted, context.now);
            Ok(Answer::Order(Box::new(give_back(state, order, capture, reason))))
        }
    }
}
