//! What every store has to keep of the line pipeline.

use crate::scene::{LINES, Scene, StoreMaker, end, event, granted, request, start, units, update};
use farline_app::ports::charging::DepletionRecord;
use farline_app::ports::pipeline::Outcome;
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Charging, Jobs, LinePipeline, Lines, Orders};
use farline_domain::balance::DepletionMark;
use farline_domain::charging::{ChargingRefusal, ChargingResult, ChargingStep};
use farline_domain::commands::{
    Answer, DeliveryAnswer, HeldChoice, JobKind, LineCommand, RefundAnswer, Refusal, Verdict,
};
use farline_domain::kernel::{AllowanceKind, Cells, CommandKey, Money, Units};
use farline_domain::orders::{DeliveryRefusal, OrderState, Stage};
use farline_store::Database;
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, SampleLine, grant_data, today};
use jiff::civil::date;

const A: SampleLine = LINES[0];
const B: SampleLine = LINES[1];
const SUPPLIED_LINE: SampleLine = LINES[2];

on_every_store! {
    a_paid_order_is_delivered_on_the_own_network
    a_repeated_capture_has_one_effect
    an_altered_amount_goes_back
    a_late_capture_goes_back
    a_second_payment_is_held_until_the_payer_chooses
    a_held_payment_blocks_on_when_the_first_renewal_ended
    a_cancellation_and_a_capture_race_to_one_ending
    a_refund_goes_pending_done_and_may_come_back
    an_unknown_outcome_is_asked_again_until_it_is_known
    a_refusal_of_the_supplier_goes_back
    sessions_hold_use_give_back_and_are_swept
    a_request_of_a_session_takes_effect_once
    what_goes_beyond_the_balance_is_kept
    what_exceeds_every_number_stays_at_the_greatest
    a_hold_is_swept_by_the_job_it_promised
    a_depletion_is_noted_once_per_mark
    silent_sessions_are_forgotten_and_stay_unknown
    a_wrong_number_is_taken_back
    a_key_takes_effect_once
    what_belongs_to_another_line_is_not_found
    a_reference_or_id_that_is_taken_is_refused_to_its_caller_only
    everything_is_there_after_opening_again
    an_order_is_found_in_every_way
    jobs_come_one_per_line_in_their_order
    demonstration_dates_move_and_the_chains_hold
}

async fn a_paid_order_is_delivered_on_the_own_network<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    assert_eq!(order.state.stage(), Stage::AwaitingPayment);
    let order = scene.order(A, scene.capture(&order, "p1")).await;
    let OrderState::Delivered { delivered, .. } = &order.state else { panic!("{order:?}") };
    assert_eq!(delivered.usable_until, date(2026, 12, 30));
    assert_eq!(scene.store.order(order.id).await.unwrap().as_ref(), Some(&order));
    let view = scene.store.line(A.id()).await.unwrap().unwrap();
    assert_eq!(view.line.dates.expires_on, Some(date(2026, 12, 30)));
    assert_eq!(view.buckets.len(), 3);
    assert!(!view.renewal_in_progress);
    let receipt = scene.store.receipt(order.id).await.unwrap().unwrap();
    assert_eq!(receipt.pdf, None);
    let first = scene.store.keep_pdf(order.id, vec![1, 2, 3]).await.unwrap();
    let second = scene.store.keep_pdf(order.id, vec![9]).await.unwrap();
    assert_eq!((first, second), (vec![1, 2, 3], vec![1, 2, 3]));
    scene.assert_sound().await;
}

async fn a_repeated_capture_has_one_effect<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    let capture = scene.capture(&order, "p1");
    let first = scene.order(A, capture.clone()).await;
    let again = scene.order(A, capture).await;
    assert_eq!(first, again);
    assert_eq!(scene.store.line(A.id()).await.unwrap().unwrap().buckets.len(), 3);
    // Another payment of the same order is not a repetition: it goes back.
    let twice = scene.order(A, scene.capture(&order, "p2")).await;
    assert_eq!((twice.state.stage(), twice.refunds.len()), (Stage::Delivered, 1));
    scene.assert_sound().await;
}

