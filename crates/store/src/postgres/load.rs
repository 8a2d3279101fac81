//! What the commands of a batch need, set-wise: first the lines' rows are locked, in the order of
//! their keys, then the rest is read by later statements of the same transaction.

use super::fault::Fault;
use super::pipeline::Gathered;
use super::session::Session;
use super::values::{Id, Octets, cell_of, columns, line_key};
use crate::kept::charging::session_of;
use crate::kept::lines::{LineRow, bucket_of, line_of, reservation_of};
use crate::kept::loaded::{Holdings, Loaded, recent_since};
use crate::kept::row::Row as _;
use crate::kept::values::from_json;
use farline_app::ports::pipeline::Envelope;
use farline_domain::balance::{Bucket, Reservation, Session as Named};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{CommandKey, Instant, LineId, OrderId};
use farline_domain::orders::Order;
use std::collections::{BTreeMap, HashMap};
use tokio_postgres::Row;

statements! { hot;
    LOCK_LINES = "SELECT t.msisdn, t.iccid, t.operator, t.province, t.language, t.activated_on, \
        t.expires_on, t.anniversary_day, t.busy, t.sweep_at, t.buckets, t.bucket_entries, \
        t.entry_sets, t.jobs, t.audit, t.audit_head, t.journal_at, t.newest_order, t.closes_on, t.auto_renew, t.id \
        FROM unnest($2::smallint[], $3::bytea[]) AS w (cell, line) \
        JOIN lines AS t ON t.cell = w.cell AND t.id = w.line AND {bound} \
        ORDER BY t.cell, t.id FOR UPDATE OF t";
    // Those that hold something, and those that are used up but not long over.
    OPEN_BUCKETS = "SELECT t.number, t.kind, t.zone, t.breadth, t.window_from, t.window_until, \
        t.granted, t.used, t.reserved, t.valid_from, t.valid_until, t.origin, t.order_id, t.line \
        FROM unnest($2::smallint[], $3::bytea[], $4::integer[]) AS w (cell, line, recent) \
        JOIN buckets AS t ON t.cell = w.cell AND t.line = w.line AND {bound} \
        WHERE t.used < t.granted OR t.valid_until IS NULL OR t.valid_until >= w.recent \
        ORDER BY t.line, t.number";
    RESERVATIONS = "SELECT t.session, t.bucket, t.units, t.until, t.line \
        FROM unnest($2::smallint[], $3::bytea[]) AS w (cell, line) \
        JOIN reservations AS t ON t.cell = w.cell AND t.line = w.line AND {bound} \
        ORDER BY t.line, t.position";
    UNFINISHED = "SELECT t.line, t.body, t.id \
        FROM unnest($2::smallint[], $3::bytea[]) AS w (cell, line) \
        JOIN orders AS t ON t.cell = w.cell AND t.line = w.line AND {bound} \
        AND t.stage IN ('paid', 'delivering', 'unknown')";
    ORDERS = "SELECT t.line, t.body, t.id \
        FROM unnest($2::smallint[], $3::bytea[]) AS w (cell, id) \
        JOIN orders AS t ON t.cell = w.cell AND t.id = w.id AND {bound}";
    SESSIONS = "SELECT t.session, t.kind, t.ended_at, t.sequence, t.heard_on, t.used, t.overrun, \
        t.refused, t.answer, t.line \
        FROM unnest($2::smallint[], $3::bytea[], $4::text[]) AS w (cell, line, session) \
        JOIN charging_sessions AS t ON t.cell = w.cell AND t.line = w.line \
        AND t.session = w.session AND {bound}";
    COMMANDS = "SELECT t.line, t.key \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[]) AS w (cell, line, key) \
        JOIN commands AS t ON t.cell = w.cell AND t.line = w.line AND t.key = w.key AND {bound}";
    REFERENCES = "SELECT t.reference \
        FROM unnest($2::smallint[], $3::text[]) AS w (cell, reference) \
        JOIN order_references AS t ON t.cell = w.cell AND t.reference = w.reference AND {bound}";
}

