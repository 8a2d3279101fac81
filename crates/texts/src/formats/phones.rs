//! Phone numbers as people read them aloud.

use crate::Words;

/// Country codes of two digits (ITU-T E.164 list of assigned codes); 1 and 7 have one digit, all others three.
const TWO_DIGIT_COUNTRY_CODES: [&str; 43] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
];

impl Words {
    /// An E.164 number in groups, the same in every language: `+1 416 555 0188`, `+86 138 0013 8000`, and groups of three
    /// elsewhere. What is not E.164 is given back as it is.
    pub fn phone(&self, e164: &str) -> String {
        let Some(digits) = e164.strip_prefix('+').filter(|rest| all_digits(rest)) else {
            return e164.to_owned();
        };
        let (country, rest) = digits.split_at(country_code_length(digits));
        let groups: &[usize] = match (country, rest.len()) {
            ("1", 10) => &[3, 3],
            ("86", 11) if rest.starts_with('1') => &[3, 4],
            _ => return grouped(country, rest, &vec![3; rest.len().saturating_sub(2) / 3]),
        };
        grouped(country, rest, groups)
    }

    /// Only the last two digits of a number, to recognise it without showing it: `尾号 88`, `ending in 88`,
    /// `se terminant par 88`. Of an empty number, nothing.
    pub fn phone_hint(&self, e164: &str) -> String {
        let digits: Vec<char> = e164.chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
        if last.is_empty() { last } else { self.say_with("phone-hint", &[("digits", last.into())]) }
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn country_code_length(digits: &str) -> usize {
    let length = match digits.get(..2) {
        _ if digits.starts_with(['1', '7']) => 1,
        Some(two) if TWO_DIGIT_COUNTRY_CODES.contains(&two) => 2,
        _ => 3,
    };
    length.min(digits.len())
}

/// The country code and the groups, what remains after them as the last one.
fn grouped(country: &str, digits: &str, groups: &[usize]) -> String {
    let mut text = format!("+{country}");
    let mut rest = digits;
    for length in groups {
        let (group, remaining) = rest.split_at((*length).min(rest.len()));
        text = format!("{text} {group}");
        rest = remaining;
    }
    if rest.is_empty() { text } else { format!("{text} {rest}") }
}
