//! How well each channel serves, measured by its own orders of the last thirty days.

use crate::ports::Settings;
use crate::{App, Problem, ProblemCode};
use farline_domain::comparison::{Sample, SampleOutcome, Seller, Service, measure};
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::orders::{Order, Seller as OrderSeller, Stage};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The setting under which the last measurement stands.
const NAME: &str = "channel-service";
/// How far back is measured, in seconds.
const SPAN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// Rows of the journal read in one go.
const ROWS: u32 = 2_000;
/// Orders that are enough to say how well everybody serves.
const MOST_ORDERS: usize = 20_000;
/// Orders read in one go.
const TOGETHER: usize = 500;

/// How well a channel serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelService {
    /// Whose.
    pub seller: Seller,
    /// By what was measured.
    pub service: Service,
    /// When.
    pub measured_at: Instant,
}

/// What was measured last; nothing before the first time.
pub async fn services<S>(store: &S) -> Result<Vec<ChannelService>, Problem>
where
    S: Settings + ?Sized,
{
    let Some(kept) = store.setting(NAME).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&kept).map_err(|error| {
        let mut problem = Problem::of(ProblemCode::Internal);
        problem.cause = Some(error.to_string());
        problem
    })
}

/// Measures every channel and keeps that. Only the rows of the last days are read, however many lines there are.
pub async fn measure_channels(app: &App) -> Result<Vec<ChannelService>, Problem> {
    let now = app.now();
    let mut samples: BTreeMap<Seller, Vec<Sample>> = BTreeMap::new();
    let ids: Vec<OrderId> = recent(app, now).await?.into_iter().collect();
    for together in ids.chunks(TOGETHER) {
        for order in app.store.orders_of(together).await? {
            if let Some(sample) = sample(&order) {
                samples.entry(seller_of(&order)).or_default().push(sample);
            }
        }
    }
    let measured: Vec<ChannelService> = samples
        .into_iter()
        .map(|(seller, samples)| ChannelService {
            seller,
            service: measure(&samples),
            measured_at: now,
        })
        .collect();
    let kept = serde_json::to_string(&measured).unwrap_or_default();
    app.store.put_setting(NAME, &kept).await?;
    Ok(measured)
}

/// The orders for which money moved in the last days.
async fn recent(app: &App, now: Instant) -> Result<BTreeSet<OrderId>, Problem> {
    let (mut ids, mut after) = (BTreeSet::new(), None);
    let span = (now.plus_seconds(-SPAN_SECONDS), now);
    while ids.len() < MOST_ORDERS {
        let movements = app.store.movements(span, after, ROWS).await?;
        let Some(last) = movements.last() else { break };
        after = Some(last.place);
        ids.extend(movements.iter().map(|movement| movement.order));
    }
    Ok(ids)
}

fn seller_of(order: &Order) -> Seller {
    match order.sold_by.as_ref().map(|sold_by| &sold_by.seller) {
        None => Seller::Ourselves,
        Some(OrderSeller::Partner(code)) => Seller::Partner(code.clone()),
        Some(OrderSeller::Shop(code)) => Seller::Shop(code.clone()),
    }
}

/// How an order that was paid ended; none, where it was not paid or is not over.
fn sample(order: &Order) -> Option<Sample> {
    let first = |stage: Stage| order.history.iter().find(|one| one.state == stage);
    let paid = first(Stage::Paid)?.at;
    let after = |at: Instant| u64::try_from(at.millis_since(paid)).unwrap_or(0);
    let outcome = match (first(Stage::Delivered), order.state.stage()) {
        (Some(delivered), _) => SampleOutcome::Delivered(after(delivered.at)),
        (None, Stage::Refunding | Stage::Refunded) => SampleOutcome::NotDelivered,
        (None, _) => return None,
    };
    let refund_ms = first(Stage::Refunding)
        .zip(first(Stage::Refunded))
        .map(|(owed, back)| u64::try_from(back.at.millis_since(owed.at)).unwrap_or(0));
    Some(Sample { outcome, refund_ms })
}
