//! What every store keeps of subjects.

use super::{
    ask, assert_counted, figures, limiting, limits, named, placing_key, promotion, reserving, told,
};
use crate::scene::{LINES, Postgres, Scene, StoreMaker, units};
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::subjects::SubjectEnvelope;
use farline_app::ports::{Jobs, LinePipeline, Orders, Subjects};
use farline_domain::commands::{Actor, Context, JobKind, LineCommand};
use farline_domain::kernel::{Cell, OrderId, ReservationId};
use farline_domain::subjects::{Holder, ReservationState, SubjectCommand, SubjectRefusal, Tally};
use farline_store::{Database, PostgresStore};
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, noon};

on_every_store! {
    a_subject_is_kept_as_it_was_decided
    an_order_holds_once_and_settling_twice_is_once
    a_refusal_changes_nothing
    a_limit_is_lowered_and_lifted
    what_is_not_in_its_place_is_refused
    what_is_held_is_looked_at_when_its_time_comes
    a_placing_whose_key_is_used_up_makes_no_order
    the_end_of_an_order_promises_a_job_in_the_same_commit
}

fn order(number: u64) -> OrderId {
    OrderId::mint(noon(), LINES[0].id().cell(), number)
}

async fn a_subject_is_kept_as_it_was_decided<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (subject, line) = (promotion(), LINES[0].id());
    assert_eq!(scene.store.subject(&subject).await.unwrap(), None);
    let of = limits(Some(3), Some(2));
    let held = told(scene.ask(reserving(&subject, (order(1), line), 1, of)).await);
    let other = told(scene.ask(reserving(&subject, (order(2), line), 2, of)).await);
    scene.wait(5);
    let captured = told(scene.ask(SubjectCommand::Capture(held.id)).await);
    assert_eq!(captured.settled_at, Some(noon().plus_seconds(5)));
    let before = scene.store.subject(&subject).await.unwrap().unwrap();
    assert_eq!((before.limits, before.entries), (of, 5), "two limits, two holds, a capture");
    let share = Tally { used: units(1), reserved: units(1), ceiling: Some(units(2)) };
    assert_counted(&scene.store).await;
    let folder = scene.close();
    let scene = Scene::<M>::reopened(folder).await;
    assert_eq!(scene.store.subject(&subject).await.unwrap(), Some(before));
    assert_eq!(scene.store.share(&subject, &Holder::from(line)).await.unwrap(), share);
    let nobody = Holder("nobody".to_owned());
    assert_eq!(scene.store.share(&subject, &nobody).await.unwrap(), Tally::default());
    for kept in [captured, other] {
        assert_eq!(scene.store.reservation(&kept.reserved()).await.unwrap(), Some(kept));
    }
    assert_eq!(told(scene.ask(SubjectCommand::Release(held.id)).await).units, units(1));
    assert_eq!(figures(&scene.store, &subject).await, (0, 1));
    assert_counted(&scene.store).await;
}

async fn an_order_holds_once_and_settling_twice_is_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (subject, of) = (promotion(), (order(1), LINES[0].id()));
    let limits = limits(Some(5), Some(5));
    let held = told(scene.ask(reserving(&subject, of, 1, limits)).await);
    assert_eq!(told(scene.ask(reserving(&subject, of, 1, limits)).await), held);
    assert_eq!(told(scene.ask(reserving(&subject, of, 2, limits)).await), held, "another attempt");
    let steps = [
        (SubjectCommand::Capture(held.id), ReservationState::Captured, (1, 0)),
        (SubjectCommand::Capture(held.id), ReservationState::Captured, (1, 0)),
        (SubjectCommand::Release(held.id), ReservationState::Released, (0, 0)),
        (SubjectCommand::Capture(held.id), ReservationState::Released, (0, 0)),
        (SubjectCommand::Release(held.id), ReservationState::Released, (0, 0)),
        (SubjectCommand::Capture(held.id), ReservationState::Released, (0, 0)),
    ];
    for (command, state, expected) in steps {
        assert_eq!(told(scene.ask(command).await).state, state);
        assert_eq!(figures(&scene.store, &subject).await, expected);
    }
    // What was given back is held anew under another attempt, never under the same.
    let again = told(scene.ask(reserving(&subject, of, 1, limits)).await);
    assert_eq!(again.state, ReservationState::Released);
    let anew = told(scene.ask(reserving(&subject, of, 3, limits)).await);
    assert_eq!((anew.state, anew.placing), (ReservationState::Held, placing_key(3)));
    assert_counted(&scene.store).await;
}

