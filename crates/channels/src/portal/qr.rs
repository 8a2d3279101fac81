//! QR codes as drawings that take the page's ink.

use qrcode::{EcLevel, QrCode};
use std::fmt::Write;

/// A QR code as inline SVG, or nothing where the text is too long for one. Its caption stands beside
/// it on the page, so the drawing itself is hidden from screen readers.
pub fn svg(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return String::new();
    };
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let (x, y) = (place % width + 4, place / width + 4);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 8;
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><path d=\"{path}\" fill=\"currentColor\"/></svg>"
    )
}
