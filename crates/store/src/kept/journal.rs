//! The rows of the journal: what one command did to its line.

use super::Unreadable;
use super::row::Row;
use super::values::{entry_kind_of, set_kind_of, stage_of, to_json};
use farline_app::ports::ledger::{JournalPlace, Movement};
use farline_domain::balance::{BucketEntry, EntryKind};
use farline_domain::commands::AuditLine;
use farline_domain::kernel::{Currency, LineId, Money, OrderId};
use farline_domain::ledger::{Account, EntrySet, EntrySetKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One command's line of the audit, with what it moved.
pub(crate) struct Journaled {
    /// The line of the audit.
    pub(crate) audit: AuditLine,
    /// What moved the line's buckets.
    pub(crate) bucket_entries: Vec<BucketEntry>,
    /// The sets of money entries.
    pub(crate) money: Vec<EntrySet>,
}

/// Number, bucket, kind, units, at.
#[derive(Serialize, Deserialize)]
struct KeptEntry<'a>(u32, u32, #[serde(borrow)] Cow<'a, str>, i64, i64);

/// Number, kind, order, entries. The order is absent if it is the command's own, as it nearly always
/// is; otherwise 32 hexadecimal digits.
#[derive(Serialize, Deserialize)]
struct KeptSet<'a>(
    u32,
    #[serde(borrow)] Cow<'a, str>,
    Option<String>,
    #[serde(borrow)] Vec<KeptMoney<'a>>,
);

/// Account, currency, minor units.
#[derive(Serialize, Deserialize)]
struct KeptMoney<'a>(#[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, i64);

impl Journaled {
    /// The bucket entries as stored; nothing if there is none.
    pub(crate) fn bucket_entries_text(&self) -> Result<Option<String>, Unreadable> {
        let kept = |entry: &BucketEntry| {
            let BucketEntry { number, bucket, kind, units, at } = entry;
            KeptEntry(*number, *bucket, kind.code().into(), units.count(), at.millis())
        };
        let entries: Vec<KeptEntry<'_>> = self.bucket_entries.iter().map(kept).collect();
        (!entries.is_empty()).then(|| to_json(&entries)).transpose()
    }

    /// The sets of money entries as stored; nothing if there is none.
    pub(crate) fn entry_sets_text(&self) -> Result<Option<String>, Unreadable> {
        let own = self.audit.order.map(|(order, _)| order);
        let sets: Vec<KeptSet<'_>> = self.money.iter().map(|set| kept_set(set, own)).collect();
        (!sets.is_empty()).then(|| to_json(&sets)).transpose()
    }
}

fn kept_set(set: &EntrySet, own: Option<OrderId>) -> KeptSet<'_> {
    let entries = set.entries.iter().map(|(account, money)| {
        KeptMoney(account.name().into(), money.currency.code().into(), money.minor)
    });
    let other = Some(set.order).filter(|order| Some(*order) != own);
    let other = other.map(|order| format!("{:032x}", u128::from_be_bytes(order.to_bytes())));
    KeptSet(set.number, set.kind.code().into(), other, entries.collect())
}

/// An entry of a bucket as kept.
pub(crate) struct EntryRow {
    pub(crate) number: u32,
    pub(crate) bucket: u32,
    pub(crate) kind: EntryKind,
    pub(crate) units: i64,
}

/// A set of money entries as kept.
pub(crate) struct SetRow {
    pub(crate) number: u32,
    pub(crate) kind: EntrySetKind,
    pub(crate) order: OrderId,
    /// Account, currency, minor units.
    pub(crate) entries: Vec<(String, String, i64)>,
}

/// A row of the journal as kept.
pub(crate) struct JournalRow {
    pub(crate) audit: AuditLine,
    pub(crate) bucket_entries: Vec<EntryRow>,
    pub(crate) sets: Vec<SetRow>,
}

fn entries_of(text: Option<&str>) -> Result<Vec<EntryRow>, Unreadable> {
    let kept: Vec<KeptEntry<'_>> = text.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let entry = |KeptEntry(number, bucket, kind, units, _): KeptEntry<'_>| {
        Ok(EntryRow { number, bucket, kind: entry_kind_of(&kind)?, units })
    };
    kept.into_iter().map(entry).collect()
}

