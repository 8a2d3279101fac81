//! Amounts on the wire: a currency and a decimal text, made from and read as whole cents. No fraction is ever computed.

use farline_app::ports::payment::PaymentUnknown;
use farline_domain::kernel::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::payment::answer::unsound;

/// How many cents make one.
const CENTS: u64 = 100;

#[derive(Serialize, Deserialize)]
pub(super) struct Amount {
    currency_code: String,
    value: String,
}

impl Amount {
    pub(super) fn of(money: Money) -> Self {
        let sign = if money.minor < 0 { "-" } else { "" };
        let cents = money.minor.unsigned_abs();
        let value = format!("{sign}{}.{:02}", cents / CENTS, cents % CENTS);
        Self { currency_code: money.currency.code().to_owned(), value }
    }

    /// The amount, which is more than nothing: what was captured or given back always is.
    pub(super) fn money(&self) -> Result<Money, PaymentUnknown> {
        let money = self.money_or_nothing()?;
        if money.minor > 0 { Ok(money) } else { Err(unsound()) }
    }

    /// The amount, which may be nothing.
    pub(super) fn money_or_nothing(&self) -> Result<Money, PaymentUnknown> {
        let currency = Currency::parse(&self.currency_code).ok_or_else(unsound)?;
        Ok(Money { minor: cents(&self.value).ok_or_else(unsound)?, currency })
    }

    pub(super) fn is(&self, money: Money) -> bool {
        self.money().is_ok_and(|amount| amount == money)
    }
}

/// Digits, a full stop, two digits: the shape of every currency that we sell in.
fn cents(value: &str) -> Option<i64> {
    let (whole, part) = value.split_once('.')?;
    let is_decimal = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
    if whole.is_empty() || part.len() != 2 || !is_decimal(whole) || !is_decimal(part) {
        return None;
    }
    // The digits without the full stop are the cents.
    format!("{whole}{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use farline_domain::kernel::Money;

    use super::{Amount, cents};

    #[test]
    fn cents_are_written_as_decimals() {
        let table = [
            (0, "0.00"),
            (1, "0.01"),
            (10, "0.10"),
            (99, "0.99"),
            (100, "1.00"),
            (2_825, "28.25"),
            (-1, "-0.01"),
            (-2_825, "-28.25"),
            (9_007_199_254_740_993, "90071992547409.93"),
            (i64::MAX, "92233720368547758.07"),
            (i64::MIN, "-92233720368547758.08"),
        ];
        for (minor, value) in table {
            assert_eq!(Amount::of(Money::cad(minor)).value, value);
            if minor > 0 {
                assert_eq!(Amount::of(Money::cad(minor)).money(), Ok(Money::cad(minor)));
            }
        }
    }

    #[test]
    fn only_digits_with_two_decimals_are_cents() {
        for value in ["28.25", "0.01", "007.10"] {
            assert!(cents(value).is_some(), "{value}");
        }
        for value in [
            "",
            ".",
            "28",
            "28.",
            ".25",
            "28.2",
            "28.250",
            "28,25",
            "+28.25",
            "-28.25",
            " 28.25",
            "28.25 ",
            "2e1.00",
            "0x1.00",
            "28.2a",
            "٢٨.٢٥",
            "92233720368547758.08",
            "1 000.00",
        ] {
            assert_eq!(cents(value), None, "{value}");
        }
        for value in ["0.00", "-0.01"] {
            let amount = Amount { currency_code: "CAD".to_owned(), value: value.to_owned() };
            assert!(amount.money().is_err(), "{value}");
            let nothing = (value == "0.00").then_some(Money::cad(0));
            assert_eq!(amount.money_or_nothing().ok(), nothing, "{value}");
        }
        let nameless = Amount { currency_code: "cad".to_owned(), value: "28.25".to_owned() };
        assert!(nameless.money().is_err());
    }
}
