//! Two thousand payments, half of them on each database, at a provider behind a wire that fails before, during and after: every
//! payment ends delivered or given back, once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod wire;
mod world;

use farline_domain::orders::{Order, OrderState, Stage};
use std::collections::BTreeMap;
use world::{Paid, World};

/// How many on each database, with how many at a time.
const PAYMENTS: u64 = 1_000;
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_payments_come_to_rest_in_sqlite() {
    come_to_rest(World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_payments_come_to_rest_in_postgresql() {
    come_to_rest(World::postgres().await).await;
}

async fn come_to_rest(world: World) {
    let orders = world.renew(PAYMENTS, AT_ONCE).await;
    world.let_two_days_pass().await;
    let mut ends: BTreeMap<&str, u64> = BTreeMap::new();
    for id in &orders {
        let order = world.order(*id).await;
        let paid = world.truth(*id).await;
        judge(&order, &paid);
        *ends.entry(order.state.stage().code()).or_default() += 1;
    }
    world.assert_sound().await;
    // It is only worth something if all of it happened.
    for (stage, least) in [("delivered", 500), ("refunded", 60), ("expired", 40)] {
        let found = ends.get(stage).copied().unwrap_or_default();
        assert!(found >= least, "{found} orders ended {stage}: {ends:?}");
    }
    assert!(world.faults() > 1_000, "{} faults", world.faults());
}

/// What the provider has of an order is what the order says of itself.
fn judge(order: &Order, paid: &Paid) {
    match &order.state {
        OrderState::Delivered { capture, .. } => {
            assert_eq!(capture.amount, order.price.total, "{order:?}");
            assert_eq!(paid.taken - paid.given_back, capture.amount.minor, "{order:?} {paid:?}");
        }
        OrderState::Refunded { .. } => {
            assert!(paid.taken > 0, "nothing was taken: {order:?}");
            assert_eq!(paid.given_back, paid.taken, "{order:?} {paid:?}");
        }
        // A refund that the provider could not make is owed, and a person's.
        OrderState::Refunding { .. } => {
            assert!(paid.taken > 0 && order.task.is_some(), "{order:?} {paid:?}");
            assert_eq!(paid.given_back, 0, "{order:?} {paid:?}");
        }
        OrderState::Expired { .. } | OrderState::Cancelled { .. } => {
            assert_eq!(paid.taken, paid.given_back, "{order:?} {paid:?}");
        }
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Delivering { .. }
        | OrderState::Unknown { .. } => panic!("it has not come to rest: {order:?}"),
    }
    let once = order.history.iter().filter(|passed| passed.state == Stage::Delivered).count();
    assert!(once <= 1, "delivered twice: {order:?}");
}
