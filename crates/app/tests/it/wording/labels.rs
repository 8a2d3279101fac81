//! The pieces that pages, the API, notices and documents share.

use farline_app::catalog::offers::Reason;
use farline_app::wording::business::{Business, RegisteredTax};
use farline_app::wording::{
    allowance, allowances, masked, price_item_label, province, reason, starts, validity_text,
};
use farline_domain::catalog::{PriceItem, PriceItemKind, StartRule, TaxKind, TimeWindow, Validity};
use farline_domain::kernel::Language::{EnCa, FrCa, ZhCn};
use farline_domain::kernel::{
    AllowanceKind, Currency, Iccid, Language, Money, Msisdn, Province, Rate,
};
use farline_texts::Words;

use super::samples::{self, line, plan};

fn label(language: Language, kind: PriceItemKind) -> String {
    let item = PriceItem { kind, amount: Money::cad(1) };
    price_item_label(Words::of(language), &item, "Maplewave 5 GB")
}

#[test]
fn items_of_a_price_are_named_in_each_language() {
    let tax = |kind, ppm| PriceItemKind::Tax(kind, Rate { ppm });
    let table = [
        (EnCa, tax(TaxKind::Hst, 130_000), "HST 13%"),
        (FrCa, tax(TaxKind::Hst, 130_000), "TVH 13\u{a0}%"),
        (ZhCn, tax(TaxKind::Hst, 130_000), "HST 13%（统一销售税）"),
        (FrCa, tax(TaxKind::Gst, 50_000), "TPS 5\u{a0}%"),
        (FrCa, tax(TaxKind::Qst, 99_750), "TVQ 9,975\u{a0}%"),
        (FrCa, tax(TaxKind::Pst, 70_000), "TVP 7\u{a0}%"),
        (FrCa, tax(TaxKind::Rst, 70_000), "TVD 7\u{a0}%"),
        (ZhCn, tax(TaxKind::Pst, 70_000), "PST 7%（省销售税）"),
        (EnCa, PriceItemKind::Levy(Province::Ab), "911 levy, Alberta"),
        (FrCa, PriceItemKind::Levy(Province::Bc), "Taxe 9-1-1, Colombie-Britannique"),
        (ZhCn, PriceItemKind::Levy(Province::Qc), "911紧急服务费（魁北克省）"),
        (EnCa, PriceItemKind::Promotion("winter".to_owned()), "Promotion winter"),
        (ZhCn, PriceItemKind::Plan, "Maplewave 5 GB"),
    ];
    for (language, kind, expected) in table {
        assert_eq!(label(language, kind), expected);
    }
}

#[test]
fn what_a_plan_grants_fits_one_line() {
    let plan = plan();
    let written =
        |language| allowances(Words::of(language), &plan.allowances, plan.validity, Currency::CAD);
    assert_eq!(written(EnCa), "5 GB · 300 minutes · 200 messages · 30 days");
    assert_eq!(
        written(FrCa),
        "5 Go · 300 minutes · 200 textos · 30 jours"
            .replace(' ', "\u{a0}")
            .replace("\u{a0}·\u{a0}", " · ")
    );
    assert_eq!(written(ZhCn).replace('\u{a0}', " "), "5 GB · 300 分钟 · 200 条短信 · 30 天");
}

#[test]
fn bonus_window_and_credit_are_said() {
    let mut night = samples::allowance(AllowanceKind::Data, 1_000_000_000);
    night.window = Some(TimeWindow { from_minute: 1380, until_minute: 1440 });
    night.bonus = true;
    let credit = samples::allowance(AllowanceKind::Credit, 1050);
    let table = [
        (EnCa, "1 GB (11:00 p.m. to 12:00 a.m.) as a bonus", "$10.50 of credit"),
        (FrCa, "1 Go (de 23 h à 0 h) en prime", "10,50 $ de crédit"),
        (ZhCn, "赠送1 GB（每日23:00至00:00）", "CA$10.50余额"),
    ];
    for (language, at_night, as_credit) in table {
        let words = Words::of(language);
        let text = |one| allowance(words, one, Currency::CAD).replace('\u{a0}', " ");
        assert_eq!(text(&night), at_night);
        assert_eq!(text(&credit), as_credit);
    }
}

