//! Samples of the page on which a number is kept.

use super::samples::{pick, signed_in, wrong};
use farline_channels::portal::layout::{Layout, Page as _};
use farline_channels::portal::views::{Choice, KeepPage, KeepStep, KeepView};
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

pub(crate) fn pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let on = |key: &str, month, day| {
        words.say_with(key, &[("date", words.date(date(2027, month, day)).into())])
    };
    let step = |month, day| KeepStep {
        on: words.date(date(2027, month, day)),
        plan: "Maplewave 5 GB".to_owned(),
        price: words.money(1_695, "CAD"),
        after: on("keep-after", month + 1, 20),
    };
    let view = |renewals: Vec<KeepStep>| KeepView {
        facts: vec![on("keep-kept", 10, 11), words.say("keep-no-spare")],
        total: words.money(3_390, "CAD"),
        calendar: (!renewals.is_empty()).then(|| "/en/cards/c1/keep.ics".to_owned()),
        auto_renew: (!renewals.is_empty()).then(|| "/en/cards/c1/auto-renew".to_owned()),
        life_svg: String::new(),
        lost: ["service", "balance", "number"]
            .map(|what| on(&format!("keep-lost-{what}"), 3, 1))
            .to_vec(),
        renewals,
    };
    let page = |layout: Layout, plan, refused: Option<&str>| KeepPage {
        layout,
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        until: "2027-09-01".to_owned(),
        between: ("2026-11-22".to_owned(), "2036-11-22".to_owned()),
        goals: ["number", "service"]
            .map(|goal| Choice {
                value: goal.to_owned(),
                label: words.say(&format!("keep-goal-{goal}")),
                note: words.say(&format!("keep-goal-{goal}-hint")),
                chosen: goal == "number",
            })
            .to_vec(),
        plan,
        refused: refused.map(|key| words.say(key)),
    };
    let layout = || signed_in(language, "/cards/c1/keep");
    let past = words.say("keep-refused-past");
    let late = wrong(layout(), "until", [past.as_str(); 3]);
    vec![
        (
            "keep".to_owned(),
            page(layout(), Some(view(vec![step(2, 22), step(6, 14)])), None).html(),
        ),
        ("keep-nothing".to_owned(), page(layout(), Some(view(Vec::new())), None).html()),
        ("keep-refused".to_owned(), page(layout(), None, Some("keep-refused-closed")).html()),
        ("keep-late".to_owned(), page(late, None, None).html()),
    ]
}
