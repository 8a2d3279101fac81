//! How a text becomes the parts of a short message, and how many a sender pays for.
//!
//! A text whose every character is in the GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1) takes 160
//! characters in one part and 153 in each of several. One other character turns the whole text into UCS-2:
//! 70 in one part, 67 in each of several. The difference is the six octets of the header that joins parts.

/// How the characters of a short message are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table, one septet to an octet (unpacked).
    Gsm7,
    /// UCS-2 in practice UTF-16, big endian, as phones read it.
    Ucs2,
}

impl Encoding {
    /// The most octets of text in a message of a single part: 160 septets, or 70 code units of two octets.
    const fn octets_of_a_single_part(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 140,
        }
    }

    /// The most octets of text in each part of several: 153 septets, or 67 code units of two octets.
    const fn octets_of_one_part_of_several(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 134,
        }
    }

    /// The octets of one unit as a sender counts them.
    const fn octets_of_a_unit(self) -> usize {
        match self {
            Self::Gsm7 => 1,
            Self::Ucs2 => 2,
        }
    }
}

/// A text cut into parts.
#[derive(Clone, PartialEq, Eq)]
pub struct Segmentation {
    /// How the characters are written; the same in every part.
    pub encoding: Encoding,
    /// The text of each part without any header, in order. There is always at least one, maybe empty.
    pub parts: Vec<Vec<u8>>,
    /// The length of the whole text in septets or UTF-16 code units; an extension character counts two.
    pub units: usize,
}

/// Cuts a text into parts. A character is never split over two: neither an extension character's escape
/// from its second septet, nor the halves of a surrogate pair.
pub fn segments(body: &str) -> Segmentation {
    let septets: Option<Vec<Vec<u8>>> = body.chars().map(gsm7).collect();
    match septets {
        Some(characters) => pack(Encoding::Gsm7, &characters),
        None => pack(Encoding::Ucs2, &body.chars().map(ucs2).collect::<Vec<_>>()),
    }
}

fn pack(encoding: Encoding, characters: &[Vec<u8>]) -> Segmentation {
    let octets: usize = characters.iter().map(Vec::len).sum();
    let room = if octets <= encoding.octets_of_a_single_part() {
        encoding.octets_of_a_single_part()
    } else {
        encoding.octets_of_one_part_of_several()
    };
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for character in characters {
        if part.len() + character.len() > room {
            parts.push(std::mem::take(&mut part));
        }
        part.extend_from_slice(character);
    }
    parts.push(part);
    Segmentation { encoding, parts, units: octets / encoding.octets_of_a_unit() }
}

/// The default alphabet in the order of its codes. Code 0x1B is the escape to the extension table.
const DEFAULT_ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ \
     !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

const ESCAPE: u8 = 0x1b;

/// The extension table: what follows the escape (3GPP TS 23.038 §6.2.1.1).
const EXTENSION: [(char, u8); 10] = [
    ('\u{c}', 0x0a),
    ('^', 0x14),
    ('{', 0x28),
    ('}', 0x29),
    ('\\', 0x2f),
    ('[', 0x3c),
    ('~', 0x3d),
    (']', 0x3e),
    ('|', 0x40),
    ('€', 0x65),
];

/// One or two septets, or none when the character is in neither table.
fn gsm7(character: char) -> Option<Vec<u8>> {
    if let Some((_, code)) = EXTENSION.iter().find(|(extended, _)| *extended == character) {
        return Some(vec![ESCAPE, *code]);
    }
    let position = DEFAULT_ALPHABET.chars().position(|known| known == character)?;
    let code = u8::try_from(position).ok()?;
    (code != ESCAPE).then(|| vec![code])
}

fn ucs2(character: char) -> Vec<u8> {
    character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_ALPHABET, Encoding, segments};

    /// `check` reads like a sender's price list: text, encoding, units, octets of each part.
    fn check(body: &str, encoding: Encoding, units: usize, parts: &[usize]) {
        let cut = segments(body);
        let lengths: Vec<usize> = cut.parts.iter().map(Vec::len).collect();
        assert_eq!(
            (cut.encoding, cut.units, lengths.as_slice()),
            (encoding, units, parts),
            "{body}"
        );
    }

    #[test]
    fn the_alphabet_decides_the_encoding() {
        assert_eq!(DEFAULT_ALPHABET.chars().count(), 128);
        for one_octet in ["é", "è", "à", "ù", "Ç", "É", "ì", "ñ", "@", "Σ", "\n", "'", "z", "¿"]
        {
            check(one_octet, Encoding::Gsm7, 1, &[1]);
        }
        for two_octets in ["^", "{", "}", "\\", "[", "~", "]", "|", "€"] {
            check(two_octets, Encoding::Gsm7, 2, &[2]);
        }
        // The cedilla is there in upper case only. A no-break space, the French quotation marks and the curly
        // apostrophe cost a whole message its 7-bit alphabet.
        for elsewhere in
            ["ê", "ô", "î", "ç", "â", "ë", "ï", "û", "œ", "È", "À", "续", "\u{a0}", "«", "’", "`"]
        {
            check(elsewhere, Encoding::Ucs2, 1, &[2]);
        }
        check("\u{1b}", Encoding::Ucs2, 1, &[2]);
        check("😀", Encoding::Ucs2, 2, &[4]);
        check("", Encoding::Gsm7, 0, &[0]);
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        assert_eq!(
            segments("@$é_\u{c}E[€à").parts,
            [[0x00, 0x02, 0x05, 0x11, 0x1b, 0x0a, 0x45, 0x1b, 0x3c, 0x1b, 0x65, 0x7f].to_vec()]
        );
        assert_eq!(segments("Ñ§¿aÖÜ").parts, [[0x5d, 0x5f, 0x60, 0x61, 0x5c, 0x5e].to_vec()]);
        assert_eq!(
            segments("续A😀").parts,
            [[0x7e, 0xed, 0x00, 0x41, 0xd8, 0x3d, 0xde, 0x00].to_vec()]
        );
    }

    #[test]
    fn a_text_is_cut_where_a_part_is_full() {
        check(&"a".repeat(160), Encoding::Gsm7, 160, &[160]);
        check(&"a".repeat(161), Encoding::Gsm7, 161, &[153, 8]);
        check(&"a".repeat(306), Encoding::Gsm7, 306, &[153, 153]);
        check(&"a".repeat(307), Encoding::Gsm7, 307, &[153, 153, 1]);
        check(&"续".repeat(70), Encoding::Ucs2, 70, &[140]);
        check(&"续".repeat(71), Encoding::Ucs2, 71, &[134, 8]);
        check(&"续".repeat(134), Encoding::Ucs2, 134, &[134, 134]);
        check(&format!("{}ê", "a".repeat(70)), Encoding::Ucs2, 71, &[134, 8]);
    }

    #[test]
    fn a_character_is_never_split() {
        check(&format!("{}€", "a".repeat(158)), Encoding::Gsm7, 160, &[160]);
        check(&format!("{}€", "a".repeat(159)), Encoding::Gsm7, 161, &[153, 8]);
        check(&format!("{}€aaaaaaaaa", "a".repeat(152)), Encoding::Gsm7, 163, &[152, 11]);
        check(&"€".repeat(81), Encoding::Gsm7, 162, &[152, 10]);
        check(&format!("{}😀", "续".repeat(68)), Encoding::Ucs2, 70, &[140]);
        check(&format!("{}😀续续续", "续".repeat(66)), Encoding::Ucs2, 71, &[132, 10]);
    }
}
