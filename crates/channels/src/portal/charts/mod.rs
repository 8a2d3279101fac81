//! Pictures drawn on the server as SVG: read aloud by their title and description, coloured by the style sheet.
//!
//! Positions are percentages and text keeps its own size, so one drawing serves every width without scaling its labels.
//! Geometry is integer arithmetic in thousandths of the width.

pub mod ahead;
pub mod bar;
mod frame;
pub mod hours;
mod label;
pub mod life_line;
pub mod stacked;
pub mod usage;

/// Thousandths of the width as an SVG percentage: `125` → `12.5%`.
fn percent(thousandths: i64) -> String {
    let bounded = thousandths.clamp(0, 1000);
    match bounded % 10 {
        0 => format!("{}%", bounded / 10),
        tenths => format!("{}.{tenths}%", bounded / 10),
    }
}

/// Text made safe inside an element (HTML Living Standard §13.3).
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
