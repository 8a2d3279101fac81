//! Subjects as kept. Each command is ordinary work of the writer, which commits what waits together.

use super::SqliteStore;
use super::accounts::rows;
use super::fault::Fault;
use crate::kept::subjects::{
    Outcome, decided, entry_of, holder_of, move_of, name_in, needs, number_of, place_of,
    reservation_of, share_of, some_count, subject_of,
};
use async_trait::async_trait;
use farline_app::ports::subjects::{Move, SubjectEnvelope};
use farline_app::ports::{StoreError, Subjects};
use farline_domain::kernel::{Instant, OrderId, ReservationId};
use farline_domain::subjects::{
    Holder, Named, PaidBy, Reservation, Reserved, Subject, SubjectAnswer, SubjectCommand,
    SubjectEntry, SubjectKey, SubjectRefusal, SubjectState, Tally,
};
use rusqlite::{Connection, params};

statements! {
    SUBJECT = "SELECT measure, total_limit, holder_limit, ceiling, used, reserved, entries, head, \
        paid_in FROM subjects WHERE cell = ?1 AND subject = ?2";
    SHARE = "SELECT holder, ceiling, used, reserved FROM subject_shares \
        WHERE cell = ?1 AND subject = ?2 AND holder = ?3";
    RESERVATION = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = ?1 AND subject = ?2 AND id = ?3";
    HELD_FOR = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = ?1 AND subject = ?2 AND order_id = ?3 AND state = 'held'";
    NEWEST_NAMED = "SELECT number, at, actor, kind, reservation, units, used, reserved, hash, named, \
        paid_by, reason FROM subject_entries WHERE cell = ?1 AND subject = ?2 AND named = ?3 \
        ORDER BY number DESC LIMIT 1";
    ENTRIES_BEFORE = "SELECT e.number, e.at, e.actor, e.kind, e.reservation, e.units, e.used, \
        e.reserved, e.hash, e.named, e.paid_by, e.reason, r.order_id FROM subject_entries e \
        LEFT JOIN subject_reservations r \
        ON r.cell = e.cell AND r.subject = e.subject AND r.id = e.reservation \
        WHERE e.cell = ?1 AND e.subject = ?2 AND e.number < ?3 ORDER BY e.number DESC LIMIT ?4";
    TO_LOOK_AT = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell >= 0 AND state = 'held' AND look_at <= ?1 ORDER BY look_at LIMIT ?2";
    LOOK_AGAIN = "UPDATE subject_reservations SET look_at = ?4 \
        WHERE cell = ?1 AND subject = ?2 AND id = ?3";
    KEEP_SUBJECT = "INSERT INTO subjects (cell, subject, measure, total_limit, holder_limit, \
        ceiling, used, reserved, entries, head, paid_in) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
        ON CONFLICT (cell, subject) DO UPDATE SET total_limit = excluded.total_limit, \
        holder_limit = excluded.holder_limit, ceiling = excluded.ceiling, used = excluded.used, \
        reserved = excluded.reserved, entries = excluded.entries, head = excluded.head, \
        paid_in = excluded.paid_in";
    KEEP_SHARE = "INSERT INTO subject_shares (cell, subject, holder, ceiling, used, reserved) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (cell, subject, holder) DO UPDATE SET \
        ceiling = excluded.ceiling, used = excluded.used, reserved = excluded.reserved";
    KEEP_RESERVATION = "INSERT INTO subject_reservations (cell, subject, id, order_id, line, \
        placing_key, holder, units, state, reserved_at, settled_at, look_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
        ON CONFLICT (cell, subject, id) DO UPDATE SET state = excluded.state, \
        settled_at = excluded.settled_at";
    ENTER = "INSERT INTO subject_entries (cell, subject, number, at, actor, kind, reservation, \
        units, used, reserved, hash, named, paid_by, reason) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
}

/// The cell of a subject, and its key as stored.
type Place<'a> = (u16, &'a str);

fn subject(
    connection: &Connection,
    key: &SubjectKey,
    (cell, text): Place<'_>,
) -> Result<Option<Subject>, Fault> {
    let mut statement = connection.prepare_cached(SUBJECT)?;
    let mut rows = statement.query(params![cell, text])?;
    rows.next()?.map(|row| subject_of(row, key)).transpose()
}

