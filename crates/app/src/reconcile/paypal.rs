//! PayPal's settlement report (`STL-….CSV`) or its transaction detail report (`TRR-….CSV`), as they come by SFTP
//! (developer.paypal.com/reports/settlement, developer.paypal.com/reports/reference/t-codes). Each row begins with its
//! kind: `SH` opens a section and says of which time it is, `CH` names the columns, `SB` is a movement.

use super::cells::{Cells, Columns};
use super::export::{Entry, Export, ExportError, Line, Meaning, Wrong};
use crate::imports::quoted;
use crate::payments::refund::read_key;
use crate::sheet::Sheet;
use csv::ByteRecord;
use farline_domain::kernel::{Instant, Money, OrderId};
use farline_domain::payments::{Settled, Turn};
use jiff::Timestamp;
use std::io::Read;

const ID: &str = "Transaction ID";
const INVOICE: &str = "Invoice ID";
const REFERENCE: &str = "PayPal Reference ID";
const CODE: &str = "Transaction Event Code";
const INITIATED: &str = "Transaction Initiation Date";
const SIDE: &str = "Transaction Debit or Credit";
const GROSS: &str = "Gross Transaction Amount";
const CURRENCY: &str = "Gross Transaction Currency";
const FEE_SIDE: &str = "Fee Debit or Credit";
const FEE: &str = "Fee Amount";
const CUSTOM: &str = "Custom Field";
/// In the transaction detail report only, which also has what was never settled.
const STATUS: &str = "Transactional Status";

const NEEDED: [&str; 11] =
    [ID, INVOICE, REFERENCE, CODE, INITIATED, SIDE, GROSS, CURRENCY, FEE_SIDE, FEE, CUSTOM];

/// An export of PayPal's.
pub struct PayPalExport<R> {
    sheet: Sheet<R>,
    columns: Option<Columns>,
    is_over: bool,
}

/// Opens an export.
///
/// # Errors
/// [`ExportError`] when it cannot be read. A missing column is found when the section that lacks it begins.
pub fn open<R: Read>(reader: R) -> Result<PayPalExport<R>, ExportError> {
    let sheet = Sheet::open(reader).map_err(ExportError)?;
    Ok(PayPalExport { sheet, columns: None, is_over: false })
}

impl<R: Read + Send> Export for PayPalExport<R> {
    fn provider(&self) -> &'static str {
        "paypal"
    }
}

