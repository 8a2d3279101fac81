//! Use by hour: added up in its week, and kept for as many weeks as there are places.

use crate::scene::{Scene, StoreMaker, event};
use farline_app::ports::Lines;
use farline_app::ports::lines::{HourUsage, ImportError, WEEKS_BY_HOUR};
use farline_domain::forecast::week_of;
use farline_domain::kernel::{AllowanceKind, Instant, Units, Zone};
use farline_testkit::{OWN, SampleLine, new_line};
use jiff::ToSpan as _;
use jiff::civil::Date;

on_every_store! {
    use_is_added_up_by_hour
    a_week_takes_the_place_of_one_long_over_and_of_no_other
}

/// The week and the hour of now, where the lines are.
fn here(now: Instant) -> (Date, u8) {
    let local = now.in_zone(&Zone::named("America/Toronto").unwrap());
    (week_of(local.date()), local.hour().unsigned_abs())
}

fn data((week, hour): (Date, u8), units: i64) -> HourUsage {
    HourUsage { week, kind: AllowanceKind::Data, hour, units: Units::new(units).unwrap() }
}

async fn read<M: StoreMaker>(scene: &Scene<M>, line: SampleLine, from: Date) -> Vec<HourUsage> {
    let kind = AllowanceKind::Data;
    let mut hours = scene.store.usage_by_hour(line.id(), kind, from).await.unwrap();
    hours.sort_by_key(|hour| (hour.week, hour.hour));
    hours
}

/// A line that comes with what it used before.
async fn import<M: StoreMaker>(scene: &Scene<M>, hours: Vec<HourUsage>) -> SampleLine {
    let sample = SampleLine { operator: OWN, index: 30 };
    let new = farline_app::ports::lines::NewLine { hours, ..new_line(sample) };
    let rows = std::iter::once(Ok::<_, ImportError>((1, new)));
    scene.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    sample
}

async fn use_is_added_up_by_hour<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let now = here(scene.now.get());
    let line = import(&scene, vec![data(now, 7), data((now.0, (now.1 + 5) % 24), 9)]).await;
    for (session, units) in [("a", 500), ("b", 30)] {
        scene.answer(line, event(session, units)).await;
    }
    scene.wait(3_600);
    let next = here(scene.now.get());
    scene.answer(line, event("c", 4)).await;
    let mut expected = vec![data(now, 537), data(next, 4), data((now.0, (now.1 + 5) % 24), 9)];
    expected.sort_by_key(|hour| (hour.week, hour.hour));
    assert_eq!(read(&scene, line, now.0.min(next.0)).await, expected);
    assert_eq!(read(&scene, line, next.0.saturating_add(7.days())).await, []);
    let voice = scene.store.usage_by_hour(line.id(), AllowanceKind::Voice, now.0).await.unwrap();
    assert_eq!(voice, []);
    scene.assert_sound().await;
}

async fn a_week_takes_the_place_of_one_long_over_and_of_no_other<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (week, hour) = here(scene.now.get());
    let ago = |weeks: i64| week.saturating_sub((weeks * 7).days());
    let before = (1..=WEEKS_BY_HOUR + 1).map(|weeks| data((ago(weeks), hour), 100 + weeks));
    let line = import(&scene, before.collect()).await;
    scene.answer(line, event("now", 5)).await;
    let found = read(&scene, line, ago(100)).await;
    let kept = (1..WEEKS_BY_HOUR).rev().map(|weeks| data((ago(weeks), hour), 100 + weeks));
    assert_eq!(found, kept.chain([data((week, hour), 5)]).collect::<Vec<_>>());
    // A clock that was far ahead: what is used by the right one is not put to its week.
    let scene = Scene::<M>::open().await;
    let ahead = week.saturating_add((WEEKS_BY_HOUR * 7).days());
    let line = import(&scene, vec![data((ahead, hour), 70)]).await;
    scene.answer(line, event("now", 5)).await;
    assert_eq!(read(&scene, line, ago(100)).await, [data((ahead, hour), 70)]);
    scene.assert_sound().await;
}
