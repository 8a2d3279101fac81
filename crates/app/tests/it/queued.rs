//! A plan that waits behind the one that runs, given back by its payer, on both databases: the value, the dates and the
//! money in one, and the confirmation in writing.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::letters::LetterBox;
use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::orders::cancel_queued::{Kept, Standing, standing};
use farline_app::ports::lines::LineView;
use farline_app::ports::notice::NoticeGateway;
use farline_app::{App, ProblemCode, jobs, orders};
use farline_domain::commands::{Actor, LineCommand, RefundAnswer};
use farline_domain::notices::Medium;
use farline_domain::orders::{Order, Stage};
use farline_domain::payments::RefundReason;
use jiff::ToSpan;
use std::sync::Arc;

on_both! {
    what_waits_goes_back_and_that_is_confirmed_in_writing
    what_has_begun_or_is_built_upon_stays
}

async fn bought(world: &World, seed: u64) -> Order {
    let quote = world.try_quote(0, None).await.unwrap();
    let order = world.place(&quote, seed).await.unwrap();
    let order = world.pay(&order, &format!("p{seed}")).await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    order
}

async fn view(world: &World) -> LineView {
    world.app.store.line(line(0).id()).await.unwrap().unwrap()
}

async fn what_waits_goes_back_and_that_is_confirmed_in_writing(world: World) {
    let letters = Arc::new(LetterBox::of(Medium::Email));
    let gateways = vec![letters.clone() as Arc<dyn NoticeGateway>];
    let app = App { gateways, ..world.app.clone() };
    let work = || async { while jobs::run_due(&app).await.unwrap() > 0 {} };
    let before = view(&world).await;
    let order = bought(&world, 1).await;
    work().await;
    letters.empty();
    let starts_on = before.line.dates.expires_on.unwrap().saturating_add(1.day());
    assert_eq!(standing(&app, &order).await.unwrap(), Standing::CanCancel { starts_on });
    // Long after a wrong number could have been reported.
    world.clock.advance_seconds(3 * 24 * 3600);
    let given = orders::cancel_queued(&app, &order, Actor::Guest).await.unwrap();
    assert_eq!(given.state.stage(), Stage::Refunding);
    assert_eq!(given.refunds.len(), 1);
    let refund = &given.refunds[0];
    assert_eq!(refund.reason, RefundReason::CancelledBeforeStart);
    assert_eq!(refund.amount, order.price.total, "in full");
    let after = view(&world).await;
    assert_eq!(after.line.dates, before.line.dates, "the number is as it was");
    assert!(
        after
            .buckets
            .iter()
            .all(|bucket| bucket.order != Some(order.id) || bucket.available().is_zero())
    );
    assert_eq!(orders::cancel_queued(&app, &order, Actor::Guest).await.unwrap(), given, "twice");
    assert_eq!(standing(&app, &given).await.unwrap(), Standing::Begun, "nothing waits any more");
    work().await;
    let letter = letters.take("Your refund is on its way");
    assert!(letter.contains("given back before its first day"), "{letter}");
    // The provider says that it is done; asked once more, nothing is paid a second time.
    let done = RefundAnswer::Done { refund: "r1".to_owned() };
    let back = world.run(&given, LineCommand::RefundAnswered(given.id, 1, done)).await;
    assert_eq!(back.state.stage(), Stage::Refunded);
    assert_eq!(orders::cancel_queued(&app, &back, Actor::Guest).await.unwrap(), back);
    work().await;
    let letter = letters.take("Refunded: card");
    assert!(letter.contains("given back before its first day"), "{letter}");
    world.assert_sound().await;
}

async fn what_has_begun_or_is_built_upon_stays(world: World) {
    let (first, second) = (bought(&world, 1).await, bought(&world, 2).await);
    let app = &world.app;
    let waiting = standing(app, &first).await.unwrap();
    assert!(matches!(waiting, Standing::Kept { why: Kept::BuiltUpon, .. }), "{waiting:?}");
    let problem = orders::cancel_queued(app, &first, Actor::Guest).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanBuiltUpon);
    // What came last goes first; then the one before it can go too.
    orders::cancel_queued(app, &second, Actor::Guest).await.unwrap();
    let waiting = standing(app, &first).await.unwrap();
    assert!(matches!(waiting, Standing::CanCancel { .. }), "{waiting:?}");
    world.clock.advance_seconds(120 * 24 * 3600);
    assert_eq!(standing(app, &first).await.unwrap(), Standing::Begun);
    let kept = view(&world).await;
    let problem = orders::cancel_queued(app, &first, Actor::Guest).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanBegun);
    assert_eq!(view(&world).await.line, kept.line);
    assert_eq!(world.order(&first).await.state.stage(), Stage::Delivered);
    world.assert_sound().await;
}
