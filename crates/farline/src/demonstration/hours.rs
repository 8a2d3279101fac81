//! At which hours of the last weeks the demonstration's data was used.

use farline_app::ports::lines::{DayUsage, HourUsage, WEEKS_BY_HOUR};
use farline_domain::forecast::week_of;
use farline_domain::kernel::{AllowanceKind, Units};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How busy each hour of a day is, midnight first: the way to work, the midday break, and long evenings.
const BUSY: [i128; 24] =
    [9, 4, 2, 1, 1, 2, 6, 18, 24, 12, 10, 14, 26, 20, 10, 10, 14, 22, 26, 34, 46, 52, 44, 24];

/// What was used of data at each hour of the weeks that are kept, until today: each day's use to the last octet.
pub(super) fn of_days(usage: &[DayUsage], today: Date) -> Vec<HourUsage> {
    let first = week_of(today).saturating_sub(((WEEKS_BY_HOUR - 1) * 7).days());
    let told = usage.iter().filter(|day| day.kind == AllowanceKind::Data && day.date >= first);
    let mut hours: BTreeMap<(Date, u8), i64> = BTreeMap::new();
    for day in told {
        for (hour, units) in (0..).zip(parts(day.units.count())) {
            *hours.entry((week_of(day.date), hour)).or_default() += units;
        }
    }
    let used = hours.into_iter().filter(|(_, units)| *units > 0);
    let used = used.filter_map(|((week, hour), units)| {
        let units = Units::new(units).ok()?;
        Some(HourUsage { week, kind: AllowanceKind::Data, hour, units })
    });
    used.collect()
}

/// A day's use over its hours; the parts add up to it.
fn parts(total: i64) -> impl Iterator<Item = i64> {
    let all: i128 = BUSY.iter().sum();
    let (mut weighed, mut given) = (0, 0);
    BUSY.iter().map(move |weight| {
        weighed += weight;
        let until = i128::from(total) * weighed / all;
        let part = i64::try_from(until - given).unwrap_or(0);
        given = until;
        part
    })
}
