//! QR codes, as SVG for pages and as rows of modules for the PDF.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Light modules that a reader needs around the code (ISO/IEC 18004).
pub(crate) const QUIET: usize = 4;

/// The text does not fit a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code: {0} bytes, about 2300 fit")]
pub struct QrError(pub usize);

/// A run of dark modules in one row of the code.
pub(crate) struct DarkRun {
    /// Module column where the run starts, from the left.
    pub(crate) column: usize,
    /// Module row, from the top.
    pub(crate) row: usize,
    /// Modules in the run.
    pub(crate) length: usize,
}

/// The code of a text: modules on a side and the dark runs.
pub(crate) fn encode(data: &str) -> Result<(usize, Vec<DarkRun>), QrError> {
    let code =
        QrCode::with_error_correction_level(data, EcLevel::M).map_err(|_| QrError(data.len()))?;
    let side = code.width();
    let colors = code.to_colors();
    let mut runs = Vec::new();
    for (row, modules) in colors.chunks(side).enumerate() {
        let mut column = 0;
        for same in modules.chunk_by(|left, right| left == right) {
            if same.first() == Some(&Color::Dark) {
                runs.push(DarkRun { column, row, length: same.len() });
            }
            column += same.len();
        }
    }
    Ok((side, runs))
}

/// The QR code of a text as an inline SVG of one path in `currentColor`, its quiet zone inside the view box.
///
/// Level M: a seventh of the code may be soiled. A text too long for a code (about 2300 bytes) gives an empty string: a
/// page always shows the link itself beside the code.
pub fn qr_svg(data: &str) -> String {
    let Ok((side, runs)) = encode(data) else {
        return String::new();
    };
    let mut path = String::with_capacity(runs.len() * 16);
    for run in &runs {
        // Writing to a String cannot fail.
        let _ = write!(
            path,
            "M{} {}h{}v1h-{}z",
            run.column + QUIET,
            run.row + QUIET,
            run.length,
            run.length
        );
    }
    let whole = side + 2 * QUIET;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\"><path fill=\"currentColor\" d=\"{path}\"/></svg>"
    )
}