columns! {
    /// Lines, with the day from which used-up buckets are wanted.
    WantedLines { cell: i16, line: Id, recent: i32, }
    /// Lines by their key alone.
    WantedKeys { cell: i16, line: Id, }
    /// Orders.
    WantedOrders { cell: i16, id: Id, }
    /// Sessions of lines.
    WantedSessions { cell: i16, line: Id, session: String, }
    /// Keys of commands.
    WantedCommands { cell: i16, line: Id, key: Id, }
    /// References of new orders.
    WantedReferences { cell: i16, reference: String, }
}

/// What a batch is about, in arrays.
#[derive(Default)]
struct Wanted {
    cell: i16,
    lines: WantedLines,
    keys: WantedKeys,
    orders: WantedOrders,
    sessions: WantedSessions,
    commands: WantedCommands,
    references: WantedReferences,
}

impl Wanted {
    fn of(envelopes: &[Envelope]) -> Self {
        let mut wanted = Self::default();
        let mut lines: BTreeMap<(u16, LineId), Instant> = BTreeMap::new();
        for Envelope { line, key, command, context } in envelopes {
            lines.entry((line.cell().number(), *line)).or_insert(context.now);
            let (cell, id) = line_key(*line);
            wanted.cell = cell;
            if let Some(key) = key {
                wanted.commands.push((cell, id, Octets(key.to_bytes())));
            }
            // An order of another cell is not of this line; looking there would leave the cell.
            if let Some(order) = command.order().filter(|order| order.cell() == line.cell()) {
                wanted.orders.push((cell, Octets(order.to_bytes())));
            }
            if let Some(session) = command.session() {
                wanted.sessions.push((cell, id, session.0.clone()));
            }
            if let Some((_, reference)) = command.placing() {
                let of = cell_of(reference.cell());
                if of == cell {
                    wanted.references.push((of, reference.compact().to_owned()));
                }
            }
        }
        for ((_, line), now) in lines {
            let (cell, id) = line_key(line);
            wanted.lines.push((cell, id, recent_since(now)));
            wanted.keys.push((cell, id));
        }
        wanted
    }
}

type Parameters<'a> = Option<Vec<&'a (dyn tokio_postgres::types::ToSql + Sync)>>;

