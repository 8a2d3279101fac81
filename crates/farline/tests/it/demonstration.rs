//! The demonstration's data: sound, complete, and alive on whatever day it starts.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "../../src/demonstration/mod.rs"]
mod data;

use farline_app::imports::{
    ListingsContext, SecretKind, read_catalogue, read_listings, read_rates, secret_digest,
};
use farline_app::ports::Randomness;
use farline_app::ports::lines::{NewLine, WEEKS_BY_HOUR};
use farline_domain::catalog::{Catalogue, StartRule, price};
use farline_domain::comparison::Listing;
use farline_domain::forecast::week_of;
use farline_domain::kernel::{
    AllowanceKind, Currency, Instant, Language, LineNumber, Money, Province,
};
use farline_domain::lines::LineStatus;
use farline_domain::orders::ShopCode;
use jiff::civil::{Date, date};
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicU8, Ordering};

/// Counts, so that ids differ and a test sees the same ones again.
#[derive(Default)]
struct Counting(AtomicU8);

impl Randomness for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

const KEY: [u8; 32] = [3; 32];

fn catalogue() -> Catalogue {
    let read = read_catalogue("catalogue.toml", data::catalogue_text());
    read.map_err(|fault| fault.to_string()).unwrap()
}

fn noon(day: Date) -> Instant {
    let noon = day.at(17, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    Instant::from_millis(noon.timestamp().as_millisecond())
}

fn lines_on(day: Date) -> Vec<NewLine> {
    data::lines(&catalogue(), noon(day), &KEY, &Counting::default())
}

/// Days on which calendars are difficult, and some on which they are not.
fn days() -> [Date; 6] {
    [
        date(2026, 11, 22),
        date(2026, 3, 8),
        date(2027, 1, 31),
        date(2027, 3, 1),
        date(2028, 2, 29),
        date(2028, 12, 31),
    ]
}

fn status(catalogue: &Catalogue, new: &NewLine, day: Date) -> LineStatus {
    let rule = &catalogue.operators[&new.line.operator].lifecycle;
    rule.status_on(new.line.dates, rule.today(noon(day)))
}

/// A number of the demonstration as it is typed.
fn find<'l>(lines: &'l [NewLine], typed: &str) -> &'l NewLine {
    let number = LineNumber::parse(typed).unwrap();
    let has = |new: &&NewLine| match &number {
        LineNumber::Msisdn(number) => new.line.msisdn.as_ref() == Some(number),
        LineNumber::Iccid(number) => new.line.iccid == *number,
    };
    lines.iter().find(has).unwrap()
}

#[test]
fn most_cards_have_a_holder_in_the_language_of_the_card() {
    let lines = lines_on(date(2026, 11, 22));
    let names = |language| {
        let of = lines.iter().filter(move |new| new.line.language == language);
        of.filter_map(|new| new.holder_name.as_ref()).map(|name| name.as_str().to_owned())
    };
    let is_han = |sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign);
    assert!(names(Language::ZhCn).all(|name| name.chars().all(is_han)));
    assert!(names(Language::FrCa).any(|name| name.contains('é')));
    let all: Vec<String> = lines
        .iter()
        .filter_map(|new| new.holder_name.as_ref())
        .map(|name| name.as_str().to_owned())
        .collect();
    assert_eq!(all.len(), 182);
    assert!(all.iter().collect::<HashSet<_>>().len() > 150, "people are mostly different ones");
    assert_eq!(
        find(&lines, "+1 416 555 0100").holder_name,
        find(&lines_on(date(2026, 11, 22)), "+1 416 555 0100").holder_name
    );
}

#[test]
fn the_catalogue_is_sound_and_shows_every_rule() {
    let catalogue = catalogue();
    assert_eq!(catalogue.operators.len(), 3);
    for operator in catalogue.operators.keys() {
        let plans = catalogue.plans_of(operator, date(2026, 11, 22));
        assert!(plans.len() >= 5, "{operator}");
        assert!(plans.iter().any(|plan| plan.start_rule == StartRule::AddValue), "{operator}");
    }
    let rules: HashSet<StartRule> = catalogue.plans.values().map(|plan| plan.start_rule).collect();
    assert_eq!(rules.len(), StartRule::ALL.len());
    let allowances = || catalogue.plans.values().flat_map(|plan| &plan.allowances);
    assert!(allowances().any(|allowance| allowance.bonus));
    assert!(allowances().any(|allowance| allowance.window.is_some()));
    assert!(allowances().any(|allowance| allowance.zone.as_str() == "china"));
    for kind in AllowanceKind::ALL {
        assert!(allowances().any(|allowance| allowance.kind == kind), "{}", kind.code());
    }
    assert_eq!(catalogue.promotions.len(), 3);
}

