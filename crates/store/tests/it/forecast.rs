//! What lines used, read through in groups: for forecasts that are held against what happened.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::forecast::backtest;
use farline_app::ports::Lines;
use farline_app::ports::lines::{DayUsage, ImportError, LineUsage};
use farline_domain::forecast::Method;
use farline_domain::kernel::{AllowanceKind, LineId, Units};
use farline_testkit::{OWN, SampleLine, new_line, today};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

on_every_store! {
    the_usage_of_every_line_is_given_once
}

/// Seven more lines: each used a kind on some days that end at the same date.
async fn import<M: StoreMaker>(scene: &Scene<M>, end: Date) -> BTreeMap<LineId, Vec<DayUsage>> {
    let mut used = BTreeMap::new();
    let mut rows = Vec::new();
    for index in 10..17_u32 {
        let mut new = new_line(SampleLine { operator: OWN, index });
        let days = 5 * i64::from(index - 10);
        let day = |ago: i64| DayUsage {
            date: end.saturating_sub(ago.days()),
            kind: AllowanceKind::Data,
            units: Units::new(100 + ago).unwrap(),
        };
        new.usage = (0..days).rev().map(day).collect();
        used.insert(new.line.id, new.usage.clone());
        rows.push(Ok::<_, ImportError>((u64::from(index), new)));
    }
    scene.store.import_lines(Box::new(rows.into_iter()), Box::new(|_| {})).await.unwrap();
    used
}

async fn read(lines: &dyn Lines, from: Date, at_once: u32) -> Vec<LineUsage> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let group = lines.usage_of_lines(last, from, at_once).await.unwrap();
        assert!(group.len() <= usize::try_from(at_once).unwrap());
        let Some(end) = group.last() else { return all };
        last = Some(end.line);
        all.extend(group);
    }
}

async fn the_usage_of_every_line_is_given_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let end = today().saturating_sub(3.days());
    let mut used = import(&scene, end).await;
    // Those that used nothing are given too.
    used.extend(LINES.map(|line| (line.id(), Vec::new())));
    let store = &scene.store;
    let long_ago = end.saturating_sub(90.days());
    let all = read(store, long_ago, 100).await;
    assert_eq!(all.len(), used.len());
    let given: BTreeMap<_, _> = all.iter().map(|of| (of.line, of.days.clone())).collect();
    assert_eq!(given, used);
    for at_once in [1, 2, 3] {
        assert_eq!(read(store, long_ago, at_once).await, all, "{at_once} at once");
    }
    let recent = read(store, end, 4).await;
    assert_eq!(recent.iter().map(|of| of.days.len()).sum::<usize>(), 6, "one day of each");

    let mut seen = 0;
    let found = backtest(store, today(), |lines| seen = lines).await.unwrap();
    assert_eq!((found.lines, seen), (10, 10));
    let first = &found.spans[0];
    // 15, 20, 25 and 30 days are enough for a week after a week; 5 and 10 are not.
    assert_eq!((first.kind, first.days, first.lines), (AllowanceKind::Data, 7, 4));
    assert_eq!(first.scores.spans, 1 + 1 + 2 + 3);
    assert!(first.scores.sum_error(Method::Smoothing) < 0.2);
}
