//! How a card is looked for: what was typed, read as every way of finding that it can be.

use crate::kernel::{Msisdn, Reference, digits_of};
use crate::lines::words_of;
use unicode_normalization::UnicodeNormalization as _;

/// Digits of the end of a number by which it is found: people know four of theirs.
const END_DIGITS: usize = 4;
/// Digits of the beginning of a number by which it is found: an area code.
const START_DIGITS: usize = 3;
/// The most characters that are looked at.
const MOST: usize = 100;
/// Digits from which on they can only be of a card: no phone number has more than fifteen.
const CARD_DIGITS: usize = 16;
/// What stands before an extension, which is of the telephone system and not of the card.
const EXTENSIONS: [&str; 9] = ["ext", "poste", "分机", "转", "轉", "x", "#", ";", ","];

/// One way of looking for cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// The card that an order is about.
    Order(Reference),
    /// Cards whose number starts so, in E.164. A whole number is the start of itself.
    Number(String),
    /// Cards whose number ends with these digits, four or more.
    NumberEnd(String),
    /// Cards whose ICCID starts so.
    Card(String),
    /// Cards whose ICCID ends with these digits, four or more.
    CardEnd(String),
    /// Cards of accounts that are reached at this phone number, in E.164.
    Phone(String),
    /// Cards of accounts that are reached at an e-mail address that starts so, in small letters.
    Email(String),
    /// Cards whose holder's name has parts that start so.
    Name(Vec<String>),
}

impl Term {
    /// Every way that applies to what was typed, the most certain first; none when it is too little to
    /// look for anything.
    pub fn read(typed: &str) -> Vec<Self> {
        let typed: String = typed.nfkc().take(MOST).collect();
        let typed = typed.trim();
        let called =
            ["tel:", "sip:", "sips:"].into_iter().find_map(|scheme| typed.strip_prefix(scheme));
        let typed = called.map_or(typed, |rest| rest.split(['@', ';']).next().unwrap_or(rest));
        if typed.contains('@') {
            let address = typed.to_ascii_lowercase();
            let named = !address.starts_with('@') && !address.contains(char::is_whitespace);
            return named.then_some(Self::Email(address)).into_iter().collect();
        }
        let mut terms: Vec<Self> = Reference::parse(typed).map(Self::Order).into_iter().collect();
        match digits_of(without_extension(typed.trim_start_matches(['…', '*', '•', '·']))) {
            Some(digits) => terms.extend(of_digits(&digits)),
            None => terms.extend(of_letters(typed)),
        }
        terms
    }

    /// The ways to find whoever calls from a number, as a telephone system names it: none when that is not a
    /// whole number, as with a withheld one.
    pub fn of_caller(number: &str) -> Vec<Self> {
        // Some systems leave the plus out, and a browser takes one that is not written as %2B for a space.
        let ways =
            [number.to_owned(), format!("+{}", number.trim())].map(|number| Self::read(&number));
        let is_whole = |terms: &&Vec<Self>| terms.iter().any(|term| matches!(term, Self::Phone(_)));
        ways.iter().find(is_whole).cloned().unwrap_or_default()
    }
}

/// What stands before an extension, if that is long enough to be a number.
fn without_extension(typed: &str) -> &str {
    let small = typed.to_ascii_lowercase();
    let ends = EXTENSIONS.iter().filter_map(|sign| small.find(sign));
    let numbers = ends
        .filter_map(|end| typed.get(..end))
        .filter(|number| digits_of(number).is_some_and(|digits| digits.len() >= 7));
    numbers.min_by_key(|number| number.len()).unwrap_or(typed)
}

fn of_digits(digits: &str) -> Vec<Term> {
    // What is dialled before a number abroad also stands at the end of other numbers.
    let dialled = ["00", "011"].into_iter().find_map(|prefix| digits.strip_prefix(prefix));
    let abroad = digits.strip_prefix('+').or_else(|| dialled.filter(|rest| rest.len() > 7));
    let whole = Msisdn::parse(&abroad.map_or_else(|| digits.to_owned(), |rest| format!("+{rest}")));
    if let Ok(number) = whole {
        let number = number.as_str().to_owned();
        return vec![Term::Number(number.clone()), Term::Phone(number)];
    }
    if let Some(rest) = abroad {
        return (rest.len() >= START_DIGITS)
            .then(|| Term::Number(format!("+{rest}")))
            .into_iter()
            .collect();
    }
    let count = digits.len();
    let is_number = (START_DIGITS..CARD_DIGITS).contains(&count);
    let is_end = count >= END_DIGITS;
    let start = if count >= 10 || digits.starts_with('1') { "+" } else { "+1" };
    let number = is_number.then(|| Term::Number(format!("{start}{digits}")));
    let number_end = (is_number && is_end).then(|| Term::NumberEnd(digits.to_owned()));
    let card = (is_end && digits.starts_with("89")).then(|| Term::Card(digits.to_owned()));
    let card_end = is_end.then(|| Term::CardEnd(digits.to_owned()));
    let all = if count >= CARD_DIGITS {
        [card, card_end, None, None]
    } else if is_end {
        [number_end, card_end, number, card]
    } else {
        [number, None, None, None]
    };
    all.into_iter().flatten().collect()
}

