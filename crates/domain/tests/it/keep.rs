//! Keeping a number at the least cost: told as tables, held against every schedule there is, and measured.

use farline_domain::catalog::{PlanCode, StartRule, Validity};
use farline_domain::kernel::{Currency, Money, Zone};
use farline_domain::lines::{
    GraceRenewal, KeepOffer, KeepQuestion, KeepRefusal, KeepSchedule, Keeping, Leftover,
    LifecycleRule, LineDates, LineStatus, MonthMemory, Period, keep, renew,
};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How many random worlds are held against every schedule there is.
const WORLDS: u32 = 2_000;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn rule(period: Period, (grace, suspended): (u16, u16), in_grace: GraceRenewal) -> LifecycleRule {
    LifecycleRule {
        zone: Zone::named("America/Toronto").unwrap(),
        period,
        grace_days: grace,
        suspended_days: suspended,
        grace_renewal: in_grace,
        charge_hour: 2,
        leftover: Leftover::Forfeited,
    }
}

fn offer(name: &str, validity: Validity, start_rule: StartRule, cents: i64) -> KeepOffer {
    let plan = PlanCode::parse(name).unwrap();
    KeepOffer { plan, validity, start_rule, price: Money::cad(cents), sold_until: None }
}

/// `30d queue 1500 [until DATE]`: a plan, named after how it is written.
fn read_offer(text: &str) -> KeepOffer {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (count, unit) = words[0].split_at(words[0].len() - 1);
    let validity = match unit {
        "d" => Validity::Days(count.parse().unwrap()),
        _ => Validity::Months(count.parse().unwrap()),
    };
    let start = match words[1] {
        "add-value" => StartRule::AddValue,
        "set" => StartRule::SetExpiry,
        "later" => StartRule::KeepLater,
        "add" => StartRule::AddDays,
        _ => StartRule::Queue,
    };
    let name = format!("{}-{}", words[0], words[1]);
    let sold_until = words.get(4).map(|text| date(text));
    KeepOffer { sold_until, ..offer(&name, validity, start, words[2].parse().unwrap()) }
}

fn read_rule(text: &str) -> LifecycleRule {
    let words: Vec<&str> = text.split_whitespace().collect();
    let period = match words[0] {
        "30d" => Period::Days(30),
        "clip" => Period::DayOfMonth(MonthMemory::Clip),
        _ => Period::DayOfMonth(MonthMemory::Clamp28),
    };
    let in_grace = match words[2] {
        "today" => GraceRenewal::FromToday,
        _ => GraceRenewal::FromOldEnd,
    };
    let (grace, suspended) = words[1].split_once('+').unwrap();
    rule(period, (grace.parse().unwrap(), suspended.parse().unwrap()), in_grace)
}

fn told(schedule: &Result<KeepSchedule, KeepRefusal>) -> String {
    let schedule = match schedule {
        Ok(schedule) => schedule,
        Err(refusal) => return format!("{refusal:?}"),
    };
    let renewals = schedule.renewals.iter().map(|one| format!("{} {}", one.on, one.plan));
    let gaps = schedule.without_service.iter().map(|gap| format!("{}–{}", gap.from, gap.until));
    let kept = schedule.kept_until.map_or("-".to_owned(), |date| date.to_string());
    format!(
        "{} = {} kept {kept} out {}",
        renewals.collect::<Vec<_>>().join(", "),
        schedule.total.minor,
        gaps.collect::<Vec<_>>().join(" ")
    )
}

/// `rule | expires anniversary | plans | goal until → schedule`, all on 2026-11-22.
fn check(line: &str) {
    let (given, expected) = line.split_once('→').unwrap();
    let fields: Vec<&str> = given.split('|').map(str::trim).collect();
    let [rule, dates, offers, goal] = fields[..] else { panic!("fields: {line}") };
    let (expires, anniversary) = dates.split_once(' ').unwrap();
    let (keeping, until) = goal.split_once(' ').unwrap();
    let until = until.trim();
    let rule = read_rule(rule);
    let offers: Vec<KeepOffer> =
        offers.split(',').filter(|text| !text.trim().is_empty()).map(read_offer).collect();
    let question = KeepQuestion {
        rule: &rule,
        dates: LineDates {
            activated_on: expires.parse().ok(),
            expires_on: expires.parse().ok(),
            anniversary_day: anniversary.parse().ok(),
        },
        offers: &offers,
        currency: Currency::CAD,
        today: date("2026-11-22"),
        until: date(until),
        keeping: if keeping == "number" { Keeping::Number } else { Keeping::Service },
    };
    assert_eq!(told(&keep(&question)).trim(), expected.trim(), "{line}");
}

