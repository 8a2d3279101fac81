//! Whatever is listed: one order, sound domination, and a best that brute force finds too.

use crate::comparison::{key, rate, wanted};
use crate::scene::Dice;
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::comparison::{
    Amounts, Comparison, Cover, ExchangeRate, Granted, Grants, ListedTax, Listing, Never, Offered,
    SortedBy, Wanted, compare, dominates,
};
use farline_domain::kernel::{Currency, Money, Rate, Units};
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

const SELLERS: [&str; 5] = ["ourselves", "partner:p", "shop:s", "supplier:S", "Elsewhere"];
const CURRENCIES: [&str; 4] = ["CAD", "USD", "CNY", "JPY"];
const RULES: [StartRule; 5] = [
    StartRule::AddValue,
    StartRule::SetExpiry,
    StartRule::KeepLater,
    StartRule::AddDays,
    StartRule::Queue,
];

fn rates() -> Vec<ExchangeRate> {
    let rows =
        ["USD CAD 1.4 2026-11-20 a", "CAD CNY 5 2026-11-20 a", "JPY CAD 0.0091 2026-11-20 a"];
    rows.into_iter().map(rate).collect()
}

/// Canadian cents for so many minor units, half up, told by fractions and not by the rates above.
fn cents(minor: i128, code: &str) -> i128 {
    let (above, below) = match code {
        "CAD" => (1, 1),
        "USD" => (7, 5),
        "CNY" => (1, 5),
        _ => (91, 100),
    };
    (2 * minor * above + below).div_euclid(2 * below)
}

fn granted(most: i64, step: i64) -> impl Strategy<Value = Granted> {
    let amount = (0..=most).prop_map(move |n| Granted::Amount(Units::new(n * step).unwrap()));
    prop_oneof![9 => amount, 1 => Just(Granted::Unlimited)]
}

prop_compose! {
    fn listing(place: usize)(
        (seller, rule, code) in (0..SELLERS.len(), 0..RULES.len(), 0..CURRENCIES.len()),
        grants in (granted(8, 1_000_000_000), granted(3, 3_600), granted(2, 50)),
        validity in prop_oneof![(1u16..=60).prop_map(Validity::Days), (1u8..=3).prop_map(Validity::Months)],
        (price, tax, fees) in (0i64..=30, 0i64..=2, 0i64..=2),
    ) -> Listing {
        let currency = Currency::parse(CURRENCIES[code]).unwrap();
        let money = |minor| Money { minor, currency };
        Listing {
            // Each is unlike the others, and codes do not stand in the order of the places.
            key: key(&format!("{} c{}", SELLERS[seller], place * 7 % 41)),
            name: String::new(),
            operator: None,
            grants: Grants { data: grants.0, voice: grants.1, messages: grants.2 },
            validity,
            start_rule: RULES[rule],
            price: money(price * 100),
            tax: if tax == 0 { ListedTax::Included } else { ListedTax::Added(Rate { ppm: tax * 65_000 }) },
            fees: money(fees * 50),
            seen_on: date(2026, 11, 20),
        }
    }
}

fn listings() -> impl Strategy<Value = Vec<Listing>> {
    (1usize..=24).prop_flat_map(|count| (0..count).map(listing).collect::<Vec<_>>())
}

fn need() -> impl Strategy<Value = Wanted> {
    (0i64..=20_000, 0i64..=200, 0i64..=100, 1u16..=200)
        .prop_map(|(data, voice, messages, days)| wanted(data, voice, messages, days))
}

fn amount(granted: Granted) -> Option<i128> {
    match granted {
        Granted::Amount(units) => Some(units.count().into()),
        Granted::Unlimited => None,
    }
}

