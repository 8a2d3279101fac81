//! Buckets: reserve, commit, release, sweep, as scripts that read like the business.

use crate::scene::{TODAY, allowance, assert_sound, line_on, noon, run, toronto};
use farline_domain::balance::{Bucket, Session, Usage};
use farline_domain::catalog::{Network, TimeWindow, ZoneCode};
use farline_domain::commands::{Answer, LineCommand, LineState};
use farline_domain::kernel::{AllowanceKind, Instant, Units, UnitsError, Zone};
use jiff::ToSpan;
use jiff::civil::Date;

const SIZES: [(&str, AllowanceKind, i64); 6] = [
    ("GB", AllowanceKind::Data, 1_000_000_000),
    ("MB", AllowanceKind::Data, 1_000_000),
    ("min", AllowanceKind::Voice, 60),
    ("msg", AllowanceKind::Messages, 1),
    ("CAD", AllowanceKind::Credit, 100),
    ("B", AllowanceKind::Data, 1),
];

/// `1.88GB` → data, 1,880,000,000 octets, without a float.
fn size(text: &str) -> Option<(AllowanceKind, i64)> {
    let (suffix, kind, unit) = SIZES.into_iter().find(|(suffix, ..)| text.ends_with(suffix))?;
    let (whole, fraction) =
        text.strip_suffix(suffix)?.split_once('.').unwrap_or((text.strip_suffix(suffix)?, ""));
    let mut count = whole.parse::<i64>().ok()? * unit;
    let mut part = unit;
    for digit in fraction.chars() {
        part /= 10;
        count += i64::from(digit.to_digit(10)?) * part;
    }
    Some((kind, count))
}

struct Story {
    state: LineState,
    now: Instant,
    /// What the first size named decides what is meant later.
    kind: AllowanceKind,
}

/// The words of one step: `grant 2GB 30d night bonus`, `reserve 500MB for s2 abroad`, …
fn step(story: &mut Story, text: &str) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = words.iter().find_map(|word| size(word));
    let (kind, count) = named.unwrap_or((story.kind, 0));
    let units = Units::new(count).unwrap();
    let has = |word: &str| words.contains(&word);
    let after = |word: &str| {
        words.iter().position(|w| *w == word).and_then(|at| words.get(at + 1)).copied()
    };
    let zones = match (has("home"), has("abroad")) {
        (true, _) => vec!["canada", "america", "world"],
        (_, true) => vec!["world"],
        _ => Vec::new(),
    };
    let zones = zones.into_iter().map(|zone| ZoneCode::parse(zone).unwrap()).collect();
    let usage = Usage { kind, zones };
    let session = Session(after("for").unwrap_or("s1").to_owned());
    let command = match words[0] {
        "grant" => grant(&words, (kind, count), story.now.date_in(&story.state.rule.zone)),
        "reserve" => {
            let until = story.now.plus_seconds(600);
            LineCommand::Reserve { session, usage, units, until }
        }
        "commit" => LineCommand::Commit { session, usage, units },
        "release" => LineCommand::Release(session),
        "sweep" => LineCommand::Sweep,
        "at" => {
            let (date, time) = (words[1], words[2]);
            let (hour, minute) = time.split_once(':').unwrap();
            let seconds: i64 =
                hour.parse::<i64>().unwrap() * 3600 + minute.parse::<i64>().unwrap() * 60;
            let date: Date = date.parse().unwrap();
            story.now = story.state.rule.zone.start_of(date).plus_seconds(seconds);
            return;
        }
        "zone" => {
            story.state.rule.zone = Zone::named(words[1]).unwrap();
            return;
        }
        other => panic!("{other} is no step"),
    };
    let answer = run(&mut story.state, &command, story.now);
    match (after("!"), after("="), answer) {
        (Some(expected), _, Err(refusal)) => assert_eq!(format!("{refusal:?}"), expected, "{text}"),
        (None, Some(expected), Ok(Answer::Usage(usage))) => {
            assert_eq!(usage.units.count(), size(expected).unwrap().1, "{text}: {usage:?}");
            if let Some(left) = after("leaving") {
                assert_eq!(usage.left.count(), size(left).unwrap().1, "{text}: {usage:?}");
            }
        }
        (None, None, Ok(_)) => {}
        (_, _, answer) => panic!("{text}: {answer:?}"),
    }
    assert_sound(&story.state);
}

