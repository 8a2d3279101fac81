//! What charts of consecutive days or hours share: where a bar stands, and the lines and words around the bars.

use super::{escaped, percent};

/// The space above the tallest bar, in pixels.
pub(super) const TOP_PIXELS: u64 = 26;

/// The words around the bars, and how high they may be.
pub(super) struct Frame<'a> {
    /// What tells it from other pictures of the page.
    pub(super) name: &'a str,
    /// The height of the tallest bar, in pixels.
    pub(super) plot_pixels: u64,
    /// The greatest amount in words.
    pub(super) greatest: &'a str,
    /// The first day, or hour.
    pub(super) first: &'a str,
    /// The last day, or hour.
    pub(super) last: &'a str,
    /// The title read aloud.
    pub(super) title: &'a str,
    /// What the picture shows, in a sentence.
    pub(super) description: &'a str,
}

/// The place of a bar among so many, and the width of each.
pub(super) fn place(index: i64, bars: i64) -> (String, String) {
    (percent(index * 1000 / bars), percent((700 / bars).max(3)))
}

impl Frame<'_> {
    /// The picture, with its bars.
    pub(super) fn around(&self, bars: &str) -> String {
        let (name, ground) = (self.name, TOP_PIXELS + self.plot_pixels);
        format!(
            "<svg class=\"usage\" width=\"100%\" height=\"{total}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\">\
             <title id=\"{name}-title\">{title}</title><desc id=\"{name}-desc\">{description}</desc>\
             <line x1=\"0\" x2=\"100%\" y1=\"{TOP_PIXELS}\" y2=\"{TOP_PIXELS}\"/>\
             <text x=\"0\" y=\"{above}\">{most}</text>{bars}\
             <line x1=\"0\" x2=\"100%\" y1=\"{ground}\" y2=\"{ground}\"/>\
             <text x=\"0\" y=\"{below}\">{first}</text>\
             <text x=\"100%\" y=\"{below}\" text-anchor=\"end\">{last}</text></svg>",
            total = ground + 28,
            above = TOP_PIXELS - 8,
            below = ground + 21,
            title = escaped(self.title),
            description = escaped(self.description),
            most = escaped(self.greatest),
            first = escaped(self.first),
            last = escaped(self.last),
        )
    }
}
