//! The rows of subjects, and a subject as loaded for its commands.

use super::Unreadable;
use super::row::Row;
use super::values::units_of;
use farline_app::ports::subjects::{Move, SubjectEnvelope};
use farline_domain::kernel::{CommandKey, Instant, LineId, OrderId, ReservationId, Units};
use farline_domain::subjects::{
    Holder, Limits, Measure, Named, PaidBy, Reservation, ReservationState, Reserved, Subject,
    SubjectAnswer, SubjectCommand, SubjectEntry, SubjectEntryKind, SubjectKey, SubjectRefusal,
    SubjectState, Tally, decide,
};

/// What became of a command on a subject.
pub(crate) type Outcome = Result<SubjectAnswer, SubjectRefusal>;

/// Decides a command on a subject that is loaded. A reservation is made where it is routed to.
pub(crate) fn decided(
    state: &mut SubjectState,
    envelope: &SubjectEnvelope,
) -> Result<Outcome, super::Refused> {
    if let SubjectCommand::Reserve(wanted) = &envelope.command
        && wanted.id.cell() != state.key.cell()
    {
        return Err(super::Refused("the reservation's id is of another cell"));
    }
    Ok(decide(state, &envelope.command, &envelope.context))
}

fn some_units<R: Row>(row: &R, column: usize) -> Result<Option<Units>, R::Fault> {
    Ok(row.some_number(column)?.map(units_of).transpose()?)
}

/// Reads a key.
pub(crate) fn key_of(text: &str) -> Result<SubjectKey, Unreadable> {
    SubjectKey::parse(text).ok_or_else(|| Unreadable(format!("“{text}” names no subject")))
}

/// Reads a subject from: measure, total_limit, holder_limit, ceiling, used, reserved, entries, head,
/// paid_in.
pub(crate) fn subject_of<R: Row>(row: &R, key: &SubjectKey) -> Result<Subject, R::Fault> {
    let measure = Measure::parse(row.text(0)?);
    Ok(Subject {
        key: key.clone(),
        measure: measure
            .ok_or_else(|| Unreadable("this is not what a subject counts".to_owned()))?,
        limits: Limits { total: some_units(row, 1)?, holder: some_units(row, 2)? },
        whole: Tally {
            ceiling: some_units(row, 3)?,
            used: units_of(row.number(4)?)?,
            reserved: units_of(row.number(5)?)?,
        },
        entries: row.small(6)?,
        head: row.array(7)?,
        paid_in: units_of(row.number(8)?)?,
    })
}

/// Reads a share from: holder, ceiling, used, reserved.
pub(crate) fn share_of<R: Row>(row: &R) -> Result<(Holder, Tally), R::Fault> {
    let tally = Tally {
        ceiling: some_units(row, 1)?,
        used: units_of(row.number(2)?)?,
        reserved: units_of(row.number(3)?)?,
    };
    Ok((Holder(row.text(0)?.to_owned()), tally))
}

/// Reads a reservation from: subject, id, order_id, line, placing_key, holder, units, state,
/// reserved_at, settled_at, look_at.
pub(crate) fn reservation_of<R: Row>(row: &R) -> Result<Reservation, R::Fault> {
    let state = ReservationState::parse(row.text(7)?);
    Ok(Reservation {
        subject: key_of(row.text(0)?)?,
        id: ReservationId::from_bytes(row.array(1)?),
        order: OrderId::from_bytes(row.array(2)?),
        line: LineId::from_bytes(row.array(3)?),
        placing: CommandKey::from_bytes(row.array(4)?),
        holder: row.some_text(5)?.map(|holder| Holder(holder.to_owned())),
        units: units_of(row.number(6)?)?,
        state: state.ok_or_else(|| Unreadable("no state of a reservation".to_owned()))?,
        reserved_at: row.instant(8)?,
        settled_at: row.some_number(9)?.map(Instant::from_millis),
        look_at: row.instant(10)?,
    })
}

/// Reads an entry from: number, at, actor, kind, reservation, units, used, reserved, hash, named,
/// paid_by, reason.
pub(crate) fn entry_of<R: Row>(row: &R) -> Result<SubjectEntry, R::Fault> {
    let kind = SubjectEntryKind::parse(row.text(3)?);
    Ok(SubjectEntry {
        number: row.small(0)?,
        at: row.instant(1)?,
        actor: row.text(2)?.to_owned(),
        kind: kind.ok_or_else(|| Unreadable("no kind of a subject's entry".to_owned()))?,
        reservation: row.some_array(4)?.map(ReservationId::from_bytes),
        units: some_units(row, 5)?,
        used: units_of(row.number(6)?)?,
        reserved: units_of(row.number(7)?)?,
        hash: row.array(8)?,
        named: row.some_text(9)?.map(named_of).transpose()?,
        paid_by: row.some_text(10)?.map(paid_by_of).transpose()?,
        reason: row.some_text(11)?.map(str::to_owned),
    })
}

fn named_of(text: &str) -> Result<Named, Unreadable> {
    Named::parse(text).ok_or_else(|| Unreadable("this is no name of an entry".to_owned()))
}

fn paid_by_of(text: &str) -> Result<PaidBy, Unreadable> {
    PaidBy::parse(text).ok_or_else(|| Unreadable("this is no way to pay".to_owned()))
}

/// Reads an entry and the order that it is about from the same, and after it: order_id.
pub(crate) fn move_of<R: Row>(row: &R) -> Result<Move, R::Fault> {
    Ok(Move { entry: entry_of(row)?, order: row.some_array(12)?.map(OrderId::from_bytes) })
}

/// A number as stored.
pub(crate) fn number_of(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Units as stored, if there are any.
pub(crate) fn some_count(units: Option<Units>) -> Option<i64> {
    units.map(Units::count)
}

/// What a command needs to be loaded beside the subject: the reservation it names and the order that
/// may hold one.
pub(crate) fn needs(command: &SubjectCommand) -> (Option<ReservationId>, Option<OrderId>) {
    match command {
        SubjectCommand::Limit(..)
        | SubjectCommand::PayIn(_)
        | SubjectCommand::PayOut(_)
        | SubjectCommand::Credit(_) => (None, None),
        SubjectCommand::Reserve(wanted) => (Some(wanted.id), Some(wanted.order)),
        SubjectCommand::Capture(id) | SubjectCommand::Release(id) => (Some(*id), None),
    }
}

/// The holder whose share a command speaks of by itself.
pub(crate) fn holder_of(command: &SubjectCommand) -> Option<&Holder> {
    match command {
        SubjectCommand::Reserve(wanted) => wanted.holder.as_ref(),
        SubjectCommand::Limit(..)
        | SubjectCommand::PayIn(_)
        | SubjectCommand::PayOut(_)
        | SubjectCommand::Credit(_)
        | SubjectCommand::Capture(_)
        | SubjectCommand::Release(_) => None,
    }
}

/// The name that a command speaks of.
pub(crate) fn name_in(command: &SubjectCommand) -> Option<&Named> {
    match command {
        SubjectCommand::PayIn(payment) | SubjectCommand::PayOut(payment) => Some(&payment.named),
        SubjectCommand::Reserve(wanted) => wanted.named.as_ref(),
        SubjectCommand::Limit(..)
        | SubjectCommand::Credit(_)
        | SubjectCommand::Capture(_)
        | SubjectCommand::Release(_) => None,
    }
}

/// The place of a reservation: its subject's key and its id.
pub(crate) fn place_of(reserved: &Reserved) -> (String, [u8; 16]) {
    (reserved.subject.to_string(), reserved.id.to_bytes())
}
