//! Samples of the page that compares channels.

use super::samples::{layout, pick, wrong};
use farline_channels::portal::layout::Page as _;
use farline_channels::portal::views::{
    BestOffer, Choice, ComparePage, CompareView, NeedForm, OfferRow,
};
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

fn offer(language: Language, name: &str, cents: i64) -> OfferRow {
    let words = Words::of(language);
    let amount =
        |key: &str, cents| words.say_with(key, &[("amount", words.money(cents, "CAD").into())]);
    let seen = words.date(date(2026, 11, 12));
    OfferRow {
        name: name.to_owned(),
        seller: pick(language, ["Corner Phone Cards", "Cartes du coin", "街角电话卡"]),
        total: words.money(cents, "CAD"),
        gets: words.dot(&[words.data(10_000_000_000), words.days(60)]),
        covers: words.say_with("compare-times", &[("count", 2_i64.into())]),
        is_enough: cents < 10_000,
        facts: vec![
            words.say("compare-lasts-whole"),
            amount("compare-per-gb", cents / 10),
            amount("compare-per-day", cents / 60),
            words.say_with("compare-seen", &[("date", seen.into())]),
            words.say_with("compare-service-few", &[("orders", 12_i64.into())]),
        ],
        is_best: cents == 6_780,
    }
}

pub(crate) fn pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let view = |best: bool| CompareView {
        best: best.then(|| BestOffer {
            title: words.say_with(
                "compare-best",
                &[("name", "5 GB".to_owned().into()), ("seller", words.say("compare-ours").into())],
            ),
            total: words
                .say_with("compare-best-total", &[("total", words.money(6_780, "CAD").into())]),
            gets: words.dot(&[words.data(10_000_000_000), words.days(60)]),
            reason: words.say("compare-reason-only-one"),
        }),
        offers: vec![offer(language, "5 GB", 6_780), offer(language, "20 GB", 12_000)],
        short: 1,
        others: vec![(
            "カナダ 5 GB".to_owned(),
            words.say_with("compare-why-no-rate", &[("currency", "JPY".to_owned().into())]),
        )],
        note: words.say_with("compare-note", &[("province", words.say("province-on").into())]),
        export: format!("/{}/compare.csv?gb=5", language.path()),
    };
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        note: String::new(),
        chosen: false,
    };
    let page = |found| ComparePage {
        layout: layout(language, "/compare"),
        need: NeedForm {
            gb: "5".to_owned(),
            minutes: "0".to_owned(),
            messages: "0".to_owned(),
            days: "60".to_owned(),
            from: "2026-12-01".to_owned(),
        },
        operators: vec![choice("", words.say("compare-operator-any"))],
        sorts: ["total", "per_gb", "per_day"]
            .map(|by| choice(by, words.say(&format!("compare-sort-{by}"))))
            .to_vec(),
        found,
    };
    let mut refused = page(None);
    refused.layout = wrong(
        refused.layout,
        "gb",
        ["Write the amount in digits.", "Écrivez la quantité en chiffres.", "请用数字填写。"],
    );
    let pages = [
        ("compare", page(Some(view(true))).html()),
        ("compare-none", page(Some(view(false))).html()),
        ("compare-wrong", refused.html()),
    ];
    pages.map(|(name, page)| (name.to_owned(), page)).into()
}