#[test]
fn the_cheapest_schedule_follows_the_operators_rule() {
    "
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500             | number  2027-02-01 → = 0 kept 2027-03-01 out 2026-12-02–2027-02-01
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500             | service 2027-02-01 → 2026-11-24 30d-queue, 2026-12-24 30d-queue, 2027-01-23 30d-queue = 4500 kept 2027-03-01 out
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500             | number  2027-09-01 → 2027-02-22 30d-queue, 2027-06-14 30d-queue = 3000 kept 2027-10-11 out 2026-12-02–2027-02-21 2027-03-24–2027-06-13 2027-07-14–2027-09-01
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500, 365d set 9000 | service 2027-09-01 → 2026-11-24 365d-set = 9000 kept 2027-11-23 out
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500, 90d queue 3000 | service 2027-05-01 → 2026-11-24 90d-queue, 2027-02-22 90d-queue = 6000 kept 2027-05-30 out
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500, 365d later 3000 until 2026-12-05 | number 2027-09-01 → 2026-11-28 365d-later = 3000 kept 2028-02-25 out
     30d 14+60 oldend | 2026-12-01 - | 30d queue 1500             | number  2027-09-01 → 2027-02-10 30d-queue, 2027-05-21 30d-queue = 3000 kept 2027-09-01 out 2026-12-02–2027-02-09 2027-03-12–2027-05-20 2027-06-20–2027-09-01
     30d 14+60 oldend | 2026-11-20 - | 30d queue 1500             | service 2027-01-10 → 2026-11-22 30d-queue, 2026-12-13 30d-queue = 3000 kept 2027-01-19 out
     clip 7+23 oldend | 2027-01-30 31 | 1m queue 2000             | service 2027-05-30 → 2027-01-23 1m-queue, 2027-02-20 1m-queue, 2027-03-23 1m-queue, 2027-04-22 1m-queue = 8000 kept 2027-05-30 out
     clip 7+23 today | 2026-12-30 31 | 1m set 2000                | number  2027-06-30 → 2027-01-22 1m-set, 2027-03-16 1m-set, 2027-05-08 1m-set = 6000 kept 2027-07-07 out 2026-12-31–2027-01-21 2027-02-22–2027-03-15 2027-04-16–2027-05-07 2027-06-08–2027-06-30
     clamp 7+85 today | 2026-12-30 28 | 1m queue 2000             | service 2027-04-30 → 2026-12-23 1m-queue, 2027-01-20 1m-queue, 2027-02-20 1m-queue, 2027-03-20 1m-queue, 2027-04-20 1m-queue = 10000 kept 2027-05-27 out
     30d 30+0 today  | 2026-12-01 -  | 15d later 1000, 120d later 5000 | number 2027-06-01 → 2026-12-28 15d-later, 2027-02-07 15d-later, 2027-03-20 15d-later, 2027-04-30 15d-later = 4000 kept 2027-06-13 out 2026-12-02–2026-12-27 2027-01-12–2027-02-06 2027-02-22–2027-03-19 2027-04-04–2027-04-29 2027-05-15–2027-06-01
     30d 7+83 today  | 2026-08-20 -  | 30d queue 1500             | number  2027-01-10 → Closed
     30d 7+83 today  | 2026-08-26 -  | 30d queue 1500             | number  2027-01-10 → 2026-11-22 30d-queue = 1500 kept 2027-03-21 out 2026-12-22–2027-01-10
     30d 7+83 today  | - -           | 30d queue 1500             | number  2027-09-01 → = 0 kept - out
     30d 7+83 today  | - -           | 30d queue 1500             | service 2027-01-01 → 2026-11-22 30d-queue, 2026-12-14 30d-queue = 3000 kept 2027-01-20 out
     30d 7+83 today  | 2026-12-01 -  | 30d add-value 1500         | number  2027-09-01 → NoPlan
     30d 7+83 today  | 2026-12-01 -  |                            | number  2027-02-01 → = 0 kept 2027-03-01 out 2026-12-02–2027-02-01
     30d 7+83 today  | 2026-12-01 -  | 30d set 1500 until 2026-12-31 | number 2027-09-01 → OutOfReach
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500             | number  2026-11-21 → Past
     30d 7+83 today  | 2026-12-01 -  | 30d queue 1500             | number  2036-11-23 → TooFar
    "
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .for_each(check);
}

/// The rank of a schedule: what it costs, in how many renewals, and how late the first is.
type Rank = (i64, u32, Reverse<Date>);

