//! The clocks of Taobao and JD: `2026-01-02 03:04:05`, eight hours before Greenwich, all year.

use crate::kernel::Instant;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

const FORMAT: &str = "%Y-%m-%d %H:%M:%S";

/// Reads such a time; `None` for anything else.
pub fn china_time(text: &str) -> Option<Instant> {
    // Nothing shorter and nothing behind it: a date alone is no instant.
    let local = DateTime::strptime(FORMAT, text).ok().filter(|_| text.len() == 19)?;
    let at = local.to_zoned(zone()).ok()?;
    Some(Instant::from_millis(at.timestamp().as_millisecond()))
}

/// Writes an instant so; what is less than a second is left out.
pub fn china_words(at: Instant) -> String {
    let at: Timestamp = at.timestamp();
    at.to_zoned(zone()).strftime(FORMAT).to_string()
}

const fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

#[cfg(test)]
mod tests {
    use super::{china_time, china_words};
    use crate::kernel::Instant;

    #[test]
    fn the_clock_runs_eight_hours_before_greenwich() {
        // date -u -d '2026-01-01 19:04:05' +%s
        let at = Instant::from_millis(1_767_294_245_000);
        assert_eq!(china_time("2026-01-02 03:04:05"), Some(at));
        assert_eq!(china_words(at), "2026-01-02 03:04:05");
        assert_eq!(china_words(Instant::from_millis(1_767_294_245_999)), "2026-01-02 03:04:05");
    }

    #[test]
    fn what_is_not_such_a_time_is_none() {
        for text in [
            "",
            "2026-01-02",
            "2026-01-02T03:04:05",
            "2026-13-02 03:04:05",
            "2026-01-02 03:04:05+08",
        ] {
            assert_eq!(china_time(text), None, "{text}");
        }
    }
}
