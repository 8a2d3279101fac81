//! Stripe's balance report, itemised (“Balance change from activity”, report type
//! `balance_change_from_activity.itemized`), with the column of our order's metadata
//! (docs.stripe.com/reports/report-types/balance, docs.stripe.com/reports/reporting-categories).

use super::cells::{Cells, Columns};
use super::export::{Entry, Export, ExportError, Line, Meaning, Wrong};
use crate::imports::quoted;
use crate::payments::refund::read_key;
use crate::sheet::Sheet;
use farline_domain::kernel::{Instant, Money, OrderId};
use farline_domain::payments::{Settled, Turn};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::io::Read;

const ID: &str = "balance_transaction_id";
const CREATED: &str = "created_utc";
const CATEGORY: &str = "reporting_category";
const CURRENCY: &str = "currency";
const GROSS: &str = "gross";
const FEE: &str = "fee";
const SOURCE: &str = "source_id";
const PAYMENT: &str = "payment_intent_id";
const ORDER: &str = "payment_metadata[farline_order]";
const REFUND: &str = "refund_metadata[farline_refund]";

const NEEDED: [&str; 9] = [ID, CREATED, CATEGORY, CURRENCY, GROSS, FEE, SOURCE, PAYMENT, ORDER];

/// Categories of what somebody disputes, or a bank took back.
const DISPUTED: [&str; 4] =
    ["charge_failure", "dispute", "dispute_reversal", "partial_capture_reversal"];

/// Categories of what is between Stripe and us alone.
const APART: [&str; 29] = [
    "advance",
    "advance_funding",
    "anticipation_repayment",
    "climate_order_purchase",
    "climate_order_refund",
    "connect_collection_transfer",
    "connect_reserved_funds",
    "contribution",
    "fee",
    "financing_paydown",
    "financing_paydown_reversal",
    "financing_payout",
    "financing_payout_reversal",
    "issuing_authorization_hold",
    "issuing_authorization_release",
    "issuing_dispute",
    "issuing_transaction",
    "network_cost",
    "other_adjustment",
    "payout",
    "payout_reversal",
    "platform_earning",
    "platform_earning_refund",
    "risk_reserved_funds",
    "tax",
    "topup",
    "topup_reversal",
    "transfer",
    "transfer_reversal",
];

/// An export of Stripe's.
pub struct StripeExport<R> {
    sheet: Sheet<R>,
    columns: Columns,
    is_over: bool,
}

/// Opens an export and finds its columns.
///
/// # Errors
/// [`ExportError`] when it cannot be read or a column is missing.
pub fn open<R: Read>(reader: R) -> Result<StripeExport<R>, ExportError> {
    let mut sheet = Sheet::open(reader).map_err(ExportError)?;
    if !sheet.advance().map_err(ExportError)? {
        return Err(ExportError("the file is empty; its first row names the columns".to_owned()));
    }
    let columns = Columns::of(sheet.cells(), (&NEEDED, &[REFUND])).map_err(ExportError)?;
    Ok(StripeExport { sheet, columns, is_over: false })
}

impl<R: Read + Send> Export for StripeExport<R> {
    fn provider(&self) -> &'static str {
        "stripe"
    }
}

impl<R: Read> Iterator for StripeExport<R> {
    type Item = Result<Line, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.sheet.advance() {
                Ok(true) if self.sheet.is_blank() => {}
                Ok(true) => {
                    let (record, row) = (self.sheet.cells(), self.sheet.row());
                    let line = entry(&Cells { record, columns: &self.columns, row });
                    let line = line.map(|entry| Line::Entry(Box::new(entry)));
                    return Some(Ok(line.unwrap_or_else(Line::Unreadable)));
                }
                Ok(false) => self.is_over = true,
                Err(reason) => {
                    self.is_over = true;
                    return Some(Err(ExportError(reason)));
                }
            }
        }
        None
    }
}

fn entry(cells: &Cells<'_>) -> Result<Entry, Wrong> {
    cells.whole()?;
    let currency = cells.currency(CURRENCY)?;
    let gross = cells.decimal(GROSS, currency)?;
    let category = cells.needed(CATEGORY)?;
    Ok(Entry {
        row: cells.row,
        at: created(cells)?,
        word: category.to_owned(),
        id: cells.needed(ID)?.to_owned(),
        order: order(cells)?,
        gross,
        fee: cells.decimal(FEE, currency)?,
        meaning: meaning(cells, category, gross)?,
    })
}

fn meaning(cells: &Cells<'_>, category: &str, gross: Money) -> Result<Meaning, Wrong> {
    let (turn, id, is_theirs) = match category {
        "charge" => (Turn::Captured, PAYMENT, gross.minor > 0),
        "refund" => (Turn::Refunded, SOURCE, gross.minor < 0),
        "refund_failure" => (Turn::Returned, SOURCE, gross.minor > 0),
        category if DISPUTED.contains(&category) => return Ok(Meaning::Disputed),
        category if APART.contains(&category) => return Ok(Meaning::Apart),
        category => {
            let reason = format!("{} is not a category that is known", quoted(category));
            return Err(cells.wrong(CATEGORY, reason));
        }
    };
    let minor = gross.minor.checked_abs().filter(|_| is_theirs);
    let minor =
        minor.ok_or_else(|| cells.wrong(GROSS, format!("a {category} does not move this way")))?;
    let payment = Some(cells.text(PAYMENT)?.to_owned()).filter(|payment| !payment.is_empty());
    // A charge that was made without an intent is nobody's of ours: its own id will do.
    let id = match cells.text(id)? {
        "" => cells.needed(SOURCE)?,
        id => id,
    };
    let amount = Money { minor, ..gross };
    Ok(Meaning::Settled(Settled { turn, id: id.to_owned(), payment, amount }))
}

/// The order that the payment names, or the refund. What another program wrote there is no order of ours.
fn order(cells: &Cells<'_>) -> Result<Option<OrderId>, Wrong> {
    let of_refund = read_key(cells.text(REFUND)?).map(|(order, _)| order);
    Ok(OrderId::parse(cells.text(ORDER)?).or(of_refund))
}

fn created(cells: &Cells<'_>) -> Result<Instant, Wrong> {
    let text = cells.needed(CREATED)?;
    let at = text.parse::<DateTime>().ok().and_then(|at| at.to_zoned(TimeZone::UTC).ok());
    let at = at.ok_or_else(|| cells.wrong(CREATED, format!("{} is not a time", quoted(text))))?;
    Ok(Instant::from_millis(at.timestamp().as_millisecond()))
}
