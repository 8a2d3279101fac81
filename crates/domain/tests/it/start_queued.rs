//! A plan that waits behind the one that runs, started before its first day as the data is used up: as scripts, read as those
//! of `orders`.
//!
//! The line's plan runs until November 30, 2026; what is queued on November 22 starts on December 1.

use crate::orders::{Story, check, given, step};
use crate::scene::order_id;
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::kernel::{Instant, Zone};
use farline_domain::lines::{
    GraceRenewal, Leftover, LifecycleRule, LineDates, LineStatus, MonthMemory, Period, Renewal,
    Waits, renew, start_early,
};
use farline_domain::orders::{Delivered, OrderState};
use jiff::civil::Date;

const PAID: &str = "data 500MB 2026-11-30 | place or-used | capture 3390 credit";

/// A story told until its last step.
fn told(story: &str) -> Story {
    let mut steps = story.split(" | ");
    let mut told = given(steps.next().unwrap());
    steps.for_each(|text| step(&mut told, text));
    told
}

fn delivered(story: &Story, number: u64) -> &Delivered {
    let OrderState::Delivered { delivered, .. } = &story.state.orders[&order_id(number)].state
    else {
        panic!("order {number} is not delivered")
    };
    delivered
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn it_starts_as_the_data_is_used_up_once_and_counts_from_that_day() {
    check("
        own | data 500MB 2026-11-30 | place or-used | capture 3390 credit | start-queued ! DataLeft | +3d | use 500MB | start-queued | start-queued | use 100MB
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 0 of 500MB, data 1900 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line depletion depletion depletion started-early→email started-early→line
        receipts 1, audit 6, expires 2026-12-24");
    let story = told(&format!("own | {PAID} | +3d | use 500MB | start-queued"));
    let delivered = delivered(&story, 1);
    assert_eq!(
        (delivered.starts_on, delivered.usable_until),
        (day("2026-11-25"), day("2026-12-24"))
    );
    assert_eq!(delivered.before.expires_on, Some(day("2026-11-30")), "what it waited behind");
    let bucket = story.state.buckets.last().unwrap();
    assert_eq!(Some(bucket.valid_from), delivered.started_early);
    assert_eq!(bucket.valid_until, Some(delivered.usable_until));
    assert_eq!(
        story.state.buckets[0].valid_until,
        Some(day("2026-11-30")),
        "what ran ends as it would have"
    );
}

/// Each is one story whose last step is refused, and changes nothing.
#[test]
fn what_must_wait_waits() {
    let table = [
        (format!("own | {PAID}"), "DataLeft"),
        (format!("own | {PAID} | use 499MB"), "DataLeft"),
        // A session holds the rest, and may use it yet or give it back.
        (format!("own | {PAID} | use 400MB | reserve 100MB"), "DataLeft"),
        (format!("own | {PAID} | reserve 500MB"), "DataLeft"),
        // Other data is left that can be used at every hour.
        (format!("own | data 100MB 2026-12-20 | {PAID} | use 500MB"), "DataLeft"),
        // Its first day has come by itself.
        (format!("own | {PAID} | use 500MB | +8d | +12h"), "HasBegun"),
        ("own expires=2026-11-20 | place or-used | capture 3390 credit".to_owned(), "HasBegun"),
        // What is used already when it is delivered is not waited for.
        ("own | place or-used | capture 3390 credit".to_owned(), "HasBegun"),
        // Another counts on its dates.
        (
            format!("own | {PAID} | b: place queue | b: capture 3390 credit p2 | use 500MB"),
            "BuiltUpon",
        ),
        (
            format!("own | {PAID} | b: place addon | b: capture 3390 credit p2 | use 500MB"),
            "BuiltUpon",
        ),
        (
            format!("own | {PAID} | b: place add-days | b: capture 3390 credit p2 | use 500MB"),
            "BuiltUpon",
        ),
        (format!("own | {PAID} | use 500MB | cancel-queued"), "WrongState(Refunding)"),
        ("own | place or-used".to_owned(), "WrongState(AwaitingPayment)"),
        ("own | place queue | capture 3390 credit".to_owned(), "StartsAtExpiry"),
        (
            "supplier | place or-used | capture 3390 credit | send | answer delivered".to_owned(),
            "OfSupplier",
        ),
    ];
    for (story, refusal) in table {
        let mut told = told(&story);
        let before = told.state.clone();
        step(&mut told, &format!("start-queued ! {refusal}"));
        assert_eq!(told.state, before, "{story}");
    }
}

#[test]
fn data_at_some_hours_and_data_that_is_over_hold_nothing_back() {
    for before in ["night-data 300MB 2026-11-30", "data 300MB 2026-11-23"] {
        let mut story = told(&format!("own | {before} | {PAID} | +2d"));
        step(&mut story, "use 500MB");
        step(&mut story, "start-queued");
        assert_eq!(delivered(&story, 1).starts_on, day("2026-11-24"), "{before}");
    }
}

#[test]
fn once_started_it_is_in_use_and_no_longer_goes_back_as_not_started() {
    let mut story = told(&format!("own | {PAID} | +2d | use 500MB | start-queued"));
    step(&mut story, "cancel-queued ! HasBegun");
    // Late or once more, when its own data is used up too.
    step(&mut story, "use 2000MB");
    let before = story.state.clone();
    step(&mut story, "start-queued");
    step(&mut story, "+60d");
    step(&mut story, "start-queued");
    assert_eq!(story.state, before);
}

#[test]
fn a_wrong_number_still_puts_the_line_back_to_what_it_was() {
    let mut story = told(&format!("own | {PAID} | use 500MB | start-queued | wrong-number"));
    assert_eq!(story.state.line.dates.expires_on, Some(day("2026-11-30")));
    step(&mut story, "refund 1 done");
}

#[test]
fn of_two_that_wait_the_newest_starts_and_the_other_keeps_its_day() {
    let mut story = told(&format!(
        "own | {PAID} | b: place or-used | b: capture 3390 credit p2 | use 500MB | start-queued ! BuiltUpon | b: start-queued"
    ));
    assert_eq!(delivered(&story, 2).usable_until, day("2026-12-21"));
    assert_eq!(delivered(&story, 1).starts_on, day("2026-12-01"));
    assert_eq!(story.state.line.dates.expires_on, Some(day("2026-12-30")), "never earlier");
    step(&mut story, "use 2000MB");
    step(&mut story, "start-queued ! BuiltUpon");
}

#[test]
fn a_term_shorter_than_what_runs_leaves_the_last_day_of_the_line() {
    let story = told(
        "own | data 500MB 2026-11-30 | place or-used-short | capture 3390 credit | use 500MB | start-queued",
    );
    assert_eq!(delivered(&story, 1).usable_until, day("2026-11-24"));
    assert_eq!(story.state.line.dates.expires_on, Some(day("2026-11-30")));
}

#[test]
fn what_is_delivered_without_data_starts_at_once() {
    let story = told("own | place or-used | capture 3390 credit");
    let delivered = delivered(&story, 1);
    assert_eq!((delivered.starts_on, delivered.started_early), (day("2026-11-22"), None));
    assert_eq!(story.state.line.dates.expires_on, Some(day("2026-12-21")));
}

/// `period | expires anniversary plan | today → usable until, expires, anniversary`: bought while that plan ran, started today.
#[test]
fn its_term_counts_by_the_operators_calendar() {
    let table = "
        30d  2026-12-01 -  30d 2026-11-22 2026-12-21 2026-12-21 -
        30d  2026-12-01 -  5d  2026-11-22 2026-11-26 2026-12-01 -
        30d  2026-12-01 -  1m  2026-11-22 2026-12-21 2026-12-21 -
        clip 2027-01-30 31 1m  2027-01-15 2027-02-14 2027-02-14 15
        clip 2027-02-27 31 1m  2027-01-31 2027-02-27 2027-02-27 31
        clip 2027-02-27 31 5d  2027-01-31 2027-02-04 2027-02-27 31
        clip 2027-02-27 31 12m 2027-02-10 2028-02-09 2028-02-09 10
        c28  2027-02-27 28 1m  2027-01-31 2027-02-27 2027-02-27 28
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let fields: Vec<&str> = row.split_whitespace().collect();
        let [period, expires, anniversary, plan, today, usable, expected, then] = fields[..] else {
            panic!("eight fields: {row}")
        };
        let rule = LifecycleRule {
            zone: Zone::named("America/Toronto").unwrap(),
            period: match period {
                "30d" => Period::Days(30),
                "clip" => Period::DayOfMonth(MonthMemory::Clip),
                _ => Period::DayOfMonth(MonthMemory::Clamp28),
            },
            grace_days: 7,
            suspended_days: 83,
            grace_renewal: GraceRenewal::FromToday,
            charge_hour: 2,
            leftover: Leftover::Kept,
        };
        let validity = match plan.split_at(plan.len() - 1) {
            (days, "d") => Validity::Days(days.parse().unwrap()),
            (months, _) => Validity::Months(months.parse().unwrap()),
        };
        let without = LineDates {
            activated_on: Some(day("2026-01-01")),
            expires_on: Some(day(expires)),
            anniversary_day: anniversary.parse().ok(),
        };
        let noon = noon_of(&rule, today);
        assert_eq!(rule.status_on(without, day(today)), LineStatus::Active, "{row}");
        let queued = renew(&rule, without, (validity, StartRule::QueueOrUsedUp), noon).unwrap();
        let plain = renew(&rule, without, (validity, StartRule::Queue), noon).unwrap();
        assert_eq!(queued.waits, Waits::ForItsDayOrUsedUp, "{row}");
        let as_queue = Renewal { waits: Waits::ForItsDay, ..queued };
        assert_eq!(as_queue, plain, "until then it is the queue: {row}");
        let started = start_early(&rule, without, validity, noon).unwrap();
        assert_eq!((started.starts, started.starts_on), (noon, day(today)), "{row}");
        assert_eq!(started.waits, Waits::No, "{row}");
        assert_eq!(started.usable_until, day(usable), "{row}");
        assert_eq!(started.dates.expires_on, Some(day(expected)), "{row}");
        assert_eq!(started.dates.anniversary_day, then.parse().ok(), "{row}");
        assert_eq!(started.dates.activated_on, without.activated_on, "{row}");
    }
}

fn noon_of(rule: &LifecycleRule, date: &str) -> Instant {
    rule.zone.start_of(day(date)).plus_seconds(12 * 3600)
}