async fn an_altered_amount_goes_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    let order = scene.order(A, scene.capture_of(&order, ("p1", Money::cad(1)))).await;
    assert_eq!(order.state.stage(), Stage::Refunding);
    assert_eq!(order.refunds[0].amount, Money::cad(1));
    assert!(scene.store.receipt(order.id).await.unwrap().is_none());
    scene.assert_sound().await;
}

async fn a_late_capture_goes_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    scene.wait(31 * 60);
    let order = scene.order(A, LineCommand::Expire(order.id)).await;
    assert_eq!(order.state.stage(), Stage::Expired);
    let order = scene.order(A, scene.capture(&order, "late")).await;
    assert_eq!(order.state.stage(), Stage::Refunding);
    scene.assert_sound().await;
}

async fn a_second_payment_is_held_until_the_payer_chooses<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let first = scene.placed(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    let second = scene.placed(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    let first = scene.order(SUPPLIED_LINE, scene.capture(&first, "p1")).await;
    let second = scene.order(SUPPLIED_LINE, scene.capture(&second, "p2")).await;
    assert_eq!(first.state.stage(), Stage::Delivering);
    assert_eq!(second.state.stage(), Stage::Paid);
    assert!(scene.store.line(SUPPLIED_LINE.id()).await.unwrap().unwrap().renewal_in_progress);
    let tasks = scene.store.orders_with_task(10).await.unwrap();
    assert_eq!(tasks.iter().map(|order| order.id).collect::<Vec<_>>(), [second.id]);
    let third = scene.refused(SUPPLIED_LINE, scene.place(SUPPLIED_LINE, SUPPLIED_MONTH)).await;
    assert_eq!(third, Refusal::RenewalInProgress);
    scene.assert_sound().await;
    let add = LineCommand::ChooseHeld(second.id, HeldChoice::AddPeriod);
    assert_eq!(scene.order(SUPPLIED_LINE, add).await.state.stage(), Stage::Delivering);
    for order in [first.id, second.id] {
        scene.order(SUPPLIED_LINE, LineCommand::Send(order)).await;
        let done = DeliveryAnswer::Delivered { supplier_reference: None };
        scene.answered(SUPPLIED_LINE, order, done).await;
        scene.assert_sound().await;
    }
    assert!(!scene.store.line(SUPPLIED_LINE.id()).await.unwrap().unwrap().renewal_in_progress);
    assert_eq!(scene.store.orders_with_task(10).await.unwrap().len(), 0);
}

async fn a_held_payment_blocks_on_when_the_first_renewal_ended<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let first = scene.placed(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    let second = scene.placed(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    for (order, payment) in [(&first, "p1"), (&second, "p2")] {
        scene.order(SUPPLIED_LINE, scene.capture(order, payment)).await;
    }
    scene.order(SUPPLIED_LINE, LineCommand::Send(first.id)).await;
    let done = DeliveryAnswer::Delivered { supplier_reference: None };
    scene.answered(SUPPLIED_LINE, first.id, done).await;
    assert!(scene.store.line(SUPPLIED_LINE.id()).await.unwrap().unwrap().renewal_in_progress);
    scene.assert_sound().await;
    let third = scene.refused(SUPPLIED_LINE, scene.place(SUPPLIED_LINE, SUPPLIED_MONTH)).await;
    assert_eq!(third, Refusal::RenewalInProgress);
}

async fn a_cancellation_and_a_capture_race_to_one_ending<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    let cancel = scene.run(SUPPLIED_LINE, LineCommand::Cancel(order.id));
    let capture = scene.run(SUPPLIED_LINE, scene.capture(&order, "p1"));
    let (cancelled, captured) = tokio::join!(cancel, capture);
    assert!(matches!(cancelled, Outcome::Answered(_)), "{cancelled:?}");
    assert!(matches!(captured, Outcome::Answered(_)), "{captured:?}");
    let order = scene.store.order(order.id).await.unwrap().unwrap();
    assert_eq!((order.state.stage(), order.refunds.len()), (Stage::Refunding, 1));
    let sent = scene.order(SUPPLIED_LINE, LineCommand::Send(order.id)).await;
    assert_eq!(sent.state.stage(), Stage::Refunding);
    scene.assert_sound().await;
}

async fn a_refund_goes_pending_done_and_may_come_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    scene.order(A, LineCommand::Cancel(order.id)).await;
    let order = scene.order(A, scene.capture(&order, "p1")).await;
    let said = |answer| LineCommand::RefundAnswered(order.id, 1, answer);
    let refund = || "r1".to_owned();
    scene.order(A, said(RefundAnswer::Pending { refund: refund() })).await;
    scene.assert_sound().await;
    let done = scene.order(A, said(RefundAnswer::Done { refund: refund() })).await;
    assert_eq!(done.state.stage(), Stage::Refunded);
    scene.assert_sound().await;
    let back = scene.order(A, said(RefundAnswer::Failed { reason: "closed".to_owned() })).await;
    assert_eq!(back.state.stage(), Stage::Refunding);
    assert_eq!(scene.store.orders_with_task(10).await.unwrap().len(), 1);
    scene.assert_sound().await;
    scene.order(A, LineCommand::Resolve(order.id, Verdict::RefundAgain)).await;
    let done = scene.order(A, said(RefundAnswer::Done { refund: refund() })).await;
    assert_eq!(done.state.stage(), Stage::Refunded);
    scene.assert_sound().await;
}

