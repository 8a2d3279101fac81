//! Which version of a plan is sold on a date, and which prices it can be given.

use crate::scene::plan;
use farline_domain::catalog::{Catalogue, Plan, PlanCode, PriceRefusal, StartRule, Validity};
use farline_domain::kernel::{Currency, Instant, Money};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 29);

fn code() -> PlanCode {
    PlanCode::parse("plan").unwrap()
}

fn version(version: u32, minor: i64, from: Option<Date>) -> Plan {
    let plan = plan(minor, Validity::Days(30), StartRule::KeepLater);
    Plan { version, sold_from: from, ..plan }
}

/// CA$30 now, CA$35 from December, CA$33 from the new year.
fn with_coming() -> Catalogue {
    let mut catalogue = Catalogue::default();
    catalogue.plans.insert(code(), version(1, 3000, None));
    let december = version(2, 3500, Some(date(2026, 12, 1)));
    let new_year = version(3, 3300, Some(date(2027, 1, 1)));
    catalogue.coming.insert(code(), vec![december, new_year]);
    catalogue
}

#[test]
fn the_newest_version_that_has_begun_is_in_force() {
    let catalogue = with_coming();
    let rows = [
        (TODAY, 3000),
        (date(2026, 11, 30), 3000),
        (date(2026, 12, 1), 3500),
        (date(2026, 12, 31), 3500),
        (date(2027, 1, 1), 3300),
        (date(2030, 1, 1), 3300),
    ];
    for (day, price) in rows {
        assert_eq!(catalogue.sold(&code(), day).unwrap().price, Money::cad(price), "{day}");
        assert_eq!(catalogue.plans_of(&catalogue.plans[&code()].operator, day).len(), 1, "{day}");
    }
    let coming = |day| -> Vec<u32> {
        catalogue.coming_after(&code(), day).iter().map(|plan| plan.version).collect()
    };
    assert_eq!(coming(TODAY), [2, 3]);
    assert_eq!(coming(date(2026, 12, 1)), [3]);
    assert!(coming(date(2027, 1, 1)).is_empty());
}

#[test]
fn a_newer_version_overtakes_one_that_begins_later() {
    let mut catalogue = with_coming();
    // Published after the others, and without a first day.
    catalogue.plans.insert(code(), version(4, 2000, None));
    assert_eq!(catalogue.sold(&code(), date(2027, 1, 1)).unwrap().price, Money::cad(2000));
    assert!(catalogue.coming_after(&code(), TODAY).is_empty());
    // Published after the others, for a day between theirs.
    let mut catalogue = with_coming();
    let between = version(4, 4000, Some(date(2026, 12, 15)));
    catalogue.coming.get_mut(&code()).unwrap().push(between);
    let coming = catalogue.coming_after(&code(), TODAY);
    let versions: Vec<u32> = coming.iter().map(|plan| plan.version).collect();
    assert_eq!(versions, [2, 4], "the one for the new year never comes");
    assert_eq!(catalogue.sold(&code(), date(2027, 1, 1)).unwrap().version, 4);
}

#[test]
fn what_is_stopped_over_or_to_come_is_not_sold() {
    let mut catalogue = with_coming();
    catalogue.stopped.insert(code(), Instant::from_millis(0));
    assert_eq!(catalogue.sold(&code(), TODAY), None);
    assert!(catalogue.plans_of(&catalogue.plans[&code()].operator, TODAY).is_empty());
    assert!(catalogue.in_force(&code(), TODAY).is_some(), "it still has a name and a price");
    let mut catalogue = Catalogue::default();
    catalogue.plans.insert(code(), version(1, 3000, Some(date(2026, 12, 1))));
    assert_eq!(catalogue.sold(&code(), TODAY), None);
    catalogue.plans.get_mut(&code()).unwrap().sold_from = None;
    catalogue.plans.get_mut(&code()).unwrap().sold_until = Some(date(2026, 11, 28));
    assert_eq!(catalogue.sold(&code(), TODAY), None);
}

#[test]
fn a_new_price_is_a_version_from_its_date_or_is_refused() {
    let mut catalogue = with_coming();
    let ask = |catalogue: &Catalogue, minor, from| {
        catalogue.at_price(&code(), (Money::cad(minor), from), TODAY)
    };
    let plan = ask(&catalogue, 4000, date(2026, 12, 15)).unwrap();
    assert_eq!((plan.price, plan.sold_from), (Money::cad(4000), Some(date(2026, 12, 15))));
    assert!(ask(&catalogue, 4000, TODAY).is_ok(), "today is not over");
    assert_eq!(ask(&catalogue, 4000, date(2026, 11, 28)), Err(PriceRefusal::Past));
    assert_eq!(ask(&catalogue, 0, TODAY), Err(PriceRefusal::NotPositive));
    assert_eq!(ask(&catalogue, 3000, TODAY), Err(PriceRefusal::SamePrice));
    // On that day another price is in force: the present one is a change then.
    assert!(ask(&catalogue, 3000, date(2026, 12, 15)).is_ok());
    assert_eq!(ask(&catalogue, 3500, date(2026, 12, 15)), Err(PriceRefusal::SamePrice));
    let dollars = Money { minor: 4000, currency: Currency::parse("USD").unwrap() };
    let other = catalogue.at_price(&code(), (dollars, TODAY), TODAY);
    assert_eq!(other, Err(PriceRefusal::OtherCurrency));
    let unknown = PlanCode::parse("none").unwrap();
    let unknown = catalogue.at_price(&unknown, (Money::cad(4000), TODAY), TODAY);
    assert_eq!(unknown, Err(PriceRefusal::UnknownPlan));
    catalogue.coming.clear();
    catalogue.plans.get_mut(&code()).unwrap().sold_until = Some(date(2026, 12, 31));
    assert!(ask(&catalogue, 4000, date(2026, 12, 31)).is_ok());
    assert_eq!(ask(&catalogue, 4000, date(2027, 1, 1)), Err(PriceRefusal::AfterLastDay));
}
