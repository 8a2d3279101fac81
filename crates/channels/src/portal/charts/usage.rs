//! Usage by day, as bars.

use super::{escaped, percent};

/// The height of the tallest bar, in pixels, and the place of the ground line.
const PLOT_PIXELS: u64 = 112;
const TOP_PIXELS: u64 = 26;

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
    let width = percent((700 / count).max(3));
    let mut bars = String::new();
    for (index, amount) in (0_i64..).zip(&usage.amounts) {
        let height = bar_pixels(*amount, greatest);
        let class = if index + 1 == count { " class=\"today\"" } else { "" };
        let x = percent(index * 1000 / count);
        let y = TOP_PIXELS + PLOT_PIXELS - height;
        bars.extend([
            format!("<rect{class} x=\"{x}\" y=\"{y}\" "),
            format!("width=\"{width}\" height=\"{height}\"/>"),
        ]);
    }
    let ground = TOP_PIXELS + PLOT_PIXELS;
    format!(
        "<svg class=\"usage\" width=\"100%\" height=\"{total}\" role=\"img\" aria-labelledby=\"usage-title usage-desc\">\
         <title id=\"usage-title\">{title}</title><desc id=\"usage-desc\">{description}</desc>\
         <line x1=\"0\" x2=\"100%\" y1=\"{TOP_PIXELS}\" y2=\"{TOP_PIXELS}\"/>\
         <text x=\"0\" y=\"{above}\">{most}</text>{bars}\
         <line x1=\"0\" x2=\"100%\" y1=\"{ground}\" y2=\"{ground}\"/>\
         <text x=\"0\" y=\"{below}\">{first}</text>\
         <text x=\"100%\" y=\"{below}\" text-anchor=\"end\">{last}</text></svg>",
        total = ground + 28,
        above = TOP_PIXELS - 8,
        below = ground + 21,
        title = escaped(&usage.title),
        description = escaped(&usage.description),
        most = escaped(&usage.greatest),
        first = escaped(&usage.first_day),
        last = escaped(&usage.last_day),
    )
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
