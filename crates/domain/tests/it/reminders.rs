//! Reminders: a table of days, and a year of many lines in many zones, held against a second telling of the rules.

use crate::scene::Dice;
use farline_domain::balance::DepletionMark;
use farline_domain::catalog::{GivenBy, Promotion, PromotionCode, StartRule, TimeWindow, Validity};
use farline_domain::kernel::{AllowanceKind, Instant, Language, Localized, Units, Zone};
use farline_domain::lines::{
    GraceRenewal, Leftover, LifecycleRule, LineDates, MonthMemory, Period, Renewal, renew,
};
use farline_domain::reminders::{
    Pace, Paces, Planned, Seen, due, emptied, may_be_sent_at, may_hear_of_promotions,
    promotion_ends,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

const DAYS_BEFORE: [u8; 3] = [3, 7, 1];

fn rule(zone: &str) -> LifecycleRule {
    LifecycleRule {
        zone: Zone::named(zone).unwrap(),
        period: Period::Days(30),
        grace_days: 7,
        suspended_days: 83,
        grace_renewal: GraceRenewal::FromToday,
        charge_hour: 2,
        leftover: Leftover::Forfeited,
    }
}

/// Noon on a local date.
fn noon_on(rule: &LifecycleRule, day: Date) -> Instant {
    rule.zone.start_of(day).plus_seconds(12 * 3_600)
}

fn seen(rule: &LifecycleRule, expires_on: Date) -> Seen<'_> {
    let dates = LineDates { expires_on: Some(expires_on), ..LineDates::default() };
    Seen {
        rule,
        dates,
        renewed_at: None,
        renews_itself: false,
        is_being_renewed: false,
        paces: Paces::default(),
    }
}

fn reasons(planned: &[Planned]) -> String {
    let codes: Vec<String> = planned.iter().map(|one| one.reason.code()).collect();
    codes.join(" ")
}

#[test]
fn each_day_of_a_cards_end_has_its_reason() {
    let rule = rule("America/Toronto");
    let expires_on = date(2026, 11, 30);
    // Days after the expiry, and what holds then.
    let table = [
        (-8, ""),
        (-7, "expires-in-7"),
        (-4, "expires-in-7"),
        (-3, "expires-in-3"),
        (-2, "expires-in-3"),
        (-1, "expires-in-1"),
        (0, "expires-in-1"),
        (1, "grace-begins"),
        (5, "grace-begins"),
        (6, "last-safe-day"),
        (7, "last-safe-day"),
        (8, ""),
        (82, ""),
        (83, "number-ends"),
        (90, "number-ends"),
        (91, ""),
    ];
    for (days, expected) in table {
        let now = noon_on(&rule, expires_on.saturating_add(i64::from(days).days()));
        assert_eq!(reasons(&due(&seen(&rule, expires_on), &DAYS_BEFORE, now)), expected, "{days}");
        let being_renewed = Seen { is_being_renewed: true, ..seen(&rule, expires_on) };
        assert_eq!(due(&being_renewed, &DAYS_BEFORE, now), [], "{days}");
        let itself = Seen { renews_itself: true, ..seen(&rule, expires_on) };
        let of_itself = if days > 0 { expected } else { "" };
        assert_eq!(reasons(&due(&itself, &DAYS_BEFORE, now)), of_itself, "{days}");
    }
}

#[test]
fn data_or_minutes_that_last_less_than_three_days_are_told_once_for_each_bucket() {
    let rule = rule("America/Toronto");
    let units = |count| Units::new(count).unwrap();
    // Left, used in seven days, days to the expiry; whether it runs out.
    let table = [
        (299, 700, 20, true),
        (300, 700, 20, false),
        (299, 700, 3, false),
        (0, 700, 20, false),
        (1_000, 0, 20, false),
        (i64::MAX, i64::MAX, 20, false),
    ];
    for (left, used, days, runs_out) in table {
        let today = date(2026, 11, 22);
        let expires_on = today.saturating_add(i64::from(days).days());
        let pace = Pace { left: units(left), last_seven_days: units(used) };
        let none = Paces { newest_bucket: 4, ..Paces::default() };
        let kinds = [
            (Paces { data: pace, ..none }, "runs-out"),
            (Paces { voice: pace, ..none }, "runs-out-voice"),
            (Paces { data: pace, voice: pace, ..none }, "runs-out runs-out-voice"),
        ];
        for (paces, code) in kinds {
            let seen = Seen { paces, ..seen(&rule, expires_on) };
            let planned = due(&seen, &[], noon_on(&rule, today));
            let expected = if runs_out { code } else { "" };
            assert_eq!(reasons(&planned), expected, "{left} {used} {days}");
            let later = Seen { paces: Paces { newest_bucket: 5, ..paces }, ..seen };
            let again = due(&later, &[], noon_on(&rule, today));
            assert_eq!(again.is_empty(), !runs_out);
            assert!(again.is_empty() || again != planned, "{again:?}");
        }
    }
}

