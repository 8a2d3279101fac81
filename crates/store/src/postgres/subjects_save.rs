//! Writing what commands on a subject changed: one statement per table, from arrays, bound to the
//! subject's cell.

use super::fault::Fault;
use super::session::Session;
use super::values::{Hash, Id, Octets};
use crate::kept::subjects::{number_of, some_count};
use farline_domain::kernel::Instant;
use farline_domain::subjects::{
    Named, PaidBy, Reservation, Subject, SubjectEntry, SubjectState, Tally,
};

statements! {
    INSERT_SUBJECT = "INSERT INTO subjects (cell, subject, measure, total_limit, holder_limit, \
        ceiling, used, reserved, entries, head, paid_in) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UPDATE_SUBJECT = "UPDATE subjects SET total_limit = $3, holder_limit = $4, ceiling = $5, \
        used = $6, reserved = $7, entries = $8, head = $9, paid_in = $10 WHERE cell = $1 AND subject = $2";
    KEEP_SHARES = "INSERT INTO subject_shares (cell, subject, holder, ceiling, used, reserved) \
        SELECT $1::smallint, $2::text, w.holder, w.ceiling, w.used, w.reserved \
        FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[]) \
        AS w (holder, ceiling, used, reserved) ON CONFLICT (cell, subject, holder) DO UPDATE SET \
        ceiling = excluded.ceiling, used = excluded.used, reserved = excluded.reserved";
    KEEP_RESERVATIONS = "INSERT INTO subject_reservations (cell, subject, id, order_id, line, \
        placing_key, holder, units, state, reserved_at, settled_at, look_at) \
        SELECT $1::smallint, $2::text, w.id, w.order_id, w.line, w.placing_key, w.holder, w.units, \
        w.state, w.reserved_at, w.settled_at, w.look_at \
        FROM unnest($3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], \
        $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[]) \
        AS w (id, order_id, line, placing_key, holder, units, state, reserved_at, settled_at, look_at) \
        ON CONFLICT (cell, subject, id) DO UPDATE SET state = excluded.state, \
        settled_at = excluded.settled_at";
    ENTER = "INSERT INTO subject_entries (cell, subject, number, at, actor, kind, reservation, \
        units, used, reserved, hash, named, paid_by, reason) \
        SELECT $1::smallint, $2::text, w.number, w.at, w.actor, w.kind, w.reservation, w.units, \
        w.used, w.reserved, w.hash, w.named, w.paid_by, w.reason \
        FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bytea[], \
        $8::bigint[], $9::bigint[], $10::bigint[], $11::bytea[], $12::text[], $13::text[], \
        $14::text[]) \
        AS w (number, at, actor, kind, reservation, units, used, reserved, hash, named, paid_by, reason)";
}

type Place<'a> = (i16, &'a str);

/// Writes what changed, in one go. A subject that `stands` is updated.
pub(super) async fn save(
    session: &Session,
    place: Place<'_>,
    (state, stands): (&SubjectState, bool),
) -> Result<(), Fault> {
    let effects = &state.effects;
    let Some(subject) = state.subject.as_ref().filter(|_| !effects.entries.is_empty()) else {
        return Ok(());
    };
    let shares = effects.shares.iter().filter_map(|holder| state.shares.get_key_value(holder));
    let shares: Vec<(&str, &Tally)> =
        shares.map(|(holder, tally)| (holder.0.as_str(), tally)).collect();
    let changed = effects.reservations.iter().filter_map(|id| state.reservations.get(id));
    let changed: Vec<&Reservation> = changed.collect();
    futures_util::try_join!(
        keep(session, place, (subject, stands)),
        keep_shares(session, place, &shares),
        keep_reservations(session, place, &changed),
        enter(session, place, &effects.entries),
    )?;
    Ok(())
}

