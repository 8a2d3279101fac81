//! The files of listings and of exchange rates, right and wrong: every fault is told by its place, in words.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use farline_app::imports::{ImportFault, ListingsContext, MOST_FAULTS, read_listings, read_rates};
use farline_app::reports::text_cell;
use farline_domain::catalog::{OperatorCode, StartRule, Validity};
use farline_domain::comparison::{
    Amounts, ExchangeRate, Granted, ListedTax, Listing, Wanted, compare,
};
use farline_domain::kernel::{Currency, Money, Rate, Units};
use farline_domain::orders::{PartnerCode, ShopCode};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 29);

const LISTINGS: &str = "\
seller,code,name,operator,data,voice,messages,validity,start_rule,price,tax,fees,seen_on
partner:harbour-travel,maple-30,Maple 5 GB,alder,5 GB,300 min,200 messages,30 days,queue,25.00 CAD,13 %,,2026-11-20
shop:taobao-yuanyou,maple-30,\"远游 5 GB, 30 天\",alder,5 GB,,,1 month,add_days,CN¥128,included,1.50 CNY,2026-11-21
supplier:Sim East,SIM-7,Sim East 7,,unlimited,Unlimited,,7 days,,1500 JPY,10 %,,2026-11-29
Roam Shop,w1,Week,,500 MB,,,7 days,set_expiry,US$4.99,Included,US$0.30,2026-11-01
";

fn context() -> ListingsContext {
    ListingsContext {
        operators: [OperatorCode::parse("alder").unwrap()].into(),
        partners: [PartnerCode::parse("harbour-travel").unwrap()].into(),
        shops: [ShopCode::parse("taobao-yuanyou").unwrap()].into(),
        today: TODAY,
    }
}

fn read(text: &str) -> Result<Vec<Listing>, ImportFault> {
    read_listings("l.csv", text.as_bytes(), &context())
}

fn rates(text: &str) -> Result<Vec<ExchangeRate>, ImportFault> {
    read_rates("r.csv", text.as_bytes(), TODAY)
}

fn amount(count: i64) -> Granted {
    Granted::Amount(Units::new(count).unwrap())
}

#[test]
fn a_sound_file_is_read_whole() {
    let listings = read(LISTINGS).unwrap();
    let [partner, shop, supplier, elsewhere] = &listings[..] else { unreachable!("{listings:?}") };
    assert_eq!(partner.key.seller.to_string(), "partner:harbour-travel");
    assert_eq!(partner.grants.voice, amount(18_000));
    assert_eq!((partner.validity, partner.start_rule), (Validity::Days(30), StartRule::Queue));
    assert_eq!(partner.tax, ListedTax::Added(Rate { ppm: 130_000 }));
    assert_eq!((partner.price, partner.fees), (Money::cad(2500), Money::cad(0)));
    assert_eq!(partner.operator.as_ref().map(OperatorCode::as_str), Some("alder"));
    assert_eq!((shop.name.as_str(), shop.price.minor), ("远游 5 GB, 30 天", 12_800));
    assert_eq!((shop.validity, shop.fees.minor), (Validity::Months(1), 150));
    assert_eq!((shop.grants.data, shop.grants.voice), (amount(5_000_000_000), Granted::NOTHING));
    // Codes are written in small letters, and what is bought again starts at once where the file does not say.
    assert_eq!((supplier.key.code.as_str(), supplier.start_rule), ("sim-7", StartRule::SetExpiry));
    assert_eq!(
        (supplier.grants.data, supplier.grants.voice),
        (Granted::Unlimited, Granted::Unlimited)
    );
    assert_eq!((supplier.price.minor, supplier.operator.as_ref()), (1500, None));
    assert_eq!(
        (elsewhere.key.seller.to_string(), elsewhere.fees.minor),
        ("Roam Shop".to_owned(), 30)
    );
    assert_eq!(elsewhere.seen_on, date(2026, 11, 1));
}

