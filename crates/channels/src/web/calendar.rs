//! Calendar files (RFC 5545): whole days, each with an alarm on an earlier one.

use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt::Write as _;

/// The media type of a calendar file.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// Octets of a line without its end (RFC 5545 §3.1).
const LINE_OCTETS: usize = 75;

/// Three days before, at ten in the morning by the calendar's own clock.
const ALARM: &str = "-P2DT14H";

/// Something to do on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same thing, so that a file taken in again makes nothing twice.
    pub uid: String,
    /// The day.
    pub on: Date,
    /// In a few words.
    pub summary: String,
    /// In sentences.
    pub description: String,
    /// Where it is done.
    pub address: String,
}

/// Writes a calendar file that was made at an instant.
pub fn write(name: &str, events: &[Event], made_at: Timestamp) -> String {
    let stamp = made_at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut file = String::new();
    put(&mut file, "BEGIN", "VCALENDAR");
    put(&mut file, "VERSION", "2.0");
    put(&mut file, "PRODID", "-//Farline//Farline//EN");
    put(&mut file, "METHOD", "PUBLISH");
    put(&mut file, "X-WR-CALNAME", &escaped(name));
    for event in events {
        put(&mut file, "BEGIN", "VEVENT");
        put(&mut file, "UID", &escaped(&event.uid));
        put(&mut file, "DTSTAMP", &stamp);
        put(&mut file, "DTSTART;VALUE=DATE", &day(event.on));
        put(&mut file, "DTEND;VALUE=DATE", &day(event.on.tomorrow().unwrap_or(event.on)));
        put(&mut file, "TRANSP", "TRANSPARENT");
        put(&mut file, "SUMMARY", &escaped(&event.summary));
        put(&mut file, "DESCRIPTION", &escaped(&event.description));
        put(&mut file, "URL", &event.address.replace(['\r', '\n'], ""));
        put(&mut file, "BEGIN", "VALARM");
        put(&mut file, "ACTION", "DISPLAY");
        put(&mut file, "DESCRIPTION", &escaped(&event.summary));
        put(&mut file, "TRIGGER", ALARM);
        put(&mut file, "END", "VALARM");
        put(&mut file, "END", "VEVENT");
    }
    put(&mut file, "END", "VCALENDAR");
    file
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// Text as a value (RFC 5545 §3.3.11).
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => value.extend(['\\', sign]),
            '\n' => value.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => value.push(sign),
        }
    }
    value
}

/// One line, folded between characters.
fn put(file: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    let mut line = String::new();
    let _ = write!(line, "{name}:{value}");
    for sign in line.chars() {
        if octets + sign.len_utf8() > LINE_OCTETS {
            file.push_str("\r\n ");
            octets = 1;
        }
        octets += sign.len_utf8();
        file.push(sign);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Event, write};
    use jiff::Timestamp;
    use jiff::civil::date;

    #[test]
    fn a_file_is_read_back_as_it_was_meant() {
        let event = Event {
            uid: "line-20270222@example.ca".to_owned(),
            on: date(2027, 2, 28),
            summary: "续费保号：妈妈的卡，枫波 5GB 套餐，".repeat(4),
            description: "One; two, three \\ four\nfive\r".to_owned(),
            address: "https://example.ca/zh/cards/line_1".to_owned(),
        };
        let file = write("保号", std::slice::from_ref(&event), Timestamp::UNIX_EPOCH);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
        }
        let unfolded = file.replace("\r\n ", "");
        let value = |name: &str| {
            let line = unfolded.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        };
        assert_eq!(value("SUMMARY:"), event.summary);
        assert_eq!(value("DESCRIPTION:"), "One; two, three \\ four\nfive");
        assert_eq!(value("DTSTAMP:"), "19700101T000000Z");
        assert_eq!(value("DTSTART;VALUE=DATE:"), "20270228");
        assert_eq!(value("DTEND;VALUE=DATE:"), "20270301");
        for part in ["VCALENDAR", "VEVENT", "VALARM"] {
            let count = |word: &str| unfolded.matches(&format!("{word}:{part}\r\n")).count();
            assert_eq!((count("BEGIN"), count("END")), (1, 1), "{part}");
        }
    }
}
