//! What will be left on the days to come, as a fan: the likely band, what is expected in it, and the day on which nothing is.

use super::frame::{Frame, TOP_PIXELS};
use super::{escaped, percent};

/// The height of the greatest amount, in pixels.
const PLOT_PIXELS: u64 = 112;

/// The thickness of what is expected, in pixels.
const EXPECTED_PIXELS: u64 = 3;

/// What will be left on a day, in any one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// At the least, as far as is likely.
    pub least: u64,
    /// What is expected.
    pub left: u64,
    /// At the most, as far as is likely.
    pub most: u64,
}

/// The days to come, and the words around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Today and the days after it, evenly apart.
    pub days: Vec<Day>,
    /// The place of the day on which nothing is left, and how it is called: `Used up November 27`.
    pub gone: Option<(usize, String)>,
    /// The greatest amount in words: `900 MB`.
    pub greatest: String,
    /// The first day: `Today`.
    pub first_day: String,
    /// The last day: `Plan ends December 1`.
    pub last_day: String,
    /// The title read aloud.
    pub title: String,
    /// What the picture shows, in a sentence.
    pub description: String,
}

/// The chart. Without days it is empty markup.
pub fn draw(ahead: &Ahead) -> String {
    let count = i64::try_from(ahead.days.len()).unwrap_or(0);
    if count == 0 {
        return String::new();
    }
    let greatest = ahead.days.iter().map(|day| day.most.max(day.left)).max().unwrap_or(0).max(1);
    let ground = TOP_PIXELS + PLOT_PIXELS;
    let mut shapes = String::new();
    for (index, day) in (0_i64..).zip(&ahead.days) {
        let (from, until) = (index * 1000 / count, (index + 1) * 1000 / count);
        let (x, width) = (percent(from), percent(until - from));
        let (low, high) = (pixels(day.least, greatest), pixels(day.most, greatest));
        let middle = pixels(day.left, greatest);
        shapes.extend([
            format!("<rect class=\"band\" x=\"{x}\" y=\"{}\" ", ground - high),
            format!("width=\"{width}\" height=\"{}\"/>", high.saturating_sub(low)),
            format!("<rect x=\"{x}\" y=\"{}\" ", ground - middle.max(EXPECTED_PIXELS)),
            format!("width=\"{width}\" height=\"{EXPECTED_PIXELS}\"/>"),
        ]);
    }
    if let Some((place, words)) = &ahead.gone {
        shapes.push_str(&gone(i64::try_from(*place).unwrap_or(count), count, words));
    }
    let frame = Frame {
        name: "ahead",
        plot_pixels: PLOT_PIXELS,
        greatest: &ahead.greatest,
        first: &ahead.first_day,
        last: &ahead.last_day,
        title: &ahead.title,
        description: &ahead.description,
    };
    frame.around(&shapes)
}

/// The day on which nothing is left: a line, and its words where the fan is low.
fn gone(place: i64, count: i64, words: &str) -> String {
    let at = place.min(count) * 1000 / count;
    let (anchor, shift) = if at < 500 { ("start", 6) } else { ("end", -6) };
    let (x, ground, text) = (percent(at), TOP_PIXELS + PLOT_PIXELS, TOP_PIXELS + 18);
    format!(
        "<line class=\"gone\" x1=\"{x}\" x2=\"{x}\" y1=\"{TOP_PIXELS}\" y2=\"{ground}\"/>\
         <text class=\"gone\" x=\"{x}\" y=\"{text}\" dx=\"{shift}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(words)
    )
}

/// The height of an amount.
fn pixels(amount: u64, greatest: u64) -> u64 {
    let share = u128::from(amount) * u128::from(PLOT_PIXELS) / u128::from(greatest);
    u64::try_from(share).unwrap_or(PLOT_PIXELS).min(PLOT_PIXELS)
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Day, draw};

    fn chart(days: Vec<Day>, gone: Option<(usize, String)>) -> String {
        let [greatest, first_day, last_day] = ["900 MB", "Today", "<end>"].map(str::to_owned);
        let (title, description) = ("Left".to_owned(), "What is left".to_owned());
        draw(&Ahead { days, gone, greatest, first_day, last_day, title, description })
    }

    #[test]
    fn a_fan_has_a_band_and_a_step_for_each_day() {
        let day = |least, left, most| Day { least, left, most };
        let drawn = chart(vec![day(90, 95, 100), day(0, 50, 100)], Some((1, "Gone".to_owned())));
        assert_eq!(drawn.matches("class=\"band\"").count(), 2);
        assert!(drawn.contains("x=\"50%\" y=\"26\" width=\"50%\" height=\"112\""), "{drawn}");
        assert!(drawn.contains(">Gone</text>") && drawn.contains("&lt;end&gt;"), "{drawn}");
        assert!(drawn.contains("<desc id=\"ahead-desc\">What is left</desc>"), "{drawn}");
    }

    #[test]
    fn amounts_of_any_size_and_none_are_drawn() {
        let most = u64::MAX;
        let drawn = chart(vec![Day { least: most, left: most, most }], None);
        assert!(drawn.contains("height=\"0\"") && !drawn.contains("gone"), "{drawn}");
        assert!(chart(vec![Day { least: 0, left: 0, most: 0 }], None).contains("y=\"135\""));
        assert_eq!(chart(Vec::new(), None), "");
    }
}
