//! Use foretold: rhythm, interval, gaps, odd days, stocks, budgets, and that a back-test is honest.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::scene::Dice;
use farline_domain::forecast::{
    Forecast, History, LEAST_DAYS, LOOK_BACK_DAYS, Method, RunsOut, Scores, Stock,
    TooLittleHistory, budget, forecast, hold_out,
};
use farline_domain::kernel::Units;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

/// A Monday.
const TODAY: Date = date(2026, 11, 23);
const MB: i64 = 1_000_000;

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

/// The days until yesterday, newest last.
fn history(used: &[i64]) -> History {
    let count = i64::try_from(used.len()).unwrap();
    let first = TODAY.saturating_sub(count.days());
    let days = first.series(1.day()).zip(used).map(|(date, used)| (date, units(*used)));
    History::until(TODAY.yesterday().unwrap(), days)
}

fn stock(count: i64) -> Stock {
    Stock { units: units(count), first: TODAY, last: None }
}

fn in_days(days: i64) -> Date {
    TODAY.saturating_add(days.days())
}

fn ahead(used: &[i64], stocks: &[Stock], last_in: i64) -> Forecast {
    forecast(&history(used), stocks, (TODAY, in_days(last_in))).unwrap()
}

#[test]
fn fewer_days_than_a_week_foretell_nothing() {
    // What was used, newest last; the days it is known from.
    let rows: [(&[i64], usize); 5] =
        [(&[], 0), (&[0; 40], 0), (&[0, 0, 9], 1), (&[5, 0, 0, 0, 0, 0], 6), (&[9; 6], 6)];
    for (used, days) in rows {
        let found = forecast(&history(used), &[stock(10)], (TODAY, in_days(9)));
        assert_eq!(found, Err(TooLittleHistory { days }), "{used:?}");
    }
    assert_eq!(history(&[9; LEAST_DAYS]).len(), 7);
    assert!(forecast(&history(&[9; LEAST_DAYS]), &[stock(10)], (TODAY, in_days(9))).is_ok());
}

#[test]
fn days_without_a_record_count_from_the_first_use_on() {
    let used = history(&[0, 0, 0, 7, 0, 0, 0, 7, 0, 0, 0, 0]);
    assert_eq!(used.len(), 9);
    let zeros = used.days().filter(|(_, units)| units.is_zero()).count();
    assert_eq!(zeros, 7);
    let long = history(&[1; 400]);
    assert_eq!(i64::try_from(long.len()).unwrap(), LOOK_BACK_DAYS);
    let twice = [(TODAY, units(3)), (TODAY, units(4)), (in_days(1), units(9))];
    let twice: Vec<_> = History::until(TODAY, twice).days().collect();
    assert_eq!(twice, [(TODAY, units(7))]);
}

#[test]
fn a_steady_pace_runs_out_to_the_day() {
    // Left, the last day; expected, earliest and latest, in days from today.
    let rows = [
        (450, 20, Some(4)),
        (500, 20, Some(5)),
        (99, 20, Some(0)),
        (0, 20, Some(0)),
        // What runs out on the last day ends with the plan.
        (500, 5, None),
        (501, 6, Some(5)),
        (9_000, 20, None),
    ];
    for (left, last, expected) in rows {
        let found = ahead(&[100 * MB; 28], &[stock(left * MB)], last);
        let on = expected.map(in_days);
        let wanted = RunsOut { expected: on, earliest: on, latest: on };
        assert_eq!(found.runs_out, wanted, "{left} MB, {last} days");
        assert_eq!(found.per_day, units(100 * MB));
        assert_eq!(i64::try_from(found.days.len()).unwrap(), last + 1);
    }
}

#[test]
fn nothing_used_for_long_runs_out_late_if_ever() {
    let mut used = vec![100 * MB];
    used.extend([0; 80]);
    let found = ahead(&used, &[stock(500 * MB)], 60);
    assert!(found.per_day < units(5 * MB), "{:?}", found.per_day);
    assert_eq!(found.runs_out.expected, None);
}

#[test]
fn weekends_are_foretold_as_weekends() {
    let weekend = |date: Date| matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let first = TODAY.saturating_sub(56.days());
    let used: Vec<i64> = first
        .series(1.day())
        .take(56)
        .map(|date| if weekend(date) { 300 } else { 100 } * MB)
        .collect();
    let found = ahead(&used, &[stock(9_000 * MB)], 13);
    for day in &found.days {
        let (low, high) = if weekend(day.date) { (220, 300) } else { (95, 130) };
        let range = units(low * MB)..=units(high * MB);
        assert!(range.contains(&day.used), "{}: {:?}", day.date, day.used);
    }
}

#[test]
fn one_odd_day_does_not_become_the_pace() {
    let mut used = vec![100 * MB; 40];
    used[38] = 50_000 * MB;
    let found = ahead(&used, &[stock(9_000 * MB)], 30);
    assert!(found.per_day < units(125 * MB), "{:?}", found.per_day);
}

