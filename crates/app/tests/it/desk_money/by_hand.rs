//! Taken by hand, once, by whoever may.

use super::*;
use farline_app::jobs;
use farline_app::payments::{GivingBack, give_back_by_hand};
use farline_app::ports::by_hand::{HandMovement, HandPurpose};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::Money;
use farline_domain::orders::{Stage, TaskKind};
use farline_domain::payments::{ByHand, Capture, ManualReference, PaymentMethod};
use farline_domain::receipts::ReceiptData;
use serde_json::json;

on_both! {
    what_is_taken_pays_the_order_and_stands_on_the_receipt
    a_reference_pays_one_order_whoever_asks_at_once
    whoever_died_in_between_goes_on_and_nobody_else_does
    a_page_that_was_paid_counts_and_frees_the_reference
    what_a_hand_took_a_hand_gives_back
}

async fn what_is_taken_pays_the_order_and_stands_on_the_receipt(world: World) {
    let mut world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let auditor = Person::hired(&world, 2, Role::Auditor).await;
    let order = waiting(&world, 0).await;
    let app = &world.app;
    let wanted = taking(&order, ManualMethod::Interac, "ca 77-x");
    let forbidden = take_by_hand(app, &auditor.acting(), &order, &wanted).await;
    assert_eq!(code(forbidden), ProblemCode::Forbidden);
    let less = Taking { amount: Money { minor: 1, ..wanted.amount }, ..wanted };
    let table = [
        (less, ProblemCode::NotTheTotal),
        (taking(&order, ManualMethod::Interac, " "), ProblemCode::FieldMissing),
        (taking(&order, ManualMethod::Interac, "x"), ProblemCode::ReferenceInvalid),
        (taking(&order, ManualMethod::Interac, "4242424242424242"), ProblemCode::HoldsBankCard),
    ];
    for (taking, expected) in table {
        let found = take_by_hand(app, &agent.acting(), &order, &taking).await;
        assert_eq!(code(found), expected, "{taking:?}");
    }
    let none = json!({ "agent": 1, "senior_agent": 2, "supervisor": 3 });
    world.app.desk = limits(json!({ "manual_payment_limits": none }));
    let above = take_by_hand(&world.app, &agent.acting(), &order, &wanted).await;
    assert_eq!(code(above), ProblemCode::ManualAboveLimit);
    world.app.desk = DeskSettings::default();
    let app = &world.app;
    for _ in 0..2 {
        let paid = take_by_hand(app, &agent.acting(), &order, &wanted).await.unwrap();
        assert_eq!(paid.state.stage(), Stage::Delivered);
        assert_eq!(paid.captures().count(), 1);
    }
    let receipt = app.store.receipt(order.id).await.unwrap().unwrap().receipt;
    let said: ReceiptData = serde_json::from_str(&receipt.canonical).unwrap();
    let found = (said.method, said.payment_reference.as_deref());
    assert_eq!(found, (PaymentMethod::Interac, Some("CA77X")));
    world.work().await;
    world.assert_sound().await;
}

/// Thirty-two agents with the same reference, each for an order of their own.
async fn a_reference_pays_one_order_whoever_asks_at_once(world: World) {
    let world = Arc::new(settled(world));
    let agent = Arc::new(Person::hired(&world, 1, Role::Agent).await);
    let mut asking = tokio::task::JoinSet::new();
    for line in 0..32 {
        let order = waiting(&world, line).await;
        let (app, agent) = (world.app.clone(), Arc::clone(&agent));
        asking.spawn(async move {
            let wanted = taking(&order, ManualMethod::Wechat, "1000 0500 0120 2611 2901");
            take_by_hand(&app, &agent.acting(), &order, &wanted).await
        });
    }
    let mut paid = 0;
    while let Some(answer) = asking.join_next().await {
        match answer.unwrap() {
            Ok(order) => paid += i32::from(order.state.stage() == Stage::Delivered),
            Err(problem) => assert_eq!(problem.code, ProblemCode::ReferenceUsed),
        }
    }
    assert_eq!(paid, 1);
    world.assert_sound().await;
}

