//! The moments at which a card can renew itself, as values of a form.

use crate::portal::views::Choice;
use farline_domain::auto_renew::Trigger;
use farline_domain::catalog::{Plan, StartRule};
use farline_domain::kernel::{AllowanceKind, Units};
use farline_texts::Words;

/// Days before the last day of service that are offered.
const DAYS: [u8; 6] = [0, 1, 2, 3, 5, 7];
/// Marks of data that are offered, in octets.
const DATA: [i64; 3] = [500_000_000, 1_000_000_000, 2_000_000_000];
/// Marks of credit that are offered, in minor units.
const CREDIT: [i64; 4] = [200, 500, 1000, 2000];
/// A tenth of the plan's own data.
const TENTH: &str = "data-tenth";
/// The operator's own hour.
const CYCLE: &str = "cycle";

/// Reads the value of a moment.
pub(super) fn read(value: &str, plan: &Plan) -> Option<Trigger> {
    let below = |kind, count: i64| {
        let mark = Units::new(count).ok().filter(|mark| !mark.is_zero())?;
        Some(Trigger::Below(kind, mark))
    };
    if value == CYCLE {
        return Some(Trigger::Cycle);
    }
    if value == TENTH {
        return below(AllowanceKind::Data, plan.granted(AllowanceKind::Data) / 10);
    }
    let (kind, count) = value.split_once('-')?;
    match kind {
        "before" => count.parse().ok().map(Trigger::BeforeExpiry),
        "data" => below(AllowanceKind::Data, count.parse().ok()?),
        "credit" => below(AllowanceKind::Credit, count.parse().ok()?),
        _ => None,
    }
}

/// The value of a moment.
pub(super) fn value(trigger: Trigger) -> String {
    match trigger {
        Trigger::BeforeExpiry(days) => format!("before-{days}"),
        Trigger::Cycle => CYCLE.to_owned(),
        Trigger::Below(kind, mark) => format!("{}-{}", kind.code(), mark.count()),
    }
}

/// What is suggested with a plan: time for another try, unless its days would be lost.
pub(super) fn suggested(plan: &Plan) -> String {
    value(Trigger::BeforeExpiry(if plan.start_rule == StartRule::SetExpiry { 0 } else { 3 }))
}

/// The moments by date.
pub(super) fn by_date(words: &Words, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<(String, String)> = DAYS
        .into_iter()
        .map(|days| (value(Trigger::BeforeExpiry(days)), before(words, days)))
        .collect();
    all.push((CYCLE.to_owned(), words.say("auto-when-cycle")));
    let other = chosen.strip_prefix("before-").and_then(|days| days.parse().ok());
    if let Some(days) = other.filter(|days| !DAYS.contains(days)) {
        all.push((value(Trigger::BeforeExpiry(days)), before(words, days)));
    }
    choices(all, chosen)
}

fn before(words: &Words, days: u8) -> String {
    if days == 0 {
        return words.say("auto-when-last-day");
    }
    words.say_with("auto-when-before", &[("days", words.days(i64::from(days)).into())])
}

/// The moments by what is left: of data, and of credit where the card has any.
pub(super) fn by_left(
    words: &Words,
    (currency, has_credit): (&str, bool),
    chosen: &str,
) -> Vec<Choice> {
    let data = |mark: i64| {
        let said = words.say_with("auto-when-data", &[("mark", words.data(mark).into())]);
        (format!("data-{mark}"), said)
    };
    let credit = |mark: i64| {
        let mark_text = words.money(mark, currency);
        let said = words.say_with("auto-when-credit", &[("mark", mark_text.into())]);
        (format!("credit-{mark}"), said)
    };
    let mut all: Vec<(String, String)> = DATA.into_iter().map(data).collect();
    all.push((TENTH.to_owned(), words.say("auto-when-tenth")));
    if has_credit {
        all.extend(CREDIT.into_iter().map(credit));
    }
    let is_offered = all.iter().any(|(value, _)| value == chosen);
    let other = chosen.split_once('-').filter(|_| !is_offered);
    match other.map(|(kind, count)| (kind, count.parse())) {
        Some(("data", Ok(mark))) => all.push(data(mark)),
        Some(("credit", Ok(mark))) => all.push(credit(mark)),
        _ => {}
    }
    choices(all, chosen)
}

fn choices(all: Vec<(String, String)>, chosen: &str) -> Vec<Choice> {
    let choice = |(value, label): (String, String)| Choice {
        chosen: value == chosen,
        value,
        label,
        note: String::new(),
    };
    all.into_iter().map(choice).collect()
}
