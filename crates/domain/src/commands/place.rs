//! Making an order from a quote.

use super::capture::take_in;
use super::effects::JobKind;
use super::state::{LineMark, LineState};
use super::{Answer, Context, Refusal};
use crate::auto_renew::Occasion;
use crate::balance::{EntryKind, Usage, draw_down_order};
use crate::hotline::Assistance;
use crate::kernel::{AllowanceKind, Instant, Language, Money, OrderId, Reference, Units};
use crate::lines::renew;
use crate::orders::{Channel, FrenchTerms, Order, OrderState, Payer, Quote, SoldBy, Stage};
use crate::payments::{Capture, Checkout, KeptMethod, MethodCharge, PaymentMethod};
use crate::subjects::Reserved;

/// How long an order waits for its payment, in seconds.
pub const PAY_WITHIN_SECONDS: i64 = 30 * 60;
/// Seconds after placing at which the provider is first asked whether it was paid.
pub const FIRST_ASK_SECONDS: i64 = 60;

/// How an order is to be paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PayWith {
    /// On a provider's page, which is made when it is asked for.
    #[default]
    Page,
    /// From the line's own credit, at once.
    LineCredit,
    /// With a saved method; the payer is there, or is not.
    Saved(KeptMethod, bool),
    /// To whoever sold it, who has taken the money, or owes it to us.
    Seller(SoldBy),
}

/// Somebody places an order for the payer: what they saw decides whether it is still wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assisted {
    /// Who, and what they told the payer.
    pub assistance: Assistance,
    /// How the line stood when they looked.
    pub seen: LineMark,
}

/// What is needed to make an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOrder {
    /// The id of the new order, minted in the line's cell.
    pub id: OrderId,
    /// Its reference, minted in the line's cell.
    pub reference: Reference,
    /// The quote it is made from.
    pub quote: Quote,
    /// Who pays.
    pub payer: Option<Payer>,
    /// The language of the purchase.
    pub language: Language,
    /// The choice of language of a buyer in Quebec.
    pub french_terms: Option<FrenchTerms>,
    /// By which channel it comes.
    pub channel: Channel,
    /// Who places it for the payer, and how the line stood when they looked.
    pub assisted: Option<Assisted>,
    /// From where it comes, as a keyed digest, where orders left unpaid are counted.
    pub origin: Option<String>,
    /// Whether another period is wanted beside an unfinished renewal.
    pub another_period: bool,
    /// How it is paid.
    pub pay_with: PayWith,
    /// What the line is renewed for, where that happens by itself.
    pub occasion: Option<Occasion>,
    /// What was reserved for it of other subjects. It is captured or released by jobs that the
    /// order's own end promises.
    pub reservations: Vec<Reserved>,
}

pub(super) fn place(
    state: &mut LineState,
    placing: &PlaceOrder,
    context: &Context,
) -> Result<Answer, Refusal> {
    let now = context.now;
    if let Some(order) = state.orders.get(&placing.id) {
        return Ok(Answer::Order(Box::new(order.clone())));
    }
    if !placing.quote.is_valid_at(now) {
        return Err(Refusal::QuoteExpired);
    }
    if !placing.another_period {
        is_the_only_one(state, placing)?;
    }
    let offer = &placing.quote.offer;
    renew(&state.rule, state.line.dates, (offer.validity, offer.start_rule), now)?;
    let until = now.plus_seconds(PAY_WITHIN_SECONDS);
    let mut order = Order {
        id: placing.id,
        reference: placing.reference,
        line: state.line.id,
        quote: placing.quote.id,
        offer: offer.clone(),
        price: placing.quote.price.clone(),
        payer: placing.payer.clone(),
        language: placing.language,
        french_terms: placing.french_terms.clone(),
        channel: placing.channel,
        assistance: placing.assisted.as_ref().map(|assisted| assisted.assistance.clone()),
        sold_by: seller_of(&placing.pay_with),
        origin: placing.origin.clone(),
        another_period: placing.another_period,
        reservations: placing.reservations.clone(),
        checkout: None,
        charge: charge_of(&placing.pay_with),
        occasion: placing.occasion,
        state: OrderState::AwaitingPayment { until },
        attempts: Vec::new(),
        history: Vec::new(),
        refunds: Vec::new(),
        disputes: Vec::new(),
        fees: Vec::new(),
        task: None,
    };
    order.pass(Stage::AwaitingPayment, now);
    let capture = match &placing.pay_with {
        PayWith::LineCredit => Some(pay_from_credit(state, &order, now)?),
        PayWith::Seller(sold_by) => Some(sold_by.capture((order.id, order.price.total), now)),
        // Asked for at once by whoever places it; the job is for when that goes wrong.
        PayWith::Saved(..) => {
            state.promise(JobKind::Charge, Some(placing.id), now);
            None
        }
        PayWith::Page => {
            let first = now.plus_seconds(FIRST_ASK_SECONDS);
            state.promise(JobKind::AskPayment, Some(placing.id), first);
            None
        }
    };
    state.keep_order(order.clone());
    let Some(capture) = capture else {
        state.promise(JobKind::Expire, Some(placing.id), until);
        return Ok(Answer::Order(Box::new(order)));
    };
    take_in(state, placing.id, capture, context)
}