async fn a_refusal_changes_nothing<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (subject, line) = (promotion(), LINES[0].id());
    let none = limits(Some(0), None);
    let refused = scene.ask(reserving(&subject, (order(1), line), 1, none)).await;
    assert_eq!(refused, Err(SubjectRefusal::UsedUp));
    assert_eq!(scene.store.subject(&subject).await.unwrap(), None);
    let one_each = limits(Some(2), Some(1));
    told(scene.ask(reserving(&subject, (order(1), line), 1, one_each)).await);
    let before = scene.store.subject(&subject).await.unwrap();
    let refused = scene.ask(reserving(&subject, (order(2), line), 2, one_each)).await;
    assert_eq!(refused, Err(SubjectRefusal::ShareUsedUp));
    let unknown = ReservationId::mint(noon(), subject.cell(), 99);
    for command in [SubjectCommand::Capture(unknown), SubjectCommand::Release(unknown)] {
        assert_eq!(scene.ask(command).await, Err(SubjectRefusal::NoSuchReservation));
    }
    assert_eq!(scene.store.subject(&subject).await.unwrap(), before);
    told(scene.ask(reserving(&subject, (order(2), LINES[1].id()), 2, one_each)).await);
    let third = scene.ask(reserving(&subject, (order(3), LINES[2].id()), 3, one_each)).await;
    assert_eq!(third, Err(SubjectRefusal::UsedUp));
    scene.assert_sound().await;
}

async fn a_limit_is_lowered_and_lifted<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (subject, line) = (promotion(), LINES[0].id());
    scene.ask(limiting(limits(Some(2), None))).await.unwrap();
    for number in [1, 2] {
        told(
            scene.ask(reserving(&subject, (order(number), line), number, limits(None, None))).await,
        );
    }
    // What is taken stays; its ceiling sinks as it goes back.
    scene.ask(limiting(limits(Some(1), Some(1)))).await.unwrap();
    let first = ReservationId::mint(noon(), subject.cell(), 1);
    for ceiling in [2, 1] {
        let found = scene.store.subject(&subject).await.unwrap().unwrap();
        assert_eq!(found.whole.ceiling, Some(units(ceiling)));
        let refused = scene.ask(reserving(&subject, (order(3), line), 3, limits(None, None))).await;
        assert_eq!(refused, Err(SubjectRefusal::UsedUp));
        scene.assert_sound().await;
        scene.ask(SubjectCommand::Release(first)).await.unwrap();
    }
    scene.ask(limiting(limits(None, None))).await.unwrap();
    told(scene.ask(reserving(&subject, (order(3), line), 3, limits(Some(0), None))).await);
    scene.assert_sound().await;
}

async fn what_is_not_in_its_place_is_refused<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let subject = promotion();
    let SubjectCommand::Reserve(mut wanted) =
        reserving(&subject, (order(1), LINES[0].id()), 1, limits(None, None))
    else {
        panic!("no reserving")
    };
    let elsewhere = Cell::numbered(subject.cell().number() + 1);
    wanted.id = ReservationId::mint(noon(), elsewhere, 1);
    let command = SubjectCommand::Reserve(wanted);
    let context = Context { now: noon(), actor: Actor::System };
    let envelope = SubjectEnvelope { subject: subject.clone(), command, context };
    assert!(scene.store.run_on_subject(envelope).await.is_err());
    assert_eq!(scene.store.subject(&subject).await.unwrap(), None);
    scene.assert_sound().await;
}

async fn what_is_held_is_looked_at_when_its_time_comes<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (subject, line) = (promotion(), LINES[0].id());
    let held = |number| reserving(&subject, (order(number), line), number, limits(None, None));
    let (first, second) = (told(scene.ask(held(1)).await), told(scene.ask(held(2)).await));
    let other = named("another");
    let third = reserving(&other, (order(3), line), 3, limits(None, None));
    let third = told(ask(&scene.store, &other, third, noon()).await);
    let at = |seconds| noon().plus_seconds(seconds);
    let due = async |now, limit| {
        let found = scene.store.reservations_to_look_at(now, limit).await.unwrap();
        found.into_iter().map(|found| found.id).collect::<Vec<_>>()
    };
    assert_eq!(due(at(299), 10).await, []);
    assert_eq!(due(at(300), 10).await.len(), 3);
    scene.store.look_again(&first.reserved(), at(900)).await.unwrap();
    scene.store.look_again(&third.reserved(), at(600)).await.unwrap();
    assert_eq!(due(at(300), 10).await, [second.id]);
    assert_eq!(
        due(at(900), 10).await,
        [second.id, third.id, first.id],
        "the longest waiting first"
    );
    assert_eq!(due(at(900), 1).await, [second.id]);
    scene.ask(SubjectCommand::Capture(second.id)).await.unwrap();
    scene.ask(SubjectCommand::Release(first.id)).await.unwrap();
    assert_eq!(due(at(900), 10).await, [third.id], "what is settled is not held");
    assert_eq!(scene.store.reservation(&third.reserved()).await.unwrap().unwrap().look_at, at(600));
}

