//! Looking up texts.

use farline_domain::kernel::Language::{self, EnCa, FrCa, ZhCn};
use farline_texts::{Argument, Words, keys};

#[test]
fn every_key_that_is_listed_can_be_said() {
    for language in Language::ALL {
        let words = Words::of(language);
        assert_eq!(words.language(), language);
        let keys = keys(language);
        assert!(keys.len() > 60, "{language:?} lists {}", keys.len());
        for key in keys {
            assert!(words.knows(&key), "{key}");
            assert!(!words.say(&key).is_empty(), "{key}");
        }
    }
}

#[test]
fn what_is_missing_is_marked_and_never_crashes() {
    let words = Words::of(EnCa);
    for key in
        ["no-such-key", "brand.no-such-attribute", "", ".", "zone-america-toronto.aside.more"]
    {
        assert!(!words.knows(key), "{key}");
        assert_eq!(words.say(key), format!("⟦{key}⟧"));
    }
    assert_eq!(words.say("phone-hint"), "⟦ending in {$digits}⟧");
}

#[test]
fn numbers_choose_the_plural_form() {
    let table: [(Language, i64, &str); 8] = [
        (ZhCn, 1, "分钟"),
        (EnCa, 0, "minutes"),
        (EnCa, 1, "minute"),
        (EnCa, 2, "minutes"),
        (FrCa, 0, "minute"),
        (FrCa, 1, "minute"),
        (FrCa, 2, "minutes"),
        (FrCa, 1_000_000, "minutes"),
    ];
    for (language, count, expected) in table {
        let said = Words::of(language).say_with("unit-minutes", &[("count", count.into())]);
        assert_eq!(said, expected, "{language:?} {count}");
    }
}

/// A number handed over as a number is grouped for the language; as a text it stays as it is. No isolation characters.
#[test]
fn numbers_in_texts_are_written_for_the_language() {
    let table: [(Language, Argument, &str); 7] = [
        (ZhCn, 12_345_i64.into(), "尾号 12,345"),
        (EnCa, 12_345_u32.into(), "ending in 12,345"),
        (FrCa, 12_345_usize.into(), "se terminant par 12\u{a0}345"),
        (FrCa, (-12_345_i64).into(), "se terminant par -12\u{a0}345"),
        (EnCa, "12345".into(), "ending in 12345"),
        (EnCa, String::from("12345").into(), "ending in 12345"),
        (EnCa, (&String::from("007")).into(), "ending in 007"),
    ];
    for (language, argument, expected) in table {
        assert_eq!(Words::of(language).say_with("phone-hint", &[("digits", argument)]), expected);
    }
}

#[test]
fn words_are_shared_between_threads() {
    let threads: Vec<_> = (0..4_i64)
        .map(|count| {
            std::thread::spawn(move || {
                (0..200).map(|_| Words::of(FrCa).days(count)).collect::<Vec<_>>()
            })
        })
        .collect();
    for (count, thread) in threads.into_iter().enumerate() {
        let expected = Words::of(FrCa).days(i64::try_from(count).unwrap());
        assert!(thread.join().unwrap().iter().all(|text| *text == expected));
    }
}