async fn an_unknown_outcome_is_asked_again_until_it_is_known<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let line = SUPPLIED_LINE;
    let order = scene.paid(line, SUPPLIED_MONTH).await;
    scene.order(line, LineCommand::Send(order.id)).await;
    assert_eq!(scene.refused(line, LineCommand::Cancel(order.id)).await, Refusal::AlreadySent);
    let mut order = scene.answered(line, order.id, DeliveryAnswer::Unknown).await;
    let mut asked = 0;
    while let OrderState::Unknown { sending, .. } = &order.state
        && let Some(next) = sending.next_ask_at
    {
        scene.now.set(next);
        order = scene.answered(line, order.id, DeliveryAnswer::Unknown).await;
        asked += 1;
    }
    assert_eq!((order.state.stage(), asked), (Stage::Unknown, 28));
    assert_eq!(scene.store.orders_with_task(10).await.unwrap().len(), 1);
    scene.assert_sound().await;
    let order = scene.order(line, LineCommand::Resolve(order.id, Verdict::Delivered)).await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    scene.assert_sound().await;
    let reversed = scene.answered(line, order.id, DeliveryAnswer::Reversed).await;
    assert_eq!(reversed.state.stage(), Stage::Refunding);
    scene.assert_sound().await;
}

async fn a_refusal_of_the_supplier_goes_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.paid(SUPPLIED_LINE, SUPPLIED_MONTH).await;
    scene.order(SUPPLIED_LINE, LineCommand::Send(order.id)).await;
    let refusal = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    let order = scene.answered(SUPPLIED_LINE, order.id, refusal).await;
    assert_eq!(order.state.stage(), Stage::Refunding);
    assert!(!scene.store.line(SUPPLIED_LINE.id()).await.unwrap().unwrap().renewal_in_progress);
    scene.assert_sound().await;
}