impl<R: Read> Iterator for PayPalExport<R> {
    type Item = Result<Line, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.step() {
                Ok(Some(line)) => return Some(Ok(line)),
                Ok(None) => {}
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl<R: Read> PayPalExport<R> {
    /// Reads a row; nothing, if nothing is to be told of it.
    fn step(&mut self) -> Result<Option<Line>, ExportError> {
        if !self.sheet.advance().map_err(ExportError)? {
            self.is_over = true;
            let reason = "there is no row that begins with CH and names the columns";
            let has_columns = self.columns.is_some();
            return has_columns.then_some(None).ok_or_else(|| ExportError(reason.to_owned()));
        }
        if self.sheet.is_blank() {
            return Ok(None);
        }
        let (record, row) = (self.sheet.cells(), self.sheet.row());
        match record.get(0).unwrap_or_default().trim_ascii() {
            b"RH" | b"FH" | b"SF" | b"SC" | b"RF" | b"RC" | b"FF" => Ok(None),
            b"SH" => Ok(Some(period(record, row))),
            b"CH" => {
                let columns = Columns::of(record, (&NEEDED, &[STATUS]));
                self.columns = Some(columns.map_err(|it| ExportError(format!("row {row}: {it}")))?);
                Ok(None)
            }
            b"SB" => {
                let Some(columns) = &self.columns else {
                    let reason = "no row before this one names the columns (CH)";
                    return Err(ExportError(format!("row {row}: {reason}")));
                };
                let line = entry(&Cells { record, columns, row });
                let line = line.map(|entry| Line::Entry(Box::new(entry)));
                Ok(Some(line.unwrap_or_else(Line::Unreadable)))
            }
            kind => {
                let kind = quoted(&String::from_utf8_lossy(kind));
                let reason =
                    format!("{kind} is not a kind of row (RH, FH, SH, CH, SB, SF, SC, RF, RC)");
                Ok(Some(Line::Unreadable(Wrong { row, column: "CH".to_owned(), reason })))
            }
        }
    }
}

/// The time of a section: the last second of it counts too.
fn period(record: &ByteRecord, row: u64) -> Line {
    let time = |place: usize| {
        let cell = record.get(place).unwrap_or_default();
        time_of(&String::from_utf8_lossy(cell))
    };
    match (time(1), time(2)) {
        (Some(from), Some(until)) => Line::Period(from, until.plus_seconds(1)),
        _ => Line::Unreadable(Wrong {
            row,
            column: "SH".to_owned(),
            reason: "it does not say from when to when the section is".to_owned(),
        }),
    }
}

fn time_of(text: &str) -> Option<Instant> {
    let at = Timestamp::strptime("%Y/%m/%d %H:%M:%S %z", text.trim()).ok()?;
    Some(Instant::from_millis(at.as_millisecond()))
}

fn entry(cells: &Cells<'_>) -> Result<Entry, Wrong> {
    cells.whole()?;
    let currency = cells.currency(CURRENCY)?;
    let (text, code) = (cells.needed(INITIATED)?, cells.needed(CODE)?);
    let at = time_of(text);
    let at = at.ok_or_else(|| cells.wrong(INITIATED, format!("{} is not a time", quoted(text))))?;
    let amount = cells.minor(GROSS, currency)?;
    let gross = signed(cells, SIDE, amount)?;
    let (fee, none) = (cells.minor(FEE, currency)?, Money::zero(currency));
    // A fee that is debited is kept by PayPal.
    let fee = if fee == none { none } else { negated(cells, FEE, signed(cells, FEE_SIDE, fee)?)? };
    Ok(Entry {
        row: cells.row,
        at,
        word: code.to_owned(),
        id: cells.needed(ID)?.to_owned(),
        order: order(cells)?,
        gross,
        fee,
        meaning: meaning(cells, code, (gross, amount))?,
    })
}

/// Credited is to us, debited is away from us.
fn signed(cells: &Cells<'_>, column: &str, amount: Money) -> Result<Money, Wrong> {
    match cells.needed(column)? {
        "CR" => Ok(amount),
        "DR" => negated(cells, column, amount),
        other => Err(cells.wrong(column, format!("{} is neither CR nor DR", quoted(other)))),
    }
}

fn negated(cells: &Cells<'_>, column: &str, amount: Money) -> Result<Money, Wrong> {
    amount.negated().map_err(|_| cells.wrong(column, "the amount is too large"))
}

/// The first two digits of a code are its group, which is enough to tell money of orders from everything else.
fn meaning(
    cells: &Cells<'_>,
    code: &str,
    (gross, amount): (Money, Money),
) -> Result<Meaning, Wrong> {
    let digits = code
        .strip_prefix('T')
        .filter(|digits| digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()));
    let Some(digits) = digits else {
        return Err(cells.wrong(CODE, format!("{} is not an event code", quoted(code))));
    };
    // Denied, or still to come: no money moved.
    if matches!(cells.text(STATUS)?, "D" | "P") {
        return Ok(Meaning::Apart);
    }
    let turn = match (digits, gross.minor >= 0) {
        ("1107", false) => Turn::Refunded,
        ("1107", true) => Turn::Returned,
        (digits, true) if digits.starts_with("00") => Turn::Captured,
        // General holds, and fees that are given back.
        ("1105" | "1108" | "1109", _) => return Ok(Meaning::Apart),
        // A payment of ours to somebody, what PayPal reverses or holds for a dispute, chargebacks and adjustments.
        (digits, _) if ["00", "11", "12"].iter().any(|group| digits.starts_with(group)) => {
            return Ok(Meaning::Disputed);
        }
        _ => return Ok(Meaning::Apart),
    };
    if amount.minor == 0 {
        return Err(cells.wrong(GROSS, "nothing moved"));
    }
    let id = cells.needed(ID)?.to_owned();
    let payment = match turn {
        Turn::Captured => Some(id.clone()),
        Turn::Refunded | Turn::Returned => Some(cells.text(REFERENCE)?.to_owned()),
    };
    let payment = payment.filter(|payment| !payment.is_empty());
    Ok(Meaning::Settled(Settled { turn, id, payment, amount }))
}

/// The order that is named: as the invoice, as the custom field, or in the key of a refund.
fn order(cells: &Cells<'_>) -> Result<Option<OrderId>, Wrong> {
    let custom = cells.text(CUSTOM)?;
    let order = OrderId::parse(cells.text(INVOICE)?).or_else(|| OrderId::parse(custom));
    Ok(order.or_else(|| read_key(custom).map(|(order, _)| order)))
}
