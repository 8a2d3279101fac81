//! The charge of a line that renews itself, and what comes of it.

use super::auto_renew::{AutoRenewStep, ask, is_below, news_of, tell};
use super::charge_method::is_wanted;
use super::effects::JobKind;
use super::place::{FIRST_ASK_SECONDS, PayWith, PlaceOrder, place};
use super::state::LineState;
use super::{Actor, Context, Refusal};
use crate::auto_renew::{
    AutoRenew, Due, MOST_DECLINES, Means, Occasion, Progress, SHORTEST_NOTICE_SECONDS,
    SPREAD_SECONDS, Spent, Why, retry_at,
};
use crate::kernel::{Instant, Money};
use crate::notices::AutoRenewNews;
use crate::orders::{Channel, Order, OrderState, Stage};
use crate::payments::DeclineAdvice;
use jiff::ToSpan;

/// While another renewal of the line is under way, one waits this many seconds and looks again.
const WAIT_SECONDS: i64 = 10 * 60;
/// Refusals count for this long, in seconds.
const DECLINES_SECONDS: i64 = 30 * 24 * 60 * 60;
/// What a payer is asked to pay themselves can be paid at the announced price for this long, in
/// seconds.
const ASK_SECONDS: i64 = 7 * 24 * 60 * 60;
/// What was spent is remembered for this many days: longer than the longest month.
const SPENT_DAYS: i64 = 62;

/// Puts a charge off that is due: another renewal of the line is under way, or nobody was at work when
/// it fell due, and not all that waited is charged at one moment.
pub(super) fn postpone(state: &mut LineState, step: &AutoRenewStep, now: Instant) -> bool {
    let id = u128::from_be_bytes(state.line.id.to_bytes());
    let is_busy = state.busy.is_some() || step.is_other_pending;
    let Some(Progress::Announced { charge_at, was_late, .. }) =
        state.auto_renew.as_mut().map(|standing| &mut standing.progress)
    else {
        return false;
    };
    if is_busy {
        *charge_at = now.plus_seconds(WAIT_SECONDS);
        return true;
    }
    let is_late = !*was_late && now.millis_since(*charge_at) > SPREAD_SECONDS * 1000;
    if is_late {
        *was_late = true;
        let seconds = i64::try_from(id % 600).unwrap_or(0);
        *charge_at = now.plus_seconds(seconds + 1);
    }
    is_late
}

/// Whether the caps allow this much more at an instant.
pub(super) fn may_take(state: &LineState, total: Money, at: Instant) -> Result<bool, Refusal> {
    let on = state.rule.today(at);
    let Some(standing) = &state.auto_renew else { return Ok(false) };
    Ok(standing.may_take(total, on)?)
}

/// Charges what was announced, if everything still stands as it was announced.
pub(super) fn charge(
    state: &mut LineState,
    step: &AutoRenewStep,
    (occasion, attempt): (Occasion, u32),
    now: Instant,
) -> Result<(), Refusal> {
    let Some(standing) = &mut state.auto_renew else { return Ok(()) };
    let Progress::Announced { total: announced, .. } = standing.progress else { return Ok(()) };
    let Some(quote) = &step.quote else {
        ask(state, occasion, (Why::NotSold, None), now);
        return Ok(());
    };
    let total = quote.price.total;
    if total.minor > announced.minor {
        // Dearer than was said: it is said again, and charged later.
        let charge_at = now.plus_seconds(SHORTEST_NOTICE_SECONDS);
        standing.progress =
            Progress::Announced { occasion, charge_at, total, attempt, was_late: false };
        let consent = standing.consent.clone();
        let when = (Some(charge_at), Some(total));
        tell(state, &consent, (AutoRenewNews::Announced, None), when, now);
        return Ok(());
    }
    standing.declined.retain(|at| now.millis_since(*at) < DECLINES_SECONDS * 1000);
    let is_worn_out = standing.declined.len() >= MOST_DECLINES;
    let means = standing.consent.means.clone();
    let pay_with = match means {
        _ if !may_take(state, total, now)? => Err(Why::OverCap),
        Means::PayLink => Err(Why::PayLink),
        Means::Saved(_) if is_worn_out => Err(Why::TooManyDeclines),
        Means::LineCredit if state.credit_to_pay(now) < total.minor => Err(Why::NotEnoughCredit),
        Means::LineCredit => Ok(PayWith::LineCredit),
        Means::Saved(method) => Ok(PayWith::Saved(method, false)),
    };
    match pay_with {
        Err(why) => ask(state, occasion, (why, Some(total)), now),
        Ok(pay_with) => place_it(state, step, (occasion, attempt, pay_with), now)?,
    }
    Ok(())
}

/// Places the order: in this commit the occasion leaves the state in which it could be charged for.
fn place_it(
    state: &mut LineState,
    step: &AutoRenewStep,
    (occasion, attempt, pay_with): (Occasion, u32, PayWith),
    now: Instant,
) -> Result<(), Refusal> {
    let (Some(standing), Some(quote)) = (state.auto_renew.clone(), step.quote.clone()) else {
        return Ok(());
    };
    let total = quote.price.total;
    let placing = PlaceOrder {
        id: step.id,
        reference: step.reference,
        quote,
        payer: Some(standing.consent.payer.clone()),
        language: standing.consent.language,
        french_terms: None,
        channel: Channel::AutoRenew,
        assisted: None,
        origin: None,
        another_period: false,
        pay_with,
        occasion: Some(occasion),
        reservations: Vec::new(),
    };
    let on = state.rule.today(now);
    let mut charging = standing;
    charging.progress = Progress::Charging { occasion, order: step.id, total, attempt };
    let oldest = on.saturating_sub(SPENT_DAYS.days());
    charging.spent.retain(|spent| spent.on >= oldest);
    charging.spent.push(Spent { on, order: step.id, amount: total });
    state.auto_renew = Some(charging);
    match place(state, &placing, &Context { now, actor: Actor::System }) {
        Ok(_) => Ok(()),
        // Between the quote and now the line became one that this plan cannot renew.
        Err(Refusal::NotRenewable(_) | Refusal::QuoteExpired) => {
            forget_spent(state, step.id);
            ask(state, occasion, (Why::NotSold, Some(total)), now);
            Ok(())
        }
        Err(refusal) => Err(refusal),
    }
}

