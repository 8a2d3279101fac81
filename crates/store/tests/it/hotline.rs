//! Calls, notes and documents, as kept.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::Hotline;
use farline_app::ports::hotline::{KeptKeypad, LineDocument};
use farline_domain::hotline::keypad::{Keypad, TelephoneCall};
use farline_domain::hotline::{Call, CallSource, Caller, Note, Proof, Way};
use farline_domain::kernel::{CallId, Cell, Instant, NoteId, OrderId, StaffId};
use farline_testkit::{SampleLine, noon};

on_every_store! {
    a_call_is_kept_and_goes_on
    of_several_who_end_a_call_one_is_told_so
    calls_are_found_by_line
    notes_are_read_newest_first_and_follow_ups_by_urgency
    a_follow_up_is_seen_to_once
    what_was_noted_is_forgotten_line_by_line
    a_keypad_goes_on_from_where_it_stands_and_is_forgotten
}

fn agent(number: u64) -> StaffId {
    StaffId::mint(noon(), Cell::numbered(0), number)
}

fn after(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

fn call(line: SampleLine, number: u64, at: Instant) -> Call {
    Call {
        id: CallId::mint(at, line.id().cell(), number),
        source: CallSource::Desk(agent(number)),
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

fn note(line: SampleLine, number: u64, due_at: Option<Instant>) -> Note {
    let at = after(i64::try_from(number).unwrap());
    Note {
        id: NoteId::mint(at, line.id().cell(), number),
        line: line.id(),
        call: None,
        by: agent(1),
        at,
        text: format!("回电 “{number}”\n"),
        due_at,
        done: None,
    }
}

/// A row in each table.
pub(crate) async fn called(store: &impl Hotline, line: SampleLine) {
    store.keep_call(&call(line, 1, noon())).await.unwrap();
    store.keep_note(&note(line, 1, Some(after(60)))).await.unwrap();
    store.keep_line_document(&document(line, 1)).await.unwrap();
    store.keep_keypad(call(line, 1, noon()).id, &keypad(0, noon())).await.unwrap();
}

fn keypad(revision: u32, at: Instant) -> KeptKeypad {
    let telephone = TelephoneCall::parse(&format!("CA{revision:032x}")).unwrap();
    let mut keypad = Keypad { telephone, entry: None };
    keypad.begin(OrderId::mint(at, Cell::numbered(7), u64::from(revision)), at).unwrap();
    KeptKeypad { revision, keypad, at }
}

async fn a_keypad_goes_on_from_where_it_stands_and_is_forgotten<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, ..] = LINES;
    let (store, now) = (&scene.store, noon());
    let [one, other] = [call(a, 1, now), call(a, 2, now)];
    for call in [&one, &other] {
        store.keep_call(call).await.unwrap();
        assert_eq!(store.keypad(call.id).await.unwrap(), None);
    }
    assert!(store.keep_keypad(one.id, &keypad(0, now)).await.unwrap());
    assert!(store.keep_keypad(one.id, &keypad(1, after(1))).await.unwrap());
    // Two who read the same revision: one of them reads again.
    for late in [0, 1, 3] {
        assert!(!store.keep_keypad(one.id, &keypad(late, after(2))).await.unwrap(), "{late}");
    }
    assert_eq!(store.keypad(one.id).await.unwrap(), Some(keypad(1, after(1))));
    assert!(store.keep_keypad(other.id, &keypad(0, now)).await.unwrap());
    assert_eq!(store.forget_keypads(now).await.unwrap(), 0);
    assert_eq!(store.forget_keypads(after(1)).await.unwrap(), 1);
    assert_eq!(store.keypad(other.id).await.unwrap(), None);
    assert_eq!(store.keypad(one.id).await.unwrap(), Some(keypad(1, after(1))));
}

fn document(line: SampleLine, number: u8) -> LineDocument {
    LineDocument { line: line.id(), digest: [number; 32], by: agent(1), at: noon() }
}

async fn a_call_is_kept_and_goes_on<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, ..] = LINES;
    let begun = call(a, 1, noon());
    scene.store.keep_call(&begun).await.unwrap();
    assert_eq!(scene.store.call(begun.id).await.unwrap(), Some(begun.clone()));
    let proof = Some(Proof { way: Way::CodeElsewhere, at: after(20) });
    let order = Some(OrderId::mint(after(25), a.id().cell(), 1));
    let went_on = Call { active_at: after(30), proof, failures: 2, locks: 1, order, ..begun };
    scene.store.keep_call(&went_on).await.unwrap();
    assert_eq!(scene.store.call(went_on.id).await.unwrap(), Some(went_on.clone()));
    let ended = Call { ended_at: Some(after(40)), ..went_on };
    scene.store.keep_call(&ended).await.unwrap();
    assert_eq!(scene.store.call(ended.id).await.unwrap(), Some(ended.clone()));
    let late = Call { ended_at: None, connecting_at: Some(after(41)), ..ended.clone() };
    scene.store.keep_call(&late).await.unwrap();
    let kept = scene.store.call(ended.id).await.unwrap().unwrap();
    assert_eq!(kept, Call { ended_at: ended.ended_at, ..late }, "what was ended stays ended");
    let robot = Call { source: CallSource::Robot, caller: Caller::Unknown, ..call(a, 2, noon()) };
    scene.store.keep_call(&robot).await.unwrap();
    assert_eq!(scene.store.call(robot.id).await.unwrap(), Some(robot));
    let never = CallId::mint(noon(), a.id().cell(), 9);
    assert_eq!(scene.store.call(never).await.unwrap(), None);
}

