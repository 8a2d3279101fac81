//! Finding a card: what is shown of it, and how often it may be looked for.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::World;
use farline_app::ProblemCode;
use farline_app::charging::ChargingSettings;
use farline_app::hotline::find::{Findings, find, find_caller};
use farline_app::ports::Lines;
use farline_domain::hotline::Term;
use farline_domain::kernel::{Cell, StaffId};
use farline_domain::lines::HolderName;
use farline_testkit::{OWN, SampleLine, new_line, noon};

fn member(number: u64) -> StaffId {
    StaffId::mint(noon(), Cell::numbered(0), number)
}

/// Lines +1 416 201 0000 and up, of people called Wang.
async fn world(lines: u32) -> World {
    let world = World::open(ChargingSettings::default()).await;
    let named = |index: u32| {
        let mut new = new_line(SampleLine { operator: OWN, index: 10_000 + index });
        new.holder_name = HolderName::parse(if index == 0 { "王小明" } else { "Wang Marie" }).ok();
        new
    };
    let rows: Vec<_> = (2..).zip((0..lines).map(named)).map(Ok).collect();
    world.store.import_lines(Box::new(rows.into_iter()), Box::new(|_| {})).await.unwrap();
    world
}

/// Number, operator and name as shown; with a mark if it was found exactly.
fn told(found: &Findings) -> Vec<String> {
    let told = |card: &farline_app::hotline::find::FoundCard| {
        let name = card.name.as_deref().unwrap_or("-");
        let mark = if card.exact { "!" } else { "" };
        format!("{} | {} | {name}{mark}", card.number, card.operator)
    };
    found.cards.iter().map(told).collect()
}

#[tokio::test]
async fn a_card_is_shown_so_that_nothing_private_is() {
    let world = world(3).await;
    let found = find(&world.app, member(1), "+1 416 201 0000").await.unwrap();
    assert_eq!(told(&found), ["+1 416 ••• ••00 | Northlight Mobile | 王＊＊!"]);
    assert_eq!(found.single(), found.cards.first());
    assert_eq!(found.cards[0].by, Term::Number("+14162010000".to_owned()));
    let found = find(&world.app, member(1), "marie").await.unwrap();
    let name = "| Northlight Mobile | W… M…";
    assert_eq!(
        told(&found),
        [format!("+1 416 ••• ••01 {name}"), format!("+1 416 ••• ••02 {name}")]
    );
    assert_eq!(found.single(), None);
    // Everything that could be shown of it, as a page might by mistake.
    for hidden in ["4162010001", "Wang", "Marie"] {
        assert!(!format!("{:?}", found.cards).contains(hidden), "{hidden} is shown");
    }
    let nothing = find(&world.app, member(1), "9999").await.unwrap();
    let understood = ["9999", "9999", "+19999"];
    assert_eq!(
        (nothing.cards.len(), nothing.terms.len(), nothing.more),
        (0, understood.len(), false)
    );
}

#[tokio::test]
async fn too_many_are_cut() {
    let world = world(30).await;
    let found = find(&world.app, member(1), "wang").await.unwrap();
    assert_eq!((found.cards.len(), found.more), (20, true));
}

#[tokio::test]
async fn a_caller_is_found_by_the_whole_number_only() {
    let world = world(3).await;
    let found = find_caller(&world.app, member(1), " 14162010001").await.unwrap();
    assert_eq!(told(&found), ["+1 416 ••• ••01 | Northlight Mobile | W… M…!"]);
    assert!(found.single().is_some());
    for withheld in ["anonymous", "0001", "Wang", ""] {
        let found = find_caller(&world.app, member(1), withheld).await.unwrap();
        assert_eq!(found, Findings::default(), "{withheld}");
    }
}

#[tokio::test]
async fn whoever_looks_for_too_many_waits_and_the_others_do_not() {
    let world = world(1).await;
    for _ in 0..40 {
        find(&world.app, member(1), "wang").await.unwrap();
        // Too little to look for is not counted.
        find(&world.app, member(1), "1").await.unwrap();
    }
    for asked in [
        find(&world.app, member(1), "wang").await,
        find_caller(&world.app, member(1), "+14162010000").await,
    ] {
        assert_eq!(asked.unwrap_err().code, ProblemCode::TooManyRequests);
    }
    find(&world.app, member(2), "wang").await.unwrap();
    world.clock.advance_seconds(20 * 60 + 1);
    find(&world.app, member(1), "wang").await.unwrap();
}
