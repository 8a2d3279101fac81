//! A network charges sessions through the use cases, and the worker does what they promised.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod settings;
pub(crate) mod world;

use farline_app::charging::{Call, ChargingSettings, Place, end, event, forget, start, update};
use farline_app::ports::{Charging, Jobs, Lines};
use farline_app::{ProblemCode, jobs};
use farline_domain::balance::DepletionMark;
use farline_domain::charging::{
    ChargingAnswer, ChargingRefusal, ChargingResult, Quota, ServiceKind, Wanted,
};
use farline_domain::kernel::{Cells, Units};
use farline_testkit::today;
use world::{LINE, NOBODY, World};

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn call(sequence: u32) -> Call {
    Call {
        line: LINE.id(),
        session: "pgw;1;42".to_owned(),
        sequence,
        kind: ServiceKind::Data,
        place: Place::Country("CA".to_owned()),
    }
}

fn quota(answer: ChargingAnswer) -> Quota {
    match answer.result {
        ChargingResult::Granted(quota) => quota,
        other => panic!("nothing is granted: {other:?}"),
    }
}

const fn refused(refusal: ChargingRefusal) -> ChargingResult {
    ChargingResult::Refused(refusal)
}

#[tokio::test]
async fn a_session_starts_grows_and_ends_on_the_terms_of_the_house() {
    let world = World::open(ChargingSettings::default()).await;
    let first = quota(start(&world.app, &call(0), Wanted::Quota).await.unwrap());
    let mega = 1_000_000;
    let terms = (first.units, first.ask_again_after, first.validity_seconds, first.is_final);
    assert_eq!(terms, (units(100 * mega), units(80 * mega), 3600, false));
    let used = units(80 * mega);
    let grown = update(&world.app, &call(1), used, Wanted::Quota).await.unwrap();
    assert_eq!((grown.debited, grown.left), (used, units(820 * mega)));
    let ended = end(&world.app, &call(2), units(5 * mega)).await.unwrap();
    assert_eq!((ended.result, ended.left), (ChargingResult::Done, units(915 * mega)));
    // Sent again, because the answer was lost.
    assert_eq!(end(&world.app, &call(2), units(5 * mega)).await.unwrap(), ended);
    let late = update(&world.app, &call(3), units(7), Wanted::Quota).await.unwrap();
    assert_eq!(late.result, refused(ChargingRefusal::SessionEnded));
    let days = world.store.usage(LINE.id(), today(), today()).await.unwrap();
    assert_eq!((days.len(), days[0].units), (1, units(85 * mega)));
    let uncharged = world.store.uncharged(LINE.id(), today(), today()).await.unwrap();
    assert_eq!((uncharged[0].overrun, uncharged[0].refused), (Units::ZERO, units(7)));
    world.assert_sound().await;
}

#[tokio::test]
async fn a_text_message_is_an_event() {
    let world = World::open(ChargingSettings::default()).await;
    let message = |number: &str| Call {
        session: format!("ims;{number}"),
        kind: ServiceKind::Messages,
        ..call(0)
    };
    let answer = event(&world.app, &message("a"), units(1)).await.unwrap();
    assert_eq!(answer.result, refused(ChargingRefusal::CreditLimitReached));
    world.grant_messages(2).await;
    for (number, left) in [("a", 1), ("a", 1), ("b", 0)] {
        let answer = event(&world.app, &message(number), units(1)).await.unwrap();
        assert_eq!((answer.result, answer.left), (ChargingResult::Done, units(left)));
    }
    let answer = event(&world.app, &message("c"), units(1)).await.unwrap();
    assert_eq!(answer.result, refused(ChargingRefusal::CreditLimitReached));
    world.assert_sound().await;
}