#[test]
fn every_plan_has_its_price_in_every_province() {
    let catalogue = catalogue();
    for plan in catalogue.plans.values() {
        let duty = catalogue.operators[&plan.operator].levies;
        for province in Province::ALL {
            let tables = (&catalogue.taxes, duty);
            let priced = price(plan, &[], tables, *province, date(2026, 11, 22)).unwrap();
            assert!(priced.total.minor > plan.price.minor, "{} {province:?}", plan.code);
        }
    }
    let table = [
        ("maplewave-5gb", Province::On, date(2026, 11, 22), 2825),
        ("maplewave-5gb", Province::Qc, date(2026, 11, 22), 2874),
        ("maplewave-5gb", Province::Ns, date(2025, 3, 31), 2875),
        ("maplewave-5gb", Province::Ns, date(2025, 4, 1), 2850),
        ("tamarack-3gb", Province::Bc, date(2026, 11, 22), 2464),
        ("tamarack-3gb", Province::Ab, date(2026, 11, 22), 2405),
        ("tamarack-keep", Province::Sk, date(2026, 11, 22), 2562),
    ];
    for (code, province, day, expected) in table {
        let plan = catalogue.plans.values().find(|plan| plan.code.as_str() == code).unwrap();
        let tables = (&catalogue.taxes, catalogue.operators[&plan.operator].levies);
        let priced = price(plan, &[], tables, province, day).unwrap();
        assert_eq!(priced.total, Money::cad(expected), "{code} {province:?} {day}");
    }
}

#[test]
fn two_hundred_lines_stand_in_every_state_on_any_day() {
    let catalogue = catalogue();
    for day in days() {
        let lines = lines_on(day);
        assert_eq!(lines.len(), 200);
        let distinct =
            |key: fn(&NewLine) -> String| lines.iter().map(key).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|new| new.line.iccid.as_str().to_owned()), 200);
        assert_eq!(
            distinct(|new| format!(
                "{:?}",
                new.line.msisdn.as_ref().map(farline_domain::kernel::Msisdn::as_str)
            )),
            200
        );
        assert_eq!(distinct(|new| new.line.id.to_string()), 200);
        let seen: HashSet<(String, LineStatus)> = lines
            .iter()
            .map(|new| (new.line.operator.to_string(), status(&catalogue, new, day)))
            .collect();
        assert_eq!(seen.len(), 15, "three operators in five states on {day}");
        for language in Language::ALL {
            assert!(lines.iter().any(|new| new.line.language == language));
        }
        let ours = |new: &NewLine| {
            let number =
                new.line.msisdn.as_ref().is_none_or(|n| n.as_str()[5..].starts_with("55501"));
            number && new.line.iccid.as_str().starts_with("891998")
        };
        assert!(lines.iter().all(ours));
    }
}

#[test]
fn the_first_line_is_always_as_it_is_told() {
    for day in days() {
        let lines = lines_on(day);
        let first = find(&lines, "+1 416 555 0100");
        let operator = &catalogue().operators[&first.line.operator];
        assert_eq!((operator.code.as_str(), first.line.language), ("maplewave", Language::EnCa));
        let today = operator.lifecycle.today(noon(day));
        let left = today.until(first.line.dates.expires_on.unwrap()).unwrap().get_days();
        assert_eq!(left, 9);
        let buckets: Vec<(&str, i64, i64, bool)> = first
            .buckets
            .iter()
            .map(|bucket| {
                let granted = bucket.allowance.units.count();
                let left = granted - bucket.used.count();
                (bucket.allowance.kind.code(), granted, left, bucket.allowance.bonus)
            })
            .collect();
        let expected = [
            ("data", 5_000_000_000, 900_000_000, false),
            ("voice", 300 * 60, 192 * 60, false),
            ("messages", 200, 186, false),
            ("credit", 6000, 6000, true),
        ];
        assert_eq!(buckets, expected);
        let digest = |kind, value| Some(secret_digest(&KEY, kind, &first.line.iccid, value));
        assert_eq!(first.secrets.pin, digest(SecretKind::Pin, data::PIN));
        assert_eq!(first.secrets.puk, digest(SecretKind::Puk, data::PUK));
    }
}