fn last_day(question: &KeepQuestion<'_>, dates: LineDates) -> Option<Date> {
    let expires_on = dates.expires_on?;
    Some(match question.keeping {
        Keeping::Number => question.rule.milestones(expires_on).number_kept_until,
        Keeping::Service => expires_on,
    })
}

fn is_kept(question: &KeepQuestion<'_>, dates: LineDates, on: Date) -> bool {
    match question.keeping {
        Keeping::Number => question.rule.status_on(dates, on) != LineStatus::Closed,
        Keeping::Service => question.rule.status_on(dates, on) == LineStatus::Active,
    }
}

/// Every schedule there is: every plan on every day from every state that any schedule leads to, as often on one day as one
/// likes. Two schedules that lead to the same dates on the same day go on as one, the better of them.
fn exhaustive(question: &KeepQuestion<'_>, margin_days: u16) -> Option<Rank> {
    let KeepQuestion { rule, today, until, .. } = *question;
    let key = |dates: LineDates| (dates.expires_on, dates.anniversary_day);
    let mut states = HashMap::from([(key(question.dates), (0, 0, Reverse(Date::MAX)))]);
    let mut day = today;
    loop {
        let noon = rule.zone.start_of(day).plus_seconds(12 * 3600);
        let mut fresh: Vec<_> = states.iter().map(|(key, rank)| (*key, *rank)).collect();
        while let Some(((expires_on, anniversary_day), rank)) = fresh.pop() {
            let dates = LineDates { activated_on: None, expires_on, anniversary_day };
            let last = last_day(question, dates);
            let margin = i64::from(margin_days).days();
            let in_time = last.is_none_or(|last| day <= last.saturating_sub(margin));
            let needs_nothing = last.is_some_and(|last| last >= until);
            if needs_nothing || states[&(expires_on, anniversary_day)] < rank {
                continue;
            }
            for offer in question.offers {
                let is_sold =
                    offer.sold_until.is_none_or(|sold| day <= sold.saturating_sub(margin));
                let renewed = renew(rule, dates, (offer.validity, offer.start_rule), noon);
                let Ok(renewed) = renewed else { continue };
                if (!is_sold || !in_time) && day > today {
                    continue;
                }
                let first = if rank.1 == 0 { Reverse(day) } else { rank.2 };
                let next = (rank.0 + offer.price.minor, rank.1 + 1, first);
                let known = states.entry(key(renewed.dates)).or_insert((i64::MAX, 0, first));
                if next < *known {
                    *known = next;
                    fresh.push((key(renewed.dates), next));
                }
            }
        }
        states.retain(|(expires_on, anniversary_day), _| {
            let dates = LineDates {
                activated_on: None,
                expires_on: *expires_on,
                anniversary_day: *anniversary_day,
            };
            is_kept(question, dates, day)
        });
        if day == until {
            return states.into_values().min();
        }
        day = day.tomorrow().unwrap();
    }
}

/// What a person does without a planner: on the last day, the plan that is cheapest for each day it adds.
fn greedy(question: &KeepQuestion<'_>) -> Option<i64> {
    let KeepQuestion { rule, today, until, .. } = *question;
    let (mut dates, mut total) = (question.dates, 0);
    for _ in 0..200 {
        let last = last_day(question, dates);
        let needs_nothing = question.keeping == Keeping::Number && last.is_none();
        if needs_nothing || last.is_some_and(|last| last >= until) {
            return Some(total);
        }
        let day = last.map_or(today, |last| last.max(today));
        let noon = rule.zone.start_of(day).plus_seconds(12 * 3600);
        let sold =
            question.offers.iter().filter(|offer| offer.sold_until.is_none_or(|on| day <= on));
        let bought = sold.filter_map(|offer| {
            let after = renew(rule, dates, (offer.validity, offer.start_rule), noon).ok()?.dates;
            let reached = last_day(question, after)?;
            let added = i64::from(day.until(reached).unwrap().get_days());
            (added > 0).then(|| (offer.price.minor * 1_000 / added, offer.price.minor, after))
        });
        let (_, price, after) = bought.min_by_key(|(per_day, price, _)| (*per_day, *price))?;
        (dates, total) = (after, total + price);
    }
    None
}

#[derive(Clone, Debug)]
struct World {
    rule: LifecycleRule,
    dates: LineDates,
    offers: Vec<KeepOffer>,
    until: Date,
    keeping: Keeping,
}

impl World {
    const TODAY: &str = "2027-01-20";

    fn question(&self) -> KeepQuestion<'_> {
        KeepQuestion {
            rule: &self.rule,
            dates: self.dates,
            offers: &self.offers,
            currency: Currency::CAD,
            today: date(Self::TODAY),
            until: self.until,
            keeping: self.keeping,
        }
    }
}

