//! One line's buckets and sessions, told step by step in words.

use crate::scene::{TERMS, allowance, assert_sound, charging, line_on, noon, run, using};
use farline_domain::balance::Session;
use farline_domain::catalog::{Network, TimeWindow, ZoneCode};
use farline_domain::charging::{
    ChargingAnswer, ChargingRequest, ChargingResult, ChargingStep, ServiceKind, Terms, Wanted,
};
use farline_domain::commands::{Answer, JobKind, LineCommand, LineState};
use farline_domain::kernel::{AllowanceKind, Instant, Units, Zone};
use jiff::ToSpan;
use jiff::civil::Date;

const SIZES: [(&str, AllowanceKind, i64); 7] = [
    ("GB", AllowanceKind::Data, 1_000_000_000),
    ("MB", AllowanceKind::Data, 1_000_000),
    ("min", AllowanceKind::Voice, 60),
    ("sec", AllowanceKind::Voice, 1),
    ("msg", AllowanceKind::Messages, 1),
    ("CAD", AllowanceKind::Credit, 100),
    ("B", AllowanceKind::Data, 1),
];

/// `1.88GB` → data, 1,880,000,000 octets, without a float.
pub(crate) fn size(text: &str) -> Option<(AllowanceKind, i64)> {
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

fn units(text: &str) -> Units {
    Units::new(size(text).unwrap().1).unwrap()
}

struct Story {
    state: LineState,
    now: Instant,
    terms: Terms,
    /// The request before, and what it was answered.
    last: Option<(ChargingRequest, ChargingAnswer)>,
}

/// The words of one step.
struct Step<'a> {
    text: &'a str,
    words: Vec<&'a str>,
}

impl<'a> Step<'a> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    fn after(&self, word: &str) -> Option<&'a str> {
        let place = self.words.iter().position(|known| *known == word)?;
        self.words.get(place + 1).copied()
    }

    fn units(&self, word: &str) -> Option<Units> {
        self.after(word).map(units)
    }

    /// The first size that is named.
    fn named(&self) -> Option<(AllowanceKind, i64)> {
        self.words.iter().find_map(|word| size(word))
    }

    fn service(&self) -> ServiceKind {
        let kind = self.named().map_or(AllowanceKind::Data, |(kind, _)| kind);
        ServiceKind::parse(kind.code()).unwrap()
    }

    fn zones(&self) -> Option<Vec<ZoneCode>> {
        let zones: &[&str] = match (self.has("home"), self.has("abroad"), self.has("nowhere")) {
            (true, ..) => &["canada", "america", "world"],
            (_, true, _) => &["world"],
            (.., true) => &[],
            (false, false, false) => return None,
        };
        Some(zones.iter().map(|zone| ZoneCode::parse(zone).unwrap()).collect())
    }
}

impl Story {
    fn take(&mut self, text: &str) {
        let step = Step { text, words: text.split_whitespace().collect() };
        match step.words[0] {
            "at" => self.pass_to(&step),
            "zone" => self.state.rule.zone = Zone::named(step.words[1]).unwrap(),
            "until" => self.state.line.dates.expires_on = Some(step.words[1].parse().unwrap()),
            "quota" => self.terms.quota = units(step.words[1]),
            "valid" => self.terms.validity_seconds = step.words[1].parse().unwrap(),
            "grant" => {
                let today = self.now.date_in(&self.state.rule.zone);
                run(&mut self.state, &grant(&step, today), self.now).unwrap();
            }
            "sweep" => {
                run(&mut self.state, &LineCommand::Sweep, self.now).unwrap();
            }
            "again" => self.repeat(),
            _ => self.charge(&step),
        }
        assert_sound(&self.state);
    }

    fn pass_to(&mut self, step: &Step<'_>) {
        let (hour, minute) = step.words[2].split_once(':').unwrap();
        let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
        let date: Date = step.words[1].parse().unwrap();
        self.now = self.state.rule.zone.start_of(date).plus_seconds(minutes * 60);
    }