async fn sessions_hold_use_give_back_and_are_swept<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let giga = 1_000_000_000;
    assert_eq!(granted(scene.charge(A, ("s1", start(giga / 2))).await), (giga / 2, giga / 2));
    assert_eq!(granted(scene.charge(A, ("s2", start(giga))).await), (giga / 2, 0));
    let refused = scene.charge(A, ("s3", start(1))).await;
    assert_eq!(refused.result, ChargingResult::Refused(ChargingRefusal::CreditLimitReached));
    assert_eq!(scene.store.charging_session(A.id(), "s3").await.unwrap(), None);
    scene.assert_sound().await;
    assert_eq!(granted(scene.charge(A, ("s1", update(100, 50))).await), (50, giga / 2 - 150));
    scene.charge(A, ("s2", end(0))).await;
    let event = scene.answer(A, event("e1", 900)).await;
    assert_eq!((event.debited.count(), event.left.count()), (900, giga - 1050));
    let days = scene.store.usage(A.id(), today(), today()).await.unwrap();
    assert_eq!(days.len(), 1);
    assert_eq!((days[0].kind, days[0].units.count()), (AllowanceKind::Data, 1000));
    // The quota's validity is over, and the time for a last report too.
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 10).await.unwrap(), []);
    scene.wait(3660);
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 10).await.unwrap(), [A.id()]);
    scene.run(A, LineCommand::Sweep).await;
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 10).await.unwrap(), []);
    scene.assert_sound().await;
    // On the ninth day the buckets of all three lines are over.
    scene.wait(9 * 86_400);
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 10).await.unwrap().len(), 3);
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 2).await.unwrap().len(), 2);
    scene.run(A, LineCommand::Sweep).await;
    assert_eq!(scene.store.lines_to_sweep(scene.now.get(), 10).await.unwrap().len(), 2);
    let buckets = scene.store.line(A.id()).await.unwrap().unwrap().buckets;
    assert_eq!(buckets[0].remaining().count(), 0);
    scene.assert_sound().await;
}

async fn a_request_of_a_session_takes_effect_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let first = scene.answer(A, request(("s", 0), start(500))).await;
    let update = request(("s", 1), update(300, 500));
    // Together in one batch, and later in another.
    let both = tokio::join!(scene.answer(A, update.clone()), scene.answer(A, update.clone()));
    assert_eq!(both.0, both.1);
    let folder = scene.close();
    let scene = Scene::<M>::reopened(folder).await;
    assert_eq!(scene.answer(A, update).await, both.0);
    let stale = scene.answer(A, request(("s", 0), start(500))).await;
    assert_eq!(stale.result, ChargingResult::Refused(ChargingRefusal::Superseded));
    assert_ne!(stale, first);
    scene.answer(A, request(("s", 2), end(200))).await;
    for octets in [70, 70] {
        let late = scene.answer(A, request(("s", 3), end(octets))).await;
        assert_eq!(late.result, ChargingResult::Refused(ChargingRefusal::SessionEnded));
    }
    let session = scene.store.charging_session(A.id(), "s").await.unwrap().unwrap();
    let figures = [session.used, session.overrun, session.refused].map(Units::count);
    assert_eq!((figures, session.has_ended()), ([500, 0, 70], true));
    let days = scene.store.uncharged(A.id(), today(), today()).await.unwrap();
    assert_eq!((days.len(), days[0].refused.count()), (1, 70));
    // The same name on another line is another session.
    granted(scene.answer(B, request(("s", 0), start(5))).await);
    scene.assert_sound().await;
}

async fn what_goes_beyond_the_balance_is_kept<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let giga = 1_000_000_000;
    granted(scene.charge(A, ("s", start(giga))).await);
    let ended = scene.charge(A, ("s", end(giga + 77))).await;
    assert_eq!((ended.debited.count(), ended.overrun.count()), (giga, 77));
    scene.wait(86_400);
    granted(scene.charge(B, ("s", start(giga))).await);
    scene.charge(B, ("s", end(giga + 5))).await;
    let days = scene.store.uncharged(A.id(), today(), today()).await.unwrap();
    assert_eq!((days.len(), days[0].overrun.count(), days[0].refused.count()), (1, 77, 0));
    assert_eq!(scene.store.uncharged(B.id(), today(), today()).await.unwrap(), []);
    let used = scene.store.usage(A.id(), today(), today()).await.unwrap();
    assert_eq!(used[0].units.count(), giga);
    scene.assert_sound().await;
}

async fn what_exceeds_every_number_stays_at_the_greatest<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    for session in ["one", "two"] {
        granted(scene.charge(A, (session, start(5))).await);
    }
    for session in ["one", "two"] {
        scene.charge(A, (session, end(i64::MAX))).await;
    }
    let days = scene.store.uncharged(A.id(), today(), today()).await.unwrap();
    assert_eq!(days[0].overrun.count(), i64::MAX);
    scene.assert_sound().await;
}

