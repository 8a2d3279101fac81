//! Every format against `tests/goldens.tsv`, which `tests/goldens.mjs` writes.

use std::collections::BTreeSet;

use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil;

const TABLE: &str = include_str!("../goldens.tsv");

#[test]
fn formats_agree_with_unicode_data_and_our_named_differences() {
    let mut differences = Vec::new();
    let mut seen = BTreeSet::new();
    for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [language, format, input, expected] = columns[..] else {
            panic!("four columns: {row}")
        };
        let words = Words::of(Language::parse(language).expect(language));
        let found = visible(&formatted(words, format, input));
        if found != expected {
            differences
                .push(format!("{language} {format}({input}): {found} instead of {expected}"));
        }
        seen.insert((language, format));
    }
    assert_eq!(seen.len(), 13 * Language::ALL.len(), "every format in every language: {seen:?}");
    assert!(differences.is_empty(), "{}\n{}", differences.len(), differences.join("\n"));
}

fn formatted(words: &Words, format: &str, input: &str) -> String {
    let number = || input.parse::<i64>().expect(input);
    match format {
        "number" => words.number(number()),
        "money" => {
            let (minor, currency) = input.split_once(' ').expect(input);
            words.money(minor.parse().expect(input), currency)
        }
        "data" => words.data(number()),
        "minutes" => words.minutes(number()),
        "messages" => words.messages(number()),
        "days" => words.days(number()),
        "rate" => words.rate(number()),
        "date" => words.date(input.parse().expect(input)),
        "date_short" => words.date_short(input.parse().expect(input)),
        "time" => words.time(civil::Time::strptime("%H:%M", input).expect(input)),
        "date_time" => words.date_time(&instant(input)),
        "date_time_short" => words.date_time_short(&instant(input)),
        "list" => words.list(&input.split('|').map(str::to_owned).collect::<Vec<_>>()),
        _ => panic!("no such format: {format}"),
    }
}

fn instant(input: &str) -> jiff::Zoned {
    let (local, zone) = input.split_once(' ').expect(input);
    local.parse::<civil::DateTime>().expect(input).in_tz(zone).expect(input)
}

fn visible(text: &str) -> String {
    text.replace('\u{a0}', "{U+00A0}").replace('\u{202f}', "{U+202F}")
}