fn of_letters(typed: &str) -> Vec<Term> {
    let words = words_of(typed);
    let has_letters = typed.chars().any(char::is_alphabetic);
    let name = (has_letters && !words.is_empty()).then_some(Term::Name(words));
    // Three signs that can stand before the @ of an address.
    let of_address = |sign: char| sign.is_ascii_alphanumeric() || "._+-".contains(sign);
    let email = (has_letters && typed.len() >= 3 && typed.chars().all(of_address))
        .then(|| Term::Email(typed.to_ascii_lowercase()));
    name.into_iter().chain(email).collect()
}

#[cfg(test)]
mod tests {
    use super::Term;

    /// A term in short.
    fn said(term: &Term) -> String {
        match term {
            Term::Order(reference) => format!("order {reference}"),
            Term::Number(start) => format!("number {start}"),
            Term::NumberEnd(end) => format!("number …{end}"),
            Term::Card(start) => format!("card {start}"),
            Term::CardEnd(end) => format!("card …{end}"),
            Term::Phone(number) => format!("phone {number}"),
            Term::Email(start) => format!("e-mail {start}"),
            Term::Name(words) => format!("name {}", words.join(" ")),
        }
    }

    #[test]
    fn what_is_typed_is_read_as_every_way_that_it_can_be() {
        let number = "number +14165550142, phone +14165550142";
        let table = [
            ("4165550142", number),
            (" (416) 555-0142 ", number),
            ("+1 416 555 0142", number),
            ("001 416 555 0142", number),
            ("011 1 416 555 0142", number),
            ("１４１６５５５０１４２", number),
            ("416.555.0142 ext. 5", number),
            ("416-555-0142 x12", number),
            ("416 555 0142 poste 7", number),
            ("14165550142转8", number),
            ("416 555 0142#5", number),
            ("tel:+14165550142;ext=5", number),
            ("sip:+14165550142@pbx.example.org", number),
            // As a browser sends a plus that nobody wrote as %2B.
            (" 14165550142", number),
            ("+86 138 0013 8000", "number +8613800138000, phone +8613800138000"),
            ("13800138000", "number …13800138000, card …13800138000, number +13800138000"),
            ("0142", "number …0142, card …0142, number +10142"),
            ("0042", "number …0042, card …0042, number +10042"),
            ("…0142", "number …0142, card …0142, number +10142"),
            ("555-0142", "number …5550142, card …5550142, number +15550142"),
            ("416", "number +1416"),
            ("+1416555", "number +1416555"),
            ("1416", "number …1416, card …1416, number +1416"),
            ("8930", "number …8930, card …8930, number +18930, card 8930"),
            ("89199 80000 00000 0015", "card 8919980000000000015, card …8919980000000000015"),
            ("8919980000000000015F", "card 8919980000000000015, card …8919980000000000015"),
            ("8919-9800-0000-0000", "card 8919980000000000, card …8919980000000000"),
            ("14", ""),
            ("+1", ""),
            ("", ""),
            ("  ", ""),
            ("K7M3-QX9T", "order K7M3-QX9T, name k7m3 qx9t, e-mail k7m3-qx9t"),
            ("k7m3 qx9t", "order K7M3-QX9T, name k7m3 qx9t"),
            ("23456789", "order 2345-6789, number …23456789, card …23456789, number +123456789"),
            ("Li.Wei@Example.com", "e-mail li.wei@example.com"),
            ("wei＠example", "e-mail wei@example"),
            ("li.wei", "name li wei, e-mail li.wei"),
            ("@example.com", ""),
            ("王", "name 王"),
            ("小明", "name 小明"),
            ("王 小明", "name 王 小明"),
            ("Éloïse", "name eloise"),
            ("Tremblay", "order TREM-BLAY, name tremblay, e-mail tremblay"),
            ("Lu", "name lu"),
            ("O’Neil", "name oneil"),
            ("--", ""),
        ];
        for (typed, expected) in table {
            let terms: Vec<String> = Term::read(typed).iter().map(said).collect();
            assert_eq!(terms.join(", "), expected, "{typed}");
        }
    }

    #[test]
    fn a_caller_is_known_by_a_whole_number_only() {
        let table = [
            ("+14165550142", "+14165550142"),
            (" 14165550142", "+14165550142"),
            ("4165550142", "+14165550142"),
            ("sip:+14165550142@pbx.example.org", "+14165550142"),
            ("8613800138000", "+8613800138000"),
            (" 8613800138000", "+8613800138000"),
            ("anonymous", ""),
            ("0142", ""),
            ("8919980000000000015", ""),
            ("", ""),
        ];
        for (typed, expected) in table {
            let terms = Term::of_caller(typed);
            let number = expected.to_owned();
            let whole = vec![Term::Number(number.clone()), Term::Phone(number)];
            assert_eq!(terms, if expected.is_empty() { Vec::new() } else { whole }, "{typed}");
        }
    }
}
