//! Making the network know, and believing only what it says.

use super::capture::give_back;
use super::effects::JobKind;
use super::state::LineState;
use super::{Answer, Answered, Context, DeliveryAnswer, Refusal, reverse, start_queued};
use crate::balance::Bucket;
use crate::catalog::{Network, StartRule, Validity};
use crate::kernel::{Instant, OrderId};
use crate::ledger::{self, EntrySetKind};
use crate::lines::{LineDates, Renewal, RenewalRefusal, Waits, renew};
use crate::notices::NoticeReason;
use crate::orders::routing::goes_on;
use crate::orders::{
    Attempt, Delivered, DeliveryRefusal, Order, OrderState, Refused, Sending, Stage, Task,
    TaskKind, asking_after, person_deadline,
};
use crate::payments::{Capture, RefundReason};
use crate::receipts::{ReceiptData, SoldAt};

/// Notes to which supplier an order goes first; once anything is noted, that stands.
pub(super) fn route(state: &mut LineState, id: OrderId, supplier: &str) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    if let OrderState::Delivering { sending, .. } = &order.state
        && sending.sent_at.is_none()
        && order.attempts.is_empty()
    {
        order.note_attempt(supplier, None);
        state.keep_order(order.clone());
    }
    Ok(Answer::Order(Box::new(order)))
}

pub(super) fn send(state: &mut LineState, id: OrderId, now: Instant) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    if let OrderState::Delivering { sending, .. } = &mut order.state
        && sending.sent_at.is_none()
    {
        sending.sent_at = Some(now);
        sending.next_ask_at = asking_after(0, now);
        // Should the answer to the sending be lost, this finds it.
        state.promise(JobKind::AskDelivery, Some(id), now.plus_seconds(15));
        note_attempt(state, &mut order, now);
        state.keep_order(order.clone());
    }
    Ok(Answer::Order(Box::new(order)))
}

pub(super) fn answered(
    state: &mut LineState,
    id: OrderId,
    said: &Answered,
    context: &Context,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    // A word about an attempt that was refused, while another stands.
    if order.sent_under() != said.reference {
        return Ok(Answer::Order(Box::new(order)));
    }
    let (capture, sending) = match &order.state {
        OrderState::Delivering { capture, sending } | OrderState::Unknown { capture, sending } => {
            (capture.clone(), sending.clone())
        }
        OrderState::Delivered { .. } if said.answer == DeliveryAnswer::Reversed => {
            return reverse::by_supplier(state, order, context.now);
        }
        // A late or repeated answer about something already settled changes nothing.
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => return Ok(Answer::Order(Box::new(order))),
    };
    // What the supplier speaks of has been sent, whatever we noted.
    note_attempt(state, &mut order, sending.sent_at.unwrap_or(context.now));
    match &said.answer {
        DeliveryAnswer::Delivered { supplier_reference } => {
            settle(state, order, capture, (supplier_reference.clone(), context))
        }
        DeliveryAnswer::Refused(refusal) => {
            let refused = Refused { why: *refusal, at: context.now };
            match said.then.as_deref().filter(|next| goes_on(&said.answer) && order.is_new_to(next))
            {
                Some(next) => Ok(go_on(state, order, capture, (refused, next))),
                None => Ok(decline(state, order, capture, (*refusal, context.now))),
            }
        }
        DeliveryAnswer::Reversed => {
            let refusal = DeliveryRefusal::NetworkUnavailable;
            Ok(decline(state, order, capture, (refusal, context.now)))
        }
        DeliveryAnswer::InProgress => Ok(wait(state, order, (capture, sending), context.now)),
        DeliveryAnswer::Unknown => Ok(doubt(state, order, (capture, sending), context.now)),
    }
}

/// Notes with whom the delivery is: whom it was routed to, else the operator's first supplier.
fn note_attempt(state: &LineState, order: &mut Order, at: Instant) {
    if let Network::Supplier(first) = &state.network {
        order.note_attempt(first, Some(at));
    }
}

