//! The supervisor's view, worded: pictures and tables of the same figures.

use crate::desk::here::Here;
use crate::desk::views::{
    Counted, SupervisedChart, SupervisedGroup, SupervisedRow, SupervisedView,
};
use crate::portal::charts::stacked::{self, MOST_PARTS, Stacked};
use farline_app::desk::supervise::Supervised;
use farline_domain::hotline::CallSource;
use farline_domain::staff::{Figures, MoneyDeed};
use farline_texts::Words;

/// The page of some days.
pub(super) fn view(here: &Here, supervised: &Supervised) -> SupervisedView {
    let words = here.frame.words();
    let Supervised { period, zone, supervision, waiting, .. } = supervised;
    let (first, last) = (period.first(), period.last());
    let days = [
        ("from", words.date(first).into()),
        ("until", words.date(last).into()),
        ("zone", words.zone_name(zone.name()).into()),
    ];
    let each = supervision.days.iter();
    let by_day = each.map(|day| row(words, words.date_short(day.date), &day.whole));
    let by = supervision.by.iter();
    let by_agent = by.map(|(by, figures)| row(words, name(words, supervised, *by), figures));
    let sum = || row(words, words.say("supervise-sum"), &supervision.whole);
    let group = |name, of: &str, rows: Vec<SupervisedRow>| SupervisedGroup {
        name,
        title: words.say(&format!("supervise-by-{name}")),
        of: words.say(of),
        rows,
    };
    SupervisedView {
        days: words.say_with("supervise-days", &days),
        sheet: here.href(&format!("desk/supervise.csv?from={first}&until={last}")),
        waiting: words.say_with("supervise-waiting", &[("count", number(*waiting).into())]),
        charts: charts(words, supervised),
        groups: vec![
            group("agent", "supervise-who", by_agent.chain([sum()]).collect()),
            group("day", "supervise-day", by_day.chain([sum()]).collect()),
        ],
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn name(words: &Words, supervised: &Supervised, by: CallSource) -> String {
    match by {
        CallSource::Robot => words.say("supervise-robot"),
        CallSource::Desk(member) => {
            supervised.names.get(&member).cloned().unwrap_or_else(|| member.to_string())
        }
    }
}

fn counted(words: &Words, count: u64) -> Counted {
    Counted { figure: words.number(number(count)), detail: String::new() }
}

fn row(words: &Words, name: String, figures: &Figures) -> SupervisedRow {
    let count = |count| counted(words, count);
    let length = figures.median_seconds.map(|seconds| {
        let parts = [("minutes", (seconds / 60).into()), ("seconds", (seconds % 60).into())];
        words.say_with("supervise-minutes", &parts)
    });
    let verified = figures.verified.iter().map(|(way, count)| {
        let way = words.say(&format!("supervise-way-{}", way.code().replace('_', "-")));
        format!("{way}\u{a0}{}", words.number(number(*count)))
    });
    let verified = Counted {
        detail: words.dot(&verified.collect::<Vec<_>>()),
        ..count(figures.verified.values().sum())
    };
    let money = |deed| money(words, figures, deed);
    SupervisedRow {
        name,
        calls: vec![
            count(figures.calls),
            Counted { figure: length.unwrap_or_default(), detail: String::new() },
            count(figures.ordered),
            count(figures.paid),
            verified,
            count(figures.failures),
            count(figures.locks),
        ],
        money: vec![
            money(MoneyDeed::Refunded),
            money(MoneyDeed::Asked),
            money(MoneyDeed::Agreed),
            money(MoneyDeed::Took),
            money(MoneyDeed::Gave),
            count(figures.decided),
        ],
    }
}

/// How often, and the sum in each currency.
fn money(words: &Words, figures: &Figures, wanted: MoneyDeed) -> Counted {
    let found = figures.money.iter().filter(|((deed, _), _)| *deed == wanted);
    let (counts, sums): (Vec<u64>, Vec<String>) = found
        .map(|(_, (count, sum))| (*count, words.money(sum.minor, sum.currency.code())))
        .unzip();
    Counted { detail: words.dot(&sums), ..counted(words, counts.iter().sum()) }
}

/// What a picture shows of a day: its parts from the ground up.
type Parts = fn(&Figures) -> [u64; MOST_PARTS];

/// The pictures, the words of their parts, and the parts.
const CHARTS: [(&str, &[&str], Parts); 3] = [
    ("calls", &["supervise-paid", "supervise-not-paid", "supervise-no-order"], calls),
    ("failures", &["supervise-failed", "supervise-locked"], failures),
    ("refunds", &["supervise-refunded", "supervise-agreed"], refunds),
];

fn calls(figures: &Figures) -> [u64; MOST_PARTS] {
    let Figures { calls, ordered, paid, .. } = figures;
    [*paid, ordered.saturating_sub(*paid), calls.saturating_sub(*ordered)]
}

fn failures(figures: &Figures) -> [u64; MOST_PARTS] {
    [figures.failures, figures.locks, 0]
}

fn refunds(figures: &Figures) -> [u64; MOST_PARTS] {
    let count = |wanted| {
        let of = figures.money.iter().filter(|((deed, _), _)| *deed == wanted);
        of.map(|(_, (count, _))| count).sum()
    };
    [count(MoneyDeed::Refunded), count(MoneyDeed::Agreed), 0]
}

fn charts(words: &Words, supervised: &Supervised) -> Vec<SupervisedChart> {
    let days = &supervised.supervision.days;
    let chart = |(name, keys, parts): (&'static str, &[&str], Parts)| {
        let title = words.say(&format!("supervise-chart-{name}"));
        let named: Vec<String> = keys.iter().map(|key| words.say(key)).collect();
        let whole = parts(&supervised.supervision.whole);
        let told = named
            .iter()
            .zip(whole)
            .map(|(part, count)| format!("{part}\u{a0}{}", words.number(number(count))));
        let stacked = Stacked {
            name,
            days: days.iter().map(|day| parts(&day.whole)).collect(),
            first_day: words.date_short(supervised.period.first()),
            last_day: words.date_short(supervised.period.last()),
            title: title.clone(),
            description: words.dot(&told.collect::<Vec<_>>()),
        };
        SupervisedChart { title, picture: stacked::draw(&stacked), parts: named }
    };
    CHARTS.into_iter().map(chart).collect()
}
