//! What the staff did, as facts.

use super::Unreadable;
use super::by_hand::money_of;
use super::row::Row;
use super::values::{from_json, stage_of};
use farline_domain::hotline::{CallSource, Way};
use farline_domain::kernel::{Instant, StaffId};
use farline_domain::orders::Order;
use farline_domain::staff::{Fact, MoneyDeed};

fn wrong(what: &str) -> Unreadable {
    Unreadable(format!("{what} in what the staff did"))
}

/// Reads calls from: staff, way, steps, stage of the order, count, failures, locks.
pub(crate) fn calls_of<R: Row>(row: &R) -> Result<Fact, R::Fault> {
    let staff = row.some_array(0)?.map(StaffId::from_bytes);
    let way = row.some_text(1)?;
    let way = way.map(|word| Way::parse(word).ok_or_else(|| wrong("no way"))).transpose()?;
    Ok(Fact::Calls {
        by: staff.map_or(CallSource::Robot, CallSource::Desk),
        way,
        steps: row.some_number(2)?,
        order: row.some_text(3)?.map(stage_of).transpose()?,
        count: row.small(4)?,
        failures: row.small(5)?,
        locks: row.small(6)?,
    })
}

/// Reads money from: staff, count, currency, sum, and what was done with it as a word.
pub(crate) fn money_fact_of<R: Row>(row: &R) -> Result<Fact, R::Fault> {
    let word = row.text(4)?;
    let deed = MoneyDeed::ALL.into_iter().find(|deed| deed.code() == word);
    Ok(Fact::Money {
        by: StaffId::from_bytes(row.array(0)?),
        deed: deed.ok_or_else(|| wrong("no deed"))?,
        count: row.small(1)?,
        sum: money_of(row.text(2)?, row.number(3)?)?,
    })
}

fn staff_of(actor: &str) -> Result<StaffId, Unreadable> {
    StaffId::parse(actor).ok_or_else(|| wrong("nobody of the staff"))
}

/// Reads decisions from: actor, count.
pub(crate) fn decided_of<R: Row>(row: &R) -> Result<Fact, R::Fault> {
    Ok(Fact::Decided { by: staff_of(row.text(0)?)?, count: row.small(1)? })
}

/// Reads refunds that somebody had given back alone from: actor, when, the order. What a second person agreed to is none.
pub(crate) fn alone_of<R: Row>(row: &R) -> Result<Vec<Fact>, R::Fault> {
    let (by, at): (StaffId, Instant) = (staff_of(row.text(0)?)?, row.instant(1)?);
    let order: Order = from_json(row.text(2)?)?;
    let own = order.refunds.iter();
    let own = own.filter(|refund| refund.alone == Some(by) && refund.owed_since == at);
    let fact = |sum| Fact::Money { by, deed: MoneyDeed::Refunded, count: 1, sum };
    Ok(own.map(|refund| fact(refund.amount)).collect())
}