/// Refuses a second renewal of the line that nobody asked for as another period.
fn is_the_only_one(state: &LineState, placing: &PlaceOrder) -> Result<(), Refusal> {
    if state.busy.is_some() {
        return Err(Refusal::RenewalInProgress);
    }
    // Two agents on one card, or an agent and its holder: whoever comes second looks again first.
    let is_stale = |assisted: &Assisted| assisted.seen != state.mark();
    if placing.assisted.as_ref().is_some_and(is_stale) {
        return Err(Refusal::RenewedMeanwhile);
    }
    Ok(())
}

fn charge_of(pay_with: &PayWith) -> Option<MethodCharge> {
    match pay_with {
        PayWith::Page | PayWith::LineCredit | PayWith::Seller(_) => None,
        PayWith::Saved(method, is_payer_there) => Some(MethodCharge {
            method: method.clone(),
            is_payer_there: *is_payer_there,
            attempt: 0,
            asked_at: None,
            declined: None,
        }),
    }
}

fn seller_of(pay_with: &PayWith) -> Option<SoldBy> {
    match pay_with {
        PayWith::Seller(sold_by) => Some(sold_by.clone()),
        PayWith::Page | PayWith::LineCredit | PayWith::Saved(..) => None,
    }
}

/// Draws the price from the line's credit buckets, whole or not at all.
fn pay_from_credit(state: &mut LineState, order: &Order, now: Instant) -> Result<Capture, Refusal> {
    if state.rule.is_frozen_on(state.line.dates, state.rule.today(now)) {
        return Err(Refusal::CreditFrozen);
    }
    state.forfeit(now)?;
    let usage = Usage { kind: AllowanceKind::Credit, zones: None };
    let mut missing = Units::new(order.price.total.minor)?;
    for number in draw_down_order(&state.buckets, &usage, now, &state.rule.zone) {
        let Some(bucket) = state.bucket_mut(number) else {
            continue;
        };
        let taken = bucket.available().min(missing);
        bucket.take(taken)?;
        missing = missing.minus(taken)?;
        if !taken.is_zero() {
            state.enter(number, EntryKind::Use, taken, now);
        }
    }
    if !missing.is_zero() {
        return Err(Refusal::NotEnough);
    }
    Ok(Capture {
        provider: "line_credit".to_owned(),
        payment: order.id.to_string(),
        amount: Money { ..order.price.total },
        method: PaymentMethod::LineCredit,
        at: now,
    })
}

pub(super) fn attach(
    state: &mut LineState,
    id: OrderId,
    checkout: &Checkout,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    // Two requests may both have asked; the provider gave both the same page.
    if order.checkout.is_none() {
        order.checkout = Some(checkout.clone());
        state.keep_order(order.clone());
    }
    Ok(Answer::Order(Box::new(order)))
}