async fn of_several_who_end_a_call_one_is_told_so<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let begun = call(LINES[0], 1, noon());
    scene.store.keep_call(&begun).await.unwrap();
    let (one, other) = tokio::join!(
        scene.store.end_call(begun.id, after(10)),
        scene.store.end_call(begun.id, after(10))
    );
    assert_ne!(one.unwrap(), other.unwrap());
    assert!(!scene.store.end_call(begun.id, after(20)).await.unwrap());
    let kept = scene.store.call(begun.id).await.unwrap().unwrap();
    assert_eq!((kept.ended_at, kept.active_at), (Some(after(10)), after(10)));
}

async fn calls_are_found_by_line<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let calls = [call(a, 1, after(0)), call(b, 2, after(10)), call(a, 3, after(20))];
    for call in &calls {
        scene.store.keep_call(call).await.unwrap();
    }
    let of_line = scene.store.calls_of_line(a.id(), after(0)).await.unwrap();
    assert_eq!(of_line, [calls[2].clone(), calls[0].clone()]);
    let recent = scene.store.calls_of_line(a.id(), after(1)).await.unwrap();
    assert_eq!(recent, [calls[2].clone()]);
}

async fn notes_are_read_newest_first_and_follow_ups_by_urgency<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let notes = [note(a, 1, None), note(a, 2, Some(after(900))), note(b, 3, Some(after(300)))];
    for note in &notes {
        scene.store.keep_note(note).await.unwrap();
    }
    let of_line = scene.store.notes_of_line(a.id()).await.unwrap();
    assert_eq!(of_line, [notes[1].clone(), notes[0].clone()]);
    let open = scene.store.open_follow_ups(9).await.unwrap();
    assert_eq!(open, [notes[2].clone(), notes[1].clone()]);
    assert_eq!(scene.store.open_follow_ups(1).await.unwrap().len(), 1);
}

async fn a_follow_up_is_seen_to_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, ..] = LINES;
    let (plain, due) = (note(a, 1, None), note(a, 2, Some(after(60))));
    for note in [&plain, &due] {
        scene.store.keep_note(note).await.unwrap();
    }
    assert!(!scene.store.finish_follow_up(plain.id, agent(2), after(9)).await.unwrap());
    assert!(scene.store.finish_follow_up(due.id, agent(2), after(9)).await.unwrap());
    assert!(!scene.store.finish_follow_up(due.id, agent(3), after(10)).await.unwrap());
    assert_eq!(scene.store.open_follow_ups(9).await.unwrap(), []);
    let kept = scene.store.notes_of_line(a.id()).await.unwrap();
    assert_eq!(kept[0].done, Some((agent(2), after(9))));
}

async fn what_was_noted_is_forgotten_line_by_line<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    for line in [a, b] {
        called(&scene.store, line).await;
    }
    scene.store.keep_line_document(&document(a, 2)).await.unwrap();
    assert_eq!(scene.store.line_document(a.id()).await.unwrap(), Some(document(a, 2)));
    scene.store.forget_notes(a.id()).await.unwrap();
    assert_eq!(scene.store.notes_of_line(a.id()).await.unwrap(), []);
    assert_eq!(scene.store.line_document(a.id()).await.unwrap(), None);
    assert_eq!(scene.store.notes_of_line(b.id()).await.unwrap().len(), 1);
    assert_eq!(scene.store.line_document(b.id()).await.unwrap(), Some(document(b, 1)));
}