#[test]
fn a_file_is_read_however_a_spreadsheet_saves_it() {
    let expected = read(LISTINGS).unwrap();
    let quoted = "\"远游 5 GB, 30 天\"";
    let table = [
        format!("\u{feff}{LISTINGS}"),
        LISTINGS.replace('\n', "\r\n"),
        LISTINGS.trim_end().to_owned(),
        LISTINGS.replacen("5 GB, 30 天", "5 GB; 30 天", 1).replace(',', ";").replacen(
            "5 GB; 30 天",
            "5 GB, 30 天",
            1,
        ),
        LISTINGS.replacen('\n', "\n,,,,,,,,,,,,\n\n", 2),
        LISTINGS.replace("Roam Shop,w1", "'Roam   Shop , W1 "),
        LISTINGS.replace("SIM-7", "\"=\"\"SIM-7\"\"\""),
        LISTINGS.replace("start_rule", "Start rule"),
    ];
    assert!(LISTINGS.contains(quoted));
    for text in table {
        assert_eq!(read(&text).as_ref(), Ok(&expected), "{text}");
    }
    // Only what is needed: five columns may be left out, and they stand in any order.
    let least = "seen_on,tax,price,validity,data,name,code,seller\n2026-11-01,included,5 USD,7 days,,Week,w1,Roam Shop\n";
    let listings = read(least).unwrap();
    assert_eq!(listings.first().unwrap().grants.data, Granted::NOTHING);
}

/// What is written instead of what, and the fault that it makes.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "harbour-travel",
        "harbor-travel",
        "l.csv, line 2, seller: there is no partner “harbor-travel”; there are harbour-travel",
    ),
    (
        "shop:taobao-yuanyou",
        "shop:Taobao",
        "l.csv, line 3, seller: “shop:Taobao” is not a seller: a code has 1 to 40 lower-case letters, digits and hyphens; write partner:CODE, shop:CODE, supplier:NAME or a name",
    ),
    (
        "Roam Shop",
        "Ourselves",
        "l.csv, line 5, seller: our own plans are compared as the catalogue has them; leave them out here",
    ),
    ("Roam Shop", "", "l.csv, line 5, seller: this cell is empty, but every listing needs it"),
    (
        ",w1,",
        ",w 1,",
        "l.csv, line 5, code: “w 1” is not a code: a code has 1 to 40 lower-case letters, digits and hyphens",
    ),
    (
        "Week,,500",
        "Week,birch,500",
        "l.csv, line 5, operator: there is no operator “birch”; there are alder; leave the cell empty where the catalogue does not have it",
    ),
    (
        "500 MB",
        "500",
        "l.csv, line 5, data: “500” is not an amount of data; write it like “5 GB” or “500 MB”, “unlimited” or nothing",
    ),
    (
        "300 min",
        "5 GB",
        "l.csv, line 2, voice: “5 GB” is not an amount of voice; write it like “300 min”, “unlimited” or nothing",
    ),
    (
        "200 messages",
        "all",
        "l.csv, line 2, messages: “all” is not an amount of messages; write it like “200 messages”, “unlimited” or nothing",
    ),
    (
        "1 month",
        "31",
        "l.csv, line 3, validity: “31” is not a duration of at least one day; write it like “30 days” or “12 months”",
    ),
    ("add_days", "later", "l.csv, line 3, start_rule: "),
    ("1500 JPY", "1500.5 JPY", "l.csv, line 4, price: “1500.5 JPY” is not an amount of money"),
    (
        "10 %",
        "10",
        "l.csv, line 4, tax: “10” is not a share up to 100 %; write it like “9.975 %”, or “included” where nothing comes on top",
    ),
    (
        "US$0.30",
        "0.30 CAD",
        "l.csv, line 5, fees: the fees are in CAD, but the price is in USD; write both alike",
    ),
    (
        "2026-11-01",
        "2026-11-30",
        "l.csv, line 5, seen_on: 2026-11-30 is in the future; today is 2026-11-29",
    ),
    ("2026-11-01", "1/11/2026", "l.csv, line 5, seen_on: “1/11/2026” is not a date"),
    (
        "2026-11-01",
        "2026-11-01,",
        "l.csv, line 5: this row has 14 cells, but the first row names 13 columns",
    ),
    ("Roam Shop,w1", "supplier: sim  East,sim-7", ""),
    (
        "Roam Shop,w1",
        "supplier: Sim  East,sim-7",
        "l.csv, line 5, code: “supplier:Sim East” has “sim-7” in line 4 already; a code stands once",
    ),
    ("fees,", "fee,", "l.csv, line 1: there is no column “fee”; the columns are seller, code"),
    ("fees,", "price,", "l.csv, line 1: the column price stands here twice"),
    (",tax", "", "the column is missing: tax"),
];

