//! What the staff did, as the database counts it.

use crate::by_hand::by_hand;
use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::by_hand::{HandMovement, HandPurpose};
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{
    Deeds as _, HandMoney as _, Hotline as _, LinePipeline as _, RefundRequests as _,
};
use farline_domain::commands::{Actor, Context, LineCommand, RefundByHand, TakenByHand, Verdict};
use farline_domain::hotline::{Call, CallSource, Caller, Proof, Way};
use farline_domain::kernel::{CallId, Cell, Instant, Money, OrderId, RefundRequestId, StaffId};
use farline_domain::orders::Stage;
use farline_domain::payments::{ManualMethod, RefundTo};
use farline_domain::staff::{Decided, Fact, MoneyDeed, RefundRequest, RequestState};
use farline_testkit::{OWN_BIG, OWN_SMALL, SampleLine, noon};

on_every_store! {
    calls_that_are_alike_are_counted_together
    money_is_counted_for_whoever_moved_it
    decisions_are_counted_for_whoever_made_them
}

fn member(number: u64) -> StaffId {
    StaffId::mint(noon(), Cell::numbered(0), number)
}

fn after(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

const HOUR: i64 = 3600;

fn call(line: SampleLine, number: u64, at: Instant) -> Call {
    Call {
        id: CallId::mint(at, line.id().cell(), number),
        source: CallSource::Desk(member(1)),
        line: line.id(),
        caller: Caller::Card,
        started_at: at,
        active_at: at,
        ended_at: None,
        proof: None,
        failures: 0,
        locks: 0,
        order: None,
        connecting_at: None,
    }
}

async fn facts<M: StoreMaker>(scene: &Scene<M>, from: Instant, until: Instant) -> Vec<Fact> {
    scene.store.deeds((from, until)).await.unwrap()
}

async fn calls_that_are_alike_are_counted_together<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let paid = scene.paid(a, OWN_BIG).await;
    let waiting = scene.placed(b, OWN_SMALL).await;
    let proof = Some(Proof { way: Way::Pin, at: noon() });
    let alike = |line: SampleLine, number, order: OrderId, seconds| {
        let begun = call(line, number, noon());
        let ended_at = Some(after(seconds));
        Call { proof, ended_at, order: Some(order), failures: 1, ..begun }
    };
    for call in [
        alike(a, 1, paid.id, 60),
        alike(a, 2, paid.id, 64),
        alike(b, 3, waiting.id, 60),
        Call { locks: 2, ..call(a, 4, noon()) },
        Call { source: CallSource::Robot, ..call(b, 5, after(HOUR - 1)) },
        // Not of this hour.
        call(a, 6, after(-1)),
        call(a, 7, after(HOUR)),
    ] {
        scene.store.keep_call(&call).await.unwrap();
    }
    let found = facts(&scene, noon(), after(HOUR)).await;
    let of = |by, way, steps, order, (count, failures, locks)| Fact::Calls {
        by,
        way,
        steps,
        order,
        count,
        failures,
        locks,
    };
    let desk = CallSource::Desk(member(1));
    let expected = [
        of(desk, Some(Way::Pin), Some(12), Some(Stage::Delivered), (2, 2, 0)),
        of(desk, Some(Way::Pin), Some(12), Some(Stage::AwaitingPayment), (1, 1, 0)),
        of(desk, None, None, None, (1, 0, 2)),
        of(CallSource::Robot, None, None, None, (1, 0, 0)),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for fact in expected {
        assert!(found.contains(&fact), "{fact:?} is not among {found:#?}");
    }
    assert_eq!(facts(&scene, after(2 * HOUR), after(3 * HOUR)).await, []);
}

async fn money_is_counted_for_whoever_moved_it<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.paid(LINES[0], OWN_BIG).await;
    let moved = |reference: &str, purpose, staff| HandMovement {
        purpose,
        by_hand: by_hand(ManualMethod::Interac, reference),
        order: order.id,
        amount: Money::cad(1000),
        staff: member(staff),
        at: noon(),
    };
    for movement in [
        moved("CA1", HandPurpose::Taken, 1),
        moved("CA2", HandPurpose::Taken, 1),
        moved("CA3", HandPurpose::Given(1), 1),
        moved("CA4", HandPurpose::Taken, 2),
    ] {
        assert!(scene.store.claim_by_hand(&movement).await.unwrap());
    }
    let request = |number, state, decided| RefundRequest {
        id: RefundRequestId::mint(noon(), order.id.cell(), number),
        order: order.id,
        line: order.line,
        amount: Money::cad(9000),
        to: RefundTo::Source,
        reason: "slow for a week".to_owned(),
        asker: member(1),
        asked_at: noon(),
        state,
        decided,
    };
    // Decided about an hour later, and so another time's.
    let decided = Some(Decided { by: member(2), at: after(HOUR) });
    for (number, state) in
        [(1, RequestState::Done), (2, RequestState::Agreed), (3, RequestState::Refused)]
    {
        let open = request(number, RequestState::Open, None);
        scene.store.keep_refund_request(&open).await.unwrap();
        let ended = request(number, state, decided);
        assert!(scene.store.decide_refund_request(&ended, RequestState::Open).await.unwrap());
    }
    let of = |by, deed, count, minor| Fact::Money {
        by: member(by),
        deed,
        count,
        sum: Money::cad(minor),
    };
    let found = facts(&scene, noon(), after(HOUR)).await;
    let expected = [
        of(1, MoneyDeed::Took, 2, 2000),
        of(1, MoneyDeed::Gave, 1, 1000),
        of(2, MoneyDeed::Took, 1, 1000),
        of(1, MoneyDeed::Asked, 3, 27_000),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for fact in expected {
        assert!(found.contains(&fact), "{fact:?} is not among {found:#?}");
    }
    let later = facts(&scene, after(HOUR), after(2 * HOUR)).await;
    assert_eq!(later, [of(2, MoneyDeed::Agreed, 2, 18_000)]);
}

async fn run<M: StoreMaker>(scene: &Scene<M>, line: SampleLine, command: LineCommand, by: StaffId) {
    let actor = Actor::Staff(by, Some("they told me".to_owned()));
    let context = Context { now: scene.now.get(), actor };
    let envelope = Envelope { line: line.id(), key: None, command, context };
    let outcome = scene.store.run(envelope).await.unwrap();
    assert!(matches!(outcome, Outcome::Answered(_)), "{outcome:?}");
}

/// An order that was paid in cash, and whose refund waits for somebody's hand.
async fn to_be_given_back<M: StoreMaker>(scene: &Scene<M>, line: SampleLine) -> OrderId {
    let order = scene.placed(line, OWN_BIG).await;
    let cash = by_hand(ManualMethod::Cash, "R17");
    let taken = TakenByHand { by_hand: cash, amount: order.price.total };
    scene.order(line, LineCommand::TakeByHand(order.id, Box::new(taken))).await;
    let wish = RefundByHand {
        key: "k".to_owned(),
        amount: Some(Money::cad(500)),
        to: RefundTo::Source,
        limit: None,
    };
    scene.order(line, LineCommand::Refund(order.id, wish)).await;
    order.id
}

async fn decisions_are_counted_for_whoever_made_them<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let order = scene.paid(a, OWN_BIG).await;
    let alone = |key: &str, minor| {
        let amount = Some(Money::cad(minor));
        let limit = Some(Money::cad(5000));
        let wish = RefundByHand { key: key.to_owned(), amount, to: RefundTo::LineCredit, limit };
        LineCommand::Refund(order.id, wish)
    };
    run(&scene, a, alone("k1", 100), member(1)).await;
    scene.wait(1);
    run(&scene, a, alone("k2", 200), member(2)).await;
    scene.wait(1);
    // What a second person agreed to is nobody's alone.
    let wish = RefundByHand {
        key: "k3".to_owned(),
        amount: Some(Money::cad(300)),
        to: RefundTo::LineCredit,
        limit: None,
    };
    run(&scene, a, LineCommand::Refund(order.id, wish), member(2)).await;
    let waits = to_be_given_back(&scene, b).await;
    let counted = scene.store.waiting_orders().await.unwrap();
    let credit = LineCommand::Resolve(waits, Verdict::RefundAsCredit);
    run(&scene, b, credit, member(2)).await;
    let found = facts(&scene, noon(), after(HOUR)).await;
    let refunded = |by, minor| Fact::Money {
        by: member(by),
        deed: MoneyDeed::Refunded,
        count: 1,
        sum: Money::cad(minor),
    };
    let decided = Fact::Decided { by: member(2), count: 1 };
    assert_eq!(counted, 1);
    assert_eq!(scene.store.waiting_orders().await.unwrap(), 0);
    assert_eq!(found.len(), 3, "{found:#?}");
    for fact in [refunded(1, 100), refunded(2, 200), decided] {
        assert!(found.contains(&fact), "{fact:?} is not among {found:#?}");
    }
}