async fn keep(
    session: &Session,
    (cell, text): Place<'_>,
    (subject, stands): (&Subject, bool),
) -> Result<(), Fault> {
    let measure = subject.measure.code();
    let total = some_count(subject.limits.total);
    let each = some_count(subject.limits.holder);
    let ceiling = some_count(subject.whole.ceiling);
    let (used, reserved) = (subject.whole.used.count(), subject.whole.reserved.count());
    let (entries, head) = (number_of(subject.entries), Octets(subject.head));
    let paid_in = subject.paid_in.count();
    if stands {
        let row: super::session::Parameters<'_> =
            &[&cell, &text, &total, &each, &ceiling, &used, &reserved, &entries, &head, &paid_in];
        session.execute(UPDATE_SUBJECT, row).await?;
    } else {
        let row: super::session::Parameters<'_> = &[
            &cell, &text, &measure, &total, &each, &ceiling, &used, &reserved, &entries, &head,
            &paid_in,
        ];
        session.execute(INSERT_SUBJECT, row).await?;
    }
    Ok(())
}

/// One column of the rows that are written together.
fn column<'a, Row, Value>(rows: &'a [Row], of: impl Fn(&'a Row) -> Value) -> Vec<Value> {
    rows.iter().map(of).collect()
}

async fn keep_shares(
    session: &Session,
    (cell, text): Place<'_>,
    shares: &[(&str, &Tally)],
) -> Result<(), Fault> {
    if shares.is_empty() {
        return Ok(());
    }
    let holders = column(shares, |(holder, _)| *holder);
    let ceilings = column(shares, |(_, tally)| some_count(tally.ceiling));
    let used = column(shares, |(_, tally)| tally.used.count());
    let reserved = column(shares, |(_, tally)| tally.reserved.count());
    session.execute(KEEP_SHARES, &[&cell, &text, &holders, &ceilings, &used, &reserved]).await?;
    Ok(())
}

async fn keep_reservations(
    session: &Session,
    (cell, text): Place<'_>,
    changed: &[&Reservation],
) -> Result<(), Fault> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<Id> = column(changed, |one| Octets(one.id.to_bytes()));
    let orders: Vec<Id> = column(changed, |one| Octets(one.order.to_bytes()));
    let lines: Vec<Id> = column(changed, |one| Octets(one.line.to_bytes()));
    let placing: Vec<Id> = column(changed, |one| Octets(one.placing.to_bytes()));
    let holders = column(changed, |one| one.holder.as_ref().map(|holder| holder.0.as_str()));
    let units = column(changed, |one| one.units.count());
    let states = column(changed, |one| one.state.code());
    let reserved_at = column(changed, |one| one.reserved_at.millis());
    let settled_at = column(changed, |one| one.settled_at.map(Instant::millis));
    let look_at = column(changed, |one| one.look_at.millis());
    let rows: super::session::Parameters<'_> = &[
        &cell,
        &text,
        &ids,
        &orders,
        &lines,
        &placing,
        &holders,
        &units,
        &states,
        &reserved_at,
        &settled_at,
        &look_at,
    ];
    session.execute(KEEP_RESERVATIONS, rows).await?;
    Ok(())
}

async fn enter(
    session: &Session,
    (cell, text): Place<'_>,
    entries: &[SubjectEntry],
) -> Result<(), Fault> {
    let numbers = column(entries, |entry| number_of(entry.number));
    let at = column(entries, |entry| entry.at.millis());
    let actors = column(entries, |entry| entry.actor.as_str());
    let kinds = column(entries, |entry| entry.kind.code());
    let reservations: Vec<Option<Id>> =
        column(entries, |entry| entry.reservation.map(|id| Octets(id.to_bytes())));
    let units = column(entries, |entry| some_count(entry.units));
    let used = column(entries, |entry| entry.used.count());
    let reserved = column(entries, |entry| entry.reserved.count());
    let hashes: Vec<Hash> = column(entries, |entry| Octets(entry.hash));
    let named = column(entries, |entry| entry.named.as_ref().map(Named::to_string));
    let paid_by = column(entries, |entry| entry.paid_by.map(PaidBy::code));
    let reasons = column(entries, |entry| entry.reason.as_deref());
    let rows: super::session::Parameters<'_> = &[
        &cell,
        &text,
        &numbers,
        &at,
        &actors,
        &kinds,
        &reservations,
        &units,
        &used,
        &reserved,
        &hashes,
        &named,
        &paid_by,
        &reasons,
    ];
    session.execute(ENTER, rows).await?;
    Ok(())
}
