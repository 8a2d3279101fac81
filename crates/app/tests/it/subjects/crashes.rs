//! Whoever places an order is gone in the middle: the reconciler makes of it what the order says.

use super::on_both;
use super::world::{World, line, promotion, request};
use farline_app::ProblemCode;
use farline_app::orders::place;
use farline_app::subjects::{look_after, reconcile};
use farline_domain::commands::LineCommand;
use farline_domain::subjects::{Reservation, ReservationState};
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

on_both! {
    dropped_between_any_two_steps_nothing_is_lost_or_doubled
    what_was_freed_before_it_was_placed_is_never_placed
    the_reconciler_leaves_a_live_order_alone
    the_reconciler_does_what_a_lost_job_promised
}

/// The reconciler's first look, in seconds after the place was held.
const FIRST_LOOK: u32 = 5 * 60;

/// Lets a future take one step; what it waits for goes on by itself.
async fn step<T>(future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    let polled = future.poll(&mut Context::from_waker(Waker::noop()));
    tokio::time::sleep(Duration::from_millis(4)).await;
    match polled {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

async fn held(world: &World) -> Vec<Reservation> {
    let later = world.app.now().plus_seconds(1_000_000);
    world.app.store.reservations_to_look_at(later, 100).await.unwrap()
}

/// A guest who is gone as soon as a place is held, before the order is placed: however slow the machine is.
async fn gone_once_a_place_is_held(world: &World, number: u32) {
    let quote = world.quote(number).await;
    let held_before = world.figures().await.1;
    let mut placing = pin!(place(&world.app, request(&quote, u64::from(number))));
    while world.figures().await.1 == held_before {
        assert!(step(placing.as_mut()).await.is_none(), "it is placed already");
    }
}

/// Each guest is gone after one step more than the one before.
async fn dropped_between_any_two_steps_nothing_is_lost_or_doubled(world: World) {
    world.sell(Some(50), Some(1)).await;
    let mut finished = 0;
    for steps in 1..=16 {
        let quote = world.quote(steps).await;
        let mut placing = pin!(place(&world.app, request(&quote, u64::from(steps))));
        for _ in 0..steps {
            if step(placing.as_mut()).await.is_some() {
                finished += 1;
                break;
            }
        }
    }
    assert!((1..16).contains(&finished), "{finished}: some are gone too early, some are not");
    tokio::time::sleep(Duration::from_millis(50)).await;
    gone_once_a_place_is_held(&world, 17).await;
    world.assert_sound().await;
    let mut orders = 0;
    for number in 1..=17 {
        let made = world.app.store.orders_of_line(line(number).id(), None, 9).await.unwrap();
        assert!(made.len() <= 1);
        orders += i64::try_from(made.len()).unwrap();
    }
    let (_, reserved) = world.figures().await;
    assert!(reserved > orders, "a place is held for an order that was never made");
    assert_eq!(look_after(&world.app).await.unwrap(), 0, "it is not yet time to look");
    world.clock.advance_seconds(FIRST_LOOK);
    assert_eq!(i64::try_from(look_after(&world.app).await.unwrap()).unwrap(), reserved);
    assert_eq!(world.figures().await, (0, orders), "what is held is held by orders that stand");
    for reservation in held(&world).await {
        let order = world.app.store.order(reservation.order).await.unwrap().unwrap();
        assert_eq!(order.reservations, [reservation.reserved()]);
    }
    assert_eq!(look_after(&world.app).await.unwrap(), 0, "and they are looked at again later");
    world.assert_sound().await;
}

/// The one who places is only slow. The place has gone to somebody else by then.
async fn what_was_freed_before_it_was_placed_is_never_placed(world: World) {
    world.sell(Some(1), None).await;
    let (slow, quick) = (world.quote(0).await, world.quote(1).await);
    let mut placing = pin!(place(&world.app, request(&slow, 1)));
    while world.figures().await.1 == 0 {
        assert!(step(placing.as_mut()).await.is_none(), "it is placed already");
    }
    world.clock.advance_seconds(FIRST_LOOK);
    assert_eq!(look_after(&world.app).await.unwrap(), 1);
    assert_eq!(world.figures().await, (0, 0));
    world.place(&quick, 2).await.unwrap();
    let problem = placing.await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::RequestRunning);
    let orders = world.app.store.orders_of_line(line(0).id(), None, 9).await.unwrap();
    assert_eq!(orders, []);
    assert_eq!(world.figures().await, (0, 1), "never above the limit");
    // Its next attempt hears what is the matter.
    let problem = world.place(&slow, 1).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    world.assert_sound().await;
}

async fn the_reconciler_leaves_a_live_order_alone(world: World) {
    world.sell(Some(2), None).await;
    let quote = world.supplied_quote(Some(super::LIMITED)).await;
    let order = world.place(&quote, 1).await.unwrap();
    let [reservation] = &held(&world).await[..] else { panic!("one is held") };
    for _ in 0..3 {
        reconcile(&world.app, reservation).await.unwrap();
        assert_eq!(world.figures().await, (0, 1), "unpaid, it can be paid");
    }
    world.pay(&order, "p1").await;
    world.run(&order, LineCommand::Send(order.id)).await;
    reconcile(&world.app, reservation).await.unwrap();
    assert_eq!(world.figures().await, (0, 1), "sent, its outcome is not known");
    let kept = world.app.store.reservation(&order.reservations[0]).await.unwrap().unwrap();
    assert_eq!(kept.state, ReservationState::Held);
    assert!(kept.look_at > world.app.now(), "it is looked at again");
    world.assert_sound().await;
}

/// The jobs are struck off without having been done: the reconciler does the same, and a job that comes
/// after it, or twice, changes nothing.
async fn the_reconciler_does_what_a_lost_job_promised(world: World) {
    world.sell(Some(4), None).await;
    let mut orders = Vec::new();
    for number in 0..2 {
        let quote = world.quote(number).await;
        orders.push(world.place(&quote, u64::from(number)).await.unwrap());
    }
    world.pay(&orders[0], "p1").await;
    world.run(&orders[1], LineCommand::Cancel(orders[1].id)).await;
    for reservation in held(&world).await {
        reconcile(&world.app, &reservation).await.unwrap();
        reconcile(&world.app, &reservation).await.unwrap();
    }
    assert_eq!(world.figures().await, (1, 0));
    world.work().await;
    assert_eq!(world.figures().await, (1, 0));
    let subject = world.app.store.subject(&promotion()).await.unwrap().unwrap();
    assert_eq!(subject.entries, 5, "a limit, two held, one captured, one released");
    world.assert_sound().await;
}
