//! Counts by day, as bars made of parts.

use super::frame::{Frame, TOP_PIXELS, place};

/// The height of the tallest bar, in pixels.
const PLOT_PIXELS: u64 = 96;

/// How many parts a bar may have: each has a look of its own in the style sheet.
pub const MOST_PARTS: usize = 3;

/// The counts of consecutive days, and the words around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stacked {
    /// What tells it from other pictures of the page.
    pub name: &'static str,
    /// For each day, oldest first, its parts from the ground up.
    pub days: Vec<[u64; MOST_PARTS]>,
    /// The first day: `November 23`.
    pub first_day: String,
    /// The last day.
    pub last_day: String,
    /// The title read aloud.
    pub title: String,
    /// What the picture shows, in a sentence.
    pub description: String,
}

/// The chart. Without days it is empty markup.
pub fn draw(stacked: &Stacked) -> String {
    let count = i64::try_from(stacked.days.len()).unwrap_or(0);
    if count == 0 {
        return String::new();
    }
    let greatest = stacked.days.iter().map(sum).max().unwrap_or(0);
    let mut bars = String::new();
    for (index, parts) in (0_i64..).zip(&stacked.days) {
        let (x, width) = place(index, count);
        let mut ground = TOP_PIXELS + PLOT_PIXELS;
        for (part, height) in heights(parts, greatest).into_iter().enumerate() {
            ground -= height;
            if height > 0 {
                bars.extend([
                    format!("<rect class=\"p{part}\" x=\"{x}\" y=\"{ground}\" "),
                    format!("width=\"{width}\" height=\"{height}\"/>"),
                ]);
            }
        }
    }
    let frame = Frame {
        name: stacked.name,
        plot_pixels: PLOT_PIXELS,
        greatest: &greatest.to_string(),
        first: &stacked.first_day,
        last: &stacked.last_day,
        title: &stacked.title,
        description: &stacked.description,
    };
    frame.around(&bars)
}

/// A square with the look of a part, to stand before its name.
pub fn swatch(part: usize) -> String {
    format!(
        "<svg class=\"usage\" width=\"12\" height=\"12\" aria-hidden=\"true\">\
         <rect class=\"p{part}\" x=\"1\" y=\"1\" width=\"10\" height=\"10\"/></svg>"
    )
}

fn sum(parts: &[u64; MOST_PARTS]) -> u64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(*part))
}

/// The heights of a bar's parts: each ends where the sum up to it would, and what is anything is at least two pixels.
fn heights(parts: &[u64; MOST_PARTS], greatest: u64) -> [u64; MOST_PARTS] {
    let (mut so_far, mut drawn) = (0_u64, 0);
    parts.map(|part| {
        so_far = so_far.saturating_add(part);
        let top = u128::from(so_far) * u128::from(PLOT_PIXELS) / u128::from(greatest.max(1));
        let top = u64::try_from(top).unwrap_or(PLOT_PIXELS).min(PLOT_PIXELS);
        let height = if part == 0 { 0 } else { top.saturating_sub(drawn).max(2) };
        drawn += height;
        height
    })
}

#[cfg(test)]
mod tests {
    use super::{PLOT_PIXELS, TOP_PIXELS, heights};

    #[test]
    fn the_parts_of_a_bar_add_up_to_its_sum() {
        let table = [
            ([0, 0, 0], 0, [0, 0, 0]),
            ([4, 4, 8], 16, [24, 24, 48]),
            ([1, 1, 1], 3, [32, 32, 32]),
            // What is hardly anything is seen.
            ([1, 0, 0], 1_000_000, [2, 0, 0]),
            ([1, 1, 1_000_000], 1_000_002, [2, 2, 92]),
        ];
        for (parts, greatest, expected) in table {
            assert_eq!(heights(&parts, greatest), expected, "{parts:?}");
        }
        let most = heights(&[u64::MAX, u64::MAX, 1], u64::MAX);
        assert!(most.iter().sum::<u64>() <= PLOT_PIXELS + TOP_PIXELS, "{most:?}");
    }
}