fn share(
    connection: &Connection,
    (cell, text): Place<'_>,
    holder: &Holder,
) -> Result<Option<(Holder, Tally)>, Fault> {
    let mut statement = connection.prepare_cached(SHARE)?;
    let mut rows = statement.query(params![cell, text, holder.0])?;
    rows.next()?.map(share_of).transpose()
}

fn reservation(
    connection: &Connection,
    (cell, text): Place<'_>,
    id: ReservationId,
) -> Result<Option<Reservation>, Fault> {
    let mut statement = connection.prepare_cached(RESERVATION)?;
    let mut rows = statement.query(params![cell, text, id.to_bytes()])?;
    rows.next()?.map(reservation_of).transpose()
}

fn held_for(
    connection: &Connection,
    (cell, text): Place<'_>,
    order: OrderId,
) -> Result<Option<Reservation>, Fault> {
    let mut statement = connection.prepare_cached(HELD_FOR)?;
    let mut rows = statement.query(params![cell, text, order.to_bytes()])?;
    rows.next()?.map(reservation_of).transpose()
}

fn newest_named(
    connection: &Connection,
    (cell, text): Place<'_>,
    named: &Named,
) -> Result<Option<SubjectEntry>, Fault> {
    let mut statement = connection.prepare_cached(NEWEST_NAMED)?;
    let mut rows = statement.query(params![cell, text, named.to_string()])?;
    rows.next()?.map(entry_of).transpose()
}

/// Loads what a command needs, decides it and writes what changed.
fn run(connection: &Connection, envelope: &SubjectEnvelope) -> Result<Outcome, Fault> {
    let key = envelope.subject.clone();
    let text = key.to_string();
    let place: Place<'_> = (key.cell().number(), &text);
    let mut state = SubjectState::new(key.clone(), subject(connection, &key, place)?);
    load(connection, place, (&mut state, &envelope.command))?;
    let outcome = decided(&mut state, envelope)?;
    save(connection, place, &state)?;
    Ok(outcome)
}

fn load(
    connection: &Connection,
    place: Place<'_>,
    (state, command): (&mut SubjectState, &SubjectCommand),
) -> Result<(), Fault> {
    let (named, order) = needs(command);
    let named = named.map(|id| reservation(connection, place, id)).transpose()?.flatten();
    let held = order.map(|order| held_for(connection, place, order)).transpose()?.flatten();
    let entry = name_in(command).map(|name| newest_named(connection, place, name));
    let entry = entry.transpose()?.flatten();
    let of_name = entry.as_ref().and_then(|entry| entry.reservation);
    let of_name = of_name.map(|id| reservation(connection, place, id)).transpose()?.flatten();
    state.named.extend(entry.and_then(|entry| Some((entry.named.clone()?, entry))));
    let found = named.into_iter().chain(held).chain(of_name);
    state.reservations.extend(found.map(|reservation| (reservation.id, reservation)));
    let of_found = state.reservations.values().filter_map(|found| found.holder.clone());
    let holders: Vec<Holder> = holder_of(command).cloned().into_iter().chain(of_found).collect();
    for holder in holders {
        state.shares.extend(share(connection, place, &holder)?);
    }
    Ok(())
}

fn save(
    connection: &Connection,
    (cell, text): Place<'_>,
    state: &SubjectState,
) -> Result<(), Fault> {
    let effects = &state.effects;
    let Some(subject) = state.subject.as_ref().filter(|_| !effects.entries.is_empty()) else {
        return Ok(());
    };
    connection.prepare_cached(KEEP_SUBJECT)?.execute(params![
        cell,
        text,
        subject.measure.code(),
        some_count(subject.limits.total),
        some_count(subject.limits.holder),
        some_count(subject.whole.ceiling),
        subject.whole.used.count(),
        subject.whole.reserved.count(),
        number_of(subject.entries),
        subject.head,
        subject.paid_in.count(),
    ])?;
    for holder in &effects.shares {
        let tally = state.shares.get(holder).copied().unwrap_or_default();
        connection.prepare_cached(KEEP_SHARE)?.execute(params![
            cell,
            text,
            holder.0,
            some_count(tally.ceiling),
            tally.used.count(),
            tally.reserved.count(),
        ])?;
    }
    let changed = effects.reservations.iter().filter_map(|id| state.reservations.get(id));
    for reservation in changed {
        keep_reservation(connection, (cell, text), reservation)?;
    }
    effects.entries.iter().try_for_each(|entry| enter(connection, (cell, text), entry))
}

