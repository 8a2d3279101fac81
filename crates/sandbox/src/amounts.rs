//! Amounts as each language writes them (Unicode CLDR patterns, currencies with two decimals).

use crate::records::Language;

/// A currency with two decimals that a checkout may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Currency {
    code: &'static str,
    chinese: &'static str,
    english: &'static str,
    french: &'static str,
}

const CURRENCIES: [Currency; 7] = [
    Currency { code: "AUD", chinese: "AU$", english: "A$", french: "$\u{a0}AU" },
    Currency { code: "CAD", chinese: "CA$", english: "$", french: "$" },
    Currency { code: "CNY", chinese: "¥", english: "CN¥", french: "CN¥" },
    Currency { code: "EUR", chinese: "€", english: "€", french: "€" },
    Currency { code: "GBP", chinese: "£", english: "£", french: "£" },
    Currency { code: "HKD", chinese: "HK$", english: "HK$", french: "$\u{a0}HK" },
    Currency { code: "USD", chinese: "US$", english: "US$", french: "$\u{a0}US" },
];

impl Currency {
    /// The currency with this upper-case ISO 4217 code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        CURRENCIES.into_iter().find(|currency| currency.code == code)
    }
}

/// An amount in minor units, written for a reader of `language`.
pub(crate) fn written(amount: i64, code: &str, language: Language) -> String {
    let Some(currency) = Currency::from_code(code) else {
        return format!("{amount} {code}");
    };
    let (whole, cents) = (amount / 100, amount % 100);
    match language {
        Language::Chinese => format!("{}{}.{cents:02}", currency.chinese, grouped(whole, ',')),
        Language::English => format!("{}{}.{cents:02}", currency.english, grouped(whole, ',')),
        Language::French => {
            format!("{},{cents:02}\u{a0}{}", grouped(whole, '\u{a0}'), currency.french)
        }
    }
}

fn grouped(whole: i64, separator: char) -> String {
    let digits = whole.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::records::Language::{Chinese, English, French};

    #[test]
    fn amounts_read_as_each_language_writes_them() {
        let table = [
            (123_450, "CAD", Chinese, "CA$1,234.50"),
            (123_450, "CAD", English, "$1,234.50"),
            (123_450, "CAD", French, "1\u{a0}234,50\u{a0}$"),
            (2_825, "CAD", French, "28,25\u{a0}$"),
            (5, "USD", English, "US$0.05"),
            (99_999_999, "CNY", Chinese, "¥999,999.99"),
            (100_000, "USD", French, "1\u{a0}000,00\u{a0}$\u{a0}US"),
        ];
        for (amount, code, language, expected) in table {
            assert_eq!(written(amount, code, language), expected);
        }
    }
}