fn offers() -> impl Strategy<Value = Vec<KeepOffer>> {
    let validity = prop_oneof![
        4 => (2_u16..25).prop_map(Validity::Days),
        1 => (1_u8..3).prop_map(Validity::Months)
    ];
    let start = prop_oneof![
        1 => Just(StartRule::AddValue),
        3 => Just(StartRule::SetExpiry),
        3 => Just(StartRule::KeepLater),
        3 => Just(StartRule::AddDays),
        3 => Just(StartRule::Queue)
    ];
    let sold = prop::option::weighted(0.25, 0_i64..40);
    let one = (validity, start, 1_i64..40, sold).prop_map(|(validity, start, price, sold)| {
        let sold_until = sold.map(|days| date(World::TODAY).saturating_add(days.days()));
        KeepOffer { sold_until, ..offer("plan", validity, start, price * 25) }
    });
    prop::collection::vec(one, 1..4).prop_map(|mut offers| {
        for (number, offer) in offers.iter_mut().enumerate() {
            offer.plan = PlanCode::parse(&format!("plan-{number}")).unwrap();
        }
        offers
    })
}

fn worlds() -> impl Strategy<Value = World> {
    let period = prop_oneof![
        Just(Period::Days(30)),
        Just(Period::DayOfMonth(MonthMemory::Clip)),
        Just(Period::DayOfMonth(MonthMemory::Clamp28))
    ];
    let in_grace = prop_oneof![Just(GraceRenewal::FromToday), Just(GraceRenewal::FromOldEnd)];
    let rules =
        (period, 0_u16..9, 0_u16..16, in_grace).prop_map(|(period, grace, suspended, in_grace)| {
            LifecycleRule {
                zone: Zone::named("Etc/UTC").unwrap(),
                ..rule(period, (grace, suspended), in_grace)
            }
        });
    let keeping = prop_oneof![2 => Just(Keeping::Number), 1 => Just(Keeping::Service)];
    let dates = (prop::option::weighted(0.95, -12_i64..20), prop::option::of(1_i8..32));
    (rules, dates, offers(), 5_i64..75, keeping).prop_map(
        |(rule, (expires, anniversary_day), offers, until, keeping)| {
            let after = |days: i64| date(World::TODAY).saturating_add(days.days());
            let expires_on = expires.map(after);
            let anniversary_day = anniversary_day.filter(|_| expires_on.is_some());
            let dates = LineDates { activated_on: expires_on, expires_on, anniversary_day };
            World { rule, dates, offers, until: after(until), keeping }
        },
    )
}

/// Does what a schedule says, day by day, and finds that it does what it promises.
fn follow(world: &World, schedule: &KeepSchedule) {
    let question = world.question();
    let (mut dates, mut day) = (world.dates, question.today);
    let mut left = schedule.renewals.iter().peekable();
    let mut out = Vec::new();
    while day <= world.until {
        while let Some(renewal) = left.next_if(|renewal| renewal.on == day) {
            let offer = world.offers.iter().find(|offer| offer.plan == renewal.plan).unwrap();
            assert!(offer.sold_until.is_none_or(|sold| day <= sold), "{world:?} {schedule:?}");
            assert_eq!((renewal.before, renewal.price), (dates.expires_on, offer.price));
            let noon = world.rule.zone.start_of(day).plus_seconds(12 * 3600);
            dates =
                renew(&world.rule, dates, (offer.validity, offer.start_rule), noon).unwrap().dates;
            assert_eq!(dates.expires_on, Some(renewal.expires_on), "{world:?} {schedule:?}");
        }
        assert!(is_kept(&question, dates, day), "{day}: {world:?} {schedule:?}");
        if dates.expires_on.is_some_and(|expires_on| expires_on < day) {
            out.push(day);
        }
        day = day.tomorrow().unwrap();
    }
    assert!(left.peek().is_none(), "{world:?} {schedule:?}");
    let said = schedule.without_service.iter().flat_map(|gap| {
        gap.from.series(1.day()).take_while(|day| *day <= gap.until).collect::<Vec<_>>()
    });
    assert_eq!(said.collect::<Vec<_>>(), out, "{world:?} {schedule:?}");
    assert_eq!(schedule.kept_until, last_day(&question, dates), "{world:?}");
}

/// What is counted over all worlds.
#[derive(Debug, Default)]
struct Figures {
    planned: u32,
    out_of_reach: u32,
    idle: u32,
    with_margin: u32,
    dearer: u32,
    greedy_lost: u32,
    greedy_total: i64,
    total: i64,
    most: i64,
}

