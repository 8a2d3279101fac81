//! The formats that Intl does not have.

use farline_domain::kernel::Language::{self, EnCa, FrCa, ZhCn};
use farline_texts::Words;
use jiff::tz::TimeZone;

fn in_each(expected: [&str; 3], format: impl Fn(&Words) -> String) {
    for (language, expected) in Language::ALL.into_iter().zip(expected) {
        assert_eq!(format(Words::of(language)), expected, "{language:?}");
    }
}

#[test]
fn the_table_of_the_design_holds() {
    let toronto = jiff::civil::date(2026, 3, 8).at(3, 30, 0, 0).in_tz("America/Toronto").unwrap();
    in_each(["CA$1,234.50", "$1,234.50", "1\u{a0}234,50\u{a0}$"], |words| {
        words.money(123_450, "CAD")
    });
    in_each(["2.5 GB", "2.5 GB", "2,5\u{a0}Go"], |words| words.data(2_500_000_000));
    in_each(
        [
            "2026年3月8日 03:30（多伦多时间）",
            "March\u{a0}8, 2026 at 3:30\u{a0}a.m. (Toronto)",
            "8\u{a0}mars 2026 à 3\u{a0}h\u{a0}30 (heure de Toronto)",
        ],
        |words| words.date_time(&toronto),
    );
    in_each(
        [
            "3月8日 03:30（多伦多时间）",
            "March\u{a0}8 at 3:30\u{a0}a.m. (Toronto)",
            "8\u{a0}mars à 3\u{a0}h\u{a0}30 (heure de Toronto)",
        ],
        |words| words.date_time_short(&toronto),
    );
}

#[test]
fn numerals_stand_apart_from_their_units() {
    let apart = |number: &str, unit: &str| (number.to_owned(), unit.to_owned());
    assert_eq!(Words::of(FrCa).data_parts(1_880_000_000), apart("1,88", "Go"));
    assert_eq!(Words::of(EnCa).data_parts(0), apart("0", "MB"));
    assert_eq!(Words::of(ZhCn).minutes_parts(11_520), apart("192", "分钟"));
    assert_eq!(Words::of(EnCa).minutes_parts(60), apart("1", "minute"));
    assert_eq!(Words::of(FrCa).messages_parts(0), apart("0", "texto"));
    assert_eq!(Words::of(EnCa).days_parts(30), apart("30", "days"));
}

#[test]
fn zones_are_named_as_people_name_them() {
    in_each(["北京时间", "Beijing time", "heure de Pékin"], |words| {
        words.zone_name("Asia/Shanghai")
    });
    in_each(["多伦多时间", "Toronto time", "heure de Toronto"], |words| {
        words.zone_name("America/Toronto")
    });
    in_each(["Buenos Aires"; 3], |words| words.zone_name("America/Argentina/Buenos_Aires"));
    in_each(["UTC"; 3], |words| words.zone_name("UTC"));
}

#[test]
fn an_instant_without_a_named_zone_says_its_offset() {
    let instant = jiff::civil::date(2026, 5, 2)
        .at(9, 0, 0, 0)
        .to_zoned(TimeZone::fixed(jiff::tz::offset(-5)))
        .unwrap();
    assert_eq!(Words::of(EnCa).date_time(&instant), "May\u{a0}2, 2026 at 9:00\u{a0}a.m. (-05)");
}

/// The zones of Canada in the bundled database, by the names it calls them with.
#[test]
fn every_zone_of_canada_has_a_name_of_ours() {
    let canadian = [
        "America/Atikokan",
        "America/Blanc-Sablon",
        "America/Cambridge_Bay",
        "America/Creston",
        "America/Dawson",
        "America/Dawson_Creek",
        "America/Edmonton",
        "America/Fort_Nelson",
        "America/Glace_Bay",
        "America/Goose_Bay",
        "America/Halifax",
        "America/Inuvik",
        "America/Iqaluit",
        "America/Moncton",
        "America/Montreal",
        "America/Nipigon",
        "America/Pangnirtung",
        "America/Rainy_River",
        "America/Rankin_Inlet",
        "America/Regina",
        "America/Resolute",
        "America/St_Johns",
        "America/Swift_Current",
        "America/Thunder_Bay",
        "America/Toronto",
        "America/Vancouver",
        "America/Whitehorse",
        "America/Winnipeg",
        "America/Yellowknife",
    ];
    for tz in canadian {
        TimeZone::get(tz).expect(tz);
        assert!(Words::of(ZhCn).zone_name(tz).ends_with("时间"), "{tz}");
        assert!(Words::of(EnCa).zone_name(tz).ends_with(" time"), "{tz}");
        assert!(Words::of(FrCa).zone_name(tz).starts_with("heure d"), "{tz}");
    }
}

#[test]
fn phone_numbers_are_grouped_by_their_country() {
    let table = [
        ("+14165550188", "+1 416 555 0188"),
        ("+8613800138000", "+86 138 0013 8000"),
        ("+861062345678", "+86 106 234 5678"),
        ("+33123456789", "+33 123 456 789"),
        ("+442079460958", "+44 207 946 0958"),
        ("+85291234567", "+852 912 345 67"),
        ("+79161234567", "+7 916 123 4567"),
        ("+1416555", "+1 416 555"),
        ("+1", "+1"),
        ("+3", "+3"),
        ("+35", "+35"),
        ("+", "+"),
        ("", ""),
        ("+1 416 555 0188", "+1 416 555 0188"),
        ("4165550188", "4165550188"),
        ("+١٢٣", "+١٢٣"),
    ];
    for (e164, expected) in table {
        in_each([expected; 3], |words| words.phone(e164));
    }
}

#[test]
fn a_hint_shows_two_digits_and_no_more() {
    in_each(["尾号 88", "ending in 88", "se terminant par 88"], |words| {
        words.phone_hint("+14165550188")
    });
    in_each(["尾号 8", "ending in 8", "se terminant par 8"], |words| words.phone_hint("8"));
    in_each([""; 3], |words| words.phone_hint("+"));
}

#[test]
fn short_lists_and_tiles() {
    let items = ["5 GB".to_owned(), "30 days".to_owned()];
    in_each([""; 3], |words| words.list(&[]));
    in_each(["5 GB · 30 days"; 3], |words| words.dot(&items));
}