async fn a_hold_is_swept_by_the_job_it_promised<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    granted(scene.charge(A, ("s", start(500))).await);
    scene.wait(1800);
    granted(scene.charge(A, ("s", update(100, 500))).await);
    let until = scene.now.get().plus_seconds(3660);
    // The first sweep finds a later hold and promises the next.
    for wait in [1859, 1, 1799, 1] {
        scene.wait(wait);
        scene.work_on(A).await;
        scene.assert_sound().await;
    }
    assert_eq!(scene.now.get(), until);
    assert_eq!(scene.store.next_due().await.unwrap(), None);
    let bucket = &scene.store.line(A.id()).await.unwrap().unwrap().buckets[0];
    assert_eq!((bucket.reserved.count(), bucket.used.count()), (0, 1_000_000_100));
    // It comes back: what it used is debited, and it holds again.
    granted(scene.charge(A, ("s", update(200, 500))).await);
    assert_eq!(scene.store.next_due().await.unwrap(), Some(until.plus_seconds(3660)));
    scene.assert_sound().await;
}

async fn a_depletion_is_noted_once_per_mark<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let at = scene.now.get();
    // Half of the 2 GB is used; three quarters are passed now, the rest in one go.
    scene.answer(A, event("e1", 600_000_000)).await;
    scene.wait(60);
    let last = request(("e2", 0), ChargingStep::Event { units: units(400_000_000) });
    scene.answer(A, last.clone()).await;
    scene.answer(A, last).await;
    for _ in 0..5 {
        scene.work_on(A).await;
    }
    let noted = scene.store.depletions(A.id()).await.unwrap();
    let found: Vec<_> =
        noted.iter().map(|it| (it.bucket, it.mark, it.left.count(), it.at)).collect();
    let later = at.plus_seconds(60);
    let expected = [
        (1, DepletionMark::ThreeQuarters, 400_000_000, at),
        (1, DepletionMark::NineTenths, 0, later),
        (1, DepletionMark::UsedUp, 0, later),
    ];
    assert_eq!(found, expected);
    for record in &noted {
        let again = DepletionRecord { at: later.plus_seconds(9), ..*record };
        scene.store.note_depletion(&again).await.unwrap();
    }
    assert_eq!(scene.store.depletions(A.id()).await.unwrap(), noted);
    assert_eq!(scene.store.depletions(B.id()).await.unwrap(), []);
    scene.assert_sound().await;
}

async fn silent_sessions_are_forgotten_and_stay_unknown<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    granted(scene.charge(A, ("old", start(500))).await);
    scene.charge(A, ("old", end(100))).await;
    granted(scene.charge(A, ("holds", start(500))).await);
    scene.wait(2 * 86_400);
    granted(scene.charge(A, ("new", start(500))).await);
    let tomorrow = today().tomorrow().unwrap();
    assert_eq!(scene.store.forget_sessions(Cells::ALL, today()).await.unwrap(), 0);
    // What still holds something is kept until it is swept.
    assert_eq!(scene.store.forget_sessions(Cells::ALL, tomorrow).await.unwrap(), 1);
    scene.assert_sound().await;
    let late = scene.answer(A, request(("old", 9), end(100))).await;
    assert_eq!(late.result, ChargingResult::Refused(ChargingRefusal::UnknownSession));
    assert!(scene.store.charging_session(A.id(), "new").await.unwrap().is_some());
    scene.run(A, LineCommand::Sweep).await;
    assert_eq!(scene.store.forget_sessions(Cells::ALL, tomorrow).await.unwrap(), 1);
    scene.assert_sound().await;
}

async fn a_wrong_number_is_taken_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let before = scene.store.line(A.id()).await.unwrap().unwrap();
    let order = scene.paid(A, OWN_BIG).await;
    let order = scene.order(A, LineCommand::WrongNumber(order.id)).await;
    assert_eq!(order.state.stage(), Stage::Refunding);
    let after = scene.store.line(A.id()).await.unwrap().unwrap();
    assert_eq!(after.line, before.line);
    scene.assert_sound().await;
    // Once something of it is used, a person looks into it.
    let order = scene.paid(B, OWN_SMALL).await;
    scene.answer(B, event("e", 1_500_000_000)).await;
    let order = scene.order(B, LineCommand::WrongNumber(order.id)).await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    assert!(order.task.is_some());
    scene.assert_sound().await;
}

