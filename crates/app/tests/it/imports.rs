//! The two files a shop owner brings, right and wrong: every fault is told by its place, in words.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use farline_app::imports::{
    LinesContext, MOST_FAULTS, SecretKind, read_catalogue, read_lines, read_promotions,
    secret_digest,
};
use farline_app::ports::Randomness;
use farline_app::ports::lines::NewLine;
use farline_domain::catalog::{
    Catalogue, GivenBy, Need, Promotion, Renewals, Showing, Stacking, StartRule, TimeWindow,
    Validity,
};
use farline_domain::kernel::{AllowanceKind, Cell, Instant, Language, Money, Province, Units};
use farline_domain::lines::{HolderName, MonthMemory, Period};
use farline_domain::subjects::Limits;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::Arc;

const CATALOGUE: &str = r#"
[[operators]]
code = "alder"
name = "Alder"
network = "own"
currency = "CAD"
levies = "collected"
lifecycle = { zone = "America/Toronto", period = "30 days", grace_days = 7, suspended_days = 83, grace_renewal = "from_today", charge_hour = 2 }

[[operators]]
code = "birch"
name = "Birch"
network = { supplier = "simulated" }
currency = "CAD"
levies = "carrier"
lifecycle = { zone = "America/Halifax", period = "day of month, clamp to 28", grace_days = 14, suspended_days = 30, grace_renewal = "from_old_end", charge_hour = 3 }

[[zones]]
code = "canada"
name = { zh-CN = "加拿大", en-CA = "Canada", fr-CA = "Canada" }
countries = ["CA"]

[[zones]]
code = "north-america"
name = { zh-CN = "北美", en-CA = "North America", fr-CA = "Amérique du Nord" }
countries = ["CA", "US"]

[[plans]]
code = "alder-5gb"
operator = "alder"
name = { zh-CN = "5 GB", en-CA = "5 GB", fr-CA = "5 Go" }
description = { zh-CN = "够用", en-CA = "Enough", fr-CA = "Assez" }
needs = ["data", "calls"]
allowances = [
  { kind = "data", units = "5 GB", zone = "north-america" },
  { kind = "data", units = "0.5 GB", zone = "canada", window = "23:00-07:00", bonus = true },
  { kind = "credit", units = "CA$10", zone = "canada" },
]
validity = "30 days"
start_rule = "queue"
price = "25.00 CAD"
rank = 10
sold_from = 2026-01-01

[[promotions]]
code = "first10"
name = { zh-CN = "九折", en-CA = "10% off", fr-CA = "10 % de rabais" }
reduction = "10 %"
plans = ["alder-5gb"]
valid_from = 2026-01-01
valid_until = 2026-12-31

[[taxes]]
province = "ON"
kind = "HST"
rate = "13 %"
valid_from = 2010-07-01

[[levies]]
province = "AB"
amount = "0.95 CAD"
taxable = false
valid_from = 2021-09-01
legal_reference = "Emergency 911 Act"
"#;

fn catalogue() -> Catalogue {
    read_catalogue("catalogue.toml", CATALOGUE).unwrap()
}

#[test]
fn a_sound_catalogue_is_read_whole() {
    let catalogue = read_catalogue("catalogue.toml", &format!("\u{feff}{CATALOGUE}")).unwrap();
    let birch = &catalogue.operators.values().nth(1).unwrap().lifecycle;
    assert_eq!(birch.period, Period::DayOfMonth(MonthMemory::Clamp28));
    let plan = catalogue.plans.values().next().unwrap();
    assert_eq!((plan.version, plan.price, plan.rank), (0, Money::cad(2500), 10));
    assert_eq!((plan.validity, plan.start_rule), (Validity::Days(30), StartRule::Queue));
    assert_eq!(plan.needs, [Need::Data, Need::Calls]);
    assert_eq!(plan.sold_from, Some(date(2026, 1, 1)));
    let [data, night, credit] = &plan.allowances[..] else { unreachable!("three allowances") };
    assert_eq!((data.units.count(), data.breadth, data.bonus), (5_000_000_000, 2, false));
    let window = Some(TimeWindow { from_minute: 1380, until_minute: 420 });
    assert_eq!((night.units.count(), night.window, night.bonus), (500_000_000, window, true));
    assert_eq!((credit.units.count(), credit.breadth), (1000, 1));
    assert_eq!((catalogue.promotions.len(), catalogue.taxes.levies.len()), (1, 1));
}

