//! Dates, times and zones.

use farline_domain::kernel::Language;
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::fieldsets::{MD, T, YMD};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use jiff::Zoned;

use super::numbers::locale;
use crate::Words;

impl Words {
    /// A date in full: `2026年12月1日`, `December 1, 2026`, `1er décembre 2026`.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        // The year may stand on the next line, the day and its month stay together.
        self.calendar(date, DateFieldSet::YMD(YMD::long())).replacen(' ', "\u{a0}", 1)
    }

    /// A date without its year, with no-break spaces: `12月1日`, `December 1`, `1er décembre`.
    pub fn date_short(&self, date: jiff::civil::Date) -> String {
        self.calendar(date, DateFieldSet::MD(MD::long())).replace(' ', "\u{a0}")
    }

    /// A time of day to the minute: `03:30`, `3:30 a.m.`, `3 h 30`, with no-break spaces.
    pub fn time(&self, time: jiff::civil::Time) -> String {
        if self.language() == Language::FrCa {
            return quebec_time(time);
        }
        let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        NoCalendarFormatter::try_new((&locale(self.language())).into(), T::hm())
            .ok()
            .zip(Time::try_new(hour, minute, 0, 0).ok())
            .map_or_else(
                || time.strftime("%H:%M").to_string(),
                // CLDR's narrow no-break space is missing from the fonts of cheap phones; the wide one is in all.
                |(formatter, clock)| {
                    formatter.format(&clock).to_string().replace('\u{202f}', "\u{a0}")
                },
            )
    }

    /// An instant in its own zone, which is always named: `March 8, 2026 at 3:30 a.m. (Toronto)`.
    pub fn date_time(&self, instant: &Zoned) -> String {
        self.joined(self.date(instant.date()), instant)
    }

    /// [`Words::date_time`] without the year.
    pub fn date_time_short(&self, instant: &Zoned) -> String {
        self.joined(self.date_short(instant.date()), instant)
    }

    /// The name people give a time zone of the IANA database: `北京时间`, `Beijing time`, `heure de Pékin`. Zones outside
    /// Canada and China are named by their place in the database's own (English) spelling: `New York`.
    pub fn zone_name(&self, tz: &str) -> String {
        self.zone(tz, "")
    }

    fn joined(&self, date: String, instant: &Zoned) -> String {
        let tz = instant
            .time_zone()
            .iana_name()
            .map_or_else(|| instant.offset().to_string(), str::to_owned);
        self.say_with(
            "date-time",
            &[
                ("date", date.into()),
                ("time", self.time(instant.time()).into()),
                ("zone", self.zone(&tz, ".aside").into()),
            ],
        )
    }

    /// A time of today with its zone, such as `2:20 p.m. (Toronto)`.
    pub fn time_in_zone(&self, instant: &Zoned) -> String {
        let tz = instant.time_zone().iana_name().unwrap_or("UTC").to_owned();
        let zone = self.zone(&tz, ".aside");
        let time = self.time(instant.time());
        self.say_with("time-in-zone", &[("time", time.into()), ("zone", zone.into())])
    }

    /// The text of a zone, or its attribute for use between brackets after a time.
    fn zone(&self, tz: &str, attribute: &str) -> String {
        let key = format!("zone-{}{attribute}", tz.to_ascii_lowercase().replace(['/', '_'], "-"));
        if self.knows(&key) {
            return self.say(&key);
        }
        tz.rsplit('/').next().unwrap_or(tz).replace('_', " ")
    }

    /// A date as CLDR has it, but for the first of a month, which French writes as an ordinal and CLDR does not. That
    /// matters only to languages that put the day first; in the others `date-first-day` is `1`.
    fn calendar(&self, date: jiff::civil::Date, fields: DateFieldSet) -> String {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let written = DateTimeFormatter::try_new((&locale(self.language())).into(), fields)
            .ok()
            .zip(Date::try_new_iso(i32::from(date.year()), month, day).ok())
            .map_or_else(
                || date.to_string(),
                |(formatter, date)| formatter.format(&date).to_string(),
            );
        match written.strip_prefix("1 ") {
            Some(rest) if day == 1 => format!("{} {rest}", self.say("date-first-day")),
            _ => written,
        }
    }
}

/// The hour as the Office québécois de la langue française writes it: no leading zero, minutes only when there are any.
fn quebec_time(time: jiff::civil::Time) -> String {
    match (time.hour(), time.minute()) {
        (hour, 0) => format!("{hour}\u{a0}h"),
        (hour, minute) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
    }
}
