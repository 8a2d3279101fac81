//! The stored forms of the small types.

use super::Unreadable;
use farline_domain::balance::{DepletionMark, EntryKind, Origin};
use farline_domain::catalog::TimeWindow;
use farline_domain::charging::ServiceKind;
use farline_domain::kernel::{AllowanceKind, Cell, Instant, LineId, OrderId, Units};
use farline_domain::ledger::EntrySetKind;
use farline_domain::notices::Medium;
use farline_domain::orders::Stage;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An id as stored.
pub(crate) type IdBytes = [u8; 16];

/// Ids sort by time, so what is older than nothing is older than this.
pub(crate) const END_OF_TIME: IdBytes = [0xff; 16];

/// The first day that is counted.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The cell as stored.
pub(crate) const fn cell(cell: Cell) -> u16 {
    cell.number()
}

/// The cell and octets of a line's id.
pub(crate) fn line_key(id: LineId) -> (u16, IdBytes) {
    (id.cell().number(), id.to_bytes())
}

/// The cell and octets of an order's id.
pub(crate) fn order_key(id: OrderId) -> (u16, IdBytes) {
    (id.cell().number(), id.to_bytes())
}

/// When a line's id was minted.
pub(crate) fn minted_at(id: LineId) -> Instant {
    minted(id.to_bytes())
}

/// When an id was minted: its upper 48 of 122 bits.
pub(crate) fn minted(id: IdBytes) -> Instant {
    let millis = u128::from_be_bytes(id) >> 74;
    Instant::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Days since 1970-01-01.
pub(crate) fn days_of(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The date that many days after 1970-01-01.
pub(crate) fn date_of(days: i32) -> Result<Date, Unreadable> {
    EPOCH
        .checked_add(i64::from(days).days())
        .map_err(|_| Unreadable(format!("{days} is not a date")))
}

/// A count of units as stored.
pub(crate) fn units_of(count: i64) -> Result<Units, Unreadable> {
    Units::new(count).map_err(|_| Unreadable(format!("{count} units")))
}

/// The JSON text of a value.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, Unreadable> {
    Ok(serde_json::to_string(value)?)
}

/// The value of a JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    Ok(serde_json::from_str(text)?)
}

fn unknown(what: &str, code: &str) -> Unreadable {
    Unreadable(format!("“{code}” is not {what}"))
}

/// Reads an allowance kind.
pub(crate) fn kind_of(code: &str) -> Result<AllowanceKind, Unreadable> {
    AllowanceKind::parse(code).ok_or_else(|| unknown("a kind of allowance", code))
}

/// Reads what a session uses.
pub(crate) fn service_of(code: &str) -> Result<ServiceKind, Unreadable> {
    ServiceKind::parse(code).ok_or_else(|| unknown("a kind of service", code))
}

/// Reads a mark of depletion.
pub(crate) fn depletion_mark_of(code: &str) -> Result<DepletionMark, Unreadable> {
    DepletionMark::parse(code).ok_or_else(|| unknown("a mark of depletion", code))
}

/// Reads an origin.
pub(crate) fn origin_of(code: &str) -> Result<Origin, Unreadable> {
    [Origin::Bonus, Origin::Paid]
        .into_iter()
        .find(|origin| origin.code() == code)
        .ok_or_else(|| unknown("an origin of a bucket", code))
}

/// Reads the kind of a bucket's entry.
pub(crate) fn entry_kind_of(code: &str) -> Result<EntryKind, Unreadable> {
    [EntryKind::Grant, EntryKind::Use, EntryKind::Expire, EntryKind::TakeBack]
        .into_iter()
        .find(|kind| kind.code() == code)
        .ok_or_else(|| unknown("a kind of bucket entry", code))
}

/// Reads the kind of a set of money entries.
pub(crate) fn set_kind_of(code: &str) -> Result<EntrySetKind, Unreadable> {
    [
        EntrySetKind::Capture,
        EntrySetKind::Deliver,
        EntrySetKind::Reverse,
        EntrySetKind::Refund,
        EntrySetKind::RefundReturned,
        EntrySetKind::Chargeback,
        EntrySetKind::ChargebackReturned,
        EntrySetKind::Fee,
    ]
    .into_iter()
    .find(|kind| kind.code() == code)
    .ok_or_else(|| unknown("a kind of entry set", code))
}

/// Reads a stage.
pub(crate) fn stage_of(code: &str) -> Result<Stage, Unreadable> {
    Stage::ALL
        .into_iter()
        .find(|stage| stage.code() == code)
        .ok_or_else(|| unknown("a stage of an order", code))
}

/// Reads a medium.
pub(crate) fn medium_of(code: &str) -> Result<Medium, Unreadable> {
    [Medium::Email, Medium::Sms]
        .into_iter()
        .find(|medium| medium.code() == code)
        .ok_or_else(|| unknown("a medium", code))
}

/// Reads a time window from its two columns.
pub(crate) fn window_of(from: Option<u16>, until: Option<u16>) -> Option<TimeWindow> {
    from.zip(until).map(|(from_minute, until_minute)| TimeWindow { from_minute, until_minute })
}