#[test]
fn the_showcase_can_be_tried_and_the_supplier_shows_every_outcome() {
    let catalogue = catalogue();
    for day in days() {
        let lines = lines_on(day);
        assert_eq!(data::SHOWCASE.first().unwrap().0, "+1 416 555 0100");
        for (number, what) in data::SHOWCASE {
            let new = find(&lines, number);
            assert!(!what.is_empty());
            assert_eq!(status(&catalogue, new, day), LineStatus::Active, "{number} on {day}");
        }
        for area in [416, 902] {
            for last in 80..=86 {
                let new = find(&lines, &format!("+1 {area} 555 01{last}"));
                assert_eq!(new.line.operator.as_str(), "kittiwake");
                assert_eq!(status(&catalogue, new, day), LineStatus::Active);
            }
        }
        let quebec = find(&lines, "+1 514 555 0100");
        assert_eq!(
            (quebec.line.province, quebec.line.language),
            (Some(Province::Qc), Language::FrCa)
        );
        let nameless: Vec<&NewLine> =
            lines.iter().filter(|new| new.line.msisdn.is_none()).collect();
        let [card] = &nameless[..] else { unreachable!("one card without a number") };
        assert!(card.buckets.iter().all(|bucket| bucket.allowance.kind == AllowanceKind::Data));
        assert!(!card.buckets.is_empty());
    }
}

#[test]
fn usage_is_what_the_buckets_say() {
    let catalogue = catalogue();
    for day in days() {
        for new in lines_on(day) {
            let rule = &catalogue.operators[&new.line.operator].lifecycle;
            let today = rule.today(noon(day));
            let oldest = today.saturating_sub(jiff::ToSpan::days(90_i32));
            let dates = new.line.dates;
            for used in &new.usage {
                assert!(used.date >= oldest && used.date < today && !used.units.is_zero());
                assert!(
                    Some(used.date) <= dates.expires_on && Some(used.date) >= dates.activated_on
                );
            }
            let hours = new.hours.iter().map(|used| used.units.count()).sum::<i64>();
            let weeks = week_of(today).saturating_sub(jiff::ToSpan::weeks(WEEKS_BY_HOUR - 1));
            let told = new.usage.iter().filter(|used| used.kind == AllowanceKind::Data);
            let told = told.filter(|used| used.date >= weeks).map(|used| used.units.count());
            assert_eq!(hours, told.sum::<i64>());
            for bucket in &new.buckets {
                assert!(bucket.used <= bucket.allowance.units);
                let first = bucket.valid_from.date_in(&rule.zone);
                if first < oldest || bucket.allowance.kind == AllowanceKind::Credit {
                    continue;
                }
                let same = |kind| kind == bucket.allowance.kind;
                let told = new.usage.iter().filter(|used| same(used.kind) && used.date >= first);
                let told: i64 = told.map(|used| used.units.count()).sum();
                let of_kind = new.buckets.iter().filter(|other| same(other.allowance.kind));
                assert_eq!(told, of_kind.map(|other| other.used.count()).sum::<i64>());
            }
        }
        let lines = lines_on(day);
        let first = find(&lines, "+1 416 555 0100");
        let data = first.usage.iter().filter(|used| used.kind == AllowanceKind::Data);
        assert_eq!(data.count(), 90, "ninety days of data on {day}");
    }
}

#[test]
fn the_same_day_gives_the_same_lines() {
    assert_eq!(lines_on(days()[0]), lines_on(days()[0]));
}

#[test]
fn what_others_ask_can_be_taken_in_beside_it() {
    let today = date(2025, 11, 30);
    let context = ListingsContext {
        operators: catalogue().operators.keys().cloned().collect(),
        shops: [ShopCode::parse(farline_app::shops::demonstration::SHOP).unwrap()].into(),
        today,
        ..ListingsContext::default()
    };
    let text = data::listings_text();
    let listings = read_listings("listings.csv", text.as_bytes(), &context).unwrap();
    let rates = read_rates("rates.csv", data::rates_text().as_bytes(), today).unwrap();
    let foreign = listings.iter().filter(|one| one.price.currency != Currency::CAD);
    let has_rate = |one: &&Listing| rates.iter().any(|rate| rate.from == one.price.currency);
    let (rated, others): (Vec<_>, Vec<_>) = foreign.partition(has_rate);
    assert!(rated.len() >= 4, "prices in other currencies are converted");
    assert_eq!(others.len(), 1, "and one has no rate, so that the page can say so");
}
