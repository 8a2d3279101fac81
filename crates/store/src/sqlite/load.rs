//! What a command needs of its line.

use super::fault::Fault;
use crate::kept::lines::{LineRow, bucket_of, line_of, reservation_of};
use crate::kept::loaded::{Holdings, Loaded, recent_since};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, from_json, line_key, order_key};
use farline_domain::balance::{Bucket, Reservation};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{CommandKey, Instant, LineId, OrderId, Reference};
use farline_domain::orders::Order;
use rusqlite::{Connection, OptionalExtension, Params, params};
use std::collections::BTreeMap;

statements! {
    LINE = "SELECT msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, \
        audit_head, journal_at, newest_order, closes_on, auto_renew \
        FROM lines WHERE cell = ?1 AND id = ?2";
    // Those that hold something, and those that are used up but not long over.
    OPEN_BUCKETS = "SELECT number, kind, zone, breadth, window_from, window_until, granted, used, \
        reserved, valid_from, valid_until, origin, order_id FROM buckets \
        WHERE cell = ?1 AND line = ?2 \
        AND (used < granted OR valid_until IS NULL OR valid_until >= ?3) ORDER BY number";
    UNFINISHED = "SELECT body FROM orders WHERE cell = ?1 AND line = ?2 \
        AND stage IN ('paid', 'delivering', 'unknown') ORDER BY id";
    RESERVATIONS = "SELECT session, bucket, units, until FROM reservations \
        WHERE cell = ?1 AND line = ?2 ORDER BY position";
    ORDER = "SELECT line, body FROM orders WHERE cell = ?1 AND id = ?2";
    COMMAND = "SELECT 1 FROM commands WHERE cell = ?1 AND line = ?2 AND key = ?3";
    REFERENCE = "SELECT order_id FROM order_references WHERE reference = ?1";
}

/// An order with the line it belongs to.
pub(crate) fn order(
    connection: &Connection,
    id: OrderId,
) -> Result<Option<(LineId, Order)>, Fault> {
    let (cell, key) = order_key(id);
    let mut statement = connection.prepare_cached(ORDER)?;
    let found: Option<(IdBytes, String)> =
        statement.query_row(params![cell, key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(line, body)| Ok((LineId::from_bytes(line), from_json(&body)?))).transpose()
}

/// Reads the row of a line.
pub(crate) fn line_row(connection: &Connection, id: LineId) -> Result<Option<LineRow>, Fault> {
    let (cell, key) = line_key(id);
    let mut statement = connection.prepare_cached(LINE)?;
    let mut rows = statement.query(params![cell, key])?;
    rows.next()?.map(|row| line_of(row, id)).transpose()
}

/// Loads a line with what every command may need: open buckets, reservations, unfinished orders.
pub(crate) fn line(
    connection: &Connection,
    catalogue: &Catalogue,
    (id, now): (LineId, Instant),
) -> Result<Option<Loaded>, Fault> {
    let Some(row) = line_row(connection, id)? else {
        return Ok(None);
    };
    let (cell, key) = line_key(id);
    let open = params![cell, key, recent_since(now)];
    let buckets = buckets(connection, OPEN_BUCKETS, open)?;
    let is_held = buckets.iter().any(|bucket| !bucket.reserved.is_zero());
    let holdings = Holdings {
        buckets,
        reservations: if is_held { reservations(connection, id)? } else { Vec::new() },
        orders: if row.busy.is_some() { unfinished(connection, id)? } else { BTreeMap::new() },
    };
    Ok(Some(Loaded::new(row, catalogue, holdings)?))
}

/// Whether a key took effect on a line before.
pub(crate) fn command_exists(
    connection: &Connection,
    line: LineId,
    key: CommandKey,
) -> Result<bool, Fault> {
    let (cell, line) = line_key(line);
    let mut statement = connection.prepare_cached(COMMAND)?;
    Ok(statement.exists(params![cell, line, key.to_bytes()])?)
}

/// Whether an order with this reference exists.
pub(crate) fn reference_exists(
    connection: &Connection,
    reference: Reference,
) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached(REFERENCE)?;
    Ok(statement.exists([reference.compact()])?)
}

fn unfinished(connection: &Connection, id: LineId) -> Result<BTreeMap<OrderId, Order>, Fault> {
    let (cell, line) = line_key(id);
    let mut statement = connection.prepare_cached(UNFINISHED)?;
    let mut rows = statement.query(params![cell, line])?;
    let mut orders = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let order: Order = from_json(row.text(0)?)?;
        orders.insert(order.id, order);
    }
    Ok(orders)
}

/// Reads buckets by a statement over the columns of [`OPEN_BUCKETS`].
pub(crate) fn buckets(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<Bucket>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut buckets = Vec::new();
    while let Some(row) = rows.next()? {
        buckets.push(bucket_of(row)?);
    }
    Ok(buckets)
}

/// Reads what the sessions of a line hold, in the order in which it was held.
pub(crate) fn reservations(connection: &Connection, id: LineId) -> Result<Vec<Reservation>, Fault> {
    let (cell, line) = line_key(id);
    let mut statement = connection.prepare_cached(RESERVATIONS)?;
    let mut rows = statement.query(params![cell, line])?;
    let mut reservations = Vec::new();
    while let Some(row) = rows.next()? {
        reservations.push(reservation_of(row)?);
    }
    Ok(reservations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use farline_domain::orders::Stage;

    #[test]
    fn unfinished_means_in_the_statement_what_it_means_in_the_rules() {
        let stages = Stage::UNFINISHED.map(|stage| format!("'{}'", stage.code()));
        assert!(UNFINISHED.contains(&format!("stage IN ({})", stages.join(", "))), "{UNFINISHED}");
    }
}
