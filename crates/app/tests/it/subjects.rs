//! The last place of a promotion, from quote to delivered or given back, on both databases: who gets
//! it, what becomes of it, and that no crash in between loses it or gives it twice.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod crashes;
mod promotions;
pub(crate) mod world;

use crate::subjects::world::{LIMITED, World, line, promotion};
use farline_app::ProblemCode;
use farline_app::catalog::publish;
use farline_app::problem::MoneyWord;
use farline_domain::commands::LineCommand;
use farline_domain::kernel::Units;
use farline_domain::orders::Stage;
use farline_domain::subjects::ReservationState;
use farline_testkit::catalogue;

/// Runs a story on every installation.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name(crate::subjects::world::World::sqlite().await).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { super::$name(crate::subjects::world::World::postgres().await).await; })*
        }
    };
}
pub(crate) use on_both;

on_both! {
    the_last_place_goes_to_one
    a_line_has_its_share
    what_is_delivered_is_captured_and_what_ends_is_released
    a_repeated_attempt_makes_one_order_and_holds_one_place
    a_refusal_of_the_line_gives_the_place_back_at_once
    what_is_published_is_told_and_what_is_withdrawn_goes_on_counting
    sixty_four_guests_want_the_last_places
}

async fn the_last_place_goes_to_one(world: World) {
    world.sell(Some(1), None).await;
    let (first, second) = (world.quote(0).await, world.quote(1).await);
    let order = world.place(&first, 1).await.unwrap();
    let problem = world.place(&second, 2).await.unwrap_err();
    assert_eq!((problem.code, problem.money), (ProblemCode::PromotionUsedUp, MoneyWord::No));
    let orders = world.app.store.orders_of_line(line(1).id(), None, 9).await.unwrap();
    assert_eq!(orders, [], "nothing was ordered");
    // Who asks for a price now is told at once; without the code there is one.
    let problem = world.try_quote(2, Some(LIMITED)).await.unwrap_err();
    assert_eq!((problem.code, problem.money), (ProblemCode::PromotionUsedUp, MoneyWord::No));
    assert!(world.try_quote(2, None).await.is_ok());
    assert_eq!(world.figures().await, (0, 1));
    // The place is free again when its order ends, and the price of the second still holds.
    world.run(&order, LineCommand::Cancel(order.id)).await;
    assert_eq!(world.figures().await, (0, 1), "the job is yet to do it");
    world.work().await;
    assert_eq!(world.figures().await, (0, 0));
    assert!(world.place(&second, 3).await.is_ok());
    world.assert_sound().await;
}

async fn a_line_has_its_share(world: World) {
    world.sell(None, Some(1)).await;
    let (first, again, other) = (world.quote(0).await, world.quote(0).await, world.quote(1).await);
    let order = world.place(&first, 1).await.unwrap();
    let problem = world.place(&again, 2).await.unwrap_err();
    assert_eq!((problem.code, problem.money), (ProblemCode::PromotionUsedUp, MoneyWord::No));
    world.place(&other, 3).await.unwrap();
    world.pay(&order, "p1").await;
    world.work().await;
    let problem = world.place(&again, 4).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp, "used is taken too");
    assert_eq!(world.figures().await, (1, 1));
    world.assert_sound().await;
}

async fn what_is_delivered_is_captured_and_what_ends_is_released(world: World) {
    world.sell(Some(5), None).await;
    let mut orders = Vec::new();
    for number in 0..4 {
        let quote = world.quote(number).await;
        orders.push(world.place(&quote, u64::from(number)).await.unwrap());
    }
    assert_eq!(world.figures().await, (0, 4));
    let [delivered, cancelled, unpaid, wrong] = &orders[..] else { panic!("four orders") };
    world.pay(delivered, "p1").await;
    world.run(cancelled, LineCommand::Cancel(cancelled.id)).await;
    world.pay(wrong, "p2").await;
    world.work().await;
    world.assert_sound().await;
    assert_eq!(world.figures().await, (2, 1));
    // The number was wrong: what was delivered is taken back, and the place with it.
    world.run(wrong, LineCommand::WrongNumber(wrong.id)).await;
    world.clock.advance_seconds(31 * 60);
    world.work().await;
    world.work().await;
    assert_eq!(world.figures().await, (1, 0));
    assert_eq!(world.order(unpaid).await.state.stage(), Stage::Expired);
    // Money that comes after the end goes back; the place has gone to whoever wanted it.
    world.pay(unpaid, "late").await;
    world.work().await;
    assert_eq!(world.order(unpaid).await.state.stage(), Stage::Refunding);
    assert_eq!(world.figures().await, (1, 0));
    let states = [
        (delivered, ReservationState::Captured),
        (cancelled, ReservationState::Released),
        (unpaid, ReservationState::Released),
        (wrong, ReservationState::Released),
    ];
    for (order, state) in states {
        let kept = world.app.store.reservation(&order.reservations[0]).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.order), (state, order.id));
    }
    world.assert_sound().await;
}