async fn whoever_died_in_between_goes_on_and_nobody_else_does(world: World) {
    let world = settled(world);
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let (mine, other) = (waiting(&world, 0).await, waiting(&world, 1).await);
    // Claimed, and no more than that.
    let claimed = HandMovement {
        purpose: HandPurpose::Taken,
        by_hand: ByHand {
            method: ManualMethod::Interac,
            reference: ManualReference::parse("CA77").unwrap(),
        },
        order: mine.id,
        amount: mine.price.total,
        staff: agent.id,
        at: world.app.now(),
    };
    assert!(world.app.store.claim_by_hand(&claimed).await.unwrap());
    let acting = agent.acting();
    let take = |order: Order| {
        let app = world.app.clone();
        async move {
            let wanted = taking(&order, ManualMethod::Interac, "CA77");
            take_by_hand(&app, &acting, &order, &wanted).await
        }
    };
    assert_eq!(code(take(other.clone()).await), ProblemCode::ReferenceUsed);
    assert_eq!(take(mine).await.unwrap().state.stage(), Stage::Delivered);
    assert_eq!(code(take(other).await), ProblemCode::ReferenceUsed);
    world.assert_sound().await;
}

async fn a_page_that_was_paid_counts_and_frees_the_reference(world: World) {
    let mut world = settled(world);
    world.app.providers = Providers::new(Arc::new(Taker), Vec::new());
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let (paid, other) = (waiting(&world, 0).await, waiting(&world, 1).await);
    // The page of this provider is paid as soon as it is there.
    orders::pay_url(&world.app, &paid, Paying::default()).await.unwrap();
    let wanted = taking(&paid, ManualMethod::Interac, "CA77");
    let refused = take_by_hand(&world.app, &agent.acting(), &paid, &wanted).await;
    assert_eq!(code(refused), ProblemCode::WrongState);
    let paid = world.order(&paid).await;
    assert_eq!(paid.capture().map(|capture| capture.provider.as_str()), Some("taker"));
    let wanted = taking(&other, ManualMethod::Interac, "CA77");
    let taken = take_by_hand(&world.app, &agent.acting(), &other, &wanted).await.unwrap();
    assert_eq!(taken.state.stage(), Stage::Delivered);
    world.assert_sound().await;
}

async fn what_a_hand_took_a_hand_gives_back(world: World) {
    let mut world = settled(world);
    world.app.providers = Providers::new(Arc::new(Taker), Vec::new());
    let agent = Person::hired(&world, 1, Role::Agent).await;
    let senior = Person::hired(&world, 2, Role::SeniorAgent).await;
    let order = paid_by_hand(&world, 0, &agent).await;
    let named = order.capture().and_then(Capture::by_hand).unwrap();
    assert_eq!(named.reference.as_str(), order.reference.compact(), "cash without a number");
    let wrong = world.run(&order, LineCommand::WrongNumber(order.id)).await;
    assert_eq!(wrong.task.map(|task| task.kind), Some(TaskKind::RefundByHand));
    world.clock.advance_seconds(7 * 24 * 3600);
    while jobs::run_due(&world.app).await.unwrap() > 0 {}
    assert_eq!(world.order(&order).await.state.stage(), Stage::Refunding, "no provider is asked");
    world.assert_sound().await;
    let giving = |refund, reason| GivingBack {
        refund,
        method: ManualMethod::Interac,
        reference: "CA78",
        reason,
    };
    let (app, order) = (&world.app, world.order(&order).await);
    let table = [
        (&agent, giving(1, "wrong number"), ProblemCode::Forbidden),
        (&senior, giving(2, "wrong number"), ProblemCode::WrongState),
        (&senior, giving(1, " "), ProblemCode::FieldMissing),
        (&senior, giving(1, "to 4242 4242 4242 4242"), ProblemCode::HoldsBankCard),
    ];
    for (person, giving, expected) in table {
        let found = give_back_by_hand(app, &person.acting(), &order, &giving).await;
        assert_eq!(code(found), expected, "{giving:?}");
    }
    for _ in 0..2 {
        let giving = giving(1, "wrong number");
        let given = give_back_by_hand(app, &senior.acting(), &order, &giving).await.unwrap();
        assert_eq!(given.state.stage(), Stage::Refunded);
        assert_eq!(given.task, None);
    }
    // The same transfer does not stand for another refund.
    let second = paid_by_hand(&world, 1, &agent).await;
    let second = world.run(&second, LineCommand::WrongNumber(second.id)).await;
    let again = give_back_by_hand(app, &senior.acting(), &second, &giving(1, "wrong")).await;
    assert_eq!(code(again), ProblemCode::ReferenceUsed);
    world.work().await;
    world.assert_sound().await;
}
