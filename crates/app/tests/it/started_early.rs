//! A plan that waits until the data is used up, on both databases: charging uses it up, the worker starts the plan, and there is
//! data again.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::letters::LetterBox;
use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::catalog::offers::gap;
use farline_app::catalog::publish;
use farline_app::charging::{Call, Place, event, sweep};
use farline_app::lines::outlook;
use farline_app::orders::cancel_queued::{Standing, standing};
use farline_app::orders::start_queued::{Started, start_queued, starts_early};
use farline_app::ports::lines::LineView;
use farline_app::ports::notice::NoticeGateway;
use farline_app::ports::pipeline::Envelope;
use farline_app::{App, ProblemCode, jobs, orders};
use farline_domain::catalog::Allowance;
use farline_domain::charging::{ChargingResult, ServiceKind};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::{AllowanceKind, Units};
use farline_domain::lines::{Waits, renew};
use farline_domain::notices::Medium;
use farline_domain::orders::{Order, Stage};
use farline_testkit::{OWN_NEXT, catalogue, next_plan, today};
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::Arc;

const MEGA: i64 = 1_000_000;

on_both! {
    what_waits_starts_as_the_data_is_used_up_and_is_told
    data_that_is_over_starts_it_too_and_data_that_is_left_does_not
    what_is_used_up_already_is_not_waited_for
}

async fn bought(world: &World, seed: u64) -> Order {
    let mut catalogue = catalogue();
    catalogue.plans.insert(next_plan().code, next_plan());
    publish(&world.app, catalogue).await.unwrap();
    let quote = world.quote_of((line(0), OWN_NEXT), None).await.unwrap();
    let order = world.place(&quote, seed).await.unwrap();
    let order = world.pay(&order, &format!("p{seed}")).await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    order
}

async fn view(world: &World) -> LineView {
    world.app.store.line(line(0).id()).await.unwrap().unwrap()
}

/// Uses so many megabytes at one stroke; whether they were there.
async fn uses(world: &World, megabytes: i64) -> bool {
    let call = Call {
        line: line(0).id(),
        session: format!("event-{}-{megabytes}", world.app.now().millis()),
        sequence: 0,
        kind: ServiceKind::Data,
        place: Place::Unknown,
    };
    let answer = event(&world.app, &call, Units::new(megabytes * MEGA).unwrap()).await.unwrap();
    answer.result == ChargingResult::Done
}

fn last(days: i64) -> Date {
    today().saturating_add(days.days())
}

async fn what_waits_starts_as_the_data_is_used_up_and_is_told(world: World) {
    let letters = Arc::new(LetterBox::of(Medium::Email));
    let gateways = vec![letters.clone() as Arc<dyn NoticeGateway>];
    let app = App { gateways, ..world.app.clone() };
    let work = || async { while jobs::run_due(&app).await.unwrap() > 0 {} };
    let before = view(&world).await;
    let order = bought(&world, 1).await;
    work().await;
    let letter = letters.take("Renewed");
    assert!(letter.contains("or as soon as its data is used up"), "{letter}");
    let starts_on = before.line.dates.expires_on.unwrap().saturating_add(1.day());
    assert_eq!(standing(&app, &order).await.unwrap(), Standing::CanCancel { starts_on });
    assert!(starts_early(&app, &view(&world).await, &order).unwrap());
    assert!(uses(&world, 999).await);
    work().await;
    assert_eq!(world.order(&order).await, order, "a megabyte is left");
    world.clock.advance_seconds(3600);
    assert!(uses(&world, 1).await);
    assert!(!uses(&world, 100).await, "until the worker has been there");
    letters.empty();
    work().await;
    let started = world.order(&order).await;
    let delivered = started.delivered().unwrap();
    assert_eq!(delivered.started_early, Some(app.now()));
    assert_eq!((delivered.starts_on, delivered.usable_until), (today(), last(29)));
    let after = view(&world).await;
    assert_eq!(after.line.dates.expires_on, Some(last(29)));
    let moved = after.buckets.iter().filter(|bucket| bucket.order == Some(order.id));
    assert!(moved.clone().count() == 2, "data and messages: {after:?}");
    assert!(moved.clone().all(|bucket| bucket.valid_until == Some(last(29))));
    assert!(moved.clone().all(|bucket| bucket.valid_from == app.now()));
    assert!(uses(&world, 100).await, "there is data again");
    let letter = letters.take("Your next plan has started");
    assert!(letter.replace('\u{a0}', " ").contains("It lasts until December 21, 2026"), "{letter}");
    // It has begun, and nothing of it happens twice.
    assert!(!starts_early(&app, &after, &started).unwrap());
    let again = start_queued(&app, line(0).id(), app.now()).await.unwrap();
    assert_eq!(again, Started::Yes);
    assert_eq!(world.order(&order).await, started);
    let problem = orders::cancel_queued(&app, &started, Actor::Guest).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanBegun);
    world.assert_sound().await;
}

async fn data_that_is_over_starts_it_too_and_data_that_is_left_does_not(world: World) {
    let order = bought(&world, 1).await;
    assert!(uses(&world, 1000).await);
    // Before the worker comes, a little is given that nobody uses.
    let of_plan = next_plan().allowances.remove(0);
    assert_eq!(of_plan.kind, AllowanceKind::Data);
    let allowance = Allowance { units: Units::new(MEGA).unwrap(), ..of_plan };
    let command = LineCommand::Grant { allowance, valid_until: Some(last(1)) };
    let context = Context { now: world.app.now(), actor: Actor::System };
    let envelope = Envelope { line: line(0).id(), key: None, command, context };
    world.app.store.run(envelope).await.unwrap();
    world.work().await;
    assert_eq!(world.order(&order).await, order, "a megabyte is left");
    // With its last day it is gone, and no use will ever say so.
    world.clock.advance_seconds(2 * 24 * 3600);
    let due = world.app.store.lines_to_sweep(world.app.now(), 9).await.unwrap();
    assert_eq!(due, [line(0).id()]);
    sweep(&world.app, due[0]).await.unwrap();
    let started = world.order(&order).await;
    let delivered = started.delivered().unwrap();
    assert_eq!(
        (delivered.started_early, Some(delivered.usable_until)),
        (Some(world.app.now()), Some(last(31)))
    );
    assert!(uses(&world, 100).await);
    world.assert_sound().await;
}

async fn what_is_used_up_already_is_not_waited_for(world: World) {
    assert!(uses(&world, 1000).await);
    world.work().await;
    let order = bought(&world, 1).await;
    let delivered = order.delivered().unwrap();
    assert_eq!((delivered.starts_on, delivered.started_early), (today(), None));
    assert!(uses(&world, 100).await);
    // What is said before: no gap is told, as it does not wait for the day.
    let view = view(&world).await;
    let catalogue = world.app.store.catalogue();
    let operator = &catalogue.operators[&view.line.operator];
    let outlook = outlook(&world.app, &view, &operator.lifecycle).await.unwrap();
    let plan = next_plan();
    let terms = (plan.validity, plan.start_rule);
    let renewal = renew(&operator.lifecycle, view.line.dates, terms, world.app.now()).unwrap();
    assert_eq!(renewal.waits, Waits::ForItsDayOrUsedUp);
    assert_eq!(gap(&plan, &renewal, &outlook), None);
    world.assert_sound().await;
}