#[test]
fn of_a_bucket_data_and_minutes_are_told_at_each_mark_and_credit_once() {
    let told = |kind, mark| emptied(kind, mark, 3).map(|planned| planned.reason.code());
    for mark in DepletionMark::ALL {
        let code = |kind: &str| Some(format!("used-{kind}-{}", mark.code()));
        assert_eq!(told(AllowanceKind::Data, mark), code("data"));
        assert_eq!(told(AllowanceKind::Voice, mark), code("voice"));
        assert_eq!(told(AllowanceKind::Messages, mark), None);
        let low = (mark == DepletionMark::NineTenths).then(|| "credit-low".to_owned());
        assert_eq!(told(AllowanceKind::Credit, mark), low);
    }
}

fn promotion(days: (Date, Date)) -> Promotion {
    let name = Language::ALL.into_iter().map(|language| (language, "Autumn".to_owned()));
    let code = PromotionCode::parse("autumn").unwrap();
    let name = Localized::new(name.collect()).unwrap();
    Promotion { given_by: GivenBy::Itself, ..Promotion::new(code, name, days) }
}

#[test]
fn the_end_of_a_promotion_is_told_in_its_last_days_if_everybody_has_it_all_day() {
    let until = date(2026, 12, 10);
    let autumn = promotion((date(2026, 12, 1), until));
    for (today, ends) in [
        (date(2026, 12, 6), false),
        (date(2026, 12, 7), true),
        (until, true),
        (date(2026, 12, 11), false),
    ] {
        let planned = promotion_ends(&autumn, today);
        assert_eq!(planned.is_some(), ends, "{today}");
        if let Some(planned) = planned {
            assert_eq!(planned.reason.code(), "promotion-ends");
            assert!(planned.reason.needs_consent());
            assert_eq!(planned.period, "autumn 2026-12-10");
        }
    }
    let today = date(2026, 12, 9);
    let later = Promotion { valid_until: date(2026, 12, 12), ..autumn.clone() };
    assert_ne!(promotion_ends(&later, today), promotion_ends(&autumn, today), "a new end is new");
    let hours = Some(TimeWindow { from_minute: 0, until_minute: 60 });
    let silent = [
        Promotion { valid_from: date(2026, 12, 10), ..autumn.clone() },
        Promotion { given_by: GivenBy::Code, ..autumn.clone() },
        Promotion { given_by: GivenBy::SingleUseCodes(9), ..autumn.clone() },
        Promotion { stopped_at: Some(Instant::from_millis(0)), ..autumn.clone() },
        Promotion { hours, ..autumn },
    ];
    for promotion in silent {
        assert_eq!(promotion_ends(&promotion, today), None, "{promotion:?}");
    }
}

#[test]
fn who_could_renew_by_hand_may_hear_of_promotions() {
    let rule = rule("America/Toronto");
    let expires_on = date(2026, 11, 30);
    for (days, may) in [(-20, true), (0, true), (7, true), (90, true), (91, false)] {
        let now = noon_on(&rule, expires_on.saturating_add(i64::from(days).days()));
        let line = seen(&rule, expires_on);
        assert_eq!(may_hear_of_promotions(&line, now), may, "{days}");
        assert!(!may_hear_of_promotions(&Seen { is_being_renewed: true, ..line }, now));
        assert!(!may_hear_of_promotions(&Seen { renews_itself: true, ..line }, now));
    }
    let never = Seen { dates: LineDates::default(), ..seen(&rule, expires_on) };
    assert!(!may_hear_of_promotions(&never, noon_on(&rule, expires_on)));
}

