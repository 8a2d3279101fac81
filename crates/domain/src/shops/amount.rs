//! Decimal amounts as marketplaces write them — `12.50`, `12.5`, `12` — turned into minor units exactly.

use crate::kernel::{Currency, Money};

/// Reads an amount that is not negative. `None` when it is not decimal or not whole in minor units: nothing is rounded.
pub fn read_amount(decimal: &str, currency: Currency) -> Option<Money> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, "0"));
    let is_digits = |text: &str| {
        (1..=15).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_digit())
    };
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let places = usize::from(currency.decimals());
    let (kept, beyond) = fraction.split_at(places.min(fraction.len()));
    if beyond.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let minor = format!("{whole}{kept:0<places$}").parse().ok()?;
    Some(Money { minor, currency })
}

#[cfg(test)]
mod tests {
    use super::read_amount;
    use crate::kernel::Currency;

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        let table = [
            ("12.50", "CNY", Some(1250)),
            ("12.5", "CNY", Some(1250)),
            ("12", "CNY", Some(1200)),
            ("0.29", "CNY", Some(29)),
            ("0.07", "CAD", Some(7)),
            ("12.5000", "CAD", Some(1250)),
            ("12.505", "CAD", None),
            ("1200", "JPY", Some(1200)),
            ("1200.0", "JPY", Some(1200)),
            ("1200.5", "JPY", None),
            ("1.234", "KWD", Some(1234)),
            ("-1.00", "CNY", None),
            ("1,200.00", "CNY", None),
            ("1e3", "CNY", None),
            (".50", "CNY", None),
            ("12.", "CNY", None),
            ("", "CNY", None),
            ("９.00", "CNY", None),
            ("999999999999999.99", "CNY", Some(99_999_999_999_999_999)),
            ("9999999999999999.99", "CNY", None),
        ];
        for (text, code, expected) in table {
            let money = read_amount(text, Currency::parse(code).unwrap());
            assert_eq!(money.map(|money| money.minor), expected, "{text} {code}");
        }
    }
}