async fn a_repeated_attempt_makes_one_order_and_holds_one_place(world: World) {
    world.sell(Some(2), None).await;
    let quote = world.quote(0).await;
    let (first, second) = tokio::join!(world.place(&quote, 1), world.place(&quote, 1));
    // Two attempts at the same moment: whoever comes second is given the same order, or told to wait.
    let made = first.clone().or(second.clone()).unwrap();
    for attempt in [first, second] {
        match attempt {
            Ok(order) => assert_eq!(order.id, made.id),
            Err(problem) => assert_eq!(problem.code, ProblemCode::RequestRunning),
        }
    }
    assert_eq!(world.place(&quote, 1).await.unwrap(), made);
    assert_eq!(world.figures().await, (0, 1));
    world.pay(&made, "p1").await;
    world.work().await;
    let again = world.place(&quote, 1).await.unwrap();
    assert_eq!((again.id, again.state.stage()), (made.id, Stage::Delivered));
    assert_eq!(world.figures().await, (1, 0));
    world.assert_sound().await;
}

async fn a_refusal_of_the_line_gives_the_place_back_at_once(world: World) {
    world.sell(Some(1), None).await;
    let supplied = world.supplied_quote(None).await;
    let busy = world.place(&supplied, 1).await.unwrap();
    world.pay(&busy, "p1").await;
    let quote = world.supplied_quote(Some(LIMITED)).await;
    let problem = world.place(&quote, 2).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::RenewalInProgress);
    assert_eq!(world.figures().await, (0, 0));
    // The same attempt again, when the line is free, holds anew.
    world.run(&busy, LineCommand::Cancel(busy.id)).await;
    let order = world.place(&quote, 2).await.unwrap();
    assert_eq!(world.figures().await, (0, 1));
    let held = world.app.store.reservation(&order.reservations[0]).await.unwrap().unwrap();
    assert_eq!(held.state, ReservationState::Held);
    world.assert_sound().await;
}

async fn what_is_published_is_told_and_what_is_withdrawn_goes_on_counting(world: World) {
    world.sell(None, None).await;
    let free = world.quote(0).await;
    world.place(&free, 1).await.unwrap();
    let unknown = world.app.store.subject(&promotion()).await.unwrap();
    assert_eq!(unknown, None, "what is not limited is not counted");
    world.sell(Some(2), None).await;
    let quotes = [world.quote(1).await, world.quote(2).await, world.quote(3).await];
    world.place(&quotes[0], 2).await.unwrap();
    world.sell(Some(1), None).await;
    let problem = world.place(&quotes[1], 3).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    // Withdrawn, the prices that were quoted hold and are counted by the last limit.
    world.sell(Some(2), None).await;
    publish(&world.app, catalogue()).await.unwrap();
    world.place(&quotes[1], 4).await.unwrap();
    let problem = world.place(&quotes[2], 5).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PromotionUsedUp);
    let kept = world.app.store.subject(&promotion()).await.unwrap().unwrap();
    assert_eq!(kept.limits.total, Some(Units::new(2).unwrap()));
    world.assert_sound().await;
}

/// F32: the last voucher. At least one wins, and never more than there are.
async fn sixty_four_guests_want_the_last_places(world: World) {
    const PLACES: usize = 5;
    world.sell(Some(5), Some(1)).await;
    let mut quotes = Vec::new();
    for number in 0..64 {
        quotes.push(world.quote(number).await);
    }
    let world = std::sync::Arc::new(world);
    let guests = (1..).zip(quotes).map(|(seed, quote)| {
        let world = world.clone();
        tokio::spawn(async move { world.place(&quote, seed).await })
    });
    let guests: Vec<_> = guests.collect();
    let mut orders = Vec::new();
    for guest in guests {
        match guest.await.unwrap() {
            Ok(order) => orders.push(order),
            Err(problem) => assert_eq!(problem.code, ProblemCode::PromotionUsedUp),
        }
    }
    assert_eq!(orders.len(), PLACES);
    assert_eq!(world.figures().await, (0, 5));
    for (number, order) in (0..).zip(&orders) {
        world.pay(order, &format!("p{number}")).await;
    }
    world.work().await;
    assert_eq!(world.figures().await, (5, 0));
    world.assert_sound().await;
}