#[test]
fn what_is_wrong_is_told_by_its_place() {
    for (sound, instead, expected) in FAULTS {
        let text = LISTINGS.replacen(sound, instead, 1);
        assert_ne!(text, LISTINGS, "{sound}");
        let told = read(&text).map_or_else(|fault| fault.to_string(), |_| String::new());
        assert!(
            told.contains(expected) && told.is_empty() == expected.is_empty(),
            "{sound}: {told}"
        );
        assert!(!told.contains('\n'), "one fault only: {told}");
    }
}

#[test]
fn all_faults_are_told_at_once_and_the_rest_is_counted() {
    let text = LISTINGS.replace("2026-11-2", "soon").replace("CN¥128", "128");
    let told = read(&text).unwrap_err();
    let places: Vec<String> =
        told.faults.iter().map(|fault| format!("{} {}", fault.line, fault.column)).collect();
    assert_eq!(places, ["2 seen_on", "3 price", "3 seen_on", "4 seen_on"]);
    let many = format!("{LISTINGS}{}", "a,b,c,,,,,,,,,,\n".repeat(10));
    let told = read(&many).unwrap_err();
    // Each row lacks four cells, and all but the first of them are listed twice besides.
    assert_eq!((told.faults.len(), told.further), (MOST_FAULTS, 4 * 10 + 9 - MOST_FAULTS));
}

#[test]
fn a_file_that_is_none_says_so() {
    let told = |octets: &[u8]| read_listings("l.csv", octets, &context()).unwrap_err().to_string();
    let heading = LISTINGS.lines().next().unwrap();
    assert_eq!(told(b""), "l.csv, line 1: the file is empty; its first row names the columns");
    assert_eq!(
        told(heading.as_bytes()),
        "l.csv, line 1: the file has no listing under its first row"
    );
    let latin = format!("{heading}\nRoam Shop,w1,Semaine d'").into_bytes();
    let latin = [&latin[..], &[0xe9, b't', 0xe9, b'\n']].concat();
    assert_eq!(told(&latin), "l.csv, line 2: this is not UTF-8 text; save the file as “CSV UTF-8”");
    let wide = told(&[0xff, 0xfe, b's', 0]);
    assert!(wide.contains("saved as UTF-16"), "{wide}");
    let row = "Roam Shop,w,Week,,,,,7 days,,5 USD,included,,2026-11-01\n";
    let long = told(format!("{heading}\n{}", row.repeat(20_001)).as_bytes());
    assert!(long.contains("line 20002: a file has at most 20000 rows"), "{long}");
}

#[test]
fn a_cell_that_looks_like_a_formula_is_a_text() {
    let text = LISTINGS.replace("Week,", "\"=HYPERLINK(\"\"http://x.example\"\")\",");
    let listings = read(&text).unwrap();
    let name = &listings.last().unwrap().name;
    assert_eq!(name, "=HYPERLINK(\"http://x.example\")");
    assert!(text_cell(name).starts_with('\''));
    for value in ["w1", "500 MB", "7 days", "set_expiry", "US$4.99", "Included", "2026-11-01"] {
        let told = read(&LISTINGS.replacen(value, "=1+1", 1)).unwrap_err().to_string();
        assert!(told.contains("“=1+1”"), "{value}: {told}");
    }
}