/// One supplier is known to have refused, and another is asked, under a reference of its own.
fn go_on(
    state: &mut LineState,
    mut order: Order,
    capture: Capture,
    (refused, next): (Refused, &str),
) -> Answer {
    order.note_refusal(refused);
    order.note_attempt(next, None);
    if order.state.stage() == Stage::Unknown {
        order.pass(Stage::Delivering, refused.at);
        order.end_task();
    }
    let reference = Attempt::reference_of(order.id, order.refusals().count());
    let sending = Sending { reference, sent_at: None, asked: 0, next_ask_at: None };
    order.state = OrderState::Delivering { capture, sending };
    state.promise(JobKind::Send, Some(order.id), refused.at);
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}

/// The supplier is working on it: ask again later.
fn wait(
    state: &mut LineState,
    mut order: Order,
    (capture, sending): (Capture, Sending),
    now: Instant,
) -> Answer {
    let sending = ask_again(state, &mut order, sending, now);
    order.state = match &order.state {
        OrderState::Unknown { .. } => OrderState::Unknown { capture, sending },
        _ => OrderState::Delivering { capture, sending },
    };
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}

/// Nothing is known: neither refund nor send again, ask again under the same reference.
fn doubt(
    state: &mut LineState,
    mut order: Order,
    (capture, sending): (Capture, Sending),
    now: Instant,
) -> Answer {
    let sending = ask_again(state, &mut order, sending, now);
    if order.state.stage() != Stage::Unknown {
        order.pass(Stage::Unknown, now);
        state.tell_payer(&order, NoticeReason::Unknown, now);
    }
    order.state = OrderState::Unknown { capture, sending };
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}

fn ask_again(
    state: &mut LineState,
    order: &mut Order,
    mut sending: Sending,
    now: Instant,
) -> Sending {
    // What the supplier speaks of has been sent, whatever we noted.
    let sent_at = *sending.sent_at.get_or_insert(now);
    // Questions whose time passed while nobody asked (a stop, a jump of the clock) are not caught
    // up one by one.
    let mut next = asking_after(sending.asked, sent_at);
    while next.is_some_and(|at| at <= now) {
        sending.asked += 1;
        next = asking_after(sending.asked, sent_at);
    }
    let promised = sending.next_ask_at;
    sending.next_ask_at = next;
    match next {
        // A repeated answer must not start a second row of questions.
        Some(_) if next == promised => {}
        Some(at) => state.promise(JobKind::AskDelivery, Some(order.id), at),
        None => {
            let by = person_deadline(sent_at);
            order.task = Some(Task { kind: TaskKind::UnknownOutcome, by });
        }
    }
    sending
}

/// The network refused: final and known. The money goes back.
pub(super) fn decline(
    state: &mut LineState,
    mut order: Order,
    capture: Capture,
    (refusal, now): (DeliveryRefusal, Instant),
) -> Answer {
    order.note_refusal(Refused { why: refusal, at: now });
    order.pass(Stage::Declined, now);
    let mut order = give_back(state, order, capture, (RefundReason::Declined, now));
    if let OrderState::Refunding { refusal: place, .. } = &mut order.state {
        *place = Some(refusal);
    }
    state.keep_order(order.clone());
    Answer::Order(Box::new(order))
}