fn forget_spent(state: &mut LineState, order: crate::kernel::OrderId) {
    if let Some(standing) = &mut state.auto_renew {
        standing.spent.retain(|spent| spent.order != order);
    }
}

/// A charge was refused: tried again another day, or the payer is asked, as the advice says.
pub(super) fn declined(
    state: &mut LineState,
    order: &mut Order,
    advice: DeclineAdvice,
    now: Instant,
) {
    forget_spent(state, order.id);
    let is_waited_for = is_wanted(state, order);
    let rule = state.rule.clone();
    let Some(standing) = &mut state.auto_renew else { return };
    standing.declined.push(now);
    let charging = (is_waited_for, &standing.progress);
    let (true, Progress::Charging { occasion, total, attempt, .. }) = charging else {
        // Ended or overtaken meanwhile: nothing is owed to anybody.
        order.state = OrderState::Cancelled { at: now };
        order.pass(Stage::Cancelled, now);
        return;
    };
    let (occasion, total, attempt) = (*occasion, *total, *attempt);
    let consent = standing.consent.clone();
    if let Some(charge_at) = retry_at((advice, attempt), (occasion, &rule), now) {
        standing.progress = Progress::Announced {
            occasion,
            charge_at,
            total,
            attempt: attempt + 1,
            was_late: false,
        };
        order.state = OrderState::Cancelled { at: now };
        order.pass(Stage::Cancelled, now);
        let when = (Some(charge_at), Some(total));
        tell(state, &consent, (AutoRenewNews::Retrying, None), when, now);
        return;
    }
    let why = Why::Declined(advice);
    standing.settled = Some(occasion);
    standing.progress = Progress::Asking { occasion, why, order: Some(order.id) };
    standing.stopped = Some(why).filter(|_| advice == DeclineAdvice::Never);
    let until = now.plus_seconds(ASK_SECONDS);
    order.state = OrderState::AwaitingPayment { until };
    state.promise(JobKind::AskPayment, Some(order.id), now.plus_seconds(FIRST_ASK_SECONDS));
    state.promise(JobKind::Expire, Some(order.id), until);
    tell(state, &consent, (news_of(why), Some(order.id)), (None, Some(total)), now);
}

/// Keeps the auto-renew in step with its line after any command: what came of its order, what is left,
/// dates that moved. Promises the next look, if none is promised in time.
pub(super) fn look_after(state: &mut LineState, now: Instant) {
    let Some(mut standing) = state.auto_renew.clone().filter(AutoRenew::is_on) else { return };
    note_low(state, &mut standing, now);
    note_order(state, &mut standing);
    let current = standing.occasion(&state.rule, state.line.dates, now);
    let over = match &standing.progress {
        Progress::Announced { occasion, .. } => Some((*occasion, None)),
        Progress::Asking { occasion, order, .. } => Some((*occasion, *order)),
        Progress::Resting | Progress::Charging { .. } => None,
    };
    if let Some((_, order)) = over.filter(|(occasion, _)| current != Some(*occasion)) {
        standing.progress = Progress::Resting;
        if let Some(order) = order {
            state.promise(JobKind::Expire, Some(order), now);
        }
    }
    let look_at = match standing.due(&state.rule, state.line.dates, now) {
        Due::Nothing(at) => at,
        Due::Announce(..) | Due::Charge(..) | Due::WarnOfCard(_) => Some(now),
    };
    if let Some(at) = look_at
        && standing.look_at.is_none_or(|promised| at < promised)
    {
        standing.look_at = Some(at);
        state.promise(JobKind::AutoRenew, None, at);
    }
    state.auto_renew = Some(standing);
}

fn note_low(state: &LineState, standing: &mut AutoRenew, now: Instant) {
    let is_below = is_below(state, standing, now);
    let low = &mut standing.low;
    if is_below && !low.is_below {
        low.times += 1;
        low.since = Some(now);
    }
    if !is_below {
        low.since = None;
    }
    low.is_below = is_below;
}

/// What became of the order it waits for, where this command knows of it.
fn note_order(state: &LineState, standing: &mut AutoRenew) {
    let (occasion, id) = match &standing.progress {
        Progress::Charging { occasion, order, .. }
        | Progress::Asking { occasion, order: Some(order), .. } => (*occasion, *order),
        Progress::Resting | Progress::Announced { .. } | Progress::Asking { .. } => return,
    };
    let Some(order) = state.orders.get(&id) else { return };
    standing.progress = match order.state.stage() {
        Stage::Delivered => Progress::Resting,
        Stage::Refunding | Stage::Refunded => {
            Progress::Asking { occasion, why: Why::NotDelivered, order: None }
        }
        Stage::Cancelled | Stage::Expired => {
            standing.spent.retain(|spent| spent.order != id);
            Progress::Asking { occasion, why: Why::CalledOff, order: None }
        }
        Stage::AwaitingPayment
        | Stage::Paid
        | Stage::Delivering
        | Stage::Unknown
        | Stage::Declined
        | Stage::Reversed => return,
    };
    standing.settled = Some(occasion);
}
