//! The same need over every channel: prices, how long they last and which is best, told as tables.

use farline_domain::catalog::{Price, PriceItem, PriceItemKind, StartRule, TaxKind, Validity};
use farline_domain::comparison::{
    Amounts, Best, Comparison, Cover, ExchangeRate, Granted, Grants, Lack, Lasts, ListedTax,
    Listing, ListingCode, ListingKey, Never, Reason, Sample, SampleOutcome, Seller, Service,
    SortedBy, UnitRate, Wanted, WantedFault, WhyNot, compare, measure,
};
use farline_domain::kernel::{AllowanceKind, Currency, Money, Province, Rate, Units};
use jiff::civil::{Date, date};

const START: Date = date(2026, 12, 1);
const SEEN: Date = date(2026, 11, 20);
/// What is listed or told, a row each.
type Rows = &'static [&'static str];
/// Seller and code, how often, and why.
type Told = (&'static str, u32, Reason);

const MB: i64 = 1_000_000;

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

pub(crate) fn key(text: &str) -> ListingKey {
    let (seller, code) = text.rsplit_once(' ').unwrap();
    let seller = Seller::parse(seller).unwrap();
    ListingKey { seller, code: ListingCode::parse(code).unwrap() }
}

fn granted(text: &str, unit: i64) -> Granted {
    match text {
        "∞" => Granted::Unlimited,
        count => Granted::Amount(Units::new(count.parse::<i64>().unwrap() * unit).unwrap()),
    }
}

fn validity(text: &str) -> Validity {
    match text.split_at(text.len() - 1) {
        (days, "d") => Validity::Days(days.parse().unwrap()),
        (months, _) => Validity::Months(months.parse().unwrap()),
    }
}

fn rule(text: &str) -> StartRule {
    match text {
        "add_value" => StartRule::AddValue,
        "set_expiry" => StartRule::SetExpiry,
        "keep_later" => StartRule::KeepLater,
        "add_days" => StartRule::AddDays,
        "queue" => StartRule::Queue,
        other => panic!("{other}"),
    }
}

/// `shop:a maple | 5000 MB 300 min 20 messages | 30d set_expiry | 2000 CAD +13 % fees 50`: minor units, ppm of tax after `+`.
fn listing(text: &str) -> Listing {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let [name, grants, term, price] = parts[..] else { panic!("{text}") };
    let grants: Vec<&str> = grants.split_whitespace().collect();
    let (length, start) = term.split_once(' ').unwrap();
    let words: Vec<&str> = price.split_whitespace().collect();
    let money = |minor: &str| Money { minor: minor.parse().unwrap(), currency: currency(words[1]) };
    let after = |word: &str| words.iter().position(|it| *it == word).map(|place| words[place + 1]);
    let percent = |text: &str| Rate { ppm: text.parse::<i64>().unwrap() * 10_000 };
    Listing {
        key: key(name),
        name: name.to_owned(),
        operator: None,
        grants: Grants {
            data: granted(grants[0], MB),
            voice: granted(grants[2], 60),
            messages: granted(grants[4], 1),
        },
        validity: validity(length),
        start_rule: rule(start),
        price: money(words[0]),
        tax: after("tax").map_or(ListedTax::Included, |share| ListedTax::Added(percent(share))),
        fees: after("fees").map_or(money("0"), money),
        seen_on: SEEN,
    }
}

pub(crate) fn rate(text: &str) -> ExchangeRate {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [from, to, rate, dated, source] = words[..] else { panic!("{text}") };
    ExchangeRate {
        from: currency(from),
        to: currency(to),
        rate: UnitRate::parse(rate).unwrap(),
        dated: dated.parse().unwrap(),
        source: source.to_owned(),
    }
}

fn rates() -> Vec<ExchangeRate> {
    let rows = [
        "USD CAD 1.3925 2026-11-20 bank",
        "CNY CAD 0.1957 2026-11-20 bank",
        "JPY CAD 0.0091 2026-11-20 bank",
    ];
    rows.into_iter().map(rate).collect()
}

pub(crate) fn wanted(megabytes: i64, minutes: i64, messages: i64, days: u16) -> Wanted {
    let units = |count: i64| Units::new(count).unwrap();
    let (data, voice) = (units(megabytes * MB), units(minutes * 60));
    Wanted::new(Amounts { data, voice, messages: units(messages) }, days, START).unwrap()
}

fn compared(rows: &[&str], wanted: Wanted) -> Comparison {
    let listings: Vec<Listing> = rows.iter().map(|row| listing(row)).collect();
    compare(&listings, &rates(), &wanted, Currency::CAD)
}

#[test]
fn a_price_has_its_tax_and_fees_and_is_converted_once() {
    let table = [
        // What is listed, for 5 GB in 30 days, and its total, price of a GB and of a day in Canadian cents.
        ("5000 MB 0 min 0 sms | 30d queue | 2500 CAD", 2500, 500, 83),
        ("5000 MB 0 min 0 sms | 30d queue | 2500 CAD tax 13", 2825, 565, 94),
        ("5000 MB 0 min 0 sms | 30d queue | 2500 CAD tax 13 fees 75", 2900, 580, 97),
        // 17.99 USD × 1.3925 = 25.051…
        ("5000 MB 0 min 0 sms | 30d queue | 1799 USD", 2505, 501, 84),
        // (10.00 + 0.50) × 1.3925 = 14.62125; 0.01 USD × 1.3925 = 1.3925 cents.
        ("5000 MB 0 min 0 sms | 30d queue | 1000 USD fees 50", 1462, 292, 49),
        ("5000 MB 0 min 0 sms | 30d queue | 1 USD", 1, 0, 0),
        // 128.00 CNY × 0.1957 = 25.0496.
        ("5000 MB 0 min 0 sms | 30d queue | 12800 CNY", 2505, 501, 83),
        // A yen has no cents: 2,750 JPY × 0.0091 = 25.025, half up.
        ("5000 MB 0 min 0 sms | 30d queue | 2750 JPY", 2503, 501, 83),
        ("5000 MB 0 min 0 sms | 30d queue | 1 JPY", 1, 0, 0),
        // The tax of a purchase is rounded where it is listed: 101 JPY and 8 % are 109.
        ("5000 MB 0 min 0 sms | 30d queue | 101 JPY tax 8", 99, 20, 3),
        // Bought twice: 2 × 1,799 USD cents are converted together, 50.1021…, not 2 × 25.05.
        ("3000 MB 0 min 0 sms | 30d set_expiry | 1799 USD", 5010, 835, 84),
    ];
    for (row, total, per_gb, per_day) in table {
        let comparison = compared(&[&format!("shop:a it | {row}")], wanted(5000, 0, 0, 30));
        let offered = comparison.offers.first().unwrap();
        let expected = [Some(total), Some(per_gb), Some(per_day)].map(|it| it.map(Money::cad));
        assert_eq!([Some(offered.total), offered.per_gb, offered.per_day], expected, "{row}");
        let source = offered.rate.as_ref().map(|rate| rate.source.as_str());
        assert_eq!(source, (!row.contains("CAD")).then_some("bank"));
    }
}

#[test]
fn money_is_converted_exactly_both_ways() {
    let table = [
        ("USD CAD 1.3925", (1000, "USD"), Some((1393, "CAD"))),
        ("USD CAD 1.3925", (1000, "CAD"), Some((718, "USD"))),
        ("USD JPY 156.4", (1000, "USD"), Some((1564, "JPY"))),
        ("USD JPY 156.4", (1564, "JPY"), Some((1000, "USD"))),
        ("JPY CNY 0.0455", (1, "JPY"), Some((5, "CNY"))),
        ("JPY CNY 0.045", (1, "JPY"), Some((5, "CNY"))),
        ("JPY CNY 0.0449", (1, "JPY"), Some((4, "CNY"))),
        ("KWD CAD 4.5", (1, "KWD"), Some((0, "CAD"))),
        ("KWD CAD 4.5", (1000, "KWD"), Some((450, "CAD"))),
        ("CAD KWD 0.2222", (450, "CAD"), Some((1000, "KWD"))),
        ("USD CAD 1.3925", (1000, "EUR"), None),
        ("USD CAD 1.3925", (-1, "USD"), None),
        ("USD CAD 1.3925", (i64::MAX, "USD"), None),
        ("USD CAD 0.5", (i64::MAX, "USD"), Some((4_611_686_018_427_387_904, "CAD"))),
    ];
    for (text, (minor, code), expected) in table {
        let rate = rate(&format!("{text} 2026-11-20 bank"));
        let converted = rate.convert(Money { minor, currency: currency(code) });
        let expected = expected.map(|(minor, code)| Money { minor, currency: currency(code) });
        assert_eq!(converted, expected, "{text} {minor} {code}");
    }
}

#[test]
fn rates_are_exact_decimals_and_kept_as_they_are_said() {
    let table = [
        ("1.3925", Some("1.3925")),
        ("01.39250", Some("1.3925")),
        ("100", Some("100")),
        ("100.0", Some("100")),
        ("0.000000000001", Some("0.000000000001")),
        ("0.0000000000001", None),
        ("123456789012345", Some("123456789012345")),
        ("1234567890123456", None),
        ("0", None),
        ("0.00", None),
        ("-1.4", None),
        ("1,4", None),
        ("1e3", None),
        (".5", None),
        ("1.", None),
        ("", None),
    ];
    for (text, expected) in table {
        let said = UnitRate::parse(text).ok().map(|rate| rate.to_string());
        assert_eq!(said.as_deref(), expected, "{text}");
    }
    let kept = serde_json::to_string(&rates()).unwrap();
    assert!(kept.contains(r#""rate":"1.3925""#), "{kept}");
    assert_eq!(serde_json::from_str::<Vec<ExchangeRate>>(&kept).unwrap(), rates());
}

#[test]
fn the_newest_rate_is_taken_and_named() {
    let table: [(Rows, Option<(i64, &str)>); 6] = [
        (&["USD CAD 1.4 2026-11-20 a", "USD CAD 1.3 2026-11-21 b"], Some((130, "b"))),
        (&["USD CAD 1.4 2026-11-20 b", "USD CAD 1.3 2026-11-20 a"], Some((130, "a"))),
        (&["CAD USD 0.8 2026-11-20 a", "USD CAD 1.3 2026-11-20 b"], Some((130, "b"))),
        (&["CAD USD 0.8 2026-11-21 a", "USD CAD 1.3 2026-11-20 b"], Some((125, "a"))),
        (&["CNY CAD 0.2 2026-11-21 a"], None),
        (&["USD CNY 7 2026-11-21 a", "CNY CAD 0.2 2026-11-21 a"], None),
    ];
    let dollar = [listing("shop:a it | 1 MB 0 min 0 sms | 1d queue | 100 USD")];
    for (rows, expected) in table {
        let mut rates: Vec<ExchangeRate> = rows.iter().map(|row| rate(row)).collect();
        for _ in 0..2 {
            let comparison = compare(&dollar, &rates, &wanted(0, 0, 0, 1), Currency::CAD);
            let source = |it: &ExchangeRate| it.source.clone();
            let used = comparison.offers.first();
            let used = used.map(|it| (it.total.minor, it.rate.as_ref().map(source).unwrap()));
            assert_eq!(
                used,
                expected.map(|(minor, source)| (minor, source.to_owned())),
                "{rows:?}"
            );
            rates.reverse();
        }
    }
}

#[test]
fn how_often_it_is_bought_and_how_long_one_lasts() {
    use AllowanceKind::{Data, Messages, Voice};
    let until = |month, day, lack| Lasts::Until { short_on: date(2026, month, day), lack };
    let in_2027 = |month, day, lack| Lasts::Until { short_on: date(2027, month, day), lack };
    let of = Lack::Of;
    let never = |why| (Cover::Never(why), Lasts::Not(why));
    let table = [
        // For 6 GB, 60 minutes and 12 messages in 30 days from the first of December.
        ("6000 MB 60 min 12 sms | 30d queue", (Cover::Times(1), Lasts::Whole)),
        ("∞ MB ∞ min ∞ sms | 1m queue", (Cover::Times(1), Lasts::Whole)),
        ("5999 MB 60 min 12 sms | 30d set_expiry", (Cover::Times(2), until(12, 30, of(Data)))),
        ("3000 MB 60 min 12 sms | 60d add_days", (Cover::Times(2), until(12, 16, of(Data)))),
        ("3000 MB 60 min 12 sms | 10d keep_later", (Cover::Times(3), until(12, 11, Lack::Days))),
        ("6000 MB 59 min 12 sms | 29d set_expiry", (Cover::Times(2), until(12, 30, Lack::Days))),
        ("6000 MB 60 min 1 sms | 30d set_expiry", (Cover::Times(12), until(12, 3, of(Messages)))),
        (
            "1 MB 60 min 12 sms | 30d set_expiry",
            (Cover::Never(Never::TooOften), until(12, 1, of(Data))),
        ),
        ("0 MB 60 min 12 sms | 30d set_expiry", never(Never::Without(Data))),
        ("6000 MB 0 min 12 sms | 30d set_expiry", never(Never::Without(Voice))),
        ("6000 MB 60 min 12 sms | 30d add_value", never(Never::AddsToAPlan)),
        // What waits its turn has to last for its own time: 2 GB for 10 days do, 1.9 GB do not.
        ("2000 MB 20 min 4 sms | 10d queue", (Cover::Times(3), until(12, 11, Lack::Days))),
        (
            "1900 MB 20 min 4 sms | 10d queue",
            (Cover::Never(Never::WaitsItsTurn(Data)), until(12, 10, of(Data))),
        ),
        (
            "3000 MB 60 min 12 sms | 30d queue",
            (Cover::Never(Never::WaitsItsTurn(Data)), until(12, 16, of(Data))),
        ),
    ];
    for (row, expected) in table {
        let row = format!("shop:a it | {row} | 100 CAD");
        // 1 MB would be bought 6,000 times.
        let comparison = compared(&[&row], wanted(6000, 60, 12, 30));
        let offered = comparison.offers.first().unwrap();
        assert_eq!((offered.cover, offered.lasts), expected, "{row}");
    }
    // A number that is only kept, over calendar months: January 31 and February 28, 2027 are ends of months.
    let months =
        compared(&["shop:a it | 0 MB 0 min 0 sms | 1m queue | 100 CAD"], wanted(0, 0, 0, 365));
    let offered = months.offers.first().unwrap();
    assert_eq!((offered.cover, offered.gives.days), (Cover::Times(12), 365));
    assert_eq!(offered.lasts, in_2027(1, 1, Lack::Days));
    // 3.1 GB for a month of 31 days at 100 MB a day do; for 28 days of February they are more than enough.
    for (megabytes, cover) in
        [(3100, Cover::Times(3)), (3099, Cover::Never(Never::WaitsItsTurn(Data)))]
    {
        let row = format!("shop:a it | {megabytes} MB 0 min 0 sms | 1m queue | 100 CAD");
        let comparison = compared(&[&row], wanted(9000, 0, 0, 90));
        assert_eq!(comparison.offers.first().unwrap().cover, cover);
    }
}

fn order(comparison: &Comparison, order: SortedBy) -> Vec<String> {
    let offers = comparison.sorted(order);
    offers.iter().map(|it| it.listing.key.code.to_string()).collect()
}

#[test]
fn the_best_is_named_with_its_reason_whosever_it_is() {
    const OWN: &str = "ourselves own | 5000 MB 0 min 0 sms | 30d queue | 2500 CAD";
    let less_by = |minor| Reason::Cheapest { less_by: Money::cad(minor) };
    let table: [(Rows, Option<Told>); 7] = [
        (&[OWN], Some(("ourselves own", 1, Reason::OnlyOne))),
        (
            &[OWN, "Roam Shop roam | 5000 MB 0 min 0 sms | 30d queue | 2450 CAD"],
            Some(("Roam Shop roam", 1, less_by(50))),
        ),
        (
            &[OWN, "shop:a week | 2000 MB 0 min 0 sms | 8d set_expiry | 600 CAD"],
            Some(("shop:a week", 4, less_by(100))),
        ),
        (
            &[OWN, "shop:a more | 6000 MB 0 min 0 sms | 30d queue | 2500 CAD"],
            Some(("shop:a more", 1, Reason::MoreForTheSame)),
        ),
        // Equal in everything: ourselves do not win by being ourselves.
        (
            &[OWN, "Roam Shop own | 5000 MB 0 min 0 sms | 30d queue | 2500 CAD"],
            Some(("Roam Shop own", 1, Reason::AsGoodAsOthers)),
        ),
        (
            &[OWN, "supplier:Sim East less | 4999 MB 0 min 0 sms | 30d queue | 1 CAD"],
            Some(("ourselves own", 1, Reason::OnlyOne)),
        ),
        (&["shop:a less | 4999 MB 0 min 0 sms | 30d queue | 1 CAD"], None),
    ];
    for (rows, expected) in table {
        let comparison = compared(rows, wanted(5000, 0, 0, 30));
        let expected = expected.map(|(text, times, reason)| Best { key: key(text), times, reason });
        assert_eq!(comparison.best, expected, "{rows:?}");
    }
}

#[test]
fn what_is_dominated_names_the_best_that_does() {
    let rows = [
        "shop:a cheap | 5000 MB 0 min 0 sms | 30d set_expiry | 2000 CAD",
        "shop:a dear | 5000 MB 0 min 0 sms | 30d set_expiry | 2500 CAD",
        "shop:a talks | 5000 MB 100 min 0 sms | 30d set_expiry | 2500 CAD",
        "shop:b twin | 5000 MB 0 min 0 sms | 30d set_expiry | 2000 CAD",
        "shop:a long | 5000 MB 0 min 0 sms | 90d set_expiry | 2400 CAD",
        "shop:a dearest | 5000 MB 100 min 0 sms | 30d set_expiry | 2600 CAD",
        "shop:a adds | 9000 MB 0 min 0 sms | 30d add_value | 900 CAD",
        "shop:a tiny | 1000 MB 0 min 0 sms | 30d queue | 1000 CAD",
        "shop:a tinier | 999 MB 0 min 0 sms | 30d queue | 1000 CAD",
    ];
    let comparison = compared(&rows, wanted(5000, 0, 0, 30));
    let dominated: Vec<String> = comparison
        .offers
        .iter()
        .map(|it| {
            let by = it.dominated_by.as_ref().map_or("-", |by| by.code.as_str());
            format!("{} {by}", it.listing.key.code)
        })
        .collect();
    let expected = [
        "cheap -",
        "twin -",
        "long -",
        "talks -",
        "dear cheap",
        "dearest talks",
        "adds -",
        "tiny -",
        "tinier tiny",
    ];
    assert_eq!(dominated, expected);
    let adds = comparison.offer(&key("shop:a adds")).unwrap();
    assert_eq!((adds.times(), adds.gives.days, adds.per_day), (None, 0, None));
}

#[test]
fn offers_are_sorted_by_total_by_gb_and_by_day() {
    let rows = [
        "shop:a five | 5000 MB 0 min 0 sms | 30d set_expiry | 2000 CAD",
        "shop:a twenty | 20000 MB 0 min 0 sms | 30d set_expiry | 4000 CAD",
        "shop:a year | 10000 MB 0 min 0 sms | 365d set_expiry | 6000 CAD",
        "shop:a limitless | ∞ MB 0 min 0 sms | 30d set_expiry | 5000 CAD",
        "shop:a number | 0 MB 0 min 0 sms | 365d set_expiry | 1000 CAD",
    ];
    let comparison = compared(&rows, wanted(5000, 0, 0, 30));
    let total = ["five", "twenty", "limitless", "year", "number"];
    assert_eq!(order(&comparison, SortedBy::Total), total);
    let per_gb = ["twenty", "five", "year", "limitless", "number"];
    assert_eq!(order(&comparison, SortedBy::PerGb), per_gb);
    let per_day = ["number", "year", "five", "twenty", "limitless"];
    assert_eq!(order(&comparison, SortedBy::PerDay), per_day);
    for order in SortedBy::ALL {
        assert_eq!(SortedBy::parse(order.code()), Some(order));
    }
}

#[test]
fn what_cannot_be_compared_stands_apart_with_its_reason() {
    let mixed = Listing {
        fees: Money { minor: 1, currency: currency("USD") },
        ..listing("shop:c mixed | 1 MB 0 min 0 sms | 1d queue | 1 CAD")
    };
    let table = [
        (
            listing("shop:a euro | 1 MB 0 min 0 sms | 1d queue | 1 EUR"),
            WhyNot::NoRate(currency("EUR")),
        ),
        (listing("shop:b gift | 1 MB 0 min 0 sms | 1d queue | -1 CAD"), WhyNot::BelowZero),
        (mixed, WhyNot::MixedCurrencies),
        (listing("shop:d none | 1 MB 0 min 0 sms | 0d queue | 1 CAD"), WhyNot::NoDay),
        (
            listing(&format!("shop:e huge | 1 MB 0 min 0 sms | 1d queue | {} CAD", i64::MAX)),
            WhyNot::TooLarge,
        ),
        (listing("shop:f twice | 1 MB 0 min 0 sms | 1d queue | 1 CAD"), WhyNot::ListedTwice),
        (listing("shop:f twice | 1 MB 0 min 0 sms | 1d queue | 2 CAD"), WhyNot::ListedTwice),
    ];
    let listings: Vec<Listing> = table.iter().map(|(listing, _)| listing.clone()).collect();
    let comparison = compare(&listings, &rates(), &wanted(0, 0, 0, 30), Currency::CAD);
    assert_eq!((comparison.offers.len(), &comparison.best), (0, &None));
    let apart = comparison.not_comparable.into_iter().map(|it| (it.listing, it.why));
    assert_eq!(apart.collect::<Vec<_>>(), table);
}

#[test]
fn a_plan_of_our_own_is_a_listing_with_its_computed_tax() {
    let mut plan = crate::scene::plan(3000, Validity::Days(30), StartRule::Queue);
    let mut night = crate::scene::allowance(AllowanceKind::Data, 7_000_000_000);
    night.window = Some(farline_domain::catalog::TimeWindow { from_minute: 0, until_minute: 60 });
    let voice = crate::scene::allowance(AllowanceKind::Voice, 6_000);
    plan.allowances.extend([night, voice.clone(), voice]);
    let province = Province::parse("ON").unwrap();
    let item = |kind, minor| PriceItem { kind, amount: Money::cad(minor) };
    let items = vec![
        item(PriceItemKind::Plan, 3000),
        item(PriceItemKind::Promotion("autumn".to_owned()), -300),
        item(PriceItemKind::Levy(province), 95),
        item(PriceItemKind::Tax(TaxKind::Hst, Rate { ppm: 130_000 }), 363),
    ];
    let price = Price { items, total: Money::cad(3158), province };
    let own = Listing::of_plan(&plan, &price, "Plan".to_owned(), SEEN).unwrap();
    assert_eq!((own.price, own.fees), (Money::cad(2700), Money::cad(95)));
    assert_eq!(own.tax, ListedTax::Amount(Money::cad(363)));
    assert_eq!(own.cost(), Ok(Money::cad(3158)));
    assert_eq!((own.grants.data, own.grants.voice), (granted("2000", MB), granted("200", 60)));
    assert_eq!(own.key, key("ourselves plan"));
    let kept = serde_json::to_string(&own).unwrap();
    assert_eq!(serde_json::from_str::<Listing>(&kept).unwrap(), own);
}

#[test]
fn sellers_are_read_as_they_are_written() {
    let table = [
        ("partner:harbour-travel", Some("partner:harbour-travel")),
        ("Partner: harbour-travel", Some("partner:harbour-travel")),
        ("shop:taobao-yuanyou", Some("shop:taobao-yuanyou")),
        ("supplier:  Sim   East ", Some("supplier:Sim East")),
        ("Ourselves", Some("ourselves")),
        ("远游小店", Some("远游小店")),
        ("Roam: the shop", Some("Roam: the shop")),
        ("partner:Harbour Travel", None),
        ("supplier:", None),
        ("  ", None),
        ("bell\u{7}", None),
    ];
    for (text, expected) in table {
        let seller = Seller::parse(text).ok();
        assert_eq!(seller.as_ref().map(Seller::to_string).as_deref(), expected, "{text}");
        if let Some(seller) = seller {
            assert_eq!(Seller::parse(&seller.to_string()), Ok(seller));
        }
    }
}

#[test]
fn a_need_has_days_a_date_and_amounts_that_can_be_counted() {
    let table =
        [(0, Err(WantedFault::Days)), (1, Ok(())), (3660, Ok(())), (3661, Err(WantedFault::Days))];
    for (days, expected) in table {
        assert_eq!(Wanted::new(Amounts::default(), days, START).map(|_| ()), expected);
    }
    let beyond = Wanted::new(Amounts::default(), 1, date(9999, 1, 1));
    assert_eq!(beyond.unwrap_err(), WantedFault::Start);
    let per_day = Amounts { data: Units::new(250 * MB).unwrap(), ..Amounts::default() };
    let paced = Wanted::at_pace(per_day, 30, START).unwrap();
    assert_eq!((paced, paced.last()), (wanted(7500, 0, 0, 30), date(2026, 12, 30)));
    let endless = Amounts { data: Units::MOST, ..Amounts::default() };
    assert_eq!(Wanted::at_pace(endless, 2, START), Err(WantedFault::TooLarge));
}

#[test]
fn a_channels_service_is_measured_by_thirty_orders() {
    let sample = |outcome, refund_ms| Sample { outcome, refund_ms };
    let delivered = |ms| sample(SampleOutcome::Delivered(ms), None);
    let failed = |refund_ms| sample(SampleOutcome::NotDelivered, refund_ms);
    let mut samples: Vec<Sample> = (1..=28).map(|n| delivered(n * 100)).collect();
    samples.push(failed(Some(9_000)));
    assert_eq!(measure(&samples), Service::NotMeasured { orders: 29 });
    samples.push(failed(Some(5_000)));
    let measured = Service::Measured {
        orders: 30,
        median_delivery_ms: Some(1_400),
        // 28 of 30, rounded down.
        success: Rate { ppm: 933_333 },
        refunds: 2,
        median_refund_ms: Some(5_000),
    };
    assert_eq!(measure(&samples), measured);
    samples.reverse();
    assert_eq!(measure(&samples), measured);
    let none = Service::Measured {
        orders: 30,
        median_delivery_ms: None,
        success: Rate { ppm: 0 },
        refunds: 0,
        median_refund_ms: None,
    };
    assert_eq!(measure(&[failed(None); 30]), none);
    assert_eq!(measure(&[]), Service::NotMeasured { orders: 0 });
}