#[test]
fn a_plan_lasts_days_or_months() {
    assert_eq!(validity_text(Words::of(EnCa), Validity::Months(1)), "1 month");
    assert_eq!(validity_text(Words::of(EnCa), Validity::Months(3)), "3 months");
    assert_eq!(validity_text(Words::of(FrCa), Validity::Months(1)), "1 mois");
    assert_eq!(validity_text(Words::of(ZhCn), Validity::Months(12)), "12 个月");
}

#[test]
fn start_rules_and_recommendations_have_sentences() {
    let rules = [
        StartRule::AddValue,
        StartRule::SetExpiry,
        StartRule::KeepLater,
        StartRule::AddDays,
        StartRule::Queue,
        StartRule::QueueOrUsedUp,
    ];
    let reasons = [
        Reason::MostData,
        Reason::MostCalls,
        Reason::LeastPerDay,
        Reason::FitsUsage { octets_per_month: 3_200_000_000 },
        Reason::StartsAtOnce,
    ];
    for language in Language::ALL {
        let words = Words::of(language);
        for text in rules.iter().map(|rule| starts(words, *rule)) {
            assert!(!text.contains('⟦') && text.ends_with(['.', '。']), "{text}");
        }
        for text in reasons.iter().map(|one| reason(words, one)) {
            assert!(!text.contains('⟦') && text.ends_with(['.', '。']), "{text}");
        }
        for of in Province::ALL {
            assert!(!province(words, *of).contains('⟦'), "{}", of.code());
        }
    }
    let fits = reason(Words::of(EnCa), &reasons[3]).replace('\u{a0}', " ");
    assert!(fits.contains("3.2 GB"), "{fits}");
}

#[test]
fn a_masked_number_shows_its_beginning_and_two_digits() {
    let mut line = line();
    let mut number = |text: &str| {
        line.msisdn = Some(Msisdn::parse(text).unwrap());
        masked(&line)
    };
    assert_eq!(number("+14165550188"), "+1 416 ••• ••88");
    assert_eq!(number("+8613800138000"), "+86 138 •••• ••00");
    line.msisdn = None;
    line.iccid = Iccid::parse("8919980000000000015").unwrap();
    assert_eq!(masked(&line), "8919 •••• •••• •••• •15");
}

#[test]
fn a_business_is_read_from_the_configuration_and_complete() {
    let text = r#"
        legal_name = "Northgate Prepaid Ltd."
        address = ["120 Harbour Street", "Toronto ON  M5J 0B6"]
        phone = "1-800-555-0142"
        email = "help@northgate.example"
        terms_version = "2026-11-01"
        [brand]
        zh-CN = "北门"
        en-CA = "Northgate"
        fr-CA = "Northgate"
        [privacy_officer]
        zh-CN = "隐私负责人"
        en-CA = "Privacy officer"
        fr-CA = "Responsable"
        [[registrations]]
        tax = "GST/HST"
        number = "123456789RT0001"
        [[registrations]]
        tax = "PST-BC"
        number = "PST-1234-5678"
    "#;
    let business: Business = toml::from_str(text).unwrap();
    assert_eq!(business.phone_e164().as_deref(), Some("+18005550142"));
    assert_eq!(business.registrations[1].tax, RegisteredTax::PstBc);
    let labelled = business.registrations(Words::of(FrCa));
    assert_eq!(labelled[0], ("TPS/TVH".to_owned(), "123456789RT0001".to_owned()));
    let unknown = text.replace("terms_version", "terms");
    assert!(toml::from_str::<Business>(&unknown).is_err());
    let ours = &business.complaints;
    assert_eq!((ours.answer_days, ours.ccts_phone.as_str()), (2, "1-888-221-1687"));
}
