//! Usage by day, as bars.

use super::frame::{Frame, TOP_PIXELS, place};

/// The height of the tallest bar, in pixels.
pub(super) const PLOT_PIXELS: u64 = 112;

/// The amounts of consecutive days, and the words around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// One amount per day, oldest first, in any one unit. The last day is today.
    pub amounts: Vec<u64>,
    /// The greatest amount in words: `420 MB`.
    pub greatest: String,
    /// The first day: `October 24`.
    pub first_day: String,
    /// The last day: `Today`.
    pub last_day: String,
    /// The title read aloud.
    pub title: String,
    /// What the picture shows, in a sentence.
    pub description: String,
}

/// The chart. Without days it is empty markup.
pub fn draw(usage: &Usage) -> String {
    let count = i64::try_from(usage.amounts.len()).unwrap_or(0);
    if count == 0 {
        return String::new();
    }
    let greatest = usage.amounts.iter().copied().max().unwrap_or(0).max(1);
    let mut bars = String::new();
    for (index, amount) in (0_i64..).zip(&usage.amounts) {
        let class = if index + 1 == count { " class=\"today\"" } else { "" };
        bars.push_str(&bar(class, (index, count), (*amount, greatest)));
    }
    let frame = Frame {
        name: "usage",
        plot_pixels: PLOT_PIXELS,
        greatest: &usage.greatest,
        first: &usage.first_day,
        last: &usage.last_day,
        title: &usage.title,
        description: &usage.description,
    };
    frame.around(&bars)
}

/// The bar of one amount among so many, against the greatest of them. The class is a whole attribute, or empty.
pub(super) fn bar(
    class: &str,
    (index, count): (i64, i64),
    (amount, greatest): (u64, u64),
) -> String {
    let height = bar_pixels(amount, greatest);
    let (x, width) = place(index, count);
    let y = TOP_PIXELS + PLOT_PIXELS - height;
    format!("<rect{class} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

/// A bar's height: nothing for nothing, and at least two pixels for anything.
fn bar_pixels(amount: u64, greatest: u64) -> u64 {
    if amount == 0 {
        return 0;
    }
    let share = u128::from(amount) * u128::from(PLOT_PIXELS) / u128::from(greatest);
    u64::try_from(share).unwrap_or(PLOT_PIXELS).clamp(2, PLOT_PIXELS)
}

#[cfg(test)]
mod tests {
    use super::{PLOT_PIXELS, bar_pixels};

    #[test]
    fn heights_are_exact_for_any_amount() {
        assert_eq!(bar_pixels(0, 10), 0);
        assert_eq!(bar_pixels(1, u64::MAX), 2);
        assert_eq!(bar_pixels(u64::MAX, u64::MAX), PLOT_PIXELS);
        assert_eq!(bar_pixels(5, 10), PLOT_PIXELS / 2);
    }
}
