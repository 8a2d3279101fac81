//! What stands on the pages.

use farline_documents::{Document, render, verify};
use proptest::prelude::*;

use crate::samples::{chinese, english, french, key, long};
use crate::tools::Stored;

/// Chinese text is read back without regard to where lines break.
fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

fn assert_everything_is_printed(document: &Document) {
    let stored = Stored::new(&render(document, &key()).unwrap());
    let text = without_spaces(&stored.text());
    let seller = &document.merchant;
    let mut words = vec![
        &document.title,
        &document.brand,
        &document.date,
        &document.payment,
        &document.verify_hint,
    ];
    words.extend([
        &document.number.1,
        &document.reference.1,
        &document.qr.caption,
        &seller.name,
        &seller.email,
    ]);
    words.extend([&seller.phone, &document.total.0, &document.total.1]);
    words.extend(seller.address.iter().chain(&seller.registrations).chain(&document.sandbox));
    words.extend(
        document.facts.iter().chain(&document.items).flat_map(|(label, value)| [label, value]),
    );
    words.extend(
        document
            .terms
            .iter()
            .flat_map(|paragraph| paragraph.heading.iter().chain([&paragraph.text])),
    );
    for word in words {
        assert!(
            text.contains(&without_spaces(word)),
            "{word:?} is not in the text of the file:\n{text}"
        );
    }
    assert!(text.contains(&without_spaces(&key().fingerprint().to_string())));
}

#[test]
fn every_word_can_be_read_back_in_three_languages() {
    for document in [english(), french(), chinese()] {
        assert_everything_is_printed(&document);
    }
}

#[test]
fn the_file_opens_is_tagged_and_carries_its_own_date() {
    for document in [english(), french(), chinese()] {
        let bytes = render(&document, &key()).unwrap();
        // Outlines of some two hundred Chinese characters are most of the Chinese file.
        let limit = if document.language == "zh-CN" { 72 } else { 40 };
        assert!(bytes.len() <= limit * 1024, "{} bytes in {}", bytes.len(), document.language);
        let stored = Stored::new(&bytes);
        let info = stored.info();
        for words in
            ["Tagged:          yes", "Pages:           1", "612 x 792 pts (letter)", "2026"]
        {
            assert!(info.contains(words), "{words:?} is not in\n{info}");
        }
        assert!(info.contains(&document.title), "{info}");
        assert_eq!(stored.draw(), 1);
    }
}

#[test]
fn long_documents_flow_to_further_pages_and_lose_nothing() {
    let document = long();
    let stored = Stored::new(&render(&document, &key()).unwrap());
    let pages = stored.draw();
    assert!(pages >= 2, "{pages} page");
    let text = stored.text();
    for number in 1..=30 {
        assert!(
            text.contains(&format!("Fact {number} value-{number} of")),
            "fact {number} in {text}"
        );
    }
    for number in 1..=12 {
        assert!(text.contains(&format!("Clause {number}.")), "clause {number} in {text}");
        assert!(text.contains(&format!("clause {number} ends.")), "end of {number} in {text}");
    }
    assert_eq!(text.matches("while.").count(), 12 * 12);
    assert!(text.contains(&format!("{pages} / {pages}")), "the last page is numbered");
}

#[test]
fn the_sandbox_ribbon_is_on_every_page() {
    let mut document = long();
    document.sandbox = Some("SANDBOX · no money moved".to_owned());
    let stored = Stored::new(&render(&document, &key()).unwrap());
    let pages = stored.draw();
    assert_eq!(stored.text().matches("SANDBOX · no money moved").count(), pages);
    assert!(!Stored::new(&render(&english(), &key()).unwrap()).text().contains("SANDBOX"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for document in [english(), chinese()] {
        assert_eq!(render(&document, &key()).unwrap(), render(&document, &key()).unwrap());
    }
}

#[test]
fn characters_without_a_glyph_become_boxes_and_can_still_be_copied() {
    let mut document = english();
    document.title = "收据 𠮷 🙂".to_owned();
    document.total.1 = "33.90 🙂元".to_owned();
    document.facts.push((
        "Nickname 𰻝".to_owned(),
        "👨‍👩‍👧 e\u{301} x\u{337}\u{35f} \u{0627}\u{644} 鱻".to_owned(),
    ));
    let stored = Stored::new(&render(&document, &key()).unwrap());
    assert!(stored.draw() >= 1);
    let text = stored.text();
    for words in ["收据 𠮷 🙂", "33.90 🙂元", "Nickname 𰻝", "👨"] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
}

#[test]
fn traditional_characters_in_headings_are_set_in_the_text_face() {
    let mut document = chinese();
    document.title = "繁體收據 龍鳳".to_owned();
    assert!(Stored::new(&render(&document, &key()).unwrap()).text().contains("繁體收據 龍鳳"));
}

#[test]
fn other_spaces_keep_amounts_together() {
    let mut document = french();
    document.total.1 = "1\u{202f}034,49\u{a0}$".to_owned();
    let text = Stored::new(&render(&document, &key()).unwrap()).text();
    assert!(without_spaces(&text).contains("1034,49$"), "{text}");
}

#[test]
fn a_document_of_empty_words_is_still_a_document() {
    let empty: Document = serde_json::from_value(serde_json::json!({
        "language": "", "title": "", "brand": "", "date": "", "payment": "", "verify_hint": "", "canonical": "",
        "merchant": {"name": "", "address": [], "phone": "", "email": "", "registrations": []},
        "number": ["", ""], "reference": ["", ""], "total": ["", ""], "facts": [], "items": [], "terms": [],
        "issued": {"year": 0, "month": 0, "day": 0, "hour": 99, "minute": 99, "second": 99, "offset_minutes": i16::MIN},
        "qr": {"url": "", "caption": ""}, "sandbox": null,
    }))
    .unwrap();
    let bytes = render(&empty, &key()).unwrap();
    assert_eq!(verify(&bytes).unwrap().canonical, None);
    assert_eq!(Stored::new(&bytes).draw(), 1);
}

#[test]
fn an_amount_or_a_word_of_any_length_stays_on_the_page() {
    let mut document = english();
    document.total.1 = "CA$1,234,567,890,123.45 and then some".to_owned();
    document.items.push(("x".repeat(400), "9".repeat(200)));
    document.facts.push(("y".repeat(200), "z".repeat(6000)));
    document.number.1 = "n".repeat(200);
    let stored = Stored::new(&render(&document, &key()).unwrap());
    let text = without_spaces(&stored.text());
    assert!(text.matches('z').count() >= 6000, "{}", text.matches('z').count());
    assert!(text.matches('9').count() >= 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_words_make_it_fail(words in proptest::collection::vec(any::<String>(), 12)) {
        let mut document = english();
        document.title.clone_from(&words[0]);
        document.brand.clone_from(&words[1]);
        document.merchant.name.clone_from(&words[2]);
        document.number = (words[3].clone(), words[4].clone());
        document.facts.push((words[5].clone(), words[6].clone()));
        document.total = (words[7].clone(), words[8].clone());
        document.terms[0].text.clone_from(&words[9]);
        document.terms[0].heading = Some(words[10].clone());
        document.sandbox = Some(words[11].clone());
        document.qr.caption.clone_from(&words[2]);
        document.language.clone_from(&words[1]);
        let bytes = render(&document, &key());
        prop_assert!(bytes.is_ok(), "{:?}", bytes.err());
    }
}
