//! The thin bar over what is left of an allowance.

use super::percent;

/// How much is left, as a person would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing to say about it.
    Enough,
    /// Little is left.
    Low,
}

/// A bar filled by `left_thousandths` (0–1000), in the accent colour where little is left. It repeats words that stand
/// beside it, so it is hidden from screen readers.
pub fn draw(left_thousandths: u16, level: Level) -> String {
    let left = percent(i64::from(left_thousandths));
    let class = match level {
        Level::Enough => "bar",
        Level::Low => "bar low",
    };
    format!(
        "<svg class=\"{class}\" width=\"100%\" height=\"3\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100%\" height=\"3\"/>\
         <rect class=\"fill\" width=\"{left}\" height=\"3\"/></svg>"
    )
}
