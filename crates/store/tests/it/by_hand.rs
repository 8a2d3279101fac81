//! Money that passes from hand to hand, refunds that wait for a second person, and the day they are of, as kept.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::by_hand::{HandMovement, HandPurpose};
use farline_app::ports::{Days as _, HandMoney as _, Jobs as _, RefundRequests as _};
use farline_domain::commands::{GivenBack, LineCommand, RefundByHand, TakenByHand};
use farline_domain::kernel::{Money, OrderId, RefundRequestId, StaffId};
use farline_domain::orders::{Order, Stage, TaskKind};
use farline_domain::payments::{ByHand, ManualMethod, ManualReference, RefundTo};
use farline_domain::staff::{Decided, RefundRequest, RequestState};
use farline_testkit::{OWN_BIG, OWN_SMALL, noon};
use std::sync::Arc;

on_every_store! {
    a_reference_names_one_movement
    of_many_who_claim_a_reference_one_has_it
    a_request_is_decided_once
    what_a_hand_took_and_gave_adds_up
    a_day_is_what_its_own_rows_say
}

fn member(number: u64) -> StaffId {
    StaffId::mint(noon(), farline_domain::kernel::Cell::numbered(0), number)
}

pub(crate) fn by_hand(method: ManualMethod, reference: &str) -> ByHand {
    ByHand { method, reference: ManualReference::parse(reference).unwrap() }
}

fn taking(order: OrderId, method: ManualMethod, reference: &str) -> HandMovement {
    HandMovement {
        purpose: HandPurpose::Taken,
        by_hand: by_hand(method, reference),
        order,
        amount: Money::cad(2825),
        staff: member(1),
        at: noon(),
    }
}

fn request(order: &Order) -> RefundRequest {
    RefundRequest {
        id: RefundRequestId::mint(noon(), order.id.cell(), 1),
        order: order.id,
        line: order.line,
        amount: Money::cad(500),
        to: RefundTo::LineCredit,
        reason: "slow for a week".to_owned(),
        asker: member(1),
        asked_at: noon(),
        state: RequestState::Open,
        decided: None,
    }
}

/// Something of both, for those who move house.
pub(crate) async fn claimed<M: StoreMaker>(scene: &Scene<M>, order: &Order) {
    let taken = taking(order.id, ManualMethod::Wechat, "1000 0500 0120 2611 2901");
    assert!(scene.store.claim_by_hand(&taken).await.unwrap());
    scene.store.keep_refund_request(&request(order)).await.unwrap();
}

async fn a_reference_names_one_movement<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (a, b) = (scene.placed(LINES[0], OWN_BIG).await, scene.placed(LINES[1], OWN_BIG).await);
    let store = &scene.store;
    let first = taking(a.id, ManualMethod::Interac, "CA 77");
    let later = HandMovement { at: noon().plus_seconds(5), staff: member(2), ..first.clone() };
    assert!(store.claim_by_hand(&first).await.unwrap());
    assert!(store.claim_by_hand(&later).await.unwrap(), "the same order goes on with it");
    let given = HandMovement { purpose: HandPurpose::Given(1), ..first.clone() };
    let other_method = taking(b.id, ManualMethod::Cash, "CA77");
    for other in [&given, &other_method] {
        assert!(store.claim_by_hand(other).await.unwrap(), "{other:?}");
    }
    let second = HandMovement { purpose: HandPurpose::Given(2), ..first.clone() };
    for taken in [taking(b.id, ManualMethod::Interac, "ca-77"), second] {
        assert!(!store.claim_by_hand(&taken).await.unwrap(), "{taken:?}");
        store.give_up_by_hand(&taken).await.unwrap();
    }
    let day = (noon(), noon().plus_seconds(1));
    let kept = store.by_hand_between(day, 10).await.unwrap();
    assert_eq!(kept.len(), 3);
    assert!(kept.contains(&first), "as it was first: {kept:?}");
    assert_eq!(store.by_hand_between(day, 2).await.unwrap().len(), 2);
    assert_eq!(store.by_hand_between((day.1, day.1.plus_seconds(60)), 9).await.unwrap(), []);
    store.give_up_by_hand(&first).await.unwrap();
    let free = taking(b.id, ManualMethod::Interac, "CA77");
    assert!(store.claim_by_hand(&free).await.unwrap(), "given up");
    scene.assert_sound().await;
}

async fn of_many_who_claim_a_reference_one_has_it<M: StoreMaker>() {
    const CALLERS: u64 = 32;
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(M::open(folder.path()).await);
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..CALLERS {
        let store = Arc::clone(&store);
        asking.spawn(async move {
            let id = OrderId::mint(noon(), LINES[0].id().cell(), number);
            store.claim_by_hand(&taking(id, ManualMethod::Interac, "CA77")).await.unwrap()
        });
    }
    let mut won = 0;
    while let Some(claimed) = asking.join_next().await {
        won += i32::from(claimed.unwrap());
    }
    assert_eq!(won, 1, "of {CALLERS}");
    drop(store);
    M::discard(folder.path());
}

