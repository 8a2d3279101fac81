//! The line of a card's life: today, expiry, grace, the last day of the number.

use farline_texts::{Argument, Words};
use jiff::civil::Date;

use super::label::{Anchor, Label, Placed, Row, place};
use super::{escaped, percent};

/// The widths at which the words must fit, in pixels: a phone of 320 with its margins, and a column of the desktop.
const NARROW_PIXELS: i64 = 280;
const WIDE_PIXELS: i64 = 400;

/// The height of one row of words, in pixels.
const ROW_PIXELS: i64 = 22;

/// The least distance between two points that are not the same day, in thousandths of the width.
const LEAST_GAP: i64 = 110;

/// The days of a card's life, and how each is called. Days are counted from any common origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeLine {
    /// The day the running period began.
    pub start_day: i64,
    /// Today.
    pub today_day: i64,
    /// The last day of the running period.
    pub expiry_day: i64,
    /// The last day on which a renewal brings everything back; not before the expiry.
    pub grace_end_day: Option<i64>,
    /// The last day of the number; not before the end of grace.
    pub lost_day: Option<i64>,
    /// `Today`.
    pub today: String,
    /// `Expires December 1`.
    pub expiry: String,
    /// `Grace until December 8`.
    pub grace: String,
    /// `Number lost March 1`.
    pub lost: String,
    /// The title read aloud.
    pub title: String,
    /// The same line in sentences.
    pub description: String,
}

/// The dates a line is drawn from, in the card's own zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeDates {
    /// The day the running period began.
    pub start: Date,
    /// Today.
    pub today: Date,
    /// The last day of the running period.
    pub expires: Date,
    /// The last day of grace.
    pub grace_until: Option<Date>,
    /// The last day of the number.
    pub number_until: Option<Date>,
}

impl LifeLine {
    /// The line of some dates, in the words of a language.
    pub fn worded(words: &Words, dates: &LifeDates) -> Self {
        let worded = |key: &str, date: Option<Date>| {
            date.map_or_else(String::new, |date| {
                words.say_with(key, &[("date", Argument::from(words.date_short(date)))])
            })
        };
        let today = words.say("life-today");
        let expiry = worded("life-expiry", Some(dates.expires));
        let grace = worded("life-grace", dates.grace_until);
        let lost = worded("life-lost", dates.number_until);
        let now = worded("life-now", Some(dates.today));
        let told = [&now, &expiry, &grace, &lost];
        let told: Vec<&str> =
            told.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        Self {
            start_day: day_number(dates.start),
            today_day: day_number(dates.today),
            expiry_day: day_number(dates.expires),
            grace_end_day: dates.grace_until.map(day_number),
            lost_day: dates.number_until.map(day_number),
            title: words.say("life-title"),
            description: told.join(&words.say("life-join")),
            today,
            expiry,
            grace,
            lost,
        }
    }
}

/// Days since the first of January of the year 1; dates beyond the calendar do not exist.
fn day_number(date: Date) -> i64 {
    let year = i64::from(date.year()) - 1;
    let days_before_year =
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    days_before_year + i64::from(date.day_of_year()) - 1
}

/// The line with its words, once for a phone and once for the desktop; the style sheet shows one of them.
pub fn draw(line: &LifeLine) -> String {
    let points = Points::of(line);
    let narrow = drawing(line, &points, ("narrow", NARROW_PIXELS));
    let wide = drawing(line, &points, ("wide", WIDE_PIXELS));
    format!("{narrow}{wide}")
}

/// The line alone, for lists. The words beside it say the same, so it is hidden from screen readers.
pub fn draw_small(line: &LifeLine) -> String {
    let strokes = Points::of(line).strokes(10);
    format!("<svg class=\"life\" width=\"100%\" height=\"20\" aria-hidden=\"true\">{strokes}</svg>")
}

/// Where the days stand, in thousandths of the width.
struct Points {
    start: i64,
    today: i64,
    expiry: i64,
    grace: Option<i64>,
    lost: Option<i64>,
}

impl Points {
    /// Spreads the days: each step gets its least gap, and the rest of the width in proportion to its days.
    fn of(line: &LifeLine) -> Self {
        let mut days: Vec<i64> =
            [Some(line.start_day), Some(line.today_day), Some(line.expiry_day)]
                .into_iter()
                .chain([line.grace_end_day, line.lost_day])
                .flatten()
                .collect();
        days.sort_unstable();
        days.dedup();
        let steps = i64::try_from(days.len()).unwrap_or(1) - 1;
        let first = days.first().copied().unwrap_or(0);
        let span = (days.last().copied().unwrap_or(0) - first).max(1);
        let shared = 980 - steps * LEAST_GAP;
        let place = |day: i64| {
            let passed = days.iter().filter(|other| **other < day).count();
            let gaps = i64::try_from(passed).unwrap_or(0) * LEAST_GAP;
            10 + gaps + (day - first) * shared / span
        };
        Self {
            start: place(line.start_day),
            today: place(line.today_day),
            expiry: place(line.expiry_day),
            grace: line.grace_end_day.map(place),
            lost: line.lost_day.map(place),
        }
    }