/// The fence on which the reconciler stands: under a key one command of a line takes effect, be it
/// the placing or what came before it, also after a restart.
async fn a_placing_whose_key_is_used_up_makes_no_order<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [line, other, _] = LINES;
    let (placing, held) = scene.holding(line, OWN_BIG).await;
    let (made, made_held) = scene.holding(other, OWN_BIG).await;
    let order = made.id;
    let place = |placing| LineCommand::Place(Box::new(placing));
    let answered = scene.keyed(other.id(), Some(made_held.placing), place(made.clone())).await;
    assert!(matches!(answered, Outcome::Answered(_)));
    let used_up = scene.keyed(line.id(), Some(held.placing), LineCommand::Sweep).await;
    assert!(matches!(used_up, Outcome::Answered(_)), "{used_up:?}");
    let folder = scene.close();
    let scene = Scene::<M>::reopened(folder).await;
    let id = placing.id;
    let late = scene.keyed(line.id(), Some(held.placing), place(placing)).await;
    assert_eq!(late, Outcome::Repeated);
    assert_eq!(scene.store.order(id).await.unwrap(), None);
    let late = scene.keyed(other.id(), Some(made_held.placing), LineCommand::Sweep).await;
    assert_eq!(late, Outcome::Repeated);
    assert!(scene.store.order(order).await.unwrap().is_some());
    scene.ask(SubjectCommand::Release(held.id)).await.unwrap();
    scene.assert_sound().await;
}

async fn the_end_of_an_order_promises_a_job_in_the_same_commit<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [line, other, supplied] = LINES;
    let delivered = scene.placed_holding(line, OWN_BIG).await;
    let cancelled = scene.placed_holding(other, OWN_SMALL).await;
    let waiting = scene.placed_holding(supplied, SUPPLIED_MONTH).await;
    assert_eq!(figures(&scene.store, &promotion()).await, (0, 3));
    scene.order(line, scene.capture(&delivered, "p1")).await;
    scene.order(other, LineCommand::Cancel(cancelled.id)).await;
    // Between the line's commit and the subject's the job is what knows.
    assert_eq!(figures(&scene.store, &promotion()).await, (0, 3));
    scene.assert_sound().await;
    let folder = scene.close();
    let scene = Scene::<M>::reopened(folder).await;
    scene.wait(60 * 60);
    let mut settled = 0;
    loop {
        let due = scene.store.due_jobs(scene.now.get(), 50).await.unwrap();
        if due.is_empty() {
            break;
        }
        for job in due {
            let of_order = job.order;
            match &job.kind {
                kind @ JobKind::CaptureReservation(reserved) => {
                    assert_eq!(of_order, Some(delivered.id));
                    assert!(delivered.reservations.contains(reserved));
                    scene.settle(kind).await;
                    settled += 1;
                }
                kind @ JobKind::ReleaseReservation(reserved) => {
                    assert_eq!(of_order, Some(cancelled.id));
                    assert!(cancelled.reservations.contains(reserved));
                    scene.settle(kind).await;
                    settled += 1;
                }
                JobKind::Expire | JobKind::AskPayment if of_order == Some(waiting.id) => {
                    let later = scene.now.get().plus_seconds(60);
                    scene.store.put_off_job(&job, later).await.unwrap();
                    continue;
                }
                _ => {}
            }
            scene.store.finish_job(&job).await.unwrap();
            scene.assert_sound().await;
        }
    }
    assert_eq!(settled, 2);
    assert_eq!(figures(&scene.store, &promotion()).await, (1, 1), "one used, one on its way");
}

/// Two processes on one database: what the one holds, the other captures, and both keep the limit.
#[tokio::test]
async fn two_processes_count_one_promotion() {
    let scene = Scene::<Postgres>::open().await;
    let other: PostgresStore = Postgres::open(scene.folder.path()).await;
    let (subject, line, now) = (promotion(), LINES[0].id(), noon());
    let of = limits(Some(2), None);
    let held = told(scene.ask(reserving(&subject, (order(1), line), 1, of)).await);
    told(ask(&other, &subject, reserving(&subject, (order(2), line), 2, of), now).await);
    let third = reserving(&subject, (order(3), line), 3, of);
    assert_eq!(scene.ask(third.clone()).await, Err(SubjectRefusal::UsedUp));
    assert_eq!(ask(&other, &subject, third, now).await, Err(SubjectRefusal::UsedUp));
    let captured = told(ask(&other, &subject, SubjectCommand::Capture(held.id), now).await);
    assert_eq!(scene.store.reservation(&held.reserved()).await.unwrap(), Some(captured));
    assert_counted(&other).await;
}

/// Nothing of a store that is open for reading changes.
#[tokio::test]
async fn a_reader_asks_nothing_of_a_subject() {
    let scene = Scene::<crate::scene::Sqlite>::open().await;
    let subject = promotion();
    told(scene.ask(reserving(&subject, (order(1), LINES[0].id()), 1, limits(None, None))).await);
    let folder = scene.close();
    let path = folder.path().join("farline.db");
    let mode = farline_store::OpenMode::ReadOnly;
    let reader = farline_store::SqliteStore::open(&path, mode).unwrap();
    let context = Context { now: noon(), actor: Actor::System };
    let command = limiting(limits(Some(1), None));
    let envelope = SubjectEnvelope { subject: subject.clone(), command, context: context.clone() };
    assert!(reader.run_on_subject(envelope).await.is_err());
    let line = LINES[0].id();
    let command = LineCommand::Sweep;
    assert!(reader.run(Envelope { line, key: None, command, context }).await.is_err());
    assert_eq!(figures(&reader, &subject).await, (0, 1));
    assert_eq!(reader.violations().await.unwrap(), []);
}
