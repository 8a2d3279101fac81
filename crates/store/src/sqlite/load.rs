//! What a command needs of its line.

use super::charging;
use super::fault::Fault;
use super::values::{
    IdBytes, days_of, from_json, kind_of, line_key, order_key, origin_of, some_date, units_of,
    window_of,
};
use farline_domain::balance::{Bucket, Reservation, Session};
use farline_domain::catalog::{Catalogue, OperatorCode, ZoneCode};
use farline_domain::commands::{Counters, Effects, LineCommand, LineState};
use farline_domain::kernel::{
    AllowanceKind, CommandKey, Iccid, Instant, Language, LineId, Msisdn, OrderId, Province,
};
use farline_domain::lines::{Line, LineDates};
use farline_domain::orders::Order;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::collections::{BTreeMap, HashSet};

/// How long after its last day a used-up bucket is still loaded, in days: longer than a delivery
/// can be reported as made to a wrong number.
const RECENT_DAYS: i32 = 3;

statements! {
    LINE = "SELECT msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, \
        audit_head \
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

/// A line as loaded, and what its commands leave to be written.
pub(crate) struct Loaded {
    /// What the commands see and change.
    pub(crate) state: LineState,
    /// The dates it had.
    pub(crate) dates: LineDates,
    /// The busy order it had.
    pub(crate) busy: Option<OrderId>,
    /// The promised sweep it had.
    pub(crate) sweep_at: Option<Instant>,
    /// The counters it had.
    pub(crate) counters: Counters,
    /// The open buckets it had.
    pub(crate) buckets: Vec<Bucket>,
    /// The reservations it had.
    pub(crate) reservations: Vec<Reservation>,
    /// The orders that stand in the database already.
    pub(crate) known_orders: HashSet<OrderId>,
    /// What the commands led to.
    pub(crate) effects: Effects,
    /// The keys that took effect.
    pub(crate) keys: HashSet<CommandKey>,
    /// What was used, by local date.
    pub(crate) usage: BTreeMap<(Date, AllowanceKind), DayFigures>,
}

/// What was used of one kind on one local date.
#[derive(Clone, Copy, Default)]
pub(crate) struct DayFigures {
    /// Debited.
    pub(crate) units: i64,
    /// Beyond what buckets could give.
    pub(crate) overrun: i64,
    /// Reported too late to be debited.
    pub(crate) refused: i64,
}

impl Loaded {
    /// Whether a key took effect, in this transaction or before.
    pub(crate) fn has_taken_effect(
        &self,
        connection: &Connection,
        key: CommandKey,
    ) -> Result<bool, Fault> {
        if self.keys.contains(&key) {
            return Ok(true);
        }
        let (cell, line) = line_key(self.state.line.id);
        let mut statement = connection.prepare_cached(COMMAND)?;
        Ok(statement.exists(params![cell, line, key.to_bytes()])?)
    }

    /// Loads the order that a command is about.
    pub(crate) fn load_order_of(
        &mut self,
        connection: &Connection,
        command: &LineCommand,
    ) -> Result<(), Fault> {
        let Some(id) = command.order().filter(|id| !self.state.orders.contains_key(id)) else {
            return Ok(());
        };
        let line = self.state.line.id;
        let found = order(connection, id)?;
        let strange = found.as_ref().is_some_and(|(of, _)| *of != line);
        if let Some((_, order)) = found.filter(|_| !strange) {
            self.known_orders.insert(id);
            self.state.orders.insert(id, order);
        } else if let LineCommand::Place(placing) = command {
            if strange || id.cell() != line.cell() {
                return Err(Fault::Refused("the order's id is of another line".to_owned()));
            }
            let mut statement = connection.prepare_cached(REFERENCE)?;
            if statement.exists([placing.reference.compact()])? {
                return Err(Fault::Refused("the order's reference is taken".to_owned()));
            }
        }
        Ok(())
    }

    /// Loads the session that a command is about.
    pub(crate) fn load_session_of(
        &mut self,
        connection: &Connection,
        command: &LineCommand,
    ) -> Result<(), Fault> {
        if let Some(name) = command.session()
            && !self.state.sessions.contains_key(name)
            && let Some(session) = charging::session(connection, self.state.line.id, name)?
        {
            self.state.sessions.insert(name.clone(), session);
        }
        Ok(())
    }

    /// Whether anything is to be written.
    pub(crate) fn has_changed(&self) -> bool {
        self.counters != self.state.counters
            || !self.keys.is_empty()
            || !self.usage.is_empty()
            || !self.effects.orders.is_empty()
            || !self.effects.sessions.is_empty()
            || self.sweep_at != self.state.sweep_at
            || self.reservations != self.state.reservations
    }
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

/// The row of a line.
pub(crate) struct LineRow {
    /// The line.
    pub(crate) line: Line,
    /// The unfinished order.
    pub(crate) busy: Option<OrderId>,
    /// When the sweep that is promised is due.
    pub(crate) sweep_at: Option<Instant>,
    /// Its counters.
    pub(crate) counters: Counters,
}

/// Reads the row of a line.
pub(crate) fn line_row(connection: &Connection, id: LineId) -> Result<Option<LineRow>, Fault> {
    let (cell, key) = line_key(id);
    let mut statement = connection.prepare_cached(LINE)?;
    let mut rows = statement.query(params![cell, key])?;
    rows.next()?.map(|row| line_of(row, id)).transpose()
}

fn line_of(row: &Row<'_>, id: LineId) -> Result<LineRow, Fault> {
    let unreadable = |what: &str| Fault::Unreadable(format!("the {what} of {id}"));
    let msisdn: Option<String> = row.get(0)?;
    let province: Option<String> = row.get(3)?;
    let language: String = row.get(4)?;
    let line = Line {
        id,
        msisdn: msisdn.map(Msisdn::from_stored),
        iccid: Iccid::try_from(row.get::<_, String>(1)?).map_err(|_| unreadable("ICCID"))?,
        operator: OperatorCode::try_from(row.get::<_, String>(2)?)
            .map_err(|_| unreadable("operator"))?,
        province: province
            .map(|code| Province::parse(&code).ok_or_else(|| unreadable("province")))
            .transpose()?,
        language: Language::parse(&language).ok_or_else(|| unreadable("language"))?,
        dates: LineDates {
            activated_on: some_date(row.get(5)?)?,
            expires_on: some_date(row.get(6)?)?,
            anniversary_day: row.get(7)?,
        },
    };
    let busy: Option<IdBytes> = row.get(8)?;
    let counters = Counters {
        buckets: row.get(10)?,
        bucket_entries: row.get(11)?,
        entry_sets: row.get(12)?,
        jobs: row.get(13)?,
        audit: row.get(14)?,
        audit_head: row.get(15)?,
    };
    let sweep_at: Option<i64> = row.get(9)?;
    let (busy, sweep_at) = (busy.map(OrderId::from_bytes), sweep_at.map(Instant::from_millis));
    Ok(LineRow { line, busy, sweep_at, counters })
}

/// Loads a line with what every command may need: open buckets, reservations, unfinished orders.
pub(crate) fn line(
    connection: &Connection,
    catalogue: &Catalogue,
    (id, now): (LineId, Instant),
) -> Result<Option<Loaded>, Fault> {
    let Some(LineRow { line, busy, sweep_at, counters }) = line_row(connection, id)? else {
        return Ok(None);
    };
    let Some(operator) = catalogue.operators.get(&line.operator) else {
        let missing = format!("{id} is of the operator {}, which is not known", line.operator);
        return Err(Fault::Unreadable(missing));
    };
    let (cell, key) = line_key(id);
    let recent = days_of(now.timestamp().to_zoned(TimeZone::UTC).date()) - RECENT_DAYS;
    let buckets = buckets(connection, OPEN_BUCKETS, params![cell, key, recent])?;
    let reservations = reservations(connection, id)?;
    let orders = if busy.is_some() { unfinished(connection, id)? } else { BTreeMap::new() };
    let known_orders = orders.keys().copied().collect();
    let dates = line.dates;
    let state = LineState {
        line,
        rule: operator.lifecycle.clone(),
        operator_name: operator.name.clone(),
        network: operator.network.clone(),
        buckets: buckets.clone(),
        reservations: reservations.clone(),
        sessions: BTreeMap::new(),
        sweep_at,
        orders,
        busy,
        counters,
        effects: Effects::default(),
    };
    Ok(Some(Loaded {
        state,
        dates,
        busy,
        sweep_at,
        counters,
        buckets,
        reservations,
        known_orders,
        effects: Effects::default(),
        keys: HashSet::new(),
        usage: BTreeMap::new(),
    }))
}

fn unfinished(connection: &Connection, id: LineId) -> Result<BTreeMap<OrderId, Order>, Fault> {
    let (cell, line) = line_key(id);
    let mut statement = connection.prepare_cached(UNFINISHED)?;
    let mut rows = statement.query(params![cell, line])?;
    let mut orders = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let order: Order = from_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
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

fn bucket_of(row: &Row<'_>) -> Result<Bucket, Fault> {
    let order: Option<IdBytes> = row.get(12)?;
    Ok(Bucket {
        number: row.get(0)?,
        kind: kind_of(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?,
        zone: ZoneCode::try_from(row.get::<_, String>(2)?).map_err(Fault::Unreadable)?,
        breadth: row.get(3)?,
        window: window_of(row.get(4)?, row.get(5)?),
        granted: units_of(row.get(6)?)?,
        used: units_of(row.get(7)?)?,
        reserved: units_of(row.get(8)?)?,
        valid_from: Instant::from_millis(row.get(9)?),
        valid_until: some_date(row.get(10)?)?,
        origin: origin_of(row.get_ref(11)?.as_str().map_err(rusqlite::Error::from)?)?,
        order: order.map(OrderId::from_bytes),
    })
}

/// Reads what the sessions of a line hold, in the order in which it was held.
pub(crate) fn reservations(connection: &Connection, id: LineId) -> Result<Vec<Reservation>, Fault> {
    let (cell, line) = line_key(id);
    let mut statement = connection.prepare_cached(RESERVATIONS)?;
    let mut rows = statement.query(params![cell, line])?;
    let mut reservations = Vec::new();
    while let Some(row) = rows.next()? {
        reservations.push(Reservation {
            session: Session(row.get(0)?),
            bucket: row.get(1)?,
            units: units_of(row.get(2)?)?,
            until: Instant::from_millis(row.get(3)?),
        });
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
