//! Subjects as kept. Commands that wait on one subject are decided in order and share a commit, in
//! the subject's own cell: its row is locked first, and what the commands speak of is read by later
//! statements of the same transaction.

use super::PostgresStore;
use super::accounts::{all, one};
use super::fault::Fault;
use super::lanes::Waiting;
use super::session::Session;
use super::subjects_save;
use super::values::{Id, Octets, cell_of};
use crate::kept::subjects::{
    Outcome, decided, entry_of, holder_of, move_of, name_in, needs, number_of, place_of,
    reservation_of, share_of, subject_of,
};
use async_trait::async_trait;
use farline_app::ports::subjects::{Move, SubjectEnvelope};
use farline_app::ports::{StoreError, Subjects};
use farline_domain::kernel::Instant;
use farline_domain::subjects::{
    Holder, Named, Reservation, Reserved, Subject, SubjectAnswer, SubjectEntry, SubjectKey,
    SubjectRefusal, SubjectState, Tally,
};

statements! {
    LOCK = "SELECT measure, total_limit, holder_limit, ceiling, used, reserved, entries, head, \
        paid_in FROM subjects WHERE cell = $1 AND subject = $2 FOR UPDATE";
    SUBJECT = "SELECT measure, total_limit, holder_limit, ceiling, used, reserved, entries, head, \
        paid_in FROM subjects WHERE cell = $1 AND subject = $2";
    // The reservations that commands name, and those that the orders they speak of hold.
    RESERVATIONS = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = $1 AND subject = $2 AND id = ANY($3) \
        UNION SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = $1 AND subject = $2 AND order_id = ANY($4) AND state = 'held'";
    // The shares of the holders that commands speak of, and of those reservations.
    SHARES = "SELECT holder, ceiling, used, reserved FROM subject_shares \
        WHERE cell = $1 AND subject = $2 AND (holder = ANY($3) OR holder = ANY(ARRAY(\
        SELECT r.holder FROM subject_reservations AS r \
        WHERE r.cell = $1 AND r.subject = $2 AND r.id = ANY($4))))";
    RESERVATION = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = $1 AND subject = $2 AND id = $3";
    // The newest entry of each name.
    NEWEST_NAMED = "SELECT DISTINCT ON (named) number, at, actor, kind, reservation, units, used, \
        reserved, hash, named, paid_by, reason FROM subject_entries \
        WHERE cell = $1 AND subject = $2 AND named = ANY($3) ORDER BY named, number DESC";
    ENTRIES_BEFORE = "SELECT e.number, e.at, e.actor, e.kind, e.reservation, e.units, e.used, \
        e.reserved, e.hash, e.named, e.paid_by, e.reason, r.order_id FROM subject_entries e \
        LEFT JOIN subject_reservations r \
        ON r.cell = e.cell AND r.subject = e.subject AND r.id = e.reservation \
        WHERE e.cell = $1 AND e.subject = $2 AND e.number < $3 ORDER BY e.number DESC LIMIT $4";
    TO_LOOK_AT = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell >= 0 AND state = 'held' AND look_at <= $1 ORDER BY look_at LIMIT $2";
    LOOK_AGAIN = "UPDATE subject_reservations SET look_at = $4 \
        WHERE cell = $1 AND subject = $2 AND id = $3";
}

/// Loads a subject and what the commands on it speak of, decides them in order, and writes what
/// changed. The transaction is open.
pub(super) async fn run(
    session: &Session,
    key: &SubjectKey,
    waiting: &[Waiting],
) -> Result<Vec<Outcome>, Fault> {
    let (cell, text) = (cell_of(key.cell()), key.to_string());
    let (mut ids, mut orders, mut holders): (Vec<Id>, Vec<Id>, Vec<&str>) = Default::default();
    for command in waiting.iter().map(|one| &one.envelope.command) {
        let (id, order) = needs(command);
        ids.extend(id.map(|id| Octets(id.to_bytes())));
        orders.extend(order.map(|order| Octets(order.to_bytes())));
        holders.extend(holder_of(command).map(|holder| holder.0.as_str()));
    }
    let locked = session.row(LOCK, &[&cell, &text]).await?;
    let named = newest_named(session, (cell, &text), waiting).await?;
    ids.extend(named.iter().filter_map(|it| it.reservation).map(|id| Octets(id.to_bytes())));
    let wanted: super::session::Parameters<'_> = &[&cell, &text, &ids, &orders];
    let spoken_of: super::session::Parameters<'_> = &[&cell, &text, &holders, &ids];
    let (reservations, shares) = futures_util::try_join!(
        session.rows(RESERVATIONS, wanted),
        session.rows(SHARES, spoken_of),
    )?;
    let found = locked.as_ref().map(|row| subject_of(row, key)).transpose()?;
    let mut state = SubjectState::new(key.clone(), found);
    state.named.extend(named.into_iter().filter_map(|entry| Some((entry.named.clone()?, entry))));
    for row in &reservations {
        let reservation = reservation_of(row)?;
        state.reservations.insert(reservation.id, reservation);
    }
    for row in &shares {
        state.shares.extend([share_of(row)?]);
    }
    let mut outcomes = Vec::with_capacity(waiting.len());
    for one in waiting {
        outcomes.push(decided(&mut state, &one.envelope)?);
    }
    subjects_save::save(session, (cell, &text), (&state, locked.is_some())).await?;
    Ok(outcomes)
}

