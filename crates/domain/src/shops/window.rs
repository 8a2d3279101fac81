//! The time about which a shop is asked.

use crate::kernel::Instant;

/// The longest window that every marketplace answers, in seconds: a day.
pub const LONGEST_WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// From one instant to another, both included; never empty, at most a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    from: Instant,
    to: Instant,
}

impl Window {
    /// This window, if it can be asked about.
    pub fn new(from: Instant, to: Instant) -> Option<Self> {
        let millis = to.millis_since(from);
        (0..=LONGEST_WINDOW_SECONDS * 1000).contains(&millis).then_some(Self { from, to })
    }

    /// What is to be asked next: from the mark up to which all is known, less an overlap in which the marketplace may have
    /// told something late, to now; a day at most, so that after a long silence the windows follow each other.
    pub fn next(mark: Instant, overlap_seconds: i64, now: Instant) -> Self {
        let from = mark.plus_seconds(-overlap_seconds).min(now);
        let to = now.min(from.plus_seconds(LONGEST_WINDOW_SECONDS));
        Self { from, to }
    }

    /// The first instant.
    pub const fn from(self) -> Instant {
        self.from
    }

    /// The last instant.
    pub const fn to(self) -> Instant {
        self.to
    }
}

#[cfg(test)]
mod tests {
    use super::Window;
    use crate::kernel::Instant;

    const DAY: i64 = 86_400_000;

    #[test]
    fn a_window_is_a_day_at_most_and_never_ends_before_it_begins() {
        let table = [(0, 0, true), (0, DAY, true), (0, DAY + 1, false), (5, 4, false)];
        for (from, to, fits) in table {
            let window = Window::new(Instant::from_millis(from), Instant::from_millis(to));
            assert_eq!(window.is_some(), fits, "{from} {to}");
        }
    }

    #[test]
    fn the_next_window_overlaps_the_last_and_catches_up_day_by_day() {
        // The mark, now, and the window expected, with an overlap of a minute.
        let table = [
            (10 * DAY, 10 * DAY + 5_000, (10 * DAY - 60_000, 10 * DAY + 5_000)),
            (10 * DAY, 13 * DAY, (10 * DAY - 60_000, 11 * DAY - 60_000)),
            // The clock went back: the window is short, not upside down.
            (10 * DAY, 9 * DAY, (9 * DAY, 9 * DAY)),
        ];
        for (mark, now, expected) in table {
            let window = Window::next(Instant::from_millis(mark), 60, Instant::from_millis(now));
            let ends = (window.from().millis(), window.to().millis());
            assert_eq!(ends, expected, "{mark} {now}");
        }
    }
}
