//! Instants, local dates and zones. A due date is a local date with its zone, turned into an instant
//! as late as possible, because laws on time change.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The instant this many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This many seconds later (or earlier, when negative); the ends of time do not wrap.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// How many milliseconds this is after `earlier`; negative when it is before.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same instant for calendar arithmetic. Beyond the calendar's range it is the range's end.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// The local date and time in a zone.
    pub fn in_zone(self, zone: &Zone) -> Zoned {
        self.timestamp().to_zoned(zone.rules.clone())
    }

    /// The local date in a zone.
    pub fn date_in(self, zone: &Zone) -> Date {
        self.in_zone(zone).date()
    }

    /// RFC 3339 in UTC with milliseconds, as the API shows it.
    pub fn rfc3339(self) -> String {
        format!("{:.3}", self.timestamp())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// An IANA time zone, from the zone data bundled with the program.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// The name is not in the bundled zone data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a time zone of the IANA database")]
pub struct ZoneError(pub String);

/// Coordinated universal time.
impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

impl Zone {
    /// Finds a zone by its IANA name, such as `America/Toronto`.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        let rules = TimeZone::get(name).map_err(|_| ZoneError(name.to_owned()))?;
        Ok(Self { name: name.to_owned(), rules })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first instant of a local date. Where midnight does not exist that day, the first that does.
    pub fn start_of(&self, date: Date) -> Instant {
        date.to_zoned(self.rules.clone())
            .and_then(|midnight| midnight.start_of_day())
            .map_or(Instant(i64::MAX), |start| Instant(start.timestamp().as_millisecond()))
    }

    /// The first instant after another at which local clocks show this minute of the day, 0 to
    /// 1440. Where clocks skip it, the instant at which they would have.
    pub fn next_minute(&self, now: Instant, minute: u16) -> Instant {
        let hour = i8::try_from(minute / 60).unwrap_or(24);
        let rest = i8::try_from(minute % 60).unwrap_or(0);
        let on = |date: Date| match Time::new(hour, rest, 0, 0) {
            Ok(time) => date
                .to_datetime(time)
                .to_zoned(self.rules.clone())
                .map_or(Instant(i64::MAX), |at| Instant(at.timestamp().as_millisecond())),
            // Minute 1440 is the midnight at which the day ends.
            Err(_) => self.end_of(date),
        };
        let today = now.date_in(self);
        let tomorrow = today.tomorrow().unwrap_or(today);
        [on(today), on(tomorrow)].into_iter().find(|at| *at > now).unwrap_or(Instant(i64::MAX))
    }

    /// The first instant after a local date: what is valid until this date ends here.
    pub fn end_of(&self, date: Date) -> Instant {
        date.tomorrow().map_or(Instant(i64::MAX), |next| self.start_of(next))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;
    fn try_from(name: String) -> Result<Self, ZoneError> {
        Self::named(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Instant, Zone};
    use jiff::civil::date;

    #[test]
    fn zone_law_of_2026_is_known() {
        // British Columbia stopped changing its clocks in 2026: in December it stays at UTC-7.
        let vancouver = Zone::named("America/Vancouver").unwrap();
        let start = vancouver.start_of(date(2026, 12, 1));
        assert_eq!(start.rfc3339(), "2026-12-01T07:00:00.000Z");
        let toronto = Zone::named("America/Toronto").unwrap();
        assert_eq!(toronto.end_of(date(2026, 12, 1)).rfc3339(), "2026-12-02T05:00:00.000Z");
    }

    #[test]
    fn a_day_of_23_hours_still_has_a_start_and_an_end() {
        let toronto = Zone::named("America/Toronto").unwrap();
        let day = date(2026, 3, 8);
        let millis = toronto.end_of(day).millis_since(toronto.start_of(day));
        assert_eq!(millis, 23 * 3_600_000);
        assert_eq!(toronto.start_of(day).date_in(&toronto), day);
        assert_eq!(Instant::from_millis(i64::MAX).plus_seconds(1).millis(), i64::MAX);
    }
}
