//! Bank card numbers in free text: they must never be kept (PCI SSC, Protecting Telephone-Based Payment Card Data, 2018).

/// How the numbers of each brand begin, and how many digits they have (ISO/IEC 7812-1 and the brands' own ranges).
const BRANDS: [(&[&str], &[usize]); 5] = [
    (&["4"], &[13, 16, 19]),
    (&["51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27"], &[16]),
    (&["34", "37"], &[15]),
    (&["30", "36", "38"], &[14]),
    (&["35", "60", "62", "64", "65", "81"], &[16, 17, 18, 19]),
];

/// Whether a text holds what looks like the number of a bank card: digits as a brand has them, with whatever
/// people write between them, that pass the check of Luhn. Other digits before or after do not hide them.
pub fn holds_bank_card(text: &str) -> bool {
    runs(text).iter().any(|run| any_number_in(run))
}

/// Digits with at most two signs between each other that people write there, full-width ones included.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs = vec![Vec::new()];
    let mut between = 0;
    for sign in text.chars() {
        let narrow = match sign {
            '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10),
            _ => Some(sign).filter(char::is_ascii_digit),
        };
        match (narrow, runs.last_mut()) {
            (Some(digit), Some(run)) => {
                between = 0;
                run.push(digit);
            }
            _ if between < 2 && " -.\u{a0}–—/_,，、\u{3000}".contains(sign) => between += 1,
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

fn any_number_in(run: &[char]) -> bool {
    // A card's ICCID begins with 89, as no bank card does.
    let is_iccid = (19..=20).contains(&run.len()) && run.starts_with(&['8', '9']);
    !is_iccid && (0..run.len()).any(|place| begins_number(&run[place..]))
}

fn begins_number(run: &[char]) -> bool {
    let begins = |prefix: &&str| prefix.chars().eq(run.iter().copied().take(prefix.len()));
    BRANDS
        .iter()
        .filter(|(prefixes, _)| prefixes.iter().any(begins))
        .any(|(_, lengths)| lengths.iter().any(|length| run.get(..*length).is_some_and(is_luhn)))
}

fn is_luhn(digits: &[char]) -> bool {
    let doubled = |(place, digit): (usize, &char)| {
        let digit = digit.to_digit(10).unwrap_or(0);
        if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
    };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::holds_bank_card;

    #[test]
    fn a_card_number_is_seen_however_it_is_written() {
        let table = [
            ("4242424242424242", true),
            ("card 4242 4242 4242 4242 exp 12/29", true),
            ("4242-4242-4242-4242", true),
            ("４２４２ ４２４２ ４２４２ ４２４２", true),
            ("卡号：4242 4242 4242 4242。", true),
            ("3782 822463 10005", true),
            ("4242, 4242, 4242, 4242", true),
            ("4242424242424241", false),
            ("call +1 416 555 0100 back", false),
            ("ICCID 8919980000000000015", false),
            ("4242 4242 4242 4242 12/29 123", true),
            // 62 and other digits that are no number: none of the brand's lengths passes the check.
            ("6217000010001235", false),
            ("6222 0212 3456 7890 128", true),
            ("+1 416 555 0100 2026-11-29", false),
            ("order 7K3MQ9XA, paid $28.25 on 2026-11-29", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(holds_bank_card(text), expected, "{text}");
        }
    }
}
