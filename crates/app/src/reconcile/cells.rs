//! Cells found by the names of their columns, and what they can hold.

use super::export::Wrong;
use crate::imports::{listed, quoted};
use csv::ByteRecord;
use farline_domain::kernel::{Currency, Money};

/// Currencies without a smaller unit: what is one elsewhere is already the least of these.
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];

/// Where each column stands, by its name.
#[derive(Clone)]
pub(super) struct Columns {
    places: Vec<(&'static str, usize)>,
    count: usize,
}

/// A name as columns are compared by: case and spaces do not count.
fn plain(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell).trim_start_matches('\u{feff}').to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Columns {
    /// Finds columns in a header, of which the first are those that are needed; or says what is missing, and what is
    /// there.
    pub(super) fn of(
        header: &ByteRecord,
        (needed, others): (&[&'static str], &[&'static str]),
    ) -> Result<Self, String> {
        let names: Vec<String> = header.iter().map(plain).collect();
        let place = |name: &&'static str| {
            let place = names.iter().position(|found| *found == plain(name.as_bytes()))?;
            Some((*name, place))
        };
        let missing: Vec<&str> =
            needed.iter().filter(|name| place(name).is_none()).copied().collect();
        if !missing.is_empty() {
            let missing = missing.into_iter().map(quoted).collect::<Vec<_>>().join(", ");
            let found = names.iter().map(|name| quoted(name)).collect::<Vec<_>>();
            let found = listed(found.iter().map(String::as_str));
            return Err(format!("there is no column {missing}; the columns are {found}"));
        }
        let places = needed.iter().chain(others).filter_map(place).collect();
        Ok(Self { places, count: header.len() })
    }
}

/// A row being read.
pub(super) struct Cells<'r> {
    pub(super) record: &'r ByteRecord,
    pub(super) columns: &'r Columns,
    pub(super) row: u64,
}

impl Cells<'_> {
    pub(super) fn wrong(&self, column: &str, reason: impl Into<String>) -> Wrong {
        Wrong { row: self.row, column: column.to_owned(), reason: reason.into() }
    }

    /// Whether the row has as many cells as the header.
    pub(super) fn whole(&self) -> Result<(), Wrong> {
        let (count, expected) = (self.record.len(), self.columns.count);
        if count == expected {
            return Ok(());
        }
        let last = self.columns.places.iter().map(|(_, place)| place + 1).max().unwrap_or(0);
        let reason = format!("the row has {count} cells, but the header names {expected} columns");
        if count < last { Err(self.wrong("", reason)) } else { Ok(()) }
    }

    /// The text of a cell, without spaces around it; empty where the file lacks the column.
    pub(super) fn text(&self, column: &str) -> Result<&str, Wrong> {
        let place = self.columns.places.iter().find(|(name, _)| *name == column);
        let cell = place.and_then(|(_, place)| self.record.get(*place)).unwrap_or_default();
        let text = std::str::from_utf8(cell);
        text.map(str::trim).map_err(|_| self.wrong(column, "this is not UTF-8 text"))
    }

    /// The text of a cell that must hold one.
    pub(super) fn needed(&self, column: &str) -> Result<&str, Wrong> {
        match self.text(column)? {
            "" => Err(self.wrong(column, "this cell is empty")),
            text => Ok(text),
        }
    }

    /// A currency, in capital letters or small ones.
    pub(super) fn currency(&self, column: &str) -> Result<Currency, Wrong> {
        let text = self.needed(column)?;
        let currency = Currency::parse(&text.to_ascii_uppercase());
        currency.ok_or_else(|| self.wrong(column, format!("{} is not a currency", quoted(text))))
    }

    /// A decimal amount of a currency, such as `-12.5`.
    pub(super) fn decimal(&self, column: &str, currency: Currency) -> Result<Money, Wrong> {
        let text = self.needed(column)?;
        let minor = decimal(text, if WHOLE.contains(&currency.code()) { 0 } else { 2 });
        let minor = minor.ok_or_else(|| {
            let code = currency.code();
            self.wrong(column, format!("{} is not an amount of {code}", quoted(text)))
        })?;
        Ok(Money { minor, currency })
    }

    /// An amount in minor units, without a sign; nothing where the cell is empty.
    pub(super) fn minor(&self, column: &str, currency: Currency) -> Result<Money, Wrong> {
        let text = self.text(column)?;
        let minor = match text {
            "" => Some(0),
            text if is_digits(text) => text.parse().ok(),
            _ => None,
        };
        let minor = minor.ok_or_else(|| {
            self.wrong(column, format!("{} is not a number of minor units", quoted(text)))
        })?;
        Ok(Money { minor, currency })
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit())
}

/// Minor units of a decimal number with at most so many places that count; a full stop or a comma parts them.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let rest = part.get(places..).unwrap_or_default();
    if !is_digits(whole) || !is_digits(part) || rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let part: String = part.chars().chain(std::iter::repeat('0')).take(places).collect();
    format!("{sign}{whole}{part}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_become_minor_units_exactly() {
        let table = [
            ("12.34", 2, Some(1_234)),
            ("-12.3", 2, Some(-1_230)),
            ("12", 2, Some(1_200)),
            ("0,50", 2, Some(50)),
            ("12.3400", 2, Some(1_234)),
            ("12.345", 2, None),
            ("1,234.50", 2, None),
            ("1,234", 2, None),
            ("12.", 2, None),
            (".5", 2, None),
            ("+1", 2, None),
            ("1e2", 2, None),
            ("", 2, None),
            ("-", 2, None),
            ("2000", 0, Some(2_000)),
            ("2000.00", 0, Some(2_000)),
            ("2000.50", 0, None),
            ("92233720368547758.08", 2, None),
        ];
        for (text, places, expected) in table {
            assert_eq!(decimal(text, places), expected, "{text}");
        }
    }
}