impl Figures {
    fn count(&mut self, world: &World, schedule: &KeepSchedule) {
        self.planned += 1;
        self.idle += u32::from(schedule.renewals.is_empty());
        self.with_margin += u32::from(schedule.margin_days > 0);
        let total = schedule.total.minor;
        match greedy(&world.question()) {
            Some(greedy) => {
                assert!(greedy >= total, "{world:?}");
                self.dearer += u32::from(greedy > total);
                self.greedy_total += greedy;
                self.total += total;
                self.most = self.most.max((greedy - total) * 100 / total.max(1));
            }
            None => self.greedy_lost += 1,
        }
    }
}

/// Holds one world's schedule against every schedule there is.
fn compare(world: &World, figures: &mut Figures) {
    let question = world.question();
    if question.rule.status_on(question.dates, question.today) == LineStatus::Closed {
        assert_eq!(keep(&question), Err(KeepRefusal::Closed), "{world:?}");
        return;
    }
    let best = exhaustive(&question, 0);
    let schedule = match (keep(&question), best) {
        (Ok(schedule), Some(_)) => schedule,
        (Err(KeepRefusal::OutOfReach | KeepRefusal::NoPlan), None) => {
            figures.out_of_reach += 1;
            return;
        }
        other => panic!("{other:?}: {world:?}"),
    };
    let margin = schedule.margin_days;
    let count = u32::try_from(schedule.renewals.len()).unwrap();
    let first = schedule.renewals.first().map_or(Date::MAX, |renewal| renewal.on);
    let with_margin = if margin == 0 { best } else { exhaustive(&question, margin) };
    let (total, fewest, Reverse(latest)) = with_margin.unwrap();
    let cost = best.map(|(total, ..)| total);
    assert_eq!(cost, Some(total), "the margin costs nothing: {world:?}");
    assert_eq!((schedule.total.minor, count), (total, fewest), "{world:?} {schedule:?}");
    match world.rule.grace_renewal {
        GraceRenewal::FromToday => assert_eq!(first, latest, "{world:?} {schedule:?}"),
        GraceRenewal::FromOldEnd => assert!(first <= latest, "{world:?} {schedule:?}"),
    }
    let is_sampled = figures.planned.is_multiple_of(4);
    if let Some(wider) =
        [7, 3, 1].into_iter().rfind(|days| *days > margin && count > 0 && is_sampled)
    {
        let wider = exhaustive(&question, wider).map(|(total, ..)| total);
        assert_ne!(wider, cost, "a wider margin is free: {world:?} {schedule:?}");
    }
    follow(world, &schedule);
    figures.count(world, &schedule);
}

#[test]
fn ten_years_of_eight_plans_are_planned() {
    let offers = [
        "30d queue 1500",
        "30d set 1400",
        "60d later 2600",
        "90d add 3600",
        "1m queue 1550",
        "6m later 7000",
        "365d queue 15000",
        "7d set 700",
    ];
    for calendar in ["30d 7+83 today", "clip 7+23 oldend", "clamp 14+60 today"] {
        for keeping in [Keeping::Number, Keeping::Service] {
            let world = World {
                rule: read_rule(calendar),
                dates: LineDates {
                    expires_on: Some(date("2027-01-30")),
                    anniversary_day: Some(31),
                    ..LineDates::default()
                },
                offers: offers.map(read_offer).to_vec(),
                until: date("2037-01-20"),
                keeping,
            };
            let schedule = keep(&world.question()).unwrap();
            follow(&world, &schedule);
            assert!(greedy(&world.question()).unwrap() >= schedule.total.minor);
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "what was measured is to be seen")]
fn figures_of_random_worlds_held_against_every_schedule() {
    let mut runner = TestRunner::deterministic();
    let mut figures = Figures::default();
    for _ in 0..WORLDS {
        let world = worlds().new_tree(&mut runner).unwrap().current();
        compare(&world, &mut figures);
    }
    let Figures { planned, out_of_reach, idle, with_margin, dearer, greedy_lost, .. } = figures;
    eprintln!(
        "figures: keeping a number: {WORLDS} random worlds; {planned} schedules ({idle} of them empty, {with_margin} with days to spare), each as cheap as the best of every schedule there is; {out_of_reach} cannot be kept, and no schedule keeps them"
    );
    eprintln!(
        "figures: buying the least per day on the last day costs more in {dearer} worlds (by {}.{} % over all, at most by {} %) and loses the number in {greedy_lost} more",
        (figures.greedy_total - figures.total) * 100 / figures.total,
        (figures.greedy_total - figures.total) * 1_000 / figures.total % 10,
        figures.most
    );
    assert!(planned > WORLDS / 2 && dearer > 100, "{figures:?}");
}