fn keep_reservation(
    connection: &Connection,
    (cell, text): Place<'_>,
    reservation: &Reservation,
) -> Result<(), Fault> {
    connection.prepare_cached(KEEP_RESERVATION)?.execute(params![
        cell,
        text,
        reservation.id.to_bytes(),
        reservation.order.to_bytes(),
        reservation.line.to_bytes(),
        reservation.placing.to_bytes(),
        reservation.holder.as_ref().map(|holder| &holder.0),
        reservation.units.count(),
        reservation.state.code(),
        reservation.reserved_at.millis(),
        reservation.settled_at.map(Instant::millis),
        reservation.look_at.millis(),
    ])?;
    Ok(())
}

fn enter(
    connection: &Connection,
    (cell, text): Place<'_>,
    entry: &SubjectEntry,
) -> Result<(), Fault> {
    connection.prepare_cached(ENTER)?.execute(params![
        cell,
        text,
        number_of(entry.number),
        entry.at.millis(),
        entry.actor,
        entry.kind.code(),
        entry.reservation.map(ReservationId::to_bytes),
        some_count(entry.units),
        entry.used.count(),
        entry.reserved.count(),
        entry.hash,
        entry.named.as_ref().map(Named::to_string),
        entry.paid_by.map(PaidBy::code),
        entry.reason,
    ])?;
    Ok(())
}

#[async_trait]
impl Subjects for SqliteStore {
    async fn run_on_subject(
        &self,
        envelope: SubjectEnvelope,
    ) -> Result<Result<SubjectAnswer, SubjectRefusal>, StoreError> {
        self.write(move |connection| run(connection, &envelope)).await
    }

    async fn subject(&self, key: &SubjectKey) -> Result<Option<Subject>, StoreError> {
        let (cell, text) = (key.cell().number(), key.to_string());
        self.read(|connection| subject(connection, key, (cell, &text)))
    }

    async fn share(&self, key: &SubjectKey, holder: &Holder) -> Result<Tally, StoreError> {
        let (cell, text) = (key.cell().number(), key.to_string());
        let found = self.read(|connection| share(connection, (cell, &text), holder))?;
        Ok(found.map(|(_, tally)| tally).unwrap_or_default())
    }

    async fn entry_named(
        &self,
        key: &SubjectKey,
        named: &Named,
    ) -> Result<Option<SubjectEntry>, StoreError> {
        let (cell, text) = (key.cell().number(), key.to_string());
        self.read(|connection| newest_named(connection, (cell, &text), named))
    }

    async fn entries_before(
        &self,
        key: &SubjectKey,
        number: u64,
        limit: u32,
    ) -> Result<Vec<Move>, StoreError> {
        let (cell, text) = (key.cell().number(), key.to_string());
        let wanted = params![cell, text, number_of(number), limit];
        self.read(|connection| rows(connection, ENTRIES_BEFORE, wanted, |row| move_of(row)))
    }

    async fn reservation(&self, reserved: &Reserved) -> Result<Option<Reservation>, StoreError> {
        let (cell, (text, _)) = (reserved.id.cell().number(), place_of(reserved));
        self.read(|connection| reservation(connection, (cell, &text), reserved.id))
    }

    async fn reservations_to_look_at(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(TO_LOOK_AT)?;
            let mut rows = statement.query(params![now.millis(), limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(reservation_of(row)?);
            }
            Ok(found)
        })
        .await
    }

    async fn look_again(&self, reserved: &Reserved, at: Instant) -> Result<(), StoreError> {
        let (cell, (text, id)) = (reserved.id.cell().number(), place_of(reserved));
        self.write(move |connection| {
            connection.prepare_cached(LOOK_AGAIN)?.execute(params![cell, text, id, at.millis()])?;
            Ok(())
        })
        .await
    }
}