#[test]
fn an_operator_names_the_suppliers_to_go_on_to_in_order() {
    let suppliers = |network: &str| {
        let text = CATALOGUE.replacen("{ supplier = \"simulated\" }", network, 1);
        let read = read_catalogue("c.toml", &text).map_err(|fault| fault.to_string())?;
        let birch = read.operators.values().nth(1).unwrap();
        Ok::<_, String>(birch.suppliers().map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(suppliers("{ supplier = \"one\" }").unwrap(), ["one"]);
    let both = "{ supplier = \"one\", then = [\"two\", \"three\"] }";
    assert_eq!(suppliers(both).unwrap(), ["one", "two", "three"]);
    let table = [
        (
            "{ supplier = \"one\", then = [\"one\"] }",
            "then: “one” is the supplier that is asked first",
        ),
        ("{ supplier = \"one\", then = [\"two\", \"two\"] }", "then: “two” stands here twice"),
        ("{ supplier = \"one\", then = \"two\" }", "then: this must be a list of texts"),
        ("{ supplier = \"one\", next = [\"two\"] }", "there is no such field here"),
        ("{ then = [\"two\"] }", "supplier: this field is missing"),
    ];
    for (network, expected) in table {
        let fault = suppliers(network).unwrap_err();
        assert!(fault.contains(expected), "{network}: {fault}");
    }
}

#[test]
fn a_promotion_says_how_it_is_given_and_what_it_adds() {
    let more = "valid_until = 2026-12-31\nbonus = [{ kind = \"voice\", units = \"100 min\", zone = \"canada\" }]\ngiven_by = \"single_use_codes\"\ncodes = 500\nrenewals = \"first\"\nstacking = \"with_others\"\nhours = \"18:00-24:00\"\nshowing = \"public\"";
    let text = CATALOGUE.replace("valid_until = 2026-12-31", more);
    let catalogue = read_catalogue("c.toml", &text).unwrap();
    let promotion = catalogue.promotions.values().next().unwrap();
    assert_eq!(promotion.given_by, GivenBy::SingleUseCodes(500));
    assert_eq!((promotion.renewals, promotion.stacking), (Renewals::First, Stacking::WithOthers));
    assert_eq!(promotion.hours, Some(TimeWindow { from_minute: 1080, until_minute: 1440 }));
    assert_eq!(promotion.showing, Showing::Public);
    let bonus: Vec<_> = promotion.bonus.iter().map(|one| (one.units.count(), one.bonus)).collect();
    assert_eq!(bonus, [(6_000, true)], "what is added is a bonus, whatever the file says");
    // The same table in a file of its own, for what is published.
    let start = text.find("[[promotions]]").unwrap();
    let end = text[start + 2..].find("\n[[").map_or(text.len(), |at| start + 2 + at);
    let alone = read_promotions("p.toml", &text[start..end], &catalogue).unwrap();
    assert_eq!(alone, std::slice::from_ref(promotion));
    let fault = read_promotions("p.toml", &text, &catalogue).unwrap_err();
    assert!(fault.to_string().contains("there is no such table; the tables are promotions"));
}

#[test]
fn a_promotion_is_limited_by_what_the_file_says_and_only_by_that() {
    let limits = |instead: &str| {
        let text = CATALOGUE.replacen("valid_until = 2026-12-31", instead, 1);
        let catalogue = read_catalogue("c.toml", &text).unwrap();
        let promotion = catalogue.promotions.values().next().unwrap();
        // Kept and read again, it is the same.
        let kept = serde_json::to_string(promotion).unwrap();
        assert_eq!(serde_json::from_str::<Promotion>(&kept).unwrap(), *promotion);
        let Limits { total, holder } = promotion.limits();
        (total.map(Units::count), holder.map(Units::count))
    };
    assert_eq!(limits("valid_until = 2026-12-31"), (None, None));
    assert_eq!(limits("valid_until = 2026-12-31\nlimit = 500"), (Some(500), None));
    let both = "valid_until = 2026-12-31\nlimit = 500\nlimit_per_line = 1";
    assert_eq!(limits(both), (Some(500), Some(1)));
}

/// `what stands in the sound file | what stands there instead | what is said, for each fault`
fn check_catalogue(sound: &str, instead: &str, expected: &[&str]) {
    assert!(CATALOGUE.contains(sound), "the sound file has no {sound}");
    let fault = read_catalogue("c.toml", &CATALOGUE.replacen(sound, instead, 1)).unwrap_err();
    assert_eq!(fault.to_string().lines().collect::<Vec<_>>(), expected, "{instead}");
}

const CATALOGUE_FAULTS: &[(&str, &str, &[&str])] = &[
    (
        "price = \"25.00 CAD\"",
        "price = \"25,00 CAD\"",
        &[
            "c.toml, line 41, [[plans]] 1 “alder-5gb”, price: “25,00 CAD” is not an amount of money; write it like “25.00 CAD” or “CA$25”",
        ],
    ),
    (
        "price = \"25.00 CAD\"",
        "price = 25.00",
        &[
            "c.toml, line 41, [[plans]] 1 “alder-5gb”, price: a number with a decimal point stands here; write it as text in quotes",
        ],
    ),
    (
        "price = \"25.00 CAD\"",
        "price = \"25.00 USD\"",
        &[
            "c.toml, line 41, [[plans]] 1 “alder-5gb”, price: the price is in USD, but the operator's currency is CAD",
        ],
    ),
    (
        "operator = \"alder\"",
        "operator = \"elder\"",
        &[
            "c.toml, line 30, [[plans]] 1 “alder-5gb”, operator: there is no operator “elder”; the file has alder and birch",
        ],
    ),
    (
        "units = \"0.5 GB\", zone = \"canada\"",
        "units = \"0 GB\", zone = \"kanada\"",
        &[
            "c.toml, line 36, [[plans]] 1 “alder-5gb”, allowances 2, units: “0 GB” is nothing; an allowance must be more",
            "c.toml, line 36, [[plans]] 1 “alder-5gb”, allowances 2, zone: there is no zone “kanada”; the file has canada and north-america",
        ],
    ),
    (
        "units = \"CA$10\"",
        "units = \"US$10\"",
        &[
            "c.toml, line 37, [[plans]] 1 “alder-5gb”, allowances 3, units: the amount is in USD, but the operator's currency is CAD",
        ],
    ),
    (
        "en-CA = \"Enough\", ",
        "",
        &["c.toml, line 32, [[plans]] 1 “alder-5gb”, description.en-CA: this field is missing"],
    ),
    (
        "validity = \"30 days\"",
        "validity = \"0 days\"",
        &[
            "c.toml, line 39, [[plans]] 1 “alder-5gb”, validity: “0 days” is not a duration of at least one day; write it like “30 days” or “12 months”",
        ],
    ),
    (
        "start_rule = \"queue\"",
        "start_rul = \"queue\"",
        &[
            "c.toml, line 28, [[plans]] 1 “alder-5gb”, start_rule: this field is missing",
            "c.toml, line 40, [[plans]] 1 “alder-5gb”, start_rul: there is no such field here; the fields are code, operator, name, description, needs, allowances, validity, start_rule, price, rank, sold_from and sold_until",
        ],
    ),
    (
        "needs = [\"data\", \"calls\"]",
        "needs = [\"data\", \"data\", \"fun\"]",
        &[
            "c.toml, line 33, [[plans]] 1 “alder-5gb”, needs: “data” stands here twice",
            "c.toml, line 33, [[plans]] 1 “alder-5gb”, needs: “fun” is not known here; it can be data, calls and keep",
        ],
    ),
    (
        "grace_days = 7",
        "grace_days = 6",
        &[
            "c.toml, line 8, [[operators]] 1 “alder”, lifecycle.grace_days: grace must be at least 7 calendar days in Canada",
        ],
    ),
    (
        "grace_days = 7, suspended_days = 83, grace_renewal = \"from_today\", charge_hour = 2",
        "grace_days = 6, suspended_days = 83, grace_renewal = \"from_today\", charge_hour = 2, leftover = \"forfeited\"",
        &[
            "c.toml, line 8, [[operators]] 1 “alder”, lifecycle.leftover: what is left may not be forfeited before 7 calendar days of grace are over (Wireless Code, J.1)",
        ],
    ),
    (
        "grace_renewal = \"from_today\", charge_hour = 2",
        "grace_renewal = \"from_today\", charge_hour = 2, leftover = \"lost\"",
        &[
            "c.toml, line 8, [[operators]] 1 “alder”, lifecycle.leftover: “lost” is not known here; it can be kept, frozen and forfeited",
        ],
    ),
    (
        "zone = \"America/Halifax\"",
        "zone = \"America/Halifacs\"",
        &[
            "c.toml, line 16, [[operators]] 2 “birch”, lifecycle.zone: “America/Halifacs” is not a time zone of the IANA database",
        ],
    ),
    (
        "code = \"birch\"",
        "code = \"alder\"",
        &[
            "c.toml, line 11, [[operators]] 2 “alder”, code: “alder” is the code of two entries; a code names one",
        ],
    ),
    (
        "countries = [\"CA\"]",
        "countries = []",
        &["c.toml, line 21, [[zones]] 1 “canada”, countries: a zone has at least one country"],
    ),
    (
        "plans = [\"alder-5gb\"]",
        "plans = [\"alder-6gb\"]",
        &[
            "c.toml, line 49, [[promotions]] 1 “first10”, plans: there is no plan “alder-6gb”; the file has alder-5gb",
        ],
    ),
    (
        "reduction = \"10 %\"",
        "reduction = \"5.00 USD\"",
        &[
            "c.toml, line 48, [[promotions]] 1 “first10”, reduction: the reduction is in USD, but the plan “alder-5gb” is sold in CAD",
        ],
    ),
    (
        "valid_until = 2026-12-31",
        "valid_until = 2026-12-31\nlimit = 0\nlimit_per_line = \"one\"\nlimit_per_card = 1",
        &[
            "c.toml, line 52, [[promotions]] 1 “first10”, limit: this must be a whole number from 1 to 1000000000",
            "c.toml, line 53, [[promotions]] 1 “first10”, limit_per_line: this must be a whole number from 1 to 1000000000",
            "c.toml, line 54, [[promotions]] 1 “first10”, limit_per_card: there is no such field here; the fields are code, name, reduction, bonus, plans, valid_from, valid_until, limit, limit_per_line, limit_per_customer, given_by, renewals and 4 others",
        ],
    ),
    (
        "valid_until = 2026-12-31",
        "valid_until = 2026-12-31\ncodes = 5\nrenewals = \"second\"\nlimit_per_customer = 1\nlimit_per_line = 1",
        &[
            "c.toml, line 52, [[promotions]] 1 “first10”, codes: only a promotion given by “single_use_codes” has a number of them",
            "c.toml, line 53, [[promotions]] 1 “first10”, renewals: “second” is not known here; it can be every and first",
            "c.toml, line 54, [[promotions]] 1 “first10”, limit_per_customer: shares are counted of lines or of customers; leave out “limit_per_line” and “renewals”, or this",
        ],
    ),
    (
        "reduction = \"10 %\"",
        "bonus = []",
        &["c.toml, line 48, [[promotions]] 1 “first10”, bonus: name at least one allowance"],
    ),
    (
        "reduction = \"10 %\"\n",
        "",
        &[
            "c.toml, line 45, [[promotions]] 1 “first10”: it gives nothing: say a “reduction”, a “bonus” or both",
        ],
    ),
    (
        "valid_until = 2026-12-31",
        "valid_until = 2025-12-31",
        &[
            "c.toml, line 51, [[promotions]] 1 “first10”, valid_until: the last day of the promotion is before the first",
        ],
    ),
    (
        "[[levies]]",
        "[[taxes]]\nprovince = \"ON\"\nkind = \"HST\"\nrate = \"12 %\"\nvalid_from = 2020-01-01\n[[levies]]",
        &[
            "c.toml, line 63, [[taxes]] 2, valid_from: another HST of ON holds from 2010-07-01 on; end it before this one begins",
        ],
    ),
    (
        "[[levies]]",
        "[[levy]]",
        &[
            "c.toml, line 59, levy: there is no such table; the tables are operators, zones, plans, promotions, taxes and levies",
        ],
    ),
    (
        "rank = 10",
        "rank = ",
        &[
            "c.toml, line 42: this is not TOML: string values must be quoted, expected literal string",
        ],
    ),
];

#[test]
fn what_is_wrong_in_a_catalogue_is_told_by_its_place() {
    for (sound, instead, expected) in CATALOGUE_FAULTS {
        check_catalogue(sound, instead, expected);
    }
    let fault = read_catalogue("c.toml", "").unwrap_err().to_string();
    assert!(
        fault.starts_with("c.toml, line 1, operators: the file has no [[operators]]"),
        "{fault}"
    );
}

#[test]
fn at_most_twenty_faults_are_told_and_the_rest_is_counted() {
    let taxes =
        "[[taxes]]\nprovince = \"XX\"\nkind = \"HST\"\nrate = \"1 %\"\nvalid_from = 2020-01-01\n";
    let text = format!("{CATALOGUE}{}", taxes.repeat(25));
    let fault = read_catalogue("c.toml", &text).unwrap_err();
    assert_eq!((fault.faults.len(), fault.further), (MOST_FAULTS, 5));
    assert!(fault.to_string().ends_with("\nc.toml: and 5 more"));
}

/// Always the same bits: what is tested does not depend on them.
struct Sevens;

impl Randomness for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

const KEY: [u8; 32] = [9; 32];

/// The rows of a file, each as a line or as what is said of it. Today is 2026-11-22.
fn rows(text: &[u8]) -> Vec<Result<(u64, NewLine), String>> {
    let now: jiff::Timestamp = "2026-11-22T17:00:00Z".parse().unwrap();
    let context = LinesContext {
        file_name: "l.csv".to_owned(),
        now: Instant::from_millis(now.as_millisecond()),
        secrets_key: KEY,
        randomness: Arc::new(Sevens),
    };
    let rows = read_lines(text, &catalogue(), context);
    rows.map(|row| row.map_err(|error| error.to_string())).collect()
}

const HEADER: &str =
    "number,iccid,operator,province,language,activated_on,expires_on,anniversary_day,pin,puk";

#[test]
fn a_file_is_read_however_a_spreadsheet_saves_it() {
    let comma = format!(
        "{HEADER},data_granted,data_used\n\
         416 555 0188,8919980000000000015,alder,on,zh-CN,2026-01-02,2026-12-01,,0123,01234567,5 GB,4100000000\n\
         \n,8919980000000000023,birch,,fr,,,,,,,"
    );
    let shuffled = "PIN;puk; Operator ;iccid;number;language;province;expires on;activated_on;anniversary_day;data_granted;data_used\r\n\
         0123;01234567;alder;\"89199 80000 00000 0015\";+1 (416) 555-0188;zh;ON;2026-12-01;2026-01-02;;5000 MB;4.1 GB\r\n\
         ;;;;;;;;;;;\r\n;;birch;8919980000000000023;;fr-CA;;;;;;\r\n";
    let windows = comma.replace('\n', "\r\n");
    let marked = format!("\u{feff}{comma}\n");
    for text in [&*comma, &marked, &windows, shuffled] {
        let rows = rows(text.as_bytes());
        let [Ok((2, first)), Ok((4, second))] = &rows[..] else { unreachable!("{rows:?}") };
        assert_eq!(first.line.msisdn.as_ref().unwrap().as_str(), "+14165550188");
        assert_eq!(first.line.province, Some(Province::On));
        assert_eq!(first.line.language, Language::ZhCn);
        assert_eq!(first.line.dates.expires_on, Some(date(2026, 12, 1)));
        let iccid = &first.line.iccid;
        assert_eq!(first.line.id.cell(), Cell::of(iccid.as_str().as_bytes()));
        let digest = |kind, value| Some(secret_digest(&KEY, kind, iccid, value));
        assert_eq!(first.secrets.pin, digest(SecretKind::Pin, "0123"));
        assert_eq!(first.secrets.puk, digest(SecretKind::Puk, "01234567"));
        let [bucket] = &first.buckets[..] else { unreachable!("one bucket") };
        assert_eq!(bucket.allowance.kind, AllowanceKind::Data);
        assert_eq!(
            (bucket.allowance.zone.as_str(), bucket.allowance.breadth),
            ("north-america", 2)
        );
        assert_eq!(bucket.used, Units::new(4_100_000_000).unwrap());
        assert_eq!(bucket.valid_from.rfc3339(), "2026-01-02T05:00:00.000Z");
        assert_eq!(second.line.msisdn, None);
        assert_eq!((second.secrets.pin, second.buckets.len()), (None, 0));
    }
}

/// `a row under the usual header | what is said of it, for each fault`
fn check_row(row: &str, expected: &[&str]) {
    let told = rows(format!("{HEADER},credit_granted,credit_used\n{row}\n").as_bytes());
    let [Err(told)] = &told[..] else { unreachable!("one fault: {told:?}") };
    let expected: Vec<String> = expected.iter().map(|told| format!("l.csv, row 2{told}")).collect();
    assert_eq!(told.lines().collect::<Vec<_>>(), expected, "{row}");
}

const ROW_FAULTS: &[(&str, &[&str])] = &[
    (
        "4165550188,CARD,elder,ON,en,,,,,,,",
        &[", column operator: there is no operator “elder”; the catalogue has alder and birch"],
    ),
    ("41655,CARD,alder,ON,en,,,,,,,", &[", column number: the number has too few digits"]),
    (
        "4.16555E+09,CARD,alder,ON,en,,,,,,,",
        &[
            ", column number: the spreadsheet shortened this number; format the column as text and paste it again",
        ],
    ),
    (
        "4165550188,8919980000000000016,alder,ON,en,,,,,,,",
        &[", column iccid: the card number is mistyped: its check digit does not fit"],
    ),
    (
        "4165550188,,alder,ON,en,,,,,,,",
        &[", column iccid: this cell is empty, but every line needs it"],
    ),
    (
        "4165550188,CARD,alder,XX,de,,,,,,,",
        &[
            ", column province: “XX” is not a province or territory; write its two letters, like ON",
            ", column language: “de” is not known here; it can be zh-CN, en-CA and fr-CA",
        ],
    ),
    (
        "4165550188,CARD,alder,ON,en,02/01/2026,2026-12-01,,,,,",
        &[
            ", column activated_on: “02/01/2026” is not a date; write it like 2026-11-22: year, month, day",
        ],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-01-02,,,,,,",
        &[", column expires_on: a line that is activated expires; write that date too"],
    ),
    (
        "4165550188,CARD,alder,ON,en,,2026-12-01,,,,,",
        &[", column activated_on: a line that expires was activated; write that date too"],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-03-02,2026-03-01,,,,,",
        &[", column expires_on: 2026-03-01 is before the activation on 2026-03-02"],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-11-23,2026-12-01,,,,,",
        &[", column activated_on: 2026-11-23 is in the future; today is 2026-11-22"],
    ),
    (
        "4165550188,CARD,alder,ON,en,,,5,,,,",
        &[
            ", column anniversary_day: this operator counts in days, not months; leave the cell empty",
        ],
    ),
    (
        "4165550188,CARD,birch,ON,en,,,29,,,,",
        &[", column anniversary_day: this operator counts up to the 28th"],
    ),
    (
        "4165550188,CARD,birch,ON,en,,,32,,,,",
        &[", column anniversary_day: “32” is not a day of the month from 1 to 31"],
    ),
    (
        "4165550188,CARD,alder,ON,en,,,,123,1234567,,",
        &[
            ", column pin: this must be 4 to 8 digits; spreadsheets drop zeros in front, so format the column as text",
            ", column puk: this must be 8 digits; spreadsheets drop zeros in front, so format the column as text",
        ],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-01-02,2026-12-01,,,,10,",
        &[
            ", column credit_granted: “10” is not an amount of credit; write it like “CA$10” or “10.00 CAD”",
        ],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-01-02,2026-12-01,,,,CA$10,CA$11",
        &[", column credit_used: more is used than was granted"],
    ),
    (
        "4165550188,CARD,alder,ON,en,2026-01-02,2026-12-01,,,,,CA$1",
        &[", column credit_used: something is used, but nothing was granted"],
    ),
    (
        "4165550188,CARD,alder,ON,en,,,,,,CA$10,",
        &[", column credit_granted: a line that was never activated has no balance yet"],
    ),
    (
        "4165550188,CARD,birch,ON,en,2026-01-02,2026-12-01,,,,CA$10,",
        &[
            ", column credit_granted: no plan of Birch grants credit, so where it can be used is not known; add a column zone",
        ],
    ),
    ("4165550188,CARD,alder,ON", &[": this row has 4 cells, but the first row names 12 columns"]),
];

#[test]
fn what_is_wrong_in_a_row_is_told_by_its_column() {
    const CARD: &str = "8919980000000000015";
    for (row, expected) in ROW_FAULTS {
        check_row(&row.replace("CARD", CARD), expected);
    }
}

#[test]
fn a_line_may_have_the_name_of_its_holder() {
    let card = "8919980000000000015,alder,ON,en,,,,,";
    let file = |name: &str| format!("{HEADER},holder_name\n4165550188,{card},{name}\n");
    let table = [
        ("王小明", Ok(Some("王小明"))),
        (" Éloïse  Tremblay ", Ok(Some("Éloïse Tremblay"))),
        ("", Ok(None)),
        (
            "12",
            Err(
                "l.csv, row 2, column holder_name: a name has letters; leave the cell empty if it is not known",
            ),
        ),
    ];
    for (name, expected) in table {
        let rows = rows(file(name).as_bytes());
        let read = rows.first().unwrap().as_ref().map(|(_, new)| new.holder_name.as_ref());
        let read = read.map(|name| name.map(HolderName::as_str)).map_err(String::as_str);
        assert_eq!(read, expected, "{name}");
    }
}

#[test]
fn what_is_wrong_with_the_whole_file_is_told_once() {
    let table: [(&[u8], &str); 4] = [
        (b"", "l.csv: the file is empty; its first row names the columns"),
        (b"\xff\xfen\0u\0", "l.csv: the file is saved as UTF-16; save it as “CSV UTF-8”"),
        (
            b"number,iccid,operator,province,language,activated_on,expires_on,pin,puk\n1,2,3\n",
            "l.csv, row 1: the column is missing: anniversary_day (a cell may be empty)",
        ),
        (
            b"number,iccid,iccid,colour,operator,province,language,activated_on,expires_on,anniversary_day,pin,puk",
            "l.csv, row 1: the column iccid stands here twice\n\
             l.csv, row 1: there is no column “colour”; the columns are number, iccid, operator, \
             province, language, activated_on, expires_on, anniversary_day, pin, puk, data_granted, \
             data_used, voice_granted, voice_used, messages_granted, messages_used, credit_granted, \
             credit_used, zone, holder_name",
        ),
    ];
    for (text, expected) in table {
        let told = rows(text);
        let [Err(told)] = &told[..] else { unreachable!("one fault: {told:?}") };
        assert_eq!(told, expected);
    }
    let gbk =
        [HEADER.as_bytes(), b"\n4165550188,8919980000000000015,alder,ON,\xd6\xd0,,,,,\n"].concat();
    let told = rows(&gbk);
    let [Err(told)] = &told[..] else { unreachable!("one fault: {told:?}") };
    assert!(told.starts_with("l.csv, row 2, column language: this is not UTF-8 text"), "{told}");
}

#[test]
fn rows_after_a_wrong_one_can_still_be_read() {
    let good = "4165550188,8919980000000000015,alder,ON,en,,,,,";
    let rows = rows(format!("{HEADER}\n{good}\nx,y\n\n{good}\n").as_bytes());
    let told: Vec<Option<u64>> =
        rows.iter().map(|row| row.as_ref().ok().map(|row| row.0)).collect();
    assert_eq!(told, [Some(2), None, Some(5)]);
}

#[test]
fn a_digest_depends_on_key_kind_card_and_value() {
    let card = |text| farline_domain::kernel::Iccid::parse(text).unwrap();
    let (one, two) = (card("8919980000000000015"), card("8919980000000000023"));
    let digests = [
        secret_digest(&KEY, SecretKind::Pin, &one, "12345678"),
        secret_digest(&[8; 32], SecretKind::Pin, &one, "12345678"),
        secret_digest(&KEY, SecretKind::Puk, &one, "12345678"),
        secret_digest(&KEY, SecretKind::Pin, &two, "12345678"),
        secret_digest(&KEY, SecretKind::Pin, &one, "12345679"),
    ];
    for (place, digest) in digests.iter().enumerate() {
        assert!(!digests[..place].contains(digest), "{place}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever is in the files, the readers answer.
    #[test]
    fn no_file_stops_the_readers(
        noise in "\\PC{0,60}",
        octets in prop::collection::vec(any::<u8>(), 0..200),
        at in 0..CATALOGUE.len(),
        cells in prop::collection::vec("[0-9A-Z€,;\"\r\n\t $.+-]{0,12}", 0..24),
    ) {
        let at = CATALOGUE.floor_char_boundary(at);
        let spoiled = format!("{}{noise}{}", &CATALOGUE[..at], &CATALOGUE[at..]);
        for text in [&noise, &spoiled] {
            if let Err(fault) = read_catalogue("c.toml", text) {
                prop_assert!(!fault.to_string().is_empty() && fault.faults.len() <= MOST_FAULTS);
            }
        }
        rows(&octets);
        rows(&[HEADER.as_bytes(), b"\n", &octets].concat());
        rows(format!("{HEADER}\n{}", cells.join(",")).as_bytes());
    }
}