fn order_of(digits: &str) -> Result<OrderId, Unreadable> {
    u128::from_str_radix(digits, 16)
        .map(|bits| OrderId::from_bytes(bits.to_be_bytes()))
        .map_err(|_| Unreadable("the order of a set of entries".to_owned()))
}

fn sets_of(text: Option<&str>, own: Option<OrderId>) -> Result<Vec<SetRow>, Unreadable> {
    let kept: Vec<KeptSet<'_>> = text.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let set = |KeptSet(number, kind, order, entries): KeptSet<'_>| {
        let other = order.as_deref().map(order_of).transpose()?;
        let order = other.or(own);
        let entries = entries.into_iter().map(|KeptMoney(account, currency, minor)| {
            (account.into_owned(), currency.into_owned(), minor)
        });
        Ok(SetRow {
            number,
            kind: set_kind_of(&kind)?,
            order: order.ok_or_else(|| Unreadable("entries of no order".to_owned()))?,
            entries: entries.collect(),
        })
    };
    kept.into_iter().map(set).collect()
}

/// The words an audit knows: those of the commands, and the store's own.
const ACTIONS: [&str; 34] = [
    "place",
    "attach_checkout",
    "capture",
    "take_by_hand",
    "give_by_hand",
    "ask_charge",
    "charge_with",
    "charge_declined",
    "cancel",
    "cancel_queued",
    "start_queued",
    "expire",
    "route",
    "send",
    "delivery_answered",
    "choose_held",
    "wrong_number",
    "refund",
    "refund_answered",
    "dispute",
    "book_fee",
    "refunded_at_shop",
    "resolve",
    "agree_auto_renew",
    "end_auto_renew",
    "step_auto_renew",
    "start_session",
    "update_session",
    "end_session",
    "charge_event",
    "sweep",
    "grant",
    "import",
    "move_dates",
];

/// Reads from: number, at, actor, reason, action, order_id, stage, before, after, hash,
/// bucket_entries, entry_sets.
pub(crate) fn journal_of<R: Row>(row: &R) -> Result<JournalRow, R::Fault> {
    let action = row.text(4)?;
    let action = ACTIONS
        .into_iter()
        .find(|known| *known == action)
        .ok_or_else(|| Unreadable(format!("“{action}” is not an action of the audit")))?;
    let stage = row.some_text(6)?.map(stage_of).transpose()?;
    let audit = AuditLine {
        number: row.small(0)?,
        at: row.instant(1)?,
        actor: row.text(2)?.to_owned(),
        reason: row.some_text(3)?.map(str::to_owned),
        action,
        order: row.some_array(5)?.map(OrderId::from_bytes).zip(stage),
        before: row.array(7)?,
        after: row.array(8)?,
        hash: row.array(9)?,
    };
    let bucket_entries = entries_of(row.some_text(10)?)?;
    let sets = sets_of(row.some_text(11)?, audit.order.map(|(order, _)| order))?;
    Ok(JournalRow { audit, bucket_entries, sets })
}

/// Reads the movements of a row from: at, line, number, order_id, entry_sets.
pub(crate) fn movements_of<R: Row>(row: &R) -> Result<Vec<Movement>, R::Fault> {
    let line = LineId::from_bytes(row.array(1)?);
    let place = JournalPlace { at: row.instant(0)?, line, number: row.small(2)? };
    let own = row.some_array(3)?.map(OrderId::from_bytes);
    let mut movements = Vec::new();
    for set in sets_of(row.some_text(4)?, own)? {
        let entries: Result<Vec<_>, Unreadable> = set.entries.iter().map(money_of).collect();
        movements.push(Movement { place, order: set.order, kind: set.kind, entries: entries? });
    }
    Ok(movements)
}

fn money_of(entry: &(String, String, i64)) -> Result<(Account, Money), Unreadable> {
    let (account, currency, minor) = entry;
    let read = Account::parse(account).zip(Currency::parse(currency));
    let (account, currency) =
        read.ok_or_else(|| Unreadable(format!("“{account}” in “{currency}” is no account")))?;
    Ok((account, Money { minor: *minor, currency }))
}
