//! Years of renewals in many zones: no day is without service, none is paid twice, and no anniversary drifts.

use crate::scene::Dice;
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::kernel::Zone;
use farline_domain::lines::{
    GraceRenewal, Leftover, LifecycleRule, LineDates, MonthMemory, Period, renew,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Forty zones: every one of Canada's, and those with the oddest clocks elsewhere, half hours and days that were skipped.
const ZONES: [&str; 40] = [
    "America/St_Johns",
    "America/Goose_Bay",
    "America/Halifax",
    "America/Glace_Bay",
    "America/Moncton",
    "America/Toronto",
    "America/Iqaluit",
    "America/Winnipeg",
    "America/Resolute",
    "America/Rankin_Inlet",
    "America/Regina",
    "America/Swift_Current",
    "America/Edmonton",
    "America/Cambridge_Bay",
    "America/Inuvik",
    "America/Creston",
    "America/Dawson_Creek",
    "America/Fort_Nelson",
    "America/Whitehorse",
    "America/Dawson",
    "America/Vancouver",
    "America/New_York",
    "America/Phoenix",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Gaza",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Europe/London",
    "Europe/Dublin",
];
/// Shop-years: so many starts in each zone, a year each.
const STARTS: u64 = 250;

/// What a term that begins on a day must last to, by the calendar alone: the eve of the same day in the next month, of the
/// month's end where there is no such day.
fn eve_of_anniversary(first: Date, wanted: i8, memory: MonthMemory) -> Date {
    let next = first.first_of_month().checked_add(1.month()).unwrap();
    let day = match memory {
        MonthMemory::Clip => wanted.min(next.days_in_month()),
        MonthMemory::Clamp28 => wanted.min(28),
    };
    date(next.year(), next.month(), day).yesterday().unwrap()
}

/// One year of a line that is renewed in time, each time at some hour of some day before its term ends.
fn a_year(rule: &LifecycleRule, plan: (Validity, StartRule), dice: &mut Dice) -> usize {
    let first = date(2026, 1, 1).saturating_add(dice.below(3 * 366).days());
    let at = |day: Date, seconds| rule.zone.start_of(day).plus_seconds(seconds);
    let begun = renew(rule, LineDates::default(), plan, at(first, dice.below(20 * 3_600))).unwrap();
    let mut last = begun.usable_until;
    let (mut dates, mut starts, mut terms) = (begun.dates, begun.starts_on, 1);
    assert_eq!(starts, first);
    while last < first.saturating_add(365.days()) {
        let expected = match rule.period {
            Period::Days(days) => starts.saturating_add(i64::from(days - 1).days()),
            Period::DayOfMonth(memory) => eve_of_anniversary(starts, first.day(), memory),
        };
        assert_eq!(last, expected, "{starts} in {}, begun {first}", rule.zone.name());
        let days = i64::from((last - starts).get_days());
        let day = last.saturating_sub(dice.below(days + 1).days());
        let renewed = renew(rule, dates, plan, at(day, dice.below(20 * 3_600))).unwrap();
        // The next term begins with the day after the last one, and its first instant is the last one's end.
        assert_eq!(renewed.starts_on, last.tomorrow().unwrap(), "{}", rule.zone.name());
        assert_eq!(renewed.starts, rule.zone.end_of(last), "{}", rule.zone.name());
        (dates, starts, last, terms) =
            (renewed.dates, renewed.starts_on, renewed.usable_until, terms + 1);
    }
    terms
}

#[test]
#[expect(clippy::print_stderr, reason = "what was measured is to be seen")]
fn figures_of_ten_thousand_shop_years() {
    let kinds = [
        (Period::Days(30), Validity::Days(30)),
        (Period::DayOfMonth(MonthMemory::Clip), Validity::Months(1)),
        (Period::DayOfMonth(MonthMemory::Clamp28), Validity::Months(1)),
    ];
    let (mut dice, mut years, mut terms) = (Dice(7), 0, 0);
    for zone in ZONES {
        for start in 0..STARTS {
            let (period, validity) = kinds[usize::try_from(start % 3).unwrap()];
            let rule = LifecycleRule {
                zone: Zone::named(zone).unwrap(),
                period,
                grace_days: 7,
                suspended_days: 83,
                grace_renewal: GraceRenewal::FromToday,
                charge_hour: 2,
                leftover: Leftover::Forfeited,
            };
            terms += a_year(&rule, (validity, StartRule::Queue), &mut dice);
            years += 1;
        }
    }
    eprintln!(
        "{years} shop-years in {} zones, {terms} terms: none skipped, doubled or adrift",
        ZONES.len()
    );
    assert_eq!(years, 10_000);
}