fn grant(words: &[&str], (kind, count): (AllowanceKind, i64), today: Date) -> LineCommand {
    let mut granted = allowance(kind, count);
    let mut valid_until = None;
    for word in words {
        match *word {
            "bonus" => granted.bonus = true,
            "night" => granted.window = Some(TimeWindow { from_minute: 1320, until_minute: 360 }),
            "day" => granted.window = Some(TimeWindow { from_minute: 480, until_minute: 1200 }),
            "canada" | "america" | "world" => {
                granted.zone = ZoneCode::parse(word).unwrap();
                granted.breadth = [("canada", 1), ("america", 3), ("world", 120)]
                    .into_iter()
                    .find_map(|(zone, breadth)| (zone == *word).then_some(breadth))
                    .unwrap();
            }
            days => {
                if let Some(days) = days.strip_suffix('d').and_then(|days| days.parse::<i64>().ok())
                {
                    // Today is the first day.
                    valid_until = Some(today.checked_add((days - 1).days()).unwrap());
                }
            }
        }
    }
    LineCommand::Grant { allowance: granted, valid_until }
}

/// `SIZE left[, SIZE reserved]`, then every bucket's remainder with `buckets SIZE SIZE…`.
fn expect(story: &Story, line: &str, expected: &str) {
    for claim in expected.split([';', ',']).map(str::trim) {
        let words: Vec<&str> = claim.split_whitespace().collect();
        let buckets = story.state.buckets.iter();
        match words[..] {
            ["nothing", "reserved"] => assert!(story.state.reservations.is_empty(), "{line}"),
            ["nothing", "left"] => {
                assert_eq!(buckets.map(|b| b.available().count()).sum::<i64>(), 0, "{line}");
            }
            [units, "left"] => {
                let (kind, count) = size(units).unwrap();
                let of_kind = buckets.filter(|bucket| bucket.kind == kind);
                let left: i64 = of_kind.map(|bucket| bucket.available().count()).sum();
                assert_eq!(left, count, "{line}");
            }
            [units, "reserved"] => {
                let held: i64 = buckets.map(|bucket| bucket.reserved.count()).sum();
                assert_eq!(held, size(units).unwrap().1, "{line}");
            }
            ["buckets", ..] => {
                let left: Vec<i64> = buckets.map(|bucket| bucket.available().count()).collect();
                let expected: Vec<i64> = words[1..].iter().map(|w| size(w).unwrap().1).collect();
                assert_eq!(left, expected, "{line}");
            }
            ["entries", ..] => {
                let entries = story.state.effects.bucket_entries.iter();
                let entries: Vec<&str> = entries.map(|entry| entry.kind.code()).collect();
                assert_eq!(entries, words[1..], "{line}");
            }
            _ => panic!("{claim} is no claim"),
        }
    }
}

/// `step | step | → claims`; a step may end in `= SIZE` (held or used), `leaving SIZE`, `! Refusal`.
fn check(line: &str) {
    let (steps, expected) = line.split_once('→').unwrap();
    let mut story = Story { state: line_on(Network::Own), now: noon(), kind: AllowanceKind::Data };
    for text in steps.split('|').map(str::trim).filter(|text| !text.is_empty()) {
        step(&mut story, text);
    }
    expect(&story, line, expected.trim());
}

fn check_all(table: &str) {
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
}