async fn some_rows(
    session: &Session,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<Vec<Row>, Fault> {
    match parameters {
        Some(parameters) => session.hot_rows(sql, &parameters).await,
        None => Ok(Vec::new()),
    }
}

/// What was read of the lines of a batch.
struct LineParts {
    lines: Vec<Row>,
    buckets: Vec<Row>,
    reservations: Vec<Row>,
    unfinished: Vec<Row>,
}

/// What was read for single commands of a batch.
struct CommandParts {
    orders: Vec<Row>,
    sessions: Vec<Row>,
    commands: Vec<Row>,
    references: Vec<Row>,
}

/// Opens a transaction, locks the lines of a batch and loads what its commands need. All statements
/// travel together, in this order, so it takes one round trip.
pub(crate) async fn gather(
    session: &Session,
    catalogue: &Catalogue,
    envelopes: &[Envelope],
) -> Result<Gathered, Fault> {
    let wanted = Wanted::of(envelopes);
    let ((), lines, commands) = futures_util::try_join!(
        session.say("BEGIN"),
        of_lines(session, &wanted),
        of_commands(session, &wanted),
    )?;
    gathered(catalogue, &lines, &commands)
}

async fn of_lines(session: &Session, wanted: &Wanted) -> Result<LineParts, Fault> {
    let cell = &wanted.cell;
    let keys = || wanted.keys.parameters(cell);
    let (lines, buckets, reservations, unfinished) = futures_util::try_join!(
        some_rows(session, LOCK_LINES, keys()),
        some_rows(session, OPEN_BUCKETS, wanted.lines.parameters(cell)),
        some_rows(session, RESERVATIONS, keys()),
        some_rows(session, UNFINISHED, keys()),
    )?;
    Ok(LineParts { lines, buckets, reservations, unfinished })
}

async fn of_commands(session: &Session, wanted: &Wanted) -> Result<CommandParts, Fault> {
    let cell = &wanted.cell;
    let (orders, sessions, commands, references) = futures_util::try_join!(
        some_rows(session, ORDERS, wanted.orders.parameters(cell)),
        some_rows(session, SESSIONS, wanted.sessions.parameters(cell)),
        some_rows(session, COMMANDS, wanted.commands.parameters(cell)),
        some_rows(session, REFERENCES, wanted.references.parameters(cell)),
    )?;
    Ok(CommandParts { orders, sessions, commands, references })
}

fn gathered(
    catalogue: &Catalogue,
    of_lines: &LineParts,
    of_commands: &CommandParts,
) -> Result<Gathered, Fault> {
    let mut gathered = Gathered::default();
    let mut parts = Parts::of(of_lines)?;
    for row in &of_lines.lines {
        let id = LineId::from_bytes(row.array(20)?);
        let loaded = line_of(row, id).and_then(|row| parts.loaded(catalogue, row));
        gathered.lines.insert(id, loaded.map_err(|fault| fault.to_string()));
    }
    for row in &of_commands.orders {
        let order = OrderId::from_bytes(row.array(2)?);
        gathered.orders.insert(order, order_of(row).map_err(|fault| fault.to_string()));
    }
    for row in &of_commands.sessions {
        let of = (LineId::from_bytes(row.array(9)?), Named(row.text(0)?.to_owned()));
        gathered.sessions.insert(of, session_of(row).map_err(|fault| fault.to_string()));
    }
    for row in &of_commands.commands {
        let key = CommandKey::from_bytes(row.array(1)?);
        gathered.keys.insert((LineId::from_bytes(row.array(0)?), key));
    }
    for row in &of_commands.references {
        gathered.references.insert(row.text(0)?.to_owned());
    }
    Ok(gathered)
}

/// Reads an order from: line, body.
pub(crate) fn order_of(row: &Row) -> Result<(LineId, Order), Fault> {
    Ok((LineId::from_bytes(row.array(0)?), from_json(row.text(1)?)?))
}

/// What belongs to the lines of a batch, by line. A row that cannot be understood is its line's.
#[derive(Default)]
struct Parts {
    buckets: HashMap<LineId, Vec<Result<Bucket, Fault>>>,
    reservations: HashMap<LineId, Vec<Result<Reservation, Fault>>>,
    orders: HashMap<LineId, Vec<Result<Order, Fault>>>,
}

impl Parts {
    fn of(read: &LineParts) -> Result<Self, Fault> {
        let mut parts = Self::default();
        for row in &read.buckets {
            let line = LineId::from_bytes(row.array(13)?);
            parts.buckets.entry(line).or_default().push(bucket_of(row));
        }
        for row in &read.reservations {
            let line = LineId::from_bytes(row.array(4)?);
            parts.reservations.entry(line).or_default().push(reservation_of(row));
        }
        for row in &read.unfinished {
            let line = LineId::from_bytes(row.array(0)?);
            let order = order_of(row).map(|(_, order)| order);
            parts.orders.entry(line).or_default().push(order);
        }
        Ok(parts)
    }

    fn loaded(&mut self, catalogue: &Catalogue, row: LineRow) -> Result<Loaded, Fault> {
        let id = row.line.id;
        let orders: Result<Vec<Order>, Fault> =
            self.orders.remove(&id).unwrap_or_default().into_iter().collect();
        let holdings = Holdings {
            buckets: all(self.buckets.remove(&id))?,
            reservations: all(self.reservations.remove(&id))?,
            orders: orders?.into_iter().map(|order| (order.id, order)).collect(),
        };
        Ok(Loaded::new(row, catalogue, holdings)?)
    }
}

fn all<T>(found: Option<Vec<Result<T, Fault>>>) -> Result<Vec<T>, Fault> {
    found.unwrap_or_default().into_iter().collect()
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
