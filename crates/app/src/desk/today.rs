//! The owner's morning: what the day brought, what is owed, and what waits for a person.

use super::Acting;
use crate::payments::by_hand::has;
use crate::ports::by_hand::HandMovement;
use crate::ports::days::Day;
use crate::{App, Problem};
use farline_domain::commands::JobKind;
use farline_domain::kernel::{OrderId, Reference, Zone};
use farline_domain::orders::Order;
use farline_domain::staff::{Deed, RefundRequest};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// At most so many of each are listed; a shop with more reads the day's report.
const MOST: u32 = 500;
/// A job that was tried without success is put off for no longer, in seconds.
const LONGEST_BACK_OFF: i64 = 15 * 60;

/// Money that passed from hand to hand that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandToday {
    /// What.
    pub movement: HandMovement,
    /// The order's reference.
    pub reference: Option<Reference>,
    /// Whether the order knows of it. If not, whoever began has to do it once more.
    pub is_booked: bool,
}

/// The day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// Which, in the business's zone.
    pub date: Date,
    /// That zone.
    pub zone: Zone,
    /// What happened to orders and money.
    pub day: Day,
    /// What passed from hand to hand, in the order of time.
    pub by_hand: Vec<HandToday>,
    /// Orders that wait for a person, soonest deadline first.
    pub tasks: Vec<Order>,
    /// How many jobs were tried and had no answer, by the word of their kind.
    pub unanswered: BTreeMap<&'static str, u64>,
    /// Refunds that wait for a second person, oldest first, each with its order's reference.
    pub requests: Vec<(RefundRequest, Option<Reference>)>,
}

/// Reads the day that a date names, or the present one.
pub async fn today(app: &App, acting: &Acting<'_>, date: Option<Date>) -> Result<Today, Problem> {
    acting.may(Deed::SeeDay)?;
    let (now, zone) = (app.now(), app.desk.zone());
    let date = date.unwrap_or_else(|| now.date_in(&zone));
    let span = (zone.start_of(date), zone.start_of(date.saturating_add(1.day())));
    let day = app.store.day(span).await?;
    let movements = app.store.by_hand_between(span, MOST).await?;
    let tasks = app.store.orders_with_task(MOST).await?;
    let tried = app.store.jobs_tried(now.plus_seconds(LONGEST_BACK_OFF), MOST).await?;
    let requests = app.store.refund_requests_waiting(MOST).await?;
    let mut unanswered: BTreeMap<&'static str, u64> = BTreeMap::new();
    for job in tried.iter().filter(|job| is_unanswered(&job.kind)) {
        *unanswered.entry(job.kind.code()).or_default() += 1;
    }
    let named = movements.iter().map(|movement| movement.order);
    let orders = orders(app, named.chain(requests.iter().map(|request| request.order))).await?;
    let reference = |id: OrderId| orders.get(&id).map(|order| order.reference);
    let by_hand = movements.into_iter().map(|movement| HandToday {
        reference: reference(movement.order),
        is_booked: orders.get(&movement.order).is_some_and(|order| has(order, &movement)),
        movement,
    });
    let by_hand = by_hand.collect();
    let requests = requests.into_iter().filter(|request| request.waits(now));
    let requests = requests.map(|request| (request.clone(), reference(request.order))).collect();
    Ok(Today { date, zone, day, by_hand, tasks, unanswered, requests })
}

async fn orders(
    app: &App,
    ids: impl Iterator<Item = OrderId>,
) -> Result<HashMap<OrderId, Order>, Problem> {
    let mut orders = HashMap::new();
    for id in ids {
        if let std::collections::hash_map::Entry::Vacant(place) = orders.entry(id)
            && let Some(order) = app.store.order(id).await?
        {
            place.insert(order);
        }
    }
    Ok(orders)
}

/// Whether a job that is tried again is one that somebody did not answer. Others ask again by plan: whether an order is paid, how a
/// dispute stands, whether a supplier takes back what it delivered. What a partner does not take has a log of its own.
const fn is_unanswered(kind: &JobKind) -> bool {
    match kind {
        JobKind::AskPayment
        | JobKind::AskDispute(_)
        | JobKind::AskDelivery
        | JobKind::TellSeller(_) => false,
        JobKind::Expire
        | JobKind::Send
        | JobKind::Refund(_)
        | JobKind::AskRefund(_)
        | JobKind::Notice(..)
        | JobKind::RenderReceipt
        | JobKind::Sweep
        | JobKind::Depletion(_)
        | JobKind::Charge
        | JobKind::AutoRenew
        | JobKind::AutoRenewNotice(_)
        | JobKind::CaptureReservation(_)
        | JobKind::ReleaseReservation(_) => true,
    }
}
