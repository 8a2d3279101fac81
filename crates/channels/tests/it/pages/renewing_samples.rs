//! Sample data of saved methods.

use farline_channels::portal::layout::{Page, Section};
use farline_channels::portal::views::*;
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

use super::samples::{pick, signed_in};

fn methods(language: Language, methods: Vec<MethodLine>, keeps: bool) -> MethodsPage {
    let mut frame = signed_in(language, "/account/methods");
    frame.section = Section::Account;
    let label = Words::of(language).say("pay-at-stripe");
    let providers = if keeps { vec![("stripe".to_owned(), label)] } else { Vec::new() };
    MethodsPage { layout: frame, methods, providers }
}

/// The pages of saved methods: name and document.
pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let label = |brand: &str, hint: &str| {
        let named = [("brand", brand.into()), ("hint", hint.into())];
        words.say_with("saved-method-card", &named)
    };
    let with = |key: &str, name, value: &str| words.say_with(key, &[(name, value.into())]);
    let mother = pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]);
    let line = |id: &str, label: String, note: String, used_by: String| MethodLine {
        id: id.to_owned(),
        label,
        good_until: with("method-good-until", "month", "12/2027"),
        since: with("method-since", "date", &words.date(date(2026, 11, 1))),
        used_by,
        note,
    };
    let lines = vec![
        line("m1", label("Visa", "4242"), String::new(), with("method-used-by", "cards", &mother)),
        line("m2", label("Mastercard", "0341"), words.say("method-expired"), String::new()),
    ];
    let mut done = methods(language, lines, true);
    done.layout.notice = Some(with("method-added", "method", &label("Visa", "4242")));
    let forget = ForgetMethodPage {
        layout: signed_in(language, "/account/methods/m1/remove"),
        id: "m1".to_owned(),
        label: label("Visa", "4242"),
        ends: mother,
    };
    vec![
        ("methods".to_owned(), done.html()),
        ("methods-none".to_owned(), methods(language, Vec::new(), true).html()),
        ("methods-not-kept".to_owned(), methods(language, Vec::new(), false).html()),
        ("method-forget".to_owned(), forget.html()),
    ]
}
