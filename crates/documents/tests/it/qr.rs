//! The QR code for pages.

use farline_documents::{RenderError, qr_svg, render};

use crate::samples::{english, key};

#[test]
fn the_svg_is_one_themable_path_with_its_quiet_zone() {
    let svg = qr_svg("https://farline.example/r/R-2026-000123");
    // 39 bytes at level M make version 3: 29 modules, and 4 of quiet on each side.
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
    assert!(
        svg.contains("viewBox=\"0 0 37 37\"")
            && svg.contains("role=\"img\"")
            && svg.contains("currentColor"),
        "{svg}"
    );
    assert_eq!(svg.matches("<path").count(), 1);
    // The top row starts with the finder's seven dark modules.
    assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
    assert!(!svg.contains('#'), "no colour of its own: {svg}");
}

#[test]
fn the_path_has_the_modules_of_the_code() {
    let words = "weixin://wxpay/bizpayurl?pr=AbCdEfG";
    let code = qrcode::QrCode::new(words).unwrap();
    let svg = qr_svg(words);
    let path = svg.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; code.width() * code.width()];
    for run in path.split('M').skip(1) {
        let (column, rest) = run.split_once(' ').unwrap();
        let (row, rest) = rest.split_once('h').unwrap();
        let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        let start = (row.parse::<usize>().unwrap() - 4) * code.width()
            + column.parse::<usize>().unwrap()
            - 4;
        dark[start..start + length].fill(true);
    }
    let expected: Vec<bool> =
        code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    assert_eq!(dark, expected);
}

#[test]
fn a_text_too_long_for_a_code_is_told_not_drawn() {
    let long = "x".repeat(2400);
    assert_eq!(qr_svg(&long), "");
    let mut document = english();
    document.qr.url = long;
    assert!(matches!(render(&document, &key()), Err(RenderError::Qr(_))));
}