/// How often a listing is bought, by buying it again and again until the last day. Time is counted in such small steps that
/// every end is a whole number of them.
fn bought(listing: &Listing, wanted: &Wanted) -> Option<u32> {
    let days = i128::from(wanted.days());
    let (needs, gives) = (wanted.amounts(), listing.grants);
    let kinds =
        [(needs.data, gives.data), (needs.voice, gives.voice), (needs.messages, gives.messages)];
    let kinds = kinds.map(|(need, give)| (i128::from(need.count()), amount(give)));
    let kinds: Vec<(i128, i128)> = kinds
        .into_iter()
        .filter_map(|(need, give)| Some((need, give?)))
        .filter(|it| it.0 > 0)
        .collect();
    let steps_a_day: i128 = kinds.iter().map(|(need, _)| need).product();
    if listing.start_rule == StartRule::AddValue {
        return None;
    }
    let (mut now, mut times, mut month) = (0, 0u32, 0i32);
    while now < days * steps_a_day {
        let length = match listing.validity {
            Validity::Days(days) => i128::from(days),
            Validity::Months(months) => {
                // Months follow one another by the calendar; where amounts end first, any month will do.
                let first = wanted.start().checked_add(month.months()).unwrap();
                month += i32::from(months);
                let next = wanted.start().checked_add(month.months()).unwrap();
                first.until(next).unwrap().get_days().into()
            }
        };
        let mut lasts = length * steps_a_day;
        for (need, give) in &kinds {
            let until_used_up = give * days * steps_a_day / need;
            let ends_first = until_used_up < lasts.min(days * steps_a_day - now);
            if *give == 0 || (listing.start_rule == StartRule::Queue && ends_first) {
                return None;
            }
            lasts = lasts.min(until_used_up);
        }
        now += lasts;
        times += 1;
    }
    Some(times)
}

fn brute_total(listing: &Listing, times: u32) -> i128 {
    let tax = match listing.tax {
        ListedTax::Included => 0,
        ListedTax::Added(rate) => (listing.price.minor * rate.ppm * 2 + 1_000_000) / 2_000_000,
        ListedTax::Amount(tax) => tax.minor,
    };
    let one = i128::from(listing.price.minor + tax + listing.fees.minor);
    cents(one * i128::from(times), listing.price.currency.code())
}

fn in_cad(listings: &[Listing], wanted: &Wanted) -> Comparison {
    compare(listings, &rates(), wanted, Currency::CAD)
}

fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let (mut items, mut dice) = (items.to_vec(), Dice(seed));
    for place in (1..items.len()).rev() {
        let other = usize::try_from(dice.below(i64::try_from(place).unwrap() + 1)).unwrap();
        items.swap(place, other);
    }
    items
}

