//! Cells of sheets that are opened in a spreadsheet.

use farline_domain::kernel::Money;
use std::borrow::Cow;

/// An amount as a decimal number with its currency's places, without the currency.
pub fn decimal(money: Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let (minor, places) = (money.minor.unsigned_abs(), usize::from(money.currency.decimals()));
    let unit = 10_u64.pow(money.currency.decimals().into());
    match places {
        0 => format!("{sign}{minor}"),
        places => format!("{sign}{}.{:0places$}", minor / unit, minor % unit),
    }
}

/// A text that a spreadsheet takes for a text, whatever it begins with: what it would take for a formula gets an apostrophe
/// before it.
pub fn text_cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A whole sheet, as CSV (RFC 4180).
pub fn sheet_text<const N: usize>(
    heading: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in std::iter::once(heading.map(str::to_owned)).chain(rows) {
        // Written to memory, which does not fail.
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{decimal, text_cell};
    use farline_domain::kernel::{Currency, Money};

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1"] {
            assert_eq!(text_cell(text), format!("'{text}"));
        }
        for text in ["", "123456789RT0001", "1=1", "'=1"] {
            assert_eq!(text_cell(text), text);
        }
    }

    #[test]
    fn an_amount_is_a_number() {
        let table =
            [(0, "0.00"), (-5, "-0.05"), (123_456, "1234.56"), (i64::MIN, "-92233720368547758.08")];
        for (minor, expected) in table {
            assert_eq!(decimal(Money::cad(minor)), expected);
        }
        for (code, expected) in [("JPY", "-1500"), ("KWD", "-1.500"), ("CNY", "-15.00")] {
            let currency = Currency::parse(code).unwrap();
            assert_eq!(decimal(Money { minor: -1500, currency }), expected);
        }
    }
}
