//! What a business says of itself: the form of each answer, and what is missing before money is real.

use farline_app::wording::business::{Business, RegisteredTax, Registration, TypeSize, forms};
use farline_domain::kernel::{Language, Province};
use farline_texts::Words;

use super::samples::localized;

/// What is wrong, entry by entry.
fn gaps(change: impl FnOnce(&mut Business)) -> Vec<String> {
    let mut business = Business::demonstration();
    change(&mut business);
    business.gaps().into_iter().map(|gap| format!("{} {}", gap.entry, gap.fault)).collect()
}

#[test]
fn each_missing_entry_is_a_gap_by_its_name() {
    assert_eq!(gaps(|_| ()), Vec::<String>::new());
    assert_eq!(gaps(|one| one.legal_name = " ".to_owned()), ["legal_name is empty"]);
    let faults = gaps(|one| {
        one.address.truncate(1);
        one.phone = "ask inside".to_owned();
        one.email = "help".to_owned();
        one.privacy_email = None;
        one.terms_version.clear();
        one.complaints.answer_days = 0;
        one.complaints.ccts_phone.clear();
        one.complaints.ccts_website = "ccts".to_owned();
        one.complaints.ccts_address.clear();
    });
    let entries: Vec<&str> = faults.iter().filter_map(|fault| fault.split(' ').next()).collect();
    let wanted = [
        "address",
        "phone",
        "email",
        "privacy_email",
        "terms_version",
        "complaints.answer_days",
        "complaints.ccts_phone",
        "complaints.ccts_website",
        "complaints.ccts_address",
    ];
    assert_eq!(entries, wanted);
}

#[test]
fn a_registration_is_needed_where_its_tax_is_charged() {
    let only = |provinces: &[Province]| {
        let provinces = provinces.to_vec();
        gaps(move |one| {
            one.provinces = provinces;
            one.registrations.clear();
        })
    };
    let missing = |tax: &str| {
        format!("registrations, {tax} is missing, and you sell where this tax is charged")
    };
    assert_eq!(only(&[Province::On]), [missing("GST/HST")]);
    assert_eq!(only(&[Province::Qc]), [missing("GST/HST"), missing("QST")]);
    let west = [Province::Bc, Province::Sk, Province::Mb];
    assert_eq!(only(&west), ["GST/HST", "PST-BC", "PST-SK", "RST-MB"].map(missing));
    assert_eq!(only(&[]), ["provinces names no province, so nothing could be sold"]);
}

#[test]
fn the_form_of_a_registration_is_checked() {
    let table = [
        (RegisteredTax::GstHst, "123456789RT0001", true),
        (RegisteredTax::GstHst, "123456789 RT0001", false),
        (RegisteredTax::GstHst, "12345678RT0001", false),
        (RegisteredTax::GstHst, "123456789TQ0001", false),
        (RegisteredTax::GstHst, "12345678é9RT0001", false),
        (RegisteredTax::Qst, "1234567890TQ0001", true),
        (RegisteredTax::Qst, "1234567890TQ001", false),
        (RegisteredTax::PstBc, "PST-1234-5678", true),
        (RegisteredTax::RstMb, "none", false),
    ];
    for (tax, number, is_right) in table {
        assert_eq!(forms::registration(tax, number).is_none(), is_right, "{number}");
    }
    let wrong = [Registration { tax: RegisteredTax::Qst, number: "7".to_owned() }];
    let said = gaps(|one| one.registrations.splice(1..2, wrong).for_each(drop));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("1234567890TQ0001"), "{said:?}");
}

#[test]
fn own_terms_and_refund_rules_take_the_place_of_ours() {
    let mut business = Business::demonstration();
    for language in Language::ALL {
        let words = Words::of(language);
        let sections = business.terms(words);
        assert_eq!(sections.len(), 7);
        assert!(sections.iter().any(|one| one.paragraphs == business.refunds(words)));
    }
    let english = Words::of(Language::EnCa);
    business.own_refunds = Some(localized("退", "Ask.\n\nWait.", "Demandez."));
    assert_eq!(business.refunds(english), ["Ask.", "Wait."]);
    assert_eq!(business.terms(english).len(), 7, "the others stay");
    business.own_terms = Some(localized("# 一\n二", "# One\nTwo", "# Un\nDeux"));
    let sections = business.terms(english);
    let told: Vec<&str> = sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(told, ["One", "Refunds"]);
    assert_eq!(sections[1].paragraphs, ["Ask.", "Wait."]);
}

#[test]
fn the_clause_of_the_law_comes_last_in_its_size_of_type() {
    let mut business = Business::demonstration();
    let french = Words::of(Language::FrCa);
    assert!(business.terms(french).iter().all(|section| section.points.is_none()));
    business.own_clause = Some(localized("# 条款\n一", "# Clause\nOne", "# Mention exigée\nUn"));
    business.clause_points = TypeSize::try_from(14).unwrap();
    let sections = business.terms(french);
    let last = sections.last().unwrap();
    assert_eq!((last.heading.as_str(), last.points), ("Mention exigée", Some(14)));
    assert_eq!(sections.iter().filter(|section| section.points.is_some()).count(), 1);
    for points in [0, 9, 11, 72] {
        assert!(TypeSize::try_from(points).unwrap_err().contains("10, 12, 14 or 16"));
    }
}
