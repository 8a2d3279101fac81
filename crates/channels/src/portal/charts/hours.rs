//! Usage by hour of the day, as bars; the hours of a window are shaded.

use super::frame::{Frame, TOP_PIXELS, place};
use super::percent;
use super::usage::{PLOT_PIXELS, bar};
use std::ops::Range;

/// The bars of a day.
const HOURS: i64 = 24;

/// The amounts of the hours of a day, and the words around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// One amount per hour, midnight first, in any one unit.
    pub amounts: [u64; 24],
    /// Which hours are shaded: those of which some minute is in the window.
    pub shaded: [bool; 24],
    /// The greatest amount in words: `420 MB`.
    pub greatest: String,
    /// The first hour: `00:00`.
    pub first: String,
    /// The last hour: `23:00`.
    pub last: String,
    /// The title read aloud.
    pub title: String,
    /// What the picture shows, in a sentence.
    pub description: String,
}

/// The chart.
pub fn draw(hours: &Hours) -> String {
    let greatest = hours.amounts.iter().copied().max().unwrap_or(0).max(1);
    let mut bars = String::new();
    for run in runs(hours.shaded) {
        let (x, _) = place(run.start, HOURS);
        let width = percent((run.end - run.start) * 1000 / HOURS);
        bars.extend([
            format!("<rect class=\"band\" x=\"{x}\" y=\"{TOP_PIXELS}\" "),
            format!("width=\"{width}\" height=\"{PLOT_PIXELS}\"/>"),
        ]);
    }
    for (hour, amount) in (0..HOURS).zip(hours.amounts) {
        bars.push_str(&bar("", (hour, HOURS), (amount, greatest)));
    }
    let frame = Frame {
        name: "hours",
        plot_pixels: PLOT_PIXELS,
        greatest: &hours.greatest,
        first: &hours.first,
        last: &hours.last,
        title: &hours.title,
        description: &hours.description,
    };
    frame.around(&bars)
}

/// The stretches of consecutive hours that are shaded.
fn runs(shaded: [bool; 24]) -> Vec<Range<i64>> {
    let mut runs: Vec<Range<i64>> = Vec::new();
    for (hour, _) in (0..HOURS).zip(shaded).filter(|(_, shaded)| *shaded) {
        match runs.last_mut().filter(|run| run.end == hour) {
            Some(run) => run.end = hour + 1,
            None => runs.push(hour..hour + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Range, runs};

    #[test]
    fn a_night_is_shaded_in_two_stretches() {
        let night = std::array::from_fn(|hour| !(7..23).contains(&hour));
        assert_eq!(runs(night), [0..7, 23..24]);
        let whole = Range { start: 0, end: 24 };
        assert_eq!(runs([true; 24]), vec![whole]);
        assert_eq!(runs([false; 24]), []);
    }
}