#[test]
fn reserve_commit_release() {
    check_all("
    grant 2GB 30d | reserve 500MB | commit 120MB | → 1.88GB left, nothing reserved; entries grant use
    grant 2GB 30d | reserve 500MB = 500MB leaving 1.5GB | → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | release → 2GB left, nothing reserved; entries grant
    grant 2GB 30d | release → 2GB left, nothing reserved
    grant 2GB 30d | reserve 2GB = 2GB leaving 0B → nothing left, 2GB reserved
    grant 2GB 30d | reserve 2GB | commit 2GB = 2GB leaving 0B → nothing left, nothing reserved
    grant 2GB 30d | reserve 3GB = 2GB → nothing left, 2GB reserved
    grant 2GB 30d | commit 2GB | reserve 1B ! NotEnough → nothing left, nothing reserved
    grant 2GB 30d | commit 120MB = 120MB leaving 1.88GB → 1.88GB left
    grant 100MB 30d | commit 101MB ! NotEnough → 100MB left; entries grant
    reserve 1MB ! NotEnough → nothing left, nothing reserved
    reserve 0MB = 0MB → nothing left, nothing reserved
    grant 10min 30d | reserve 1MB ! NotEnough → 10min left
    grant 10min 30d | grant 5msg 30d | commit 90B ! NotEnough | commit 3msg | commit 1.5min → 8.5min left; 2msg left");
}

#[test]
fn a_session_holds_one_quota_and_a_new_one_replaces_it() {
    check_all("
    grant 2GB 30d | reserve 500MB | reserve 300MB = 300MB leaving 1.7GB → 1.7GB left, 300MB reserved
    grant 2GB 30d | reserve 2GB | reserve 2GB = 2GB → nothing left, 2GB reserved
    grant 2GB 30d | reserve 500MB for s1 | reserve 700MB for s2 → 800MB left, 1.2GB reserved
    grant 2GB 30d | reserve 500MB for s1 | reserve 700MB for s2 | release for s1 → 1.3GB left, 700MB reserved
    grant 2GB 30d | reserve 2GB for s1 | reserve 1B for s2 ! NotEnough → nothing left, 2GB reserved
    grant 2GB 30d | reserve 500MB | reserve 0MB = 0MB → 2GB left, nothing reserved");
}

#[test]
fn what_is_used_beyond_what_is_held_comes_from_what_is_free() {
    check_all("
    grant 2GB 30d | reserve 500MB | commit 700MB = 700MB → 1.3GB left, nothing reserved
    grant 2GB 30d | reserve 500MB | commit 2.1GB ! NotEnough → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB for s1 | commit 1.6GB for s2 ! NotEnough → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | commit 120MB | commit 120MB → 1.76GB left, nothing reserved; entries grant use use
    grant 1GB 30d | grant 1GB 60d | reserve 1.2GB | commit 1.1GB → 900MB left; buckets 0B 900MB; entries grant grant use use");
}

#[test]
fn what_is_held_in_another_unit_is_never_used() {
    check_all("
    grant 1GB 30d | grant 10min 30d | reserve 1GB | commit 2min → 8min left; 1GB left; nothing reserved");
}

#[test]
fn the_draw_down_order_is_zone_window_expiry_bonus_age_number() {
    check_all("
    grant 1GB 30d world | grant 1GB 60d america | grant 1GB 90d canada | commit 100MB home → buckets 1GB 1GB 900MB
    grant 1GB 30d world | grant 1GB 60d america | grant 1GB 90d canada | commit 2.1GB home → buckets 900MB 0B 0B
    grant 1GB 30d canada | grant 1GB 60d world | commit 100MB abroad → buckets 1GB 900MB
    grant 1GB 30d canada | commit 1B abroad ! NotEnough → 1GB left
    grant 1GB 10d | grant 1GB 60d day | commit 100MB → buckets 1GB 900MB
    grant 1GB 10d | grant 1GB 60d night | commit 100MB → buckets 900MB 1GB
    grant 1GB 10d world day | grant 1GB 60d canada | commit 100MB home → buckets 1GB 900MB
    grant 1GB 30d | grant 1GB 10d | commit 100MB → buckets 1GB 900MB
    grant 1GB | grant 1GB 10d | commit 100MB → buckets 1GB 900MB
    grant 1GB 30d | grant 1GB 30d bonus | commit 100MB → buckets 1GB 900MB
    grant 1GB 10d | grant 1GB 30d bonus | commit 100MB → buckets 900MB 1GB
    grant 1GB 31d | at 2026-11-23 12:00 | grant 1GB 30d | commit 100MB → buckets 900MB 1GB
    grant 1GB 30d | grant 1GB 30d | commit 100MB → buckets 900MB 1GB
    grant 1GB 30d | grant 1GB 30d | reserve 1.5GB → buckets 0B 500MB");
}

#[test]
fn a_bucket_ends_with_its_last_local_day() {
    check_all("
    grant 1GB 1d | at 2026-11-22 23:59 | commit 100MB → 900MB left
    grant 1GB 1d | at 2026-11-23 0:00 | commit 1B ! NotEnough → 1GB left
    grant 1GB 1d | at 2026-11-22 23:59 | sweep → 1GB left; entries grant
    grant 1GB 1d | at 2026-11-23 0:00 | sweep | sweep → nothing left; entries grant expire
    grant 1GB 1d | commit 1GB | at 2026-11-23 0:00 | sweep → nothing left; entries grant use
    grant 1GB | at 2036-11-22 0:00 | sweep | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | at 2026-11-22 23:59 | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 0:00 | zone America/Vancouver | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 1:59 | zone America/Vancouver | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 2:00 | zone America/Vancouver | commit 1MB ! NotEnough → 1GB left");
}

#[test]
fn what_was_held_before_the_end_may_be_used_and_the_rest_expires() {
    check_all("
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:05 | commit 100MB = 100MB leaving 0B | sweep → nothing left; entries grant use expire
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:05 | sweep → 500MB left, 500MB reserved; entries grant
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:09 | sweep → nothing left, nothing reserved; entries grant expire");
}

#[test]
fn abandoned_sessions_give_back_what_they_hold() {
    check_all("
    grant 2GB 30d | reserve 500MB | at 2026-11-22 12:09 | sweep → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | at 2026-11-22 12:10 | sweep → 2GB left, nothing reserved; entries grant
    grant 2GB 30d | reserve 500MB for s1 | at 2026-11-22 12:05 | reserve 200MB for s2 | at 2026-11-22 12:10 | sweep → 1.8GB left, 200MB reserved");
}

#[test]
fn a_window_may_run_over_midnight_in_local_time() {
    check_all("
    grant 1GB 30d night | commit 1MB ! NotEnough → 1GB left
    grant 1GB 30d night | at 2026-11-22 21:59 | commit 1MB ! NotEnough → 1GB left
    grant 1GB 30d night | at 2026-11-22 22:00 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 0:00 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 5:59 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 6:00 | commit 1MB ! NotEnough → 1GB left
    grant 1GB 30d day | at 2026-11-23 7:59 | commit 1MB ! NotEnough → 1GB left
    grant 1GB 30d day | at 2026-11-23 8:00 | commit 1MB → 999MB left
    grant 1GB 30d day | at 2026-11-23 20:00 | commit 1MB ! NotEnough → 1GB left
    grant 1GB 30d night | at 2026-11-23 1:00 | zone America/Vancouver | commit 1MB → 999MB left
    grant 1GB 30d night | zone America/Vancouver | at 2026-11-22 21:59 | zone America/Toronto | commit 1MB | zone America/Vancouver | commit 1MB ! NotEnough → 999MB left");
}

#[test]
fn a_bucket_never_gives_more_than_is_free() {
    let units = |count| Units::new(count).unwrap();
    let of_100 = allowance(AllowanceKind::Data, 100);
    let mut bucket = Bucket::granted(1, &of_100, (noon(), None), None);
    bucket.reserve(units(60)).unwrap();
    assert_eq!(bucket.take(units(41)), Err(UnitsError::BelowZero));
    assert_eq!(bucket.reserve(units(41)), Err(UnitsError::BelowZero));
    assert_eq!(bucket.unreserve(units(61)), Err(UnitsError::BelowZero));
    bucket.take(units(40)).unwrap();
    let stands = (bucket.used, bucket.reserved, bucket.available(), bucket.remaining());
    assert_eq!(stands, (units(40), units(60), Units::ZERO, units(60)));
}

#[test]
fn sizes_are_read_exactly() {
    assert_eq!(size("1.88GB"), Some((AllowanceKind::Data, 1_880_000_000)));
    assert_eq!(size("8.5min"), Some((AllowanceKind::Voice, 510)));
    assert_eq!(size("0B"), Some((AllowanceKind::Data, 0)));
    assert_eq!(noon().date_in(&toronto()), TODAY);
}
