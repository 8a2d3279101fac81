//! The language files against the rules, and the rules against planted faults.

use std::path::Path;

use farline_domain::kernel::Language::{self, EnCa, FrCa, ZhCn};

use crate::check::{Text, check_same, check_typography, check_unique, read};

const FILES: [&str; 20] = [
    "common",
    "portal",
    "account",
    "notices",
    "auto-renew",
    "keep",
    "comparison",
    "receipt",
    "staff",
    "desk",
    "keypad",
    "partners",
    "plans",
    "redeem",
    "promotions",
    "marketing",
    "reminders",
    "rescue",
    "voice",
    "problems",
];

fn texts_of(language: Language) -> Vec<Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages").join(language.tag());
    let mut texts = Vec::new();
    for file in FILES {
        let source = std::fs::read_to_string(folder.join(format!("{file}.ftl"))).expect(file);
        let (found, faults) = read(file, &source);
        assert!(faults.is_empty(), "{}: {faults:?}", language.tag());
        texts.extend(found);
    }
    texts
}

fn none(language: Language, faults: &[String]) {
    assert!(faults.is_empty(), "{}:\n{}", language.tag(), faults.join("\n"));
}

#[test]
fn a_folder_has_the_files_and_nothing_else() {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages");
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let mut tags = Language::ALL.map(Language::tag);
    tags.sort_unstable();
    assert_eq!(names(&languages), tags);
    let mut files = FILES.map(|file| format!("{file}.ftl"));
    files.sort_unstable();
    for tag in tags {
        assert_eq!(names(&languages.join(tag)), files, "{tag}");
    }
}

#[test]
fn no_key_is_defined_twice() {
    for language in Language::ALL {
        none(language, &check_unique(&texts_of(language)));
    }
}

#[test]
fn all_languages_have_the_same_keys_attributes_and_variables() {
    let [first, rest @ ..] = Language::ALL;
    for language in rest {
        none(language, &check_same(&texts_of(first), &texts_of(language)));
    }
}

#[test]
fn every_text_keeps_the_rules_of_writing() {
    for language in Language::ALL {
        let mut faults = Vec::new();
        for text in texts_of(language) {
            for form in &text.forms {
                for fault in check_typography(language, form) {
                    faults.push(format!("{}.ftl {}: {fault}: {form}", text.file, text.name));
                }
            }
        }
        none(language, &faults);
    }
}

#[test]
fn the_list_of_keys_is_what_the_files_define() {
    for language in Language::ALL {
        let names: Vec<String> = texts_of(language)
            .into_iter()
            .map(|text| text.name)
            .filter(|name| !name.starts_with('-'))
            .collect();
        assert_eq!(farline_texts::keys(language), names);
    }
}

// ---- The rules themselves: planted faults are found, good texts are left alone.

fn planted(source: &str) -> Vec<Text> {
    let (texts, faults) = read("planted", source);
    assert!(faults.is_empty(), "{faults:?}");
    texts
}

#[test]
fn a_planted_syntax_error_is_found() {
    assert_eq!(read("planted", "good = yes\nbad = { $x\n").1.len(), 1);
}

#[test]
fn a_planted_second_definition_is_found() {
    let texts = planted("pay = Pay\nwait = Wait\npay = Pay now\n");
    assert_eq!(check_unique(&texts), ["pay stands in planted and in planted"]);
}

#[test]
fn planted_differences_between_languages_are_found() {
    let one = planted(
        "a = A\n    .hint = H\nb = { $n ->\n    [one] x { $y }\n   *[other] x\n }\nc = C\nd = D\n",
    );
    let other = planted("a = A\nb = { $n }\nc = C\ne = E\n");
    assert_eq!(
        check_same(&one, &other),
        [
            "a.hint is missing from the second",
            r#"b takes {"n", "y"} and {"n"}"#,
            "d is missing from the second",
            "e is missing from the first",
        ]
    );
    let elsewhere = read("another", "c = C\n").0;
    assert_eq!(check_same(&planted("c = C\n"), &elsewhere), ["c stands in planted and in another"]);
    assert!(check_same(&one, &one).is_empty());
}

/// Each text as it stands in a file, with the number of faults it has.
fn typography(language: Language, table: &[(&str, usize)]) {
    for (source, expected) in table {
        let texts = planted(&format!("text = {source}\n"));
        let faults: Vec<_> =
            texts[0].forms.iter().flat_map(|form| check_typography(language, form)).collect();
        assert_eq!(faults.len(), *expected, "{source}: {faults:?}");
    }
}

#[test]
fn planted_french_faults_are_found() {
    typography(
        FrCa,
        &[
            ("Prix\u{a0}: 5\u{a0}$, taxes de 5\u{202f}% comprises; d’accord?", 0),
            ("Voir https://example.org, à 10:30, «\u{a0}oui\u{a0}»", 0),
            ("$\u{a0}US", 0),
            ("Prix : 5", 1),
            ("Prix: 5", 1),
            ("{ $amount } $", 1),
            ("{ $amount }$", 1),
            ("{ $amount }\u{a0}%", 0),
            ("{ $label }:", 1),
            ("{ $label }{\"\\u00A0\"}:", 0),
            ("D'accord", 1),
            ("Vraiment ?", 1),
            ("Vraiment\u{a0}?", 1),
            ("Oui ; non", 1),
            ("« oui »", 2),
            ("«oui»", 2),
            ("Bravo!", 1),
            ("Bravo\u{a0}!", 2),
            ("{ $n ->\n    [one] un jour : fin\n   *[other] { $n } jours\u{a0}: fin\n }", 1),
        ],
    );
}

#[test]
fn planted_chinese_faults_are_found() {
    typography(
        ZhCn,
        &[
            ("您的卡（{ $number }）还剩 2.5 GB，12:30 到期。详见 https://example.org/a.b?c=d", 0),
            ("你的卡", 1),
            ("您好,再见", 1),
            ("您好, 再见", 1),
            ("已续费.", 1),
            ("金额: { $amount }", 1),
            ("{ $name }, 您好", 1),
            ("继续?", 1),
            ("成功！", 1),
        ],
    );
}

#[test]
fn planted_english_faults_are_found() {
    typography(EnCa, &[("You’re done. Is this right? It’s $5: pay", 0), ("Done!", 1)]);
}