const RATES: &str = "\
from,to,rate,dated,source
USD,CAD,1.3925,2026-11-20,Central bank
cny,cad,0.1957,2026-11-20,Central bank
JPY,CAD,0.0091,2026-11-20,中央银行
USD,CAD,1.3900,2026-11-19,Central bank
";

#[test]
fn rates_are_read_and_what_is_wrong_with_them_is_told() {
    let read = rates(RATES).unwrap();
    let said: Vec<String> = read.iter().map(|rate| rate.rate.to_string()).collect();
    assert_eq!(said, ["1.3925", "0.1957", "0.0091", "1.39"]);
    assert_eq!(
        read.iter().map(|rate| rate.from.code()).collect::<Vec<_>>(),
        ["USD", "CNY", "JPY", "USD"]
    );
    let table = [
        (
            "cny,",
            "RMB¥,",
            "r.csv, line 3, from: “RMB¥” is not a currency; write its three letters, like CAD",
        ),
        (
            "cny,",
            "CAD,",
            "r.csv, line 3, to: a currency is always worth itself; leave this row out",
        ),
        (
            "1.3925",
            "\"1,3925\"",
            "r.csv, line 2, rate: “1,3925” is not a rate: a rate is a decimal above zero like 1.3925",
        ),
        ("1.3925", "0", "r.csv, line 2, rate: “0” is not a rate"),
        ("1.3925", "", "r.csv, line 2, rate: this cell is empty, but every rate needs it"),
        (
            "2026-11-20",
            "2026-12-20",
            "r.csv, line 2, dated: 2026-12-20 is in the future; today is 2026-11-29",
        ),
        (
            "0.0091,2026-11-20,中央银行",
            "0.0091,2026-11-20,",
            "r.csv, line 4, source: this cell is empty, but every rate needs it",
        ),
        (
            "2026-11-19",
            "2026-11-20",
            "r.csv, line 5, rate: “Central bank” tells USD in CAD of 2026-11-20 in line 2 already",
        ),
        (
            "source",
            "bank",
            "r.csv, line 1: there is no column “bank”; the columns are from, to, rate, dated, source; the column is missing: source",
        ),
    ];
    for (sound, instead, expected) in table {
        let told = rates(&RATES.replacen(sound, instead, 1)).unwrap_err().to_string();
        assert!(told.contains(expected) && !told.contains('\n'), "{told}");
    }
}

#[test]
fn what_is_read_can_be_compared() {
    let wanted = Wanted::new(Amounts::default(), 7, TODAY).unwrap();
    let (listings, rates) = (read(LISTINGS).unwrap(), rates(RATES).unwrap());
    let comparison = compare(&listings, &rates, &wanted, Currency::CAD);
    let totals: Vec<(String, i64)> = comparison
        .offers
        .iter()
        .map(|it| (it.listing.key.seller.to_string(), it.total.minor))
        .collect();
    let expected = [
        ("Roam Shop", 737),
        ("supplier:Sim East", 1502),
        ("shop:taobao-yuanyou", 2534),
        ("partner:harbour-travel", 2825),
    ];
    assert_eq!(totals, expected.map(|(seller, total)| (seller.to_owned(), total)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_stands_in_a_file_is_read_or_told(octets: Vec<u8>, cells in "[a-z0-9,;:=%\"' \r\n¥$天-]{0,200}") {
        let heading = LISTINGS.lines().next().unwrap();
        let files = [octets.clone(), format!("{heading}\n{cells}").into_bytes(), [LISTINGS.as_bytes(), &octets].concat()];
        for file in files {
            match read_listings("l.csv", &file, &context()) {
                Ok(listings) => prop_assert!(!listings.is_empty()),
                Err(fault) => prop_assert!((1..=MOST_FAULTS).contains(&fault.faults.len())),
            }
            let _ = read_rates("r.csv", &file, TODAY);
        }
    }
}
