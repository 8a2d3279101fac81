//! What currencies are worth in one another, each rate with its date and source (CSV).

use super::fault::{ImportFault, quoted};
use super::listings::not_after;
use super::table::{Shape, TableRow, name, read_table};
use farline_domain::comparison::{ExchangeRate, UnitRate};
use farline_domain::kernel::Currency;
use jiff::civil::Date;
use std::collections::BTreeMap;

const SHAPE: Shape =
    Shape { columns: &["from", "to", "rate", "dated", "source"], optional: &[], row: "rate" };

/// Reads the exchange rates of a file, in its order. `today` is the local date of the import. The format is told in
/// `imports/README.md`.
///
/// # Errors
/// Everything that is wrong with the file, by line and column; nothing of it is taken.
pub fn read_rates(
    file_name: &str,
    octets: &[u8],
    today: Date,
) -> Result<Vec<ExchangeRate>, ImportFault> {
    let mut known = BTreeMap::new();
    read_table(file_name, octets, &SHAPE, |row| {
        let rate = rate(row, today)?;
        let told = (rate.from, rate.to, rate.dated, rate.source.clone());
        if let Some(line) = known.insert(told, row.line()) {
            let (from, to) = (rate.from.code(), rate.to.code());
            let (dated, source) = (rate.dated, quoted(&rate.source));
            let reason = format!("{source} tells {from} in {to} of {dated} in line {line} already");
            row.fault("rate", reason);
        }
        Some(rate)
    })
}

fn rate(row: &mut TableRow<'_>, today: Date) -> Option<ExchangeRate> {
    let from = row.required("from", currency);
    let to = row.required("to", currency);
    let rate = row.required("rate", |text| {
        let rate = UnitRate::parse(text);
        rate.map_err(|reason| format!("{} is not a rate: {reason}", quoted(text)))
    });
    let dated = row.required("dated", |text| not_after(text, today));
    let source = row.required("source", name);
    if from.is_some() && from == to {
        row.fault("to", "a currency is always worth itself; leave this row out");
    }
    Some(ExchangeRate { from: from?, to: to?, rate: rate?, dated: dated?, source: source? })
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(&text.to_ascii_uppercase()).ok_or_else(|| {
        format!("{} is not a currency; write its three letters, like CAD", quoted(text))
    })
}
