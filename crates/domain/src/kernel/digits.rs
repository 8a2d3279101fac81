//! Codes that people read, type and paste: digits of five random bits each, without those that look alike.

use super::ids::REFERENCE_DIGITS;

/// The last `N` digits of a number of bits.
pub(crate) fn digits_of_bits<const N: usize>(bits: u128) -> [u8; N] {
    let mut text = [0; N];
    for (place, digit) in text.iter_mut().rev().enumerate() {
        *digit = REFERENCE_DIGITS[usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0)];
    }
    text
}

/// The bits that such digits stand for.
pub(crate) fn bits_of_digits(digits: &[u8]) -> u128 {
    digits.iter().fold(0, |bits, digit| {
        let value = REFERENCE_DIGITS.iter().position(|known| known == digit).unwrap_or(0);
        (bits << 5) | u128::try_from(value).unwrap_or(0)
    })
}

/// Reads exactly `N` digits: small letters, spaces, hyphens and full-width signs are forgiven.
pub(crate) fn read_digits<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut digits = Vec::with_capacity(N);
    for sign in typed.chars() {
        let plain = plain(sign);
        if plain.is_whitespace() || plain == '-' {
            continue;
        }
        let digit = u8::try_from(plain.to_ascii_uppercase()).ok()?;
        if !REFERENCE_DIGITS.contains(&digit) || digits.len() == N {
            return None;
        }
        digits.push(digit);
    }
    digits.try_into().ok()
}

/// In groups of four, with hyphens between them.
pub(crate) fn in_groups(digits: &[u8]) -> String {
    let groups: Vec<_> =
        digits.chunks(4).map(|group| std::str::from_utf8(group).unwrap_or("")).collect();
    groups.join("-")
}

/// Full-width digits and signs as plain ones.
pub(crate) const fn plain(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(sign as u32 - 0xff01 + 0x21) {
            Some(plain) => plain,
            None => sign,
        },
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\t' => ' ',
        '\u{2010}'..='\u{2015}' => '-',
        _ => sign,
    }
}