async fn a_key_takes_effect_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let key = |word| Some(CommandKey::of(&["test", word]));
    let grant = grant_data(10);
    let (first, second) = tokio::join!(
        scene.keyed(A.id(), key("one"), grant.clone()),
        scene.keyed(A.id(), key("one"), grant.clone()),
    );
    assert_eq!(first, Outcome::Answered(Answer::Done));
    assert_eq!(second, Outcome::Repeated);
    assert_eq!(scene.keyed(A.id(), key("one"), grant.clone()).await, Outcome::Repeated);
    assert!(matches!(scene.keyed(B.id(), key("one"), grant).await, Outcome::Answered(_)));
    // A refusal leaves the key free.
    let nothing = LineCommand::Cancel(scene.placed(B, OWN_BIG).await.id);
    let refused = scene.keyed(A.id(), key("two"), nothing).await;
    assert_eq!(refused, Outcome::Refused(Refusal::NoSuchOrder));
    let granted = scene.keyed(A.id(), key("two"), grant_data(5)).await;
    assert_eq!(granted, Outcome::Answered(Answer::Done));
    let buckets = scene.store.line(A.id()).await.unwrap().unwrap().buckets;
    let sizes: Vec<_> = buckets.iter().map(|bucket| bucket.granted.count()).collect();
    assert_eq!(sizes[1..], [10, 5]);
    scene.assert_sound().await;
}

async fn what_belongs_to_another_line_is_not_found<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.placed(A, OWN_BIG).await;
    assert_eq!(scene.refused(B, LineCommand::Cancel(order.id)).await, Refusal::NoSuchOrder);
    let nobody = SampleLine { operator: A.operator, index: 99 };
    assert_eq!(scene.run(nobody, LineCommand::Sweep).await, Outcome::NoSuchLine);
    assert!(scene.store.line(nobody.id()).await.unwrap().is_none());
    assert!(scene.store.orders_of_line(B.id(), None, 10).await.unwrap().is_empty());
    scene.assert_sound().await;
}

async fn a_reference_or_id_that_is_taken_is_refused_to_its_caller_only<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let first = scene.placed(A, OWN_BIG).await;
    let LineCommand::Place(mut placing) = scene.place(A, OWN_BIG) else { panic!() };
    placing.reference = first.reference;
    let taken = farline_app::ports::pipeline::Envelope {
        line: A.id(),
        key: None,
        command: LineCommand::Place(placing),
        context: farline_domain::commands::Context {
            now: scene.now.get(),
            actor: farline_domain::commands::Actor::Guest,
        },
    };
    let (taken, granted) = tokio::join!(scene.store.run(taken), scene.run(A, grant_data(1)));
    assert!(taken.is_err(), "{taken:?}");
    assert_eq!(granted, Outcome::Answered(Answer::Done));
    scene.assert_sound().await;
}

async fn everything_is_there_after_opening_again<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let order = scene.paid(A, OWN_BIG).await;
    scene.charge(A, ("s1", start(77))).await;
    let session = scene.store.charging_session(A.id(), "s1").await.unwrap();
    assert!(session.is_some());
    let view = scene.store.line(A.id()).await.unwrap();
    let folder = scene.close();
    let store = M::open(folder.path()).await;
    assert_eq!(store.order(order.id).await.unwrap(), Some(order));
    assert_eq!(store.line(A.id()).await.unwrap(), view);
    assert_eq!(store.charging_session(A.id(), "s1").await.unwrap(), session);
    assert_eq!(store.violations().await.unwrap(), []);
}