    /// The last request once more: the same answer, and nothing changes.
    fn repeat(&mut self) {
        let (request, answer) = self.last.clone().unwrap();
        let before = self.state.clone();
        let command = LineCommand::Charge(Box::new(request));
        let again = run(&mut self.state, &command, self.now.plus_seconds(1)).unwrap();
        assert_eq!(again, Answer::Charging(answer));
        assert_eq!(self.state, before);
    }

    fn charge(&mut self, step: &Step<'_>) {
        let mut request = self.request(step);
        request.zones = step.zones();
        request.terms = self.terms;
        let number = step.words.iter().find_map(|word| word.strip_prefix('#'));
        if let Some(number) = number {
            request.sequence = number.parse().unwrap();
        }
        let command = LineCommand::Charge(Box::new(request.clone()));
        let Ok(Answer::Charging(answer)) = run(&mut self.state, &command, self.now) else {
            panic!("{} led to no answer", step.text);
        };
        expect_answer(step, &answer);
        self.last = Some((request, answer));
    }

    /// `reserve`, `commit` and `release` for short, or one of the four requests in full.
    fn request(&self, step: &Step<'_>) -> ChargingRequest {
        let short = step.after("for").unwrap_or("s1");
        let named = step.words.get(1).copied().unwrap_or("s1");
        let state = &self.state;
        let is_known = |name: &str| state.sessions.contains_key(&Session(name.to_owned()));
        let kind = |name: &str| {
            let known = state.sessions.get(&Session(name.to_owned()));
            let named = step.named().map(|_| step.service());
            named.or(known.map(|known| known.kind)).unwrap_or(ServiceKind::Data)
        };
        let first = || Units::new(step.named().map_or(0, |(_, count)| count)).unwrap();
        let used = step.units("used").unwrap_or(Units::ZERO);
        let wanted = match (step.has("rest"), step.units("want")) {
            (true, _) => Wanted::Nothing,
            (false, Some(units)) => Wanted::Units(units),
            (false, None) => Wanted::Quota,
        };
        let (name, step) = match step.words[0] {
            "reserve" if is_known(short) => {
                let wanted = Wanted::Units(first());
                (short, ChargingStep::Update { used: Units::ZERO, wanted })
            }
            "reserve" => (short, ChargingStep::Start { wanted: Wanted::Units(first()) }),
            "commit" => match using(state, short, (kind(short), first())) {
                LineCommand::Charge(request) => return *request,
                other => panic!("{other:?}"),
            },
            "release" => {
                (short, ChargingStep::Update { used: Units::ZERO, wanted: Wanted::Nothing })
            }
            "start" => (named, ChargingStep::Start { wanted }),
            "update" => (named, ChargingStep::Update { used, wanted }),
            "end" => (named, ChargingStep::End { used }),
            "event" => (named, ChargingStep::Event { units: first() }),
            other => panic!("{other} is no step"),
        };
        charging(state, name, (kind(name), step))
    }
}

/// `= SIZE` granted, else used; `leaving`, `over`, `ask` SIZE; `valid SECONDS`; `final`; `! Refusal`.
fn expect_answer(step: &Step<'_>, answer: &ChargingAnswer) {
    let text = step.text;
    let refusal = match answer.result {
        ChargingResult::Refused(refusal) => Some(format!("{refusal:?}")),
        ChargingResult::Granted(_) | ChargingResult::Done => None,
    };
    assert_eq!(refusal.as_deref(), step.after("!"), "{text}: {answer:?}");
    let quota = match answer.result {
        ChargingResult::Granted(quota) => Some(quota),
        ChargingResult::Refused(_) | ChargingResult::Done => None,
    };
    if let Some(expected) = step.units("=") {
        assert_eq!(quota.map_or(answer.debited, |quota| quota.units), expected, "{text}");
    }
    if let Some(left) = step.units("leaving") {
        assert_eq!(answer.left, left, "{text}: {answer:?}");
    }
    assert_eq!(answer.overrun, step.units("over").unwrap_or_default(), "{text}: {answer:?}");
    if let Some(threshold) = step.units("ask") {
        assert_eq!(quota.map(|quota| quota.ask_again_after), Some(threshold), "{text}");
    }
    if let Some(seconds) = step.after("valid") {
        let found = quota.map(|quota| quota.validity_seconds.to_string());
        assert_eq!(found.as_deref(), Some(seconds), "{text}: {answer:?}");
    }
    if let Some(quota) = quota {
        assert_eq!(quota.is_final, answer.left.is_zero(), "{text}: {answer:?}");
    }
    if step.has("final") || step.has("more") {
        assert_eq!(quota.map(|quota| quota.is_final), Some(step.has("final")), "{text}");
    }
}

