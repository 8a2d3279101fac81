//! The money entries of some time, read through in parts.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::Ledger;
use farline_app::ports::ledger::Movement;
use farline_app::reports;
use farline_domain::commands::LineCommand;
use farline_domain::kernel::{Instant, Money};
use farline_domain::ledger::EntrySetKind;
use farline_testkit::{OWN_BIG, SUPPLIED_MONTH};
use std::collections::BTreeSet;

on_every_store! {
    every_movement_of_some_time_is_given_once
}

/// All movements of a time, so many rows at once.
async fn read(ledger: &dyn Ledger, span: (Instant, Instant), rows: u32) -> Vec<Movement> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let next = ledger.movements(span, last, rows).await.unwrap();
        let Some(end) = next.last() else { return all };
        last = Some(end.place);
        all.extend(next);
    }
}

async fn every_movement_of_some_time_is_given_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let from = scene.now.get();
    let mut paid = Money::cad(0);
    // Own lines deliver with the payment; the supplier's waits.
    for (line, plan) in [(LINES[0], OWN_BIG), (LINES[1], OWN_BIG), (LINES[2], SUPPLIED_MONTH)] {
        let order = scene.paid(line, plan).await;
        paid = paid.plus(order.price.total).unwrap();
    }
    let noon = from.plus_seconds(1);
    scene.now.set(noon);
    let placed = scene.placed(LINES[0], OWN_BIG).await;
    scene.order(LINES[0], LineCommand::Cancel(placed.id)).await;
    let store = &scene.store;
    let span = (from, noon.plus_seconds(1));
    let all = read(store, span, 1000).await;
    let kinds = |kind| all.iter().filter(|movement| movement.kind == kind).count();
    assert_eq!((kinds(EntrySetKind::Capture), kinds(EntrySetKind::Deliver)), (3, 2));
    let places: BTreeSet<_> = all.iter().map(|movement| movement.place).collect();
    for rows in [1, 2, 3] {
        assert_eq!(read(store, span, rows).await, all, "{rows} rows at once");
    }
    assert_eq!(places.len(), 3, "a payment and its delivery are of one command");
    assert_eq!(read(store, (from, from), 10).await, []);
    assert_eq!(read(store, (from.plus_seconds(-9), from), 10).await, []);

    let mut seen = 0;
    let flows = reports::money(store, span, |_| seen += 1).await.unwrap();
    let (_, day) = flows.currencies().next().unwrap();
    assert_eq!((seen, day.all_taken().unwrap()), (5, paid));
    assert_eq!(day.delivered.plus(day.held).unwrap(), paid);
    assert!(day.held.minor > 0 && day.delivered.minor > 0, "{day:?}");
    assert_eq!(day.difference().unwrap(), Money::cad(0));
}
