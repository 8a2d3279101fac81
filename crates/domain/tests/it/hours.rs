//! Use by hour, and what moving it saves.

use crate::scene;
use farline_domain::catalog::{Allowance, Plan, StartRule, TimeWindow, Validity, ZoneCode};
use farline_domain::forecast::{ByHour, moving};
use farline_domain::kernel::{AllowanceKind, Money, Units};

const GB: i64 = 1_000_000_000;
const NIGHT: TimeWindow = TimeWindow { from_minute: 23 * 60, until_minute: 7 * 60 };

fn units(amount: i64) -> Units {
    Units::new(amount).unwrap()
}

/// A plan of thirty days with data at any hour and at night, for a price in cents.
fn plan((any_hour, at_night): (i64, i64), cents: i64) -> Plan {
    let data = |amount: i64, window| Allowance {
        kind: AllowanceKind::Data,
        units: units(amount),
        zone: ZoneCode::parse("canada").unwrap(),
        breadth: 1,
        window,
        bonus: false,
    };
    let at_night = (at_night > 0).then(|| data(at_night, Some(NIGHT)));
    let mut plan = scene::plan(cents, Validity::Days(30), StartRule::Queue);
    plan.allowances = [data(any_hour, None)].into_iter().chain(at_night).collect();
    plan
}

/// Over thirty days: so much at noon, so much at three in the morning.
fn used(noon: i64, night: i64) -> ByHour {
    ByHour::over(30, [(12, units(noon)), (3, units(night))])
}

#[test]
fn hours_are_added_up_and_a_window_takes_its_minutes() {
    let day =
        ByHour::over(30, [(12, units(60)), (12, units(60)), (23, units(600)), (24, units(9))]);
    assert_eq!(day.hours()[12], units(120));
    assert_eq!(day.total(), units(720));
    assert_eq!(day.within(NIGHT), units(600));
    let half = TimeWindow { from_minute: 12 * 60 + 30, until_minute: 23 * 60 + 15 };
    assert_eq!(day.within(half), units(60 + 150));
    assert_eq!(ByHour::over(30, []).within(NIGHT), Units::ZERO);
}

#[test]
fn the_busiest_hours_may_run_over_midnight() {
    let table = [
        (vec![(12, 5)], Some(9)),
        (vec![(23, 5), (0, 5), (1, 5), (2, 5), (12, 6)], Some(23)),
        (vec![(0, 5), (20, 4), (21, 4)], Some(21)),
        (vec![], None),
    ];
    for (hours, expected) in table {
        let day = ByHour::over(30, hours.iter().map(|(hour, amount)| (*hour, units(*amount))));
        assert_eq!(day.busiest_from(), expected, "{hours:?}");
    }
}

#[test]
fn moving_names_the_cheaper_plan_and_exactly_what_has_to_move() {
    let (small, big, night) =
        (plan((5 * GB, 0), 25_00), plan((12 * GB, 0), 40_00), plan((3 * GB, 20 * GB), 29_00));
    let plans = [&small, &big, &night];
    // Six at noon: the big plan as it is; at night three of them, and the night plan does.
    let found = moving(&used(6 * GB, GB), &plans).unwrap();
    assert_eq!((found.to, found.instead_of), (&night, &big));
    assert_eq!((found.units, found.saves), (units(3 * GB), Money::cad(11_00)));
    assert_eq!(found.window, NIGHT);
    // Four at noon and nothing else: the small plan does, and costs less.
    assert_eq!(moving(&used(4 * GB, 0), &plans), None);
    // The night plan does already: nothing has to move.
    assert_eq!(moving(&used(3 * GB, 9 * GB), &plans), None);
    // Seven at noon: four of them would have to move, which is more than half.
    assert_eq!(moving(&used(7 * GB, 0), &plans), None);
    // What the night does not hold is no room for more.
    assert_eq!(moving(&used(4 * GB, 20 * GB), &[&plan((40 * GB, 0), 90_00), &night]), None);
    // No plan does as it is: there is nothing to compare with.
    assert_eq!(moving(&used(6 * GB, GB), &[&small, &night]), None);
}

#[test]
fn plans_of_other_lengths_are_compared_over_thirty_days() {
    let big = plan((12 * GB, 0), 40_00);
    let mut night = plan((3 * GB, 20 * GB), 29_00);
    night.validity = Validity::Days(15);
    // Twice as dear and twice as much in thirty days.
    assert_eq!(moving(&used(9 * GB, 0), &[&big, &night]), None);
    night.price = Money::cad(19_00);
    let found = moving(&used(9 * GB, 0), &[&big, &night]).unwrap();
    assert_eq!((found.units, found.saves), (units(3 * GB), Money::cad(2_00)));
    // Use that was seen over fifteen days is doubled.
    let half = ByHour::over(15, [(12, units(9 * GB / 2))]);
    assert_eq!(moving(&half, &[&big, &night]).unwrap().units, units(3 * GB));
}
