//! Orders that wait for a person: what is known of them, what is done about them, and the day they are of.

use super::*;
use farline_app::desk::today;
use farline_app::orders::{FactKind, Rescue, evidence, rescue};
use farline_domain::commands::{Answered, DeliveryAnswer, LineCommand, Verdict};
use farline_domain::orders::{DeliveryRefusal, Stage};

on_both! {
    a_rescue_wants_a_role_and_a_reason
    the_evidence_says_what_is_known_and_each_look_is_written_down
    the_evidence_names_the_suppliers_that_had_the_order
    the_day_says_what_was_taken_and_what_waits
}

/// Sent to the supplier, which says nothing.
async fn unknown(world: &World) -> Order {
    let order = world.place(&world.supplied_quote(None).await, 1).await.unwrap();
    let order = world.pay(&order, "pay-1").await;
    world.run(&order, LineCommand::Send(order.id)).await;
    let nothing = Answered::first(order.id, DeliveryAnswer::Unknown);
    world.run(&order, LineCommand::DeliveryAnswered(order.id, nothing)).await
}

async fn a_rescue_wants_a_role_and_a_reason(world: World) {
    let world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let senior = Person::hired(&world, 2, Role::SeniorAgent).await;
    let (app, order) = (&world.app, unknown(&world).await);
    let delivered = Rescue::Decide(Verdict::Delivered);
    let table = [
        (&agent, delivered, "the supplier says so", ProblemCode::Forbidden),
        (&senior, delivered, "", ProblemCode::FieldMissing),
        (&senior, delivered, "paid with 4242 4242 4242 4242", ProblemCode::HoldsBankCard),
        (&senior, Rescue::Decide(Verdict::RefundAgain), "once more", ProblemCode::WrongState),
    ];
    for (person, deed, reason, expected) in table {
        let found = rescue(app, &person.acting(), &order, (deed, reason)).await;
        assert_eq!(code(found), expected, "{deed:?} {reason}");
    }
    let done = rescue(app, &senior.acting(), &order, (delivered, "they told me")).await.unwrap();
    assert_eq!(done.state.stage(), Stage::Delivered);
    let again = rescue(app, &senior.acting(), &done, (Rescue::Redeliver, "sure?")).await;
    assert_eq!(code(again), ProblemCode::WrongState, "delivered is delivered");
    for deed in Rescue::ALL {
        assert_eq!(Rescue::parse(deed.code()), Some(deed));
    }
    world.assert_sound().await;
}

async fn the_evidence_says_what_is_known_and_each_look_is_written_down(world: World) {
    let world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let order = unknown(&world).await;
    let before = world.app.store.member(agent.id).await.unwrap().unwrap().head.0;
    let found = evidence(&world.app, &agent.acting(), &order).await.unwrap();
    let after = world.app.store.member(agent.id).await.unwrap().unwrap().head.0;
    assert_eq!(after, before + 1);
    let says = |wanted: &dyn Fn(&FactKind) -> bool| found.facts.iter().any(|it| wanted(&it.what));
    assert!(says(&|what| matches!(what, FactKind::Paid(_))));
    assert!(says(&|what| matches!(what, FactKind::Passed(Stage::Unknown))));
    let sent = format!("dlv-{}", order.id);
    assert!(says(&|what| matches!(what, FactKind::Sent { reference, .. } if *reference == sent)));
    assert!(says(&|what| *what == FactKind::AskedNext));
    assert!(found.facts.is_sorted_by_key(|fact| fact.at));
    let catalogue = Person::hired(&world, 2, Role::Catalogue).await;
    let forbidden = evidence(&world.app, &catalogue.acting(), &order).await;
    assert_eq!(code(forbidden), ProblemCode::Forbidden);
}

async fn the_evidence_names_the_suppliers_that_had_the_order(world: World) {
    let world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let order = world.place(&world.supplied_quote(None).await, 1).await.unwrap();
    let order = world.pay(&order, "pay-1").await;
    world.run(&order, LineCommand::Send(order.id)).await;
    let why = DeliveryRefusal::NetworkUnavailable;
    let mut said = Answered::first(order.id, DeliveryAnswer::Refused(why));
    said.then = Some("further".to_owned());
    let order = world.run(&order, LineCommand::DeliveryAnswered(order.id, said)).await;
    let found = evidence(&world.app, &agent.acting(), &order).await.unwrap();
    let told: Vec<_> = found
        .facts
        .into_iter()
        .map(|fact| fact.what)
        .filter(|what| {
            matches!(what, FactKind::WentTo(_) | FactKind::RefusedBy(..) | FactKind::GoesOn { .. })
        })
        .collect();
    let (supplier, reference) = ("further".to_owned(), format!("dlv-{}-2", order.id));
    let expected = [
        FactKind::WentTo("simulated".to_owned()),
        FactKind::RefusedBy("simulated".to_owned(), why),
        FactKind::GoesOn { supplier, reference },
    ];
    assert_eq!(told, expected);
}

async fn the_day_says_what_was_taken_and_what_waits(world: World) {
    let world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let finance = Person::hired(&world, 2, Role::Finance).await;
    let order = paid_by_hand(&world, 0, &agent).await;
    world.run(&order, LineCommand::WrongNumber(order.id)).await;
    unknown(&world).await;
    waiting(&world, 1).await;
    let day = today(&world.app, &finance.acting(), None).await.unwrap();
    let stages: Vec<_> = day.day.stages.iter().map(|(stage, count)| (*stage, *count)).collect();
    let expected = [(Stage::AwaitingPayment, 1), (Stage::Unknown, 1), (Stage::Refunding, 1)];
    assert_eq!(stages, expected);
    let (_, flows) = day.day.flows.currencies().next().unwrap();
    assert_eq!(flows.taken["by_hand:cash"], order.price.total);
    assert_eq!(flows.difference().unwrap().minor, 0);
    assert_eq!(day.by_hand.len(), 1);
    assert!(day.by_hand[0].is_booked);
    assert_eq!(day.by_hand[0].reference, Some(order.reference));
    let waits: Vec<_> = day.tasks.iter().map(|order| order.reference).collect();
    assert_eq!(waits, [order.reference]);
    let forbidden = today(&world.app, &agent.acting(), None).await;
    assert_eq!(code(forbidden), ProblemCode::Forbidden);
    let yesterday = today(&world.app, &finance.acting(), day.date.yesterday().ok()).await.unwrap();
    assert!(yesterday.day.stages.is_empty());
}