/// Better in nothing of the other's, told once more.
fn worse(one: &Offered, other: &Offered) -> bool {
    let values = |it: &Offered| {
        let gives = it.gives;
        let amounts = [gives.data, gives.voice, gives.messages];
        let amounts = amounts.map(|granted| amount(granted).unwrap_or(i128::MAX));
        [-i128::from(it.total.minor), amounts[0], amounts[1], amounts[2], gives.days.into()]
    };
    let (mine, theirs) = (values(one), values(other));
    let pairs = || mine.iter().zip(&theirs);
    pairs().all(|(mine, theirs)| mine <= theirs) && pairs().any(|(mine, theirs)| mine < theirs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_order_of_what_comes_in_changes_nothing(listings in listings(), wanted in need(), seed: u64) {
        let comparison = in_cad(&listings, &wanted);
        let again = compare(&shuffled(&listings, seed), &shuffled(&rates(), seed), &wanted, Currency::CAD);
        prop_assert_eq!(&comparison, &again);
        for order in SortedBy::ALL {
            prop_assert_eq!(comparison.sorted(order), again.sorted(order));
        }
        let all = comparison.offers.len() + comparison.not_comparable.len();
        prop_assert_eq!(all, listings.len());
    }

    #[test]
    fn brute_force_finds_the_same_purchases_totals_and_best(listings in listings(), wanted in need()) {
        let comparison = in_cad(&listings, &wanted);
        let mut cheapest: Option<i128> = None;
        for offered in &comparison.offers {
            let times = bought(&offered.listing, &wanted);
            // Where what is used up ends a month early, the next month is of the calendar in both, but not the same one.
            let may_differ = matches!(offered.listing.validity, Validity::Months(_))
                && offered.listing.start_rule != StartRule::Queue
                && offered.times().is_some_and(|times| times > 1);
            if !may_differ {
                prop_assert_eq!(offered.times(), times, "{:?}", offered);
            }
            let total = brute_total(&offered.listing, offered.times().unwrap_or(1));
            prop_assert_eq!(i128::from(offered.total.minor), total);
            if offered.times().is_some() {
                cheapest = Some(cheapest.map_or(total, |least| least.min(total)));
            }
        }
        let best = comparison.best.as_ref().map(|best| comparison.offer(&best.key).unwrap());
        prop_assert_eq!(best.map(|best| i128::from(best.total.minor)), cheapest);
        prop_assert_eq!(best.and_then(|best| best.dominated_by.as_ref()), None);
        prop_assert_eq!(best, comparison.offers.first().filter(|first| first.times().is_some()));
    }

    #[test]
    fn domination_is_a_strict_order_and_names_the_best(listings in listings(), wanted in need()) {
        let comparison = in_cad(&listings, &wanted);
        for one in &comparison.offers {
            prop_assert!(!dominates(one, one));
            let mut by = comparison.offers.iter().filter(|other| worse(one, other)).peekable();
            prop_assert_eq!(one.dominated_by.is_some(), by.peek().is_some());
            if let Some(named) = &one.dominated_by {
                let named = comparison.offer(named).unwrap();
                prop_assert!(dominates(named, one) && named.dominated_by.is_none());
                prop_assert!(by.all(|other| other.total.minor >= named.total.minor));
            }
            for other in &comparison.offers {
                prop_assert_eq!(dominates(other, one), worse(one, other));
                prop_assert!(!(dominates(one, other) && dominates(other, one)));
                for third in comparison.offers.iter().filter(|_| dominates(one, other)) {
                    prop_assert!(!dominates(other, third) || dominates(one, third));
                }
            }
        }
    }

    #[test]
    fn prices_that_are_all_so_many_times_higher_change_no_order(
        listings in listings(), wanted in need(), times in 2i64..=1_000,
    ) {
        // Whole shares only, so that nothing is rounded.
        let own: Vec<Listing> = listings
            .into_iter()
            .map(|it| {
                let money = |money: Money| Money::cad(money.minor);
                Listing { price: money(it.price), fees: money(it.fees), tax: ListedTax::Included, ..it }
            })
            .collect();
        let dearer: Vec<Listing> = own
            .iter()
            .map(|it| {
                let money = |money: Money| Money::cad(money.minor * times);
                Listing { price: money(it.price), fees: money(it.fees), ..it.clone() }
            })
            .collect();
        let (one, other) = (in_cad(&own, &wanted), in_cad(&dearer, &wanted));
        prop_assert_eq!(one.best.map(|best| best.key), other.best.map(|best| best.key));
        for (one, other) in one.offers.iter().zip(&other.offers) {
            prop_assert_eq!(&one.listing.key, &other.listing.key);
            prop_assert_eq!(one.total.minor * times, other.total.minor);
            prop_assert_eq!(&one.dominated_by, &other.dominated_by);
        }
    }

    #[test]
    fn more_of_it_for_the_same_is_never_bought_more_often(listing in listing(0), wanted in need()) {
        let more = |granted: Granted| match granted {
            Granted::Amount(units) => Granted::Amount(Units::new(units.count() * 2).unwrap()),
            Granted::Unlimited => Granted::Unlimited,
        };
        let Grants { data, voice, messages } = listing.grants;
        let grants = Grants { data: more(data), voice: more(voice), messages: more(messages) };
        let doubled = Listing { grants, ..listing.clone() };
        let times = |listing: Listing| in_cad(&[listing], &wanted).offers.first().unwrap().times();
        let (one, other) = (times(listing), times(doubled));
        prop_assert!(one.is_none_or(|one| other.is_some_and(|other| other <= one)));
    }

    #[test]
    fn nothing_panics_at_the_ends_of_what_can_be_counted(
        amounts in (extreme(), extreme(), extreme()),
        money in (extreme(), extreme(), any::<i64>()),
        days in prop_oneof![Just(1u16), Just(3_660)],
        (length, rule, code) in (0usize..8, 0usize..5, 0usize..4),
        needs in (extreme(), extreme(), extreme(), 0usize..4),
    ) {
        let units = |count: i64| Units::new(count.saturating_abs()).unwrap();
        let give = |count: i64| Granted::Amount(units(count));
        let validity = [
            Validity::Days(1), Validity::Days(0), Validity::Days(3_660), Validity::Days(u16::MAX),
            Validity::Months(1), Validity::Months(0), Validity::Months(120), Validity::Months(u8::MAX),
        ][length];
        let currency = Currency::parse(CURRENCIES[code]).unwrap();
        let of = |minor| Money { minor, currency };
        let listing = Listing {
            key: key("shop:a it"),
            name: String::new(),
            operator: None,
            grants: Grants { data: give(amounts.0), voice: give(amounts.1), messages: give(amounts.2) },
            validity,
            start_rule: RULES[rule],
            price: of(money.0),
            tax: ListedTax::Added(Rate { ppm: money.2 }),
            fees: of(money.1),
            seen_on: date(2026, 11, 20),
        };
        let start = [date(1990, 1, 1), date(2200, 12, 31), date(2027, 1, 31), date(2028, 2, 29)][needs.3];
        let amounts = Amounts { data: units(needs.0), voice: units(needs.1), messages: units(needs.2) };
        let wanted = Wanted::new(amounts, days, start).unwrap();
        let to = Currency::parse(CURRENCIES[(code + 1) % 4]).unwrap();
        let mut rates = rates();
        rates.push(rate("USD CAD 999999999999999 2026-11-21 a"));
        rates.push(rate("CNY CAD 0.000000000001 2026-11-21 a"));
        rates.push(rate("CNY USD 0.000000000001 2026-11-21 a"));
        rates.push(rate("CNY JPY 999999999999999 2026-11-21 a"));
        for currency in [to, currency] {
            let comparison = compare(&[listing.clone(), listing.clone()], &rates, &wanted, currency);
            prop_assert_eq!(comparison.not_comparable.len(), 2);
            let comparison = compare(std::slice::from_ref(&listing), &rates, &wanted, currency);
            prop_assert_eq!(comparison.offers.len() + comparison.not_comparable.len(), 1);
            for offered in &comparison.offers {
                prop_assert!(offered.total.minor >= 0);
                prop_assert!(offered.cover != Cover::Times(0));
            }
        }
    }
}

fn extreme() -> impl Strategy<Value = i64> {
    let ends =
        prop::sample::select(vec![0, 1, 2, 999, i64::MAX, i64::MAX - 1, i64::MAX / 3_660, -1]);
    prop_oneof![3 => ends, 1 => any::<i64>()]
}

#[test]
fn what_is_bought_more_than_once_a_day_for_ten_years_is_bought_too_often() {
    let row = |units: i64| Listing {
        key: key("shop:a it"),
        name: String::new(),
        operator: None,
        grants: Grants {
            data: Granted::Amount(Units::new(units).unwrap()),
            voice: Granted::NOTHING,
            messages: Granted::NOTHING,
        },
        validity: Validity::Days(1),
        start_rule: StartRule::SetExpiry,
        price: Money::cad(1),
        tax: ListedTax::Included,
        fees: Money::cad(0),
        seen_on: date(2026, 11, 20),
    };
    let wanted = wanted(3_660, 0, 0, 3_660);
    let cover = |units| in_cad(&[row(units)], &wanted).offers.first().unwrap().cover;
    assert_eq!(cover(1_000_000), Cover::Times(3_660));
    assert_eq!(cover(999_999), Cover::Never(Never::TooOften));
}