async fn an_order_is_found_in_every_way<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let account = farline_domain::kernel::AccountId::mint(scene.now.get(), A.id().cell(), 5);
    let mut orders = Vec::new();
    for line in [A, B, A] {
        scene.wait(1);
        let LineCommand::Place(mut placing) = scene.place(line, OWN_BIG) else { panic!() };
        if let Some(payer) = &mut placing.payer {
            payer.account = Some(account);
        }
        orders.push(scene.order(line, LineCommand::Place(placing)).await);
    }
    let [first, second, third] = &orders[..] else { panic!() };
    let by_reference = scene.store.order_by_reference(&second.reference).await.unwrap();
    assert_eq!(by_reference.as_ref(), Some(second));
    let of_line = scene.store.orders_of_line(A.id(), None, 10).await.unwrap();
    assert_eq!(of_line, [third.clone(), first.clone()]);
    let older = scene.store.orders_of_line(A.id(), Some(third.id), 10).await.unwrap();
    assert_eq!(older, std::slice::from_ref(first));
    let of_account = scene.store.orders_of_account(account, None, 2).await.unwrap();
    assert_eq!(of_account, [third.clone(), second.clone()]);
    let rest = scene.store.orders_of_account(account, Some(second.id), 2).await.unwrap();
    assert_eq!(rest, std::slice::from_ref(first));
    scene.assert_sound().await;
}

async fn jobs_come_one_per_line_in_their_order<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    assert_eq!(scene.store.next_due().await.unwrap(), None);
    let paid = scene.paid(A, OWN_BIG).await;
    scene.wait(1);
    scene.paid(B, OWN_BIG).await;
    let due = scene.store.due_jobs(scene.now.get(), 10).await.unwrap();
    let found: Vec<_> = due.iter().map(|job| (job.line, job.number, job.kind.clone())).collect();
    assert_eq!(found, [(A.id(), 3, JobKind::RenderReceipt), (B.id(), 3, JobKind::RenderReceipt)]);
    assert_eq!((due[0].order, due[0].attempts), (Some(paid.id), 0));
    assert!(scene.store.finish_job(&due[0]).await.unwrap());
    assert!(!scene.store.finish_job(&due[0]).await.unwrap());
    let later = scene.now.get().plus_seconds(30);
    assert!(scene.store.put_off_job(&due[1], later).await.unwrap());
    let due = scene.store.due_jobs(scene.now.get(), 10).await.unwrap();
    assert_eq!(due.iter().map(|job| job.number).collect::<Vec<_>>(), [4, 4]);
    assert_eq!(scene.store.due_jobs(scene.now.get(), 1).await.unwrap().len(), 1);
    // What was put off fell due after the rest.
    let figures = |job: &StoredJob| (job.line == B.id(), job.number, job.attempts);
    for number in [4, 5] {
        let due = scene.store.due_jobs(later, 10).await.unwrap();
        let found: Vec<_> = due.iter().map(figures).collect();
        assert_eq!(found, [(false, number, 0), (true, number, 0)]);
        for job in &due {
            assert!(scene.store.finish_job(job).await.unwrap());
        }
    }
    let due = scene.store.due_jobs(later, 10).await.unwrap();
    assert_eq!(due.iter().map(figures).collect::<Vec<_>>(), [(true, 3, 1)]);
    assert_eq!(due[0].due, later);
}

async fn demonstration_dates_move_and_the_chains_hold<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    scene.answer(A, event("e1", 10)).await;
    scene.wait(86_400);
    scene.answer(A, event("e2", 20)).await;
    assert_eq!(scene.store.move_demonstration_dates(1).await.unwrap(), 3);
    let view = scene.store.line(A.id()).await.unwrap().unwrap();
    assert_eq!(view.line.dates.expires_on, Some(date(2026, 12, 1)));
    assert_eq!(view.buckets[0].valid_until, Some(date(2026, 12, 1)));
    let days = scene.store.usage(A.id(), date(2026, 1, 1), date(2027, 1, 1)).await.unwrap();
    let days: Vec<_> = days.iter().map(|day| (day.date, day.units.count())).collect();
    assert_eq!(days, [(date(2026, 11, 23), 10), (date(2026, 11, 24), 20)]);
    scene.answer(A, event("e3", 30)).await;
    scene.assert_sound().await;
}