fn grant(step: &Step<'_>, today: Date) -> LineCommand {
    let (kind, count) = step.named().unwrap();
    let mut granted = allowance(kind, count);
    let mut valid_until = None;
    for word in &step.words {
        match *word {
            "bonus" => granted.bonus = true,
            "night" => granted.window = Some(TimeWindow { from_minute: 1320, until_minute: 360 }),
            "day" => granted.window = Some(TimeWindow { from_minute: 480, until_minute: 1200 }),
            "evening" => {
                granted.window = Some(TimeWindow { from_minute: 1080, until_minute: 1440 });
            }
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

/// `SIZE left[, SIZE reserved]`, then every bucket's remainder with `buckets SIZE SIZE…`, what was
/// never paid for with `SIZE over` and `SIZE refused`, and the marks passed with `marks 1:used_up…`.
fn expect(story: &Story, line: &str, expected: &str) {
    for claim in expected.split([';', ',']).map(str::trim) {
        let words: Vec<&str> = claim.split_whitespace().collect();
        let effects = &story.state.effects;
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
            [expected, "over"] => {
                let over: i64 = effects.usage.iter().map(|used| used.overrun.count()).sum();
                assert_eq!(over, units(expected).count(), "{line}");
            }
            [expected, "refused"] => {
                let refused: i64 = effects.usage.iter().map(|used| used.refused.count()).sum();
                assert_eq!(refused, units(expected).count(), "{line}");
            }
            ["buckets", ..] => {
                let left: Vec<i64> = buckets.map(|bucket| bucket.available().count()).collect();
                let expected: Vec<i64> = words[1..].iter().map(|w| size(w).unwrap().1).collect();
                assert_eq!(left, expected, "{line}");
            }
            ["entries", ..] => {
                let entries = effects.bucket_entries.iter();
                let entries: Vec<&str> = entries.map(|entry| entry.kind.code()).collect();
                assert_eq!(entries, words[1..], "{line}");
            }
            ["marks", ..] => assert_eq!(marks(&story.state), words[1..], "{line}"),
            ["sweeps", count] => {
                let jobs = effects.jobs.iter().filter(|job| job.kind == JobKind::Sweep);
                assert_eq!(jobs.count().to_string(), count, "{line}");
            }
            _ => panic!("{claim} is no claim"),
        }
    }
}

/// `bucket:mark`, and how much is left in its stead if anything is.
fn marks(state: &LineState) -> Vec<String> {
    let told = state.effects.jobs.iter().filter_map(|job| match &job.kind {
        JobKind::Depletion(depletion) => Some(depletion),
        _ => None,
    });
    told.map(|depletion| {
        let left = match depletion.left.count() {
            0 => String::new(),
            left => format!("+{left}"),
        };
        format!("{}:{}{left}", depletion.bucket, depletion.mark.code())
    })
    .collect()
}

/// `step | step | → claims`.
fn check(line: &str) {
    let (steps, expected) = line.split_once('→').unwrap();
    let state = line_on(Network::Own);
    let mut story = Story { state, now: noon(), terms: TERMS, last: None };
    for text in steps.split('|').map(str::trim).filter(|text| !text.is_empty()) {
        story.take(text);
    }
    expect(&story, line, expected.trim());
}

pub(crate) fn check_all(table: &str) {
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
}
