//! Use by hour: rows that make room for themselves, each in the place of the same hour some weeks before.

use super::Unreadable;
use super::row::Row;
use super::values::{days_of, units_of};
use farline_app::ports::lines::{HourUsage, WEEKS_BY_HOUR};
use farline_domain::forecast::week_of;
use farline_domain::kernel::AllowanceKind;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the rows of a line are added up by: the Monday of the week, the kind, the hour.
pub(crate) type HourKey = (Date, AllowanceKind, u8);

/// The hour of a local date.
pub(crate) fn hour_of((date, hour): (Date, u8), kind: AllowanceKind) -> HourKey {
    (week_of(date), kind, hour)
}

/// The place of a week among those that are kept.
pub(crate) fn place_of(week: Date) -> i16 {
    let weeks = i64::from(days_of(week)).div_euclid(7);
    i16::try_from(weeks.rem_euclid(WEEKS_BY_HOUR)).unwrap_or(0)
}

/// What of some hours is kept: of those that share a place the latest. They are few, and mostly one.
pub(crate) fn kept_hours(hours: &BTreeMap<HourKey, i64>) -> Vec<(HourKey, i64)> {
    let latest: BTreeMap<_, _> = hours
        .iter()
        .map(|(key, units)| ((place_of(key.0), key.1, key.2), (*key, *units)))
        .collect();
    latest.into_values().collect()
}

/// Reads what was used at an hour from: week, hour, units.
pub(crate) fn hour_usage_of<R: Row>(row: &R, kind: AllowanceKind) -> Result<HourUsage, R::Fault> {
    let unreadable = || Unreadable("an hour of usage".to_owned());
    Ok(HourUsage {
        week: row.some_date(0)?.ok_or_else(unreadable)?,
        kind,
        hour: u8::try_from(row.number(1)?).map_err(|_| unreadable())?,
        units: units_of(row.number(2)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn the_weeks_that_are_kept_have_a_place_each_and_the_next_takes_the_oldests() {
        let (monday, _, _) = hour_of((date(2026, 11, 29), 3), AllowanceKind::Data);
        assert_eq!(monday, date(2026, 11, 23));
        assert_eq!(hour_of((monday, 3), AllowanceKind::Data), (monday, AllowanceKind::Data, 3));
        let places =
            (0..WEEKS_BY_HOUR).map(|week| place_of(monday.saturating_add((week * 7).days())));
        assert_eq!(places.collect::<BTreeSet<_>>().len(), 6);
        assert_eq!(place_of(monday), place_of(monday.saturating_add((WEEKS_BY_HOUR * 7).days())));
        assert_eq!(place_of(date(1969, 12, 29)), place_of(date(1970, 2, 9)));
    }
}