async fn a_request_is_decided_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.paid(LINES[0], OWN_BIG).await;
    let (store, asked) = (&scene.store, request(&order));
    store.keep_refund_request(&asked).await.unwrap();
    store.keep_refund_request(&asked).await.unwrap();
    assert_eq!(store.refund_request(asked.id).await.unwrap().as_ref(), Some(&asked));
    assert_eq!(store.refund_requests_of(order.id).await.unwrap(), std::slice::from_ref(&asked));
    assert_eq!(store.refund_requests_waiting(10).await.unwrap(), std::slice::from_ref(&asked));
    let decided = Some(Decided { by: member(2), at: noon().plus_seconds(60) });
    let agreed = RefundRequest { state: RequestState::Agreed, decided, ..asked.clone() };
    let refused = RefundRequest { state: RequestState::Refused, ..agreed.clone() };
    let (one, other) = tokio::join!(
        store.decide_refund_request(&agreed, RequestState::Open),
        store.decide_refund_request(&refused, RequestState::Open)
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_ne!(one, other, "one of both");
    let expected = if one { agreed.clone() } else { refused };
    assert_eq!(store.refund_request(asked.id).await.unwrap(), Some(expected));
    let done = agreed.ended(RequestState::Done);
    assert_eq!(store.decide_refund_request(&done, RequestState::Agreed).await.unwrap(), one);
    assert_eq!(store.refund_requests_waiting(10).await.unwrap(), []);
}

async fn what_a_hand_took_and_gave_adds_up<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(LINES[0], OWN_BIG).await;
    let cash = by_hand(ManualMethod::Cash, "R17");
    let taken = TakenByHand { by_hand: cash, amount: order.price.total };
    scene.order(LINES[0], LineCommand::TakeByHand(order.id, Box::new(taken))).await;
    let wish = RefundByHand {
        key: "k".to_owned(),
        amount: Some(Money::cad(500)),
        to: RefundTo::Source,
        limit: None,
    };
    let owed = scene.order(LINES[0], LineCommand::Refund(order.id, wish)).await;
    assert_eq!(owed.task.map(|task| task.kind), Some(TaskKind::RefundByHand));
    scene.assert_sound().await;
    let given = GivenBack { refund: 1, by_hand: by_hand(ManualMethod::Interac, "CA78") };
    let given = scene.order(LINES[0], LineCommand::GiveByHand(order.id, Box::new(given))).await;
    assert_eq!(given.task, None);
    scene.assert_sound().await;
    let day = scene.store.day((noon(), noon().plus_seconds(86_400))).await.unwrap();
    let (_, flows) = day.flows.currencies().next().unwrap();
    assert_eq!(flows.taken["by_hand:cash"], order.price.total);
    assert_eq!((flows.given_back, flows.lost), (Money::cad(500), Money::cad(500)));
    assert_eq!(flows.difference().unwrap(), Money::cad(0));
}

async fn a_day_is_what_its_own_rows_say<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (today, tomorrow) = (noon(), noon().plus_seconds(86_400));
    scene.paid(LINES[0], OWN_BIG).await;
    let waiting = scene.placed(LINES[1], OWN_SMALL).await;
    let day = scene.store.day((today, tomorrow)).await.unwrap();
    assert_eq!(day.stages[&Stage::Delivered], 1);
    assert_eq!(day.stages[&Stage::AwaitingPayment], 1);
    scene.wait(86_400);
    scene.order(LINES[1], LineCommand::Cancel(waiting.id)).await;
    let after = (tomorrow, tomorrow.plus_seconds(86_400));
    let day = scene.store.day(after).await.unwrap();
    assert_eq!(day.stages.into_iter().collect::<Vec<_>>(), [(Stage::Cancelled, 1)]);
    assert_eq!(day.flows.currencies().count(), 0);
    // Only what was tried counts, and only what is due by then.
    let now = scene.now.get();
    assert_eq!(scene.store.jobs_tried(now, 10).await.unwrap(), []);
    let job = scene.store.due_jobs(now, 10).await.unwrap().remove(0);
    let later = now.plus_seconds(60);
    assert!(scene.store.put_off_job(&job, later).await.unwrap());
    assert_eq!(scene.store.jobs_tried(now, 10).await.unwrap(), []);
    let tried = scene.store.jobs_tried(later, 10).await.unwrap();
    assert_eq!((tried.len(), tried[0].number, tried[0].attempts), (1, job.number, 1));
}