#[test]
fn nobody_is_woken_and_not_all_are_told_in_the_same_second() {
    for zone in ["America/St_Johns", "America/Vancouver", "Asia/Shanghai"] {
        let zone = Zone::named(zone).unwrap();
        for quarter in 0..200_i64 {
            let now = Instant::from_millis(1_795_000_000_000).plus_seconds(quarter * 900);
            for spread in [0, 599, 600, u64::MAX] {
                let at = may_be_sent_at(&zone, now, spread);
                let hour = at.in_zone(&zone).hour();
                assert!((9..21).contains(&hour), "{now:?} {spread}: {hour}");
                assert!(at >= now && at < now.plus_seconds(13 * 3_600), "{now:?} {at:?}");
            }
        }
    }
}

/// What was lived through of one last day of service: from which day on it stood, until before which day, bought on which.
#[derive(Clone, Copy)]
struct Stood {
    first: Date,
    before: Date,
    bought: Option<Date>,
}

/// What must have been told of a last day of service, told in another way: for each reason the days on which it is the one.
fn expected(rule: &LifecycleRule, expires_on: Date, stood: Stood) -> Vec<String> {
    let after = |days: i64| expires_on.saturating_add(days.days());
    let (grace, kept) =
        (i64::from(rule.grace_days), i64::from(rule.grace_days + rule.suspended_days));
    let spans = [
        ("expires-in-7", -7, -4, true),
        ("expires-in-3", -3, -2, true),
        ("expires-in-1", -1, 0, true),
        ("grace-begins", 1, grace - 2, false),
        ("last-safe-day", grace - 1, grace, false),
        ("number-ends", kept - 7, kept, false),
    ];
    let holds = |(_, first, last, minds_purchase): &(&str, i64, i64, bool)| {
        let bought_in_time = stood.bought.is_none_or(|bought| bought < after(*first));
        let from = stood.first.max(after(*first));
        let lived = from <= after(*last) && from < stood.before;
        lived && (bought_in_time || !minds_purchase)
    };
    spans.iter().filter(|span| holds(span)).map(|(code, ..)| (*code).to_owned()).collect()
}

/// A year of one line: what was planned for each last day of service, and what it lived through.
fn a_year(rule: &LifecycleRule, dice: &mut Dice) {
    let start = date(2026, 1, 1).saturating_add(dice.below(200).days());
    let mut dates = LineDates {
        expires_on: Some(start.saturating_add(dice.below(40).days())),
        ..LineDates::default()
    };
    let mut bought: Option<Instant> = None;
    let mut told: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    let mut stood: BTreeMap<Date, Stood> = BTreeMap::new();
    for day in 0..365_i64 {
        let today = start.saturating_add(day.days());
        let now = noon_on(rule, today);
        if dice.below(33) == 0 {
            let days = [30, 30, 8, 4][usize::try_from(dice.below(4)).unwrap()];
            let plan = (Validity::Days(days), StartRule::AddDays);
            if let Ok(Renewal { dates: renewed, .. }) = renew(rule, dates, plan, now) {
                (dates, bought) = (renewed, Some(now));
            }
        }
        let expires_on = dates.expires_on.unwrap();
        let bought_on = bought.map(|at| at.date_in(&rule.zone));
        let tomorrow = today.tomorrow().unwrap();
        let span = stood.entry(expires_on);
        span.and_modify(|stood| stood.before = tomorrow).or_insert(Stood {
            first: today,
            before: tomorrow,
            bought: bought_on,
        });
        let seen = Seen { renewed_at: bought, dates, ..seen(rule, expires_on) };
        for planned in due(&seen, &DAYS_BEFORE, now) {
            assert_eq!(planned.period, expires_on.to_string());
            let codes = told.entry(expires_on).or_default();
            let code = planned.reason.code();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    for (expires_on, stood) in stood {
        let told = told.remove(&expires_on).unwrap_or_default();
        assert_eq!(told, expected(rule, expires_on, stood), "{expires_on} in {}", rule.zone.name());
    }
}

#[test]
fn a_year_of_many_lines_tells_each_reason_once_and_none_that_does_not_hold() {
    let zones = [
        "America/St_Johns",
        "America/Halifax",
        "America/Toronto",
        "America/Winnipeg",
        "America/Regina",
        "America/Edmonton",
        "America/Vancouver",
        "Asia/Shanghai",
    ];
    let mut dice = Dice(42);
    for index in 0..10_000 {
        let mut rule = rule(zones[index % zones.len()]);
        if index % 3 == 0 {
            rule.period = Period::DayOfMonth(MonthMemory::Clip);
        }
        if index % 5 == 0 {
            rule.grace_days = 10;
            rule.grace_renewal = GraceRenewal::FromOldEnd;
        }
        a_year(&rule, &mut dice);
    }
}