#[test]
fn the_interval_opens_with_the_days_and_holds_the_expected() {
    let mut dice = Dice(7);
    let used: Vec<i64> = (0..60).map(|_| (50 + dice.below(100)) * MB).collect();
    let found = ahead(&used, &[stock(2_000 * MB)], 60);
    let RunsOut { expected, earliest, latest } = found.runs_out;
    assert!(earliest.unwrap() < expected.unwrap() && expected.unwrap() < latest.unwrap());
    let wide = |day: &farline_domain::forecast::DayAhead| day.most.count() - day.least.count();
    assert!(wide(&found.days[9]) > wide(&found.days[1]));
    for day in &found.days {
        assert!(day.least <= day.left && day.left <= day.most, "{day:?}");
    }
}

#[test]
fn stocks_serve_from_their_first_day_to_their_last() {
    let from = |count: i64, first: i64, last: Option<i64>| Stock {
        units: units(count * MB),
        first: in_days(first),
        last: last.map(in_days),
    };
    // Stocks at 100 MB a day; the day that is not covered.
    let rows: [(&[Stock], Option<i64>); 6] = [
        (&[from(900, 0, None)], Some(9)),
        (&[from(400, 0, None), from(5_000, 10, None)], Some(4)),
        (&[from(400, 0, None), from(1_000, 2, None)], Some(14)),
        // What ends is gone, however much of it is left.
        (&[from(5_000, 0, Some(3))], Some(4)),
        // What ends sooner is used first, whatever the order.
        (&[from(300, 0, None), from(300, 0, Some(2))], Some(6)),
        (&[from(300, 0, Some(2)), from(5_000, 3, Some(30))], None),
    ];
    for (stocks, wanted) in rows {
        let found = ahead(&[100 * MB; 28], stocks, 30);
        assert_eq!(found.runs_out.expected, wanted.map(in_days), "{stocks:?}");
    }
}

#[test]
fn a_budget_lasts_to_the_last_day_and_no_more_would() {
    let later = Stock { units: units(500), first: in_days(8), last: None };
    let ends = Stock { units: units(900), first: TODAY, last: Some(in_days(2)) };
    // Stocks, the last day; the budget.
    let rows: [(&[Stock], i64, Option<i64>); 7] = [
        (&[stock(1_000)], 9, Some(100)),
        (&[stock(1_000)], 0, Some(1_000)),
        (&[stock(80), later], 9, Some(10)),
        (&[ends], 2, Some(300)),
        (&[ends], 9, None),
        (&[], 9, None),
        (&[stock(1_000)], -1, None),
    ];
    for (stocks, last, wanted) in rows {
        let found = budget(stocks, (TODAY, in_days(last)));
        let near = found.map(|found| (found.count() + 1) / 10 * 10);
        assert_eq!(near, wanted, "{stocks:?} for {last} days");
    }
    let most = Stock { units: Units::MOST, first: TODAY, last: None };
    assert!(budget(&[most, most], (TODAY, in_days(300))).is_some());
}

#[test]
fn use_of_any_size_is_foretold_without_a_fault() {
    let used = [i64::MAX; 30];
    let found = ahead(&used, &[Stock { units: Units::MOST, ..stock(0) }], 30);
    assert!(found.runs_out.expected.is_some());
    assert_eq!(ahead(&[1; 30], &[], 400).days.len(), 366);
}

#[test]
fn a_back_test_sees_nothing_of_what_it_holds_out() {
    // The same past, two futures: what was foretold is the same, so the errors differ by the futures alone.
    let past = vec![100 * MB; 28];
    let with = |future: i64| {
        let days: Vec<i64> = past.iter().copied().chain([future * MB; 7]).collect();
        // Only the newest span has this future in it: older ones begin a week before.
        hold_out(&history(&days), 7)
    };
    let (same, double) = (with(100), with(200));
    assert!(same.sum_error(Method::Smoothing) < 1e-9 && same.coverage() > 0.99);
    let used = f64::from(3 * 700 + 1_400);
    assert!((double.sum_error(Method::Smoothing) - 700.0 / used).abs() < 0.01);
    assert!((double.sum_error(Method::Mean) - 700.0 / used).abs() < 0.01);
    assert_eq!((same.spans, double.spans), (4, 4));
    assert!(double.coverage() < 0.99, "a pace that doubled is a surprise");
    assert_eq!(hold_out(&history(&[5; 13]), 7), Scores::default());
    assert_eq!(hold_out(&history(&[5; 14]), 7).spans, 1);
}

#[test]
fn a_rhythm_is_foretold_better_than_by_the_mean_and_the_interval_keeps_its_word() {
    let mut all = Scores::default();
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let level = 20 + dice.below(200);
        let first = TODAY.saturating_sub(91.days());
        let day = |date: Date| {
            let usual = if date.weekday().to_monday_zero_offset() > 4 { 150 } else { 80 };
            level * (usual + dice.below(80) - 40) * MB / 100
        };
        let used: Vec<i64> = first.series(1.day()).take(91).map(day).collect();
        all.add(&hold_out(&history(&used), 7));
    }
    let [smoothing, mean] = Method::ALL.map(|method| {
        (all.daily_error(method), all.run_out_error_days(method), all.sum_error(method))
    });
    assert!(smoothing.0 < mean.0 * 0.85, "{smoothing:?} {mean:?}");
    assert!(smoothing.1 <= mean.1, "{smoothing:?} {mean:?}");
    assert!((0.65..0.95).contains(&all.coverage()), "{}", all.coverage());
    assert!(all.run_out_coverage() > 0.65, "{}", all.run_out_coverage());
}