#[tokio::test]
async fn refusals_say_why() {
    let world = World::open(ChargingSettings::default()).await;
    let of = |call: Call| {
        let app = world.app.clone();
        async move { start(&app, &call, Wanted::Quota).await.unwrap().result }
    };
    let abroad = Call { place: Place::Country("FR".to_owned()), ..call(0) };
    assert_eq!(of(abroad).await, refused(ChargingRefusal::ServiceDenied));
    let nobody = Call { line: NOBODY.id(), ..call(0) };
    assert_eq!(of(nobody).await, refused(ChargingRefusal::UnknownLine));
    let voice = Call { kind: ServiceKind::Voice, ..call(0) };
    assert_eq!(of(voice).await, refused(ChargingRefusal::CreditLimitReached));
    let unknown = update(&world.app, &call(4), units(1), Wanted::Nothing).await.unwrap();
    assert_eq!(unknown.result, refused(ChargingRefusal::UnknownSession));
    let everywhere = Call { place: Place::Unknown, ..call(0) };
    assert!(matches!(of(everywhere).await, ChargingResult::Granted(_)));
    for session in [String::new(), "s".repeat(256)] {
        let problem = start(&world.app, &Call { session, ..call(0) }, Wanted::Quota).await;
        let problem = problem.unwrap_err();
        assert_eq!((problem.code, problem.field), (ProblemCode::FieldInvalid, Some("session")));
    }
    world.assert_sound().await;
}

#[tokio::test]
async fn what_is_abandoned_goes_back_when_its_job_is_due() {
    let world = World::open(ChargingSettings::default()).await;
    quota(start(&world.app, &call(0), Wanted::Quota).await.unwrap());
    let reserved = || async {
        let view = world.store.line(LINE.id()).await.unwrap().unwrap();
        view.buckets[0].reserved
    };
    world.clock.advance_seconds(3600);
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    assert_eq!(reserved().await, units(100_000_000));
    world.clock.advance_seconds(60);
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 1);
    assert_eq!(reserved().await, Units::ZERO);
    assert_eq!(world.store.next_due().await.unwrap(), None);
    world.assert_sound().await;
    // The report that comes after all is debited, and the session goes on.
    let back = update(&world.app, &call(1), units(9), Wanted::Quota).await.unwrap();
    assert_eq!((back.debited, quota(back).units), (units(9), units(100_000_000)));
    world.assert_sound().await;
}

#[tokio::test]
async fn a_line_that_runs_down_is_noted_once_for_each_mark() {
    let world = World::open(ChargingSettings::default()).await;
    // Half of 2 GB is used already; 500 MB more are three quarters.
    let marks = || async {
        let noted = world.store.depletions(LINE.id()).await.unwrap();
        noted.into_iter().map(|it| (it.mark, it.left.count())).collect::<Vec<_>>()
    };
    quota(start(&world.app, &call(0), Wanted::Quota).await.unwrap());
    update(&world.app, &call(1), units(499_999_999), Wanted::Quota).await.unwrap();
    world.work().await;
    assert_eq!(marks().await, []);
    for _ in 0..2 {
        update(&world.app, &call(2), units(1), Wanted::Quota).await.unwrap();
        world.work().await;
    }
    assert_eq!(marks().await, [(DepletionMark::ThreeQuarters, 500_000_000)]);
    let last = end(&world.app, &call(3), units(500_000_001)).await.unwrap();
    assert_eq!(last.overrun, units(1));
    world.work().await;
    let expected = [
        (DepletionMark::ThreeQuarters, 500_000_000),
        (DepletionMark::NineTenths, 0),
        (DepletionMark::UsedUp, 0),
    ];
    assert_eq!(marks().await, expected);
    world.assert_sound().await;
}

#[tokio::test]
async fn a_session_is_remembered_for_a_week() {
    let world = World::open(ChargingSettings::default()).await;
    quota(start(&world.app, &call(0), Wanted::Quota).await.unwrap());
    end(&world.app, &call(1), units(5)).await.unwrap();
    world.clock.advance_seconds(7 * 86_400);
    assert_eq!(forget(&world.app, Cells::ALL).await.unwrap(), 0);
    world.clock.advance_seconds(86_400);
    assert_eq!(forget(&world.app, Cells::ALL).await.unwrap(), 1);
    let late = end(&world.app, &call(2), units(5)).await.unwrap();
    assert_eq!(late.result, refused(ChargingRefusal::UnknownSession));
    world.assert_sound().await;
}