    /// Lines and dots at a height.
    fn strokes(&self, y: i64) -> String {
        let stroke = |class: &str, from: i64, to: i64| {
            let (from, to) = (percent(from), percent(to));
            format!("<line class=\"{class}\" x1=\"{from}\" x2=\"{to}\" y1=\"{y}\" y2=\"{y}\"/>")
        };
        let dot = |class: &str, at: i64, radius: i64| {
            format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{y}\" r=\"{radius}\"/>", percent(at))
        };
        let mut svg = String::new();
        let grace_end = self.grace.unwrap_or(self.expiry);
        if let Some(lost) = self.lost {
            svg.push_str(&stroke("rest", grace_end, lost));
        }
        if let Some(grace) = self.grace {
            svg.push_str(&stroke("grace", self.expiry, grace));
        }
        svg.push_str(&stroke("run", self.start.min(self.today), self.expiry));
        svg.push_str(&dot("end", self.expiry, 5));
        svg.extend(self.grace.map(|at| dot("end", at, 5)));
        svg.extend(self.lost.map(|at| dot("end last", at, 5)));
        svg.push_str(&dot("today", self.today, 8));
        svg
    }

    /// The words with their points; those without a date say nothing.
    fn labels(&self, line: &LifeLine) -> Vec<Label> {
        let all = [
            (Some(self.today), &line.today),
            (Some(self.expiry), &line.expiry),
            (self.lost, &line.lost),
            (self.grace, &line.grace),
        ];
        all.into_iter()
            .filter_map(|(at, text)| at.map(|at| Label { at, text: text.clone() }))
            .filter(|label| !label.text.is_empty())
            .collect()
    }
}

fn drawing(line: &LifeLine, points: &Points, (class, width): (&str, i64)) -> String {
    let placed = place(&points.labels(line), width);
    let outermost =
        |side: fn(Row) -> i64| placed.iter().map(|one| side(one.row)).max().unwrap_or(0);
    let y = outermost(above) * ROW_PIXELS + 12;
    let height = y + 12 + outermost(below) * ROW_PIXELS;
    let words: String = placed.iter().map(|one| text(one, y, &line.today)).collect();
    format!(
        "<svg class=\"life {class}\" width=\"100%\" height=\"{height}\" role=\"img\" \
         aria-labelledby=\"life-{class}-title life-{class}-desc\">\
         <title id=\"life-{class}-title\">{title}</title><desc id=\"life-{class}-desc\">{description}</desc>\
         {words}{strokes}</svg>",
        title = escaped(&line.title),
        description = escaped(&line.description),
        strokes = points.strokes(y),
    )
}

const fn above(row: Row) -> i64 {
    match row {
        Row::Above(count) => count,
        Row::Below(_) => 0,
    }
}

const fn below(row: Row) -> i64 {
    match row {
        Row::Above(_) => 0,
        Row::Below(count) => count,
    }
}

/// One label, and the thin rule to its point where another row lies between.
fn text(placed: &Placed, y: i64, today: &str) -> String {
    let (baseline, leader) = match placed.row {
        Row::Above(row) => {
            (y - 17 - (row - 1) * ROW_PIXELS, (row > 1).then_some(y - 13 - (row - 1) * ROW_PIXELS))
        }
        Row::Below(row) => {
            (y + 28 + (row - 1) * ROW_PIXELS, (row > 1).then_some(y + 15 + (row - 1) * ROW_PIXELS))
        }
    };
    let anchor = match placed.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let shift = match (placed.anchor, placed.x) {
        (Anchor::Middle, _) | (Anchor::Start, 0) | (Anchor::End, 1000) => 0,
        (Anchor::Start, _) => -6,
        (Anchor::End, _) => 6,
    };
    let class = if placed.label.text == today { " class=\"now\"" } else { "" };
    let rule = leader.map_or_else(String::new, |end| {
        let at = percent(placed.label.at);
        format!("<line class=\"leader\" x1=\"{at}\" x2=\"{at}\" y1=\"{y}\" y2=\"{end}\"/>")
    });
    format!(
        "{rule}<text{class} x=\"{x}\" y=\"{baseline}\" dx=\"{shift}\" text-anchor=\"{anchor}\">{words}</text>",
        x = percent(placed.x),
        words = escaped(&placed.label.text),
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{LifeLine, Points, day_number, draw_small};

    fn line(today_day: i64) -> LifeLine {
        LifeLine {
            start_day: 0,
            today_day,
            expiry_day: 30,
            grace_end_day: Some(37),
            lost_day: Some(120),
            today: "Today".to_owned(),
            expiry: "Expires".to_owned(),
            grace: "Grace".to_owned(),
            lost: "Lost".to_owned(),
            title: "Life".to_owned(),
            description: "Life".to_owned(),
        }
    }

    #[test]
    fn days_are_counted_through_leap_years() {
        assert_eq!(day_number(date(2028, 3, 1)) - day_number(date(2028, 2, 28)), 2);
        assert_eq!(day_number(date(2027, 1, 1)) - day_number(date(2026, 12, 31)), 1);
    }

    #[test]
    fn points_keep_their_order_and_their_distance() {
        for today in -3..=125 {
            let points = Points::of(&line(today));
            assert!(points.start < points.expiry && points.expiry < points.grace.unwrap_or(0));
            assert!(points.lost.unwrap_or(0) <= 990 && points.today >= 10);
            assert!(points.today == points.expiry || (points.today - points.expiry).abs() >= 110);
        }
    }

    #[test]
    fn the_small_line_has_no_words() {
        assert!(!draw_small(&line(21)).contains("<text"));
    }
}
