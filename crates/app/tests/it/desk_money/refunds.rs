//! Given back alone up to a limit, and with a second person above it.

use super::*;
use farline_app::orders::{RefundWish, Refunded, approve_refund, refund_by_staff, refuse_refund};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::Money;
use farline_domain::orders::Stage;
use farline_domain::payments::RefundTo;
use farline_domain::staff::{RefundRequest, RequestState};
use serde_json::json;

on_both! {
    above_the_limit_a_second_person_agrees
    one_person_alone_says_so_in_the_audit
    what_has_changed_meanwhile_is_not_given_back
    two_who_agree_at_once_make_one_refund
}

const fn wish(cents: i64) -> RefundWish<'static> {
    let amount = Some(Money::cad(cents));
    RefundWish { amount, to: RefundTo::LineCredit, reason: "slow for a week", key: None }
}

async fn delivered(world: &World) -> Order {
    let order = waiting(world, 0).await;
    let order = world.pay(&order, "pay-1").await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    order
}

/// An agent may give back $5, and asks for more.
async fn asked(world: &mut World, agent: &Person, order: &Order) -> RefundRequest {
    let refunds = json!({ "agent": 5, "senior_agent": 20, "supervisor": 100 });
    world.app.desk = limits(json!({ "refund_limits": refunds }));
    match refund_by_staff(&world.app, &agent.acting(), order, &wish(700)).await.unwrap() {
        Refunded::Waits(request) => *request,
        Refunded::Owed(order) => panic!("{order:?}"),
    }
}

async fn above_the_limit_a_second_person_agrees(world: World) {
    let mut world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let senior = Person::hired(&world, 2, Role::SeniorAgent).await;
    let finance = Person::hired(&world, 3, Role::Finance).await;
    let catalogue = Person::hired(&world, 4, Role::Catalogue).await;
    let order = delivered(&world).await;
    let request = asked(&mut world, &agent, &order).await;
    let app = &world.app;
    let again = refund_by_staff(app, &agent.acting(), &order, &wish(700)).await.unwrap();
    assert_eq!(again, Refunded::Waits(Box::new(request.clone())), "the same wish is one request");
    let forbidden = refund_by_staff(app, &catalogue.acting(), &order, &wish(1)).await;
    assert_eq!(code(forbidden), ProblemCode::Forbidden);
    let too_much = refund_by_staff(app, &agent.acting(), &order, &wish(999_999)).await;
    assert_eq!(code(too_much), ProblemCode::RefundTooLarge);
    assert_eq!(world.order(&order).await.refunds, [], "nothing is owed yet");
    let own = approve_refund(app, &agent.acting(), request.id).await;
    assert_eq!(code(own), ProblemCode::Forbidden);
    let not_enough = approve_refund(app, &senior.acting(), request.id).await;
    assert_eq!(code(not_enough), ProblemCode::Forbidden);
    let agreed = approve_refund(app, &finance.acting(), request.id).await.unwrap();
    assert_eq!(agreed.refunds.len(), 1);
    assert_eq!(agreed.refunds[0].amount, Money::cad(700));
    assert_eq!(
        code(approve_refund(app, &finance.acting(), request.id).await),
        ProblemCode::RequestDecided
    );
    assert_eq!(
        code(refuse_refund(app, &finance.acting(), request.id).await),
        ProblemCode::RequestDecided
    );
    // What was agreed to counts towards nobody's limit.
    let within = refund_by_staff(app, &agent.acting(), &order, &wish(500)).await.unwrap();
    assert!(matches!(within, Refunded::Owed(_)), "{within:?}");
    let beyond = refund_by_staff(app, &agent.acting(), &order, &wish(1)).await.unwrap();
    let Refunded::Waits(beyond) = beyond else { panic!("{beyond:?}") };
    let no = refuse_refund(app, &finance.acting(), beyond.id).await.unwrap();
    assert_eq!(no.state, RequestState::Refused);
    assert_eq!(
        code(approve_refund(app, &finance.acting(), beyond.id).await),
        ProblemCode::RequestDecided
    );
    world.work().await;
    world.assert_sound().await;
}

async fn one_person_alone_says_so_in_the_audit(world: World) {
    let mut world = settled(world);
    let owner = Person::hired(&world, 1, Role::Supervisor).await;
    let order = delivered(&world).await;
    let low = json!({ "agent": 1, "senior_agent": 2, "supervisor": 3 });
    world.app.desk = limits(json!({ "refund_limits": low }));
    let asked = refund_by_staff(&world.app, &owner.acting(), &order, &wish(700)).await.unwrap();
    let Refunded::Waits(request) = asked else { panic!("{asked:?}") };
    let own = approve_refund(&world.app, &owner.acting(), request.id).await;
    assert_eq!(code(own), ProblemCode::OwnRequest);
    world.app.desk = limits(json!({ "refund_limits": low, "second_person": "waived" }));
    let owed = approve_refund(&world.app, &owner.acting(), request.id).await.unwrap();
    assert_eq!(owed.refunds.len(), 1);
    let kept = world.app.store.refund_request(request.id).await.unwrap().unwrap();
    assert_eq!(kept.state, RequestState::Done);
    assert_eq!(kept.decided.map(|decided| decided.by), Some(owner.id));
}

async fn what_has_changed_meanwhile_is_not_given_back(world: World) {
    let mut world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let supervisor = Person::hired(&world, 2, Role::Supervisor).await;
    let order = delivered(&world).await;
    let request = asked(&mut world, &agent, &order).await;
    world.run(&order, LineCommand::WrongNumber(order.id)).await;
    let refused = approve_refund(&world.app, &supervisor.acting(), request.id).await;
    assert_eq!(code(refused), ProblemCode::OrderChanged);
    let kept = world.app.store.refund_request(request.id).await.unwrap().unwrap();
    assert_eq!(kept.state, RequestState::Overtaken);
    assert_eq!(world.order(&order).await.refunds.len(), 1, "that of the wrong number alone");
    // Seven days later a request is over.
    let mut later = request.clone();
    later.id = farline_domain::kernel::RefundRequestId::mint(world.app.now(), order.id.cell(), 9);
    world.app.store.keep_refund_request(&later).await.unwrap();
    world.clock.advance_seconds(7 * 24 * 3600);
    let lapsed = approve_refund(&world.app, &supervisor.acting(), later.id).await;
    assert_eq!(code(lapsed), ProblemCode::RequestLapsed);
}

async fn two_who_agree_at_once_make_one_refund(world: World) {
    let mut world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let one = Person::hired(&world, 2, Role::Supervisor).await;
    let other = Person::hired(&world, 3, Role::Finance).await;
    let order = delivered(&world).await;
    let request = asked(&mut world, &agent, &order).await;
    let (first, second) = (one.acting(), other.acting());
    let answers = tokio::join!(
        approve_refund(&world.app, &first, request.id),
        approve_refund(&world.app, &second, request.id)
    );
    assert!(answers.0.is_ok() || answers.1.is_ok(), "{answers:?}");
    let order = world.order(&order).await;
    assert_eq!(order.refunds.len(), 1);
    let kept = world.app.store.refund_request(request.id).await.unwrap().unwrap();
    assert_eq!(kept.state, RequestState::Done);
    world.assert_sound().await;
}
