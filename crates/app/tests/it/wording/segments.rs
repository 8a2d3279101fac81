//! How many parts a text message has (3GPP TS 23.038), counted here and not by the gateways.

/// The default alphabet; those of the extension table count two.
const ONE: &str = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
     abcdefghijklmnopqrstuvwxyzäöñüà";
const TWO: &str = "^{}\\[~]|€";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Alphabet {
    Gsm7,
    Ucs2,
}

/// The alphabet and the number of parts.
pub(crate) fn segments(text: &str) -> (Alphabet, usize) {
    let septets = |letter: char| match letter {
        _ if ONE.contains(letter) => Some(1),
        _ if TWO.contains(letter) => Some(2),
        _ => None,
    };
    let (alphabet, units, (single, several)) =
        match text.chars().map(septets).sum::<Option<usize>>() {
            Some(units) => (Alphabet::Gsm7, units, (160, 153)),
            None => (Alphabet::Ucs2, text.encode_utf16().count(), (70, 67)),
        };
    let parts = if units <= single { 1 } else { units.div_ceil(several) };
    (alphabet, parts)
}

#[test]
fn parts_are_counted_at_their_edges() {
    assert_eq!(segments(&"é".repeat(160)), (Alphabet::Gsm7, 1));
    assert_eq!(segments(&"é".repeat(161)), (Alphabet::Gsm7, 2));
    assert_eq!(segments(&"€".repeat(81)), (Alphabet::Gsm7, 2));
    assert_eq!(segments(&"续".repeat(70)), (Alphabet::Ucs2, 1));
    assert_eq!(segments(&"续".repeat(134)), (Alphabet::Ucs2, 2));
    assert_eq!(segments("ê"), (Alphabet::Ucs2, 1));
}