/// The newest entries of the names that commands speak of.
async fn newest_named(
    session: &Session,
    (cell, text): (i16, &String),
    waiting: &[Waiting],
) -> Result<Vec<SubjectEntry>, Fault> {
    let names = waiting.iter().filter_map(|one| name_in(&one.envelope.command));
    let names: Vec<String> = names.map(Named::to_string).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let rows = session.rows(NEWEST_NAMED, &[&cell, text, &names]).await?;
    rows.iter().map(entry_of).collect()
}

async fn subject(store: &PostgresStore, key: &SubjectKey) -> Result<Option<Subject>, Fault> {
    let (cell, text) = (cell_of(key.cell()), key.to_string());
    let row = store.session().await?.row(SUBJECT, &[&cell, &text]).await?;
    row.as_ref().map(|row| subject_of(row, key)).transpose()
}

async fn share(store: &PostgresStore, key: &SubjectKey, holder: &Holder) -> Result<Tally, Fault> {
    let (cell, text) = (cell_of(key.cell()), key.to_string());
    let (holders, none) = (vec![holder.0.as_str()], Vec::<Id>::new());
    let session = store.session().await?;
    let row = session.row(SHARES, &[&cell, &text, &holders, &none]).await?;
    Ok(row.as_ref().map(share_of).transpose()?.map(|(_, tally)| tally).unwrap_or_default())
}

async fn reservation(
    store: &PostgresStore,
    reserved: &Reserved,
) -> Result<Option<Reservation>, Fault> {
    let (cell, (text, id)) = (cell_of(reserved.id.cell()), place_of(reserved));
    let session = store.session().await?;
    let row = session.row(RESERVATION, &[&cell, &text, &Octets(id)]).await?;
    row.as_ref().map(reservation_of).transpose()
}

async fn to_look_at(
    store: &PostgresStore,
    now: Instant,
    limit: u32,
) -> Result<Vec<Reservation>, Fault> {
    let session = store.session().await?;
    let rows = session.rows(TO_LOOK_AT, &[&now.millis(), &i64::from(limit)]).await?;
    rows.iter().map(reservation_of).collect()
}

async fn look_again(store: &PostgresStore, reserved: &Reserved, at: Instant) -> Result<(), Fault> {
    let (cell, (text, id)) = (cell_of(reserved.id.cell()), place_of(reserved));
    let session = store.session().await?;
    session.execute(LOOK_AGAIN, &[&cell, &text, &Octets(id), &at.millis()]).await?;
    Ok(())
}

#[async_trait]
impl Subjects for PostgresStore {
    async fn run_on_subject(
        &self,
        envelope: SubjectEnvelope,
    ) -> Result<Result<SubjectAnswer, SubjectRefusal>, StoreError> {
        self.committers()?;
        self.lanes.run(envelope).await
    }

    async fn subject(&self, key: &SubjectKey) -> Result<Option<Subject>, StoreError> {
        Ok(subject(self, key).await?)
    }

    async fn share(&self, key: &SubjectKey, holder: &Holder) -> Result<Tally, StoreError> {
        Ok(share(self, key, holder).await?)
    }

    async fn entry_named(
        &self,
        key: &SubjectKey,
        named: &Named,
    ) -> Result<Option<SubjectEntry>, StoreError> {
        let (cell, text) = (cell_of(key.cell()), key.to_string());
        let names = vec![named.to_string()];
        Ok(one(self, (NEWEST_NAMED, &[&cell, &text, &names]), entry_of).await?)
    }

    async fn entries_before(
        &self,
        key: &SubjectKey,
        number: u64,
        limit: u32,
    ) -> Result<Vec<Move>, StoreError> {
        let (cell, text) = (cell_of(key.cell()), key.to_string());
        let (number, limit) = (number_of(number), i64::from(limit));
        let wanted: super::session::Parameters<'_> = &[&cell, &text, &number, &limit];
        Ok(all(self, (ENTRIES_BEFORE, wanted), move_of).await?)
    }

    async fn reservation(&self, reserved: &Reserved) -> Result<Option<Reservation>, StoreError> {
        Ok(reservation(self, reserved).await?)
    }

    async fn reservations_to_look_at(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        Ok(to_look_at(self, now, limit).await?)
    }

    async fn look_again(&self, reserved: &Reserved, at: Instant) -> Result<(), StoreError> {
        Ok(look_again(self, reserved, at).await?)
    }
}