/// Delivered: buckets, dates, money, receipt, notices, all in this one decision.
pub(super) fn settle(
    state: &mut LineState,
    mut order: Order,
    capture: Capture,
    (supplier_reference, context): (Option<String>, &Context),
) -> Result<Answer, Refusal> {
    let now = context.now;
    let plan = (order.offer.validity, order.offer.start_rule);
    let renewal = match (start_queued::renew(state, plan, now), &state.network) {
        (Ok(renewal), _) => renewal,
        // The network is the truth: what a supplier delivered is delivered, whatever we thought.
        (Err(_), Network::Supplier(_)) => as_delivered(state, plan, now),
        (Err(refusal), Network::Own) => {
            let refusal = match refusal {
                RenewalRefusal::Closed => DeliveryRefusal::LineClosed,
                RenewalRefusal::NoPlanInService => DeliveryRefusal::NoPlanInService,
            };
            return Ok(decline(state, order, capture, (refusal, now)));
        }
    };
    state.forfeit(now)?;
    let buckets = grant(state, &order, &renewal, now);
    let delivered = Delivered {
        at: now,
        buckets,
        before: state.line.dates,
        after: renewal.dates,
        starts_on: renewal.starts_on,
        usable_until: renewal.usable_until,
        supplier_reference,
        started_early: None,
    };
    state.line.dates = renewal.dates;
    let entries = ledger::delivery(&order.price)?;
    state.post(EntrySetKind::Deliver, order.id, entries, now);
    state.effects.receipts.push(receipt_of(state, &order, (&capture, &delivered)).fix());
    order.pass(Stage::Delivered, now);
    order.end_task();
    order.state = OrderState::Delivered { capture, delivered };
    state.promise(JobKind::RenderReceipt, Some(order.id), now);
    state.tell_payer(&order, NoticeReason::Delivered, now);
    state.tell_line(&order, NoticeReason::Delivered, now);
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}

/// What a supplier delivered to a line that we took for lost counts from today, as on a new line;
/// an add-on without a plan leaves the line's dates alone.
fn as_delivered(
    state: &LineState,
    (validity, start_rule): (Validity, StartRule),
    now: Instant,
) -> Renewal {
    let today = state.rule.today(now);
    let before = state.line.dates;
    let anew = LineDates { expires_on: None, ..before };
    let untouched = Renewal {
        starts: now,
        starts_on: today,
        usable_until: today,
        dates: before,
        waits: Waits::No,
    };
    let renewal = renew(&state.rule, anew, (validity, StartRule::SetExpiry), now);
    match (renewal.unwrap_or(untouched), start_rule) {
        (renewal, StartRule::AddValue) => Renewal { dates: before, ..renewal },
        (
            renewal,
            StartRule::SetExpiry
            | StartRule::KeepLater
            | StartRule::AddDays
            | StartRule::Queue
            | StartRule::QueueOrUsedUp,
        ) => renewal,
    }
}

fn grant(state: &mut LineState, order: &Order, renewal: &Renewal, now: Instant) -> Vec<u32> {
    let validity = (renewal.starts, Some(renewal.usable_until));
    let mut numbers = Vec::with_capacity(order.offer.allowances.len());
    for allowance in &order.offer.allowances {
        let number = state.next_bucket();
        state.add_bucket(Bucket::granted(number, allowance, validity, Some(order.id)), now);
        numbers.push(number);
    }
    numbers
}

fn receipt_of(
    state: &LineState,
    order: &Order,
    (capture, delivered): (&Capture, &Delivered),
) -> ReceiptData {
    let line = &state.line;
    let hint = line.msisdn.as_ref().map_or(line.iccid.hint(), |msisdn| msisdn.hint());
    ReceiptData {
        format: 1,
        number: ReceiptData::number_of(&order.reference),
        order: order.id,
        reference: order.reference,
        line_hint: hint.to_owned(),
        operator: state.operator_name.clone(),
        plan: (order.offer.plan.clone(), order.offer.version),
        price: order.price.clone(),
        method: capture.method,
        payment_reference: capture.by_hand().map(|by_hand| String::from(by_hand.reference)),
        sold_at: SoldAt::of(order.sold_by.as_ref()),
        paid_at: capture.at,
        delivered_at: delivered.at,
        starts_on: delivered.starts_on,
        usable_until: delivered.usable_until,
        expires_on: delivered.after.expires_on,
        zone: state.rule.zone.name().to_owned(),
        language: order.language,
    }
}
