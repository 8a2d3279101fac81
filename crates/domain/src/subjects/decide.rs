//! One command on one subject, decided. A refusal leaves the state untouched.

use super::entry::{SubjectEntry, SubjectEntryKind};
use super::key::{Holder, Named, Quantity, SubjectKey};
use super::paid_by::PaidBy;
use super::payments;
use super::reservation::{Reservation, ReservationState};
use super::tally::{Limits, Subject, Tally};
use crate::commands::Context;
use crate::kernel::{CommandKey, Instant, LineId, OrderId, ReservationId, Units, UnitsError};
use std::collections::{BTreeMap, BTreeSet};

/// What an order wants to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// The id of a new reservation, minted in the subject's cell.
    pub id: ReservationId,
    /// For which order.
    pub order: OrderId,
    /// On which line that order is to be made.
    pub line: LineId,
    /// The key under which the order is going to be placed.
    pub placing: CommandKey,
    /// Towards whose share it counts.
    pub holder: Option<Holder>,
    /// What whoever sells the order calls it: under one name they have one reservation.
    pub named: Option<Named>,
    /// The reservation that had this name before, and whose order was never made: this one takes its place.
    pub instead_of: Option<ReservationId>,
    /// How much.
    pub quantity: Quantity,
    /// The limits of a subject that is not known yet. One that is known has its own.
    pub limits: Limits,
    /// When the reconciler looks whether the order was made.
    pub look_at: Instant,
}

/// A payment into an account, or out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// What names it, for ever.
    pub named: Named,
    /// How much.
    pub quantity: Quantity,
    /// How it was paid, where that was said.
    pub paid_by: Option<PaidBy>,
}

/// What an entry says beside its kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Entered<'a> {
    /// Which reservation.
    pub(super) reservation: Option<ReservationId>,
    /// How many.
    pub(super) units: Option<Units>,
    /// What somebody outside calls it.
    pub(super) named: Option<&'a Named>,
    /// How it was paid.
    pub(super) paid_by: Option<PaidBy>,
}

/// What can be asked of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectCommand {
    /// Sets its limits; what is taken already stays taken. The quantity's units are not used.
    Limit(Quantity, Limits),
    /// Raises the limit in all by what was paid in. The same name again changes nothing.
    PayIn(Payment),
    /// Lowers it by what was paid out, which is never more than was paid in and is not taken.
    PayOut(Payment),
    /// Sets how much may be taken beyond what was paid in.
    Credit(Quantity),
    /// Holds some for an order. An order that holds some already keeps that.
    Reserve(Box<Reserve>),
    /// The order was delivered.
    Capture(ReservationId),
    /// The order ended otherwise, or was never made.
    Release(ReservationId),
}

/// What a command led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectAnswer {
    /// The limits are these.
    Limited(Limits),
    /// The payment stands; another of the same name and another amount is refused.
    Paid,
    /// The reservation as it stands now.
    Reservation(Box<Reservation>),
}

/// Why a command is refused. A refusal is final and has changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubjectRefusal {
    /// Not so much is left.
    #[error("not so much is left in all")]
    UsedUp,
    /// Not so much is left of the holder's share.
    #[error("not so much is left of the holder's share")]
    ShareUsedUp,
    /// It counts something else.
    #[error("this is not what the subject counts")]
    OtherMeasure,
    /// A payment of this name was another.
    #[error("a payment of this name was another")]
    OtherPayment,
    /// Nothing was ever reserved under this id.
    #[error("there is no such reservation")]
    NoSuchReservation,
    /// Amounts that do not fit.
    #[error(transparent)]
    Units(#[from] UnitsError),
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectEffects {
    /// Holders whose share is new or changed.
    pub shares: BTreeSet<Holder>,
    /// Reservations that are new or changed.
    pub reservations: BTreeSet<ReservationId>,
    /// New entries.
    pub entries: Vec<SubjectEntry>,
}

/// A subject as its commands see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectState {
    /// Its key.
    pub key: SubjectKey,
    /// The subject; none as long as nothing was ever asked of it.
    pub subject: Option<Subject>,
    /// The shares of the holders that the commands speak of. One that is missing took nothing.
    pub shares: BTreeMap<Holder, Tally>,
    /// The reservations that the commands name, and what their orders hold.
    pub reservations: BTreeMap<ReservationId, Reservation>,
    /// The newest entries of the names that the commands speak of.
    pub named: BTreeMap<Named, SubjectEntry>,
    /// What changed.
    pub effects: SubjectEffects,
}

impl SubjectState {
    /// A subject of which nothing is loaded.
    pub const fn new(key: SubjectKey, subject: Option<Subject>) -> Self {
        Self {
            key,
            subject,
            shares: BTreeMap::new(),
            reservations: BTreeMap::new(),
            named: BTreeMap::new(),
            effects: SubjectEffects {
                shares: BTreeSet::new(),
                reservations: BTreeSet::new(),
                entries: Vec::new(),
            },
        }
    }

    fn held_for(&self, order: OrderId) -> Option<&Reservation> {
        let held = |one: &&Reservation| one.state == ReservationState::Held && one.order == order;
        self.reservations.values().find(held)
    }

    fn share(&self, holder: Option<&Holder>) -> Option<(Holder, Tally)> {
        let holder = holder?.clone();
        let tally = self.shares.get(&holder).copied().unwrap_or_default();
        Some((holder, tally))
    }

    fn keep(&mut self, (subject, share): (Subject, Option<(Holder, Tally)>), after: Reservation) {
        self.subject = Some(subject);
        if let Some((holder, tally)) = share {
            self.effects.shares.insert(holder.clone());
            self.shares.insert(holder, tally);
        }
        self.effects.reservations.insert(after.id);
        self.reservations.insert(after.id, after);
    }

    /// The reservation that has this name, unless it makes way.
    fn of_name(&self, wanted: &Reserve) -> Option<&Reservation> {
        let entry = self.named.get(wanted.named.as_ref()?)?;
        let known = self.reservations.get(&entry.reservation?)?;
        let is_over = known.state == ReservationState::Released;
        let makes_way = is_over && Some(known.id) == wanted.instead_of;
        (!makes_way).then_some(known)
    }

    fn enter(
        &mut self,
        kind: SubjectEntryKind,
        (reservation, units): (Option<ReservationId>, Option<Units>),
        context: &Context,
    ) {
        let entered = Entered { reservation, units, ..Entered::default() };
        self.enter_named(kind, entered, context);
    }

    pub(super) fn enter_named(
        &mut self,
        kind: SubjectEntryKind,
        Entered { reservation, units, named, paid_by }: Entered<'_>,
        context: &Context,
    ) {
        let Some(subject) = &mut self.subject else { return };
        subject.entries += 1;
        let Tally { used, reserved, .. } = subject.whole;
        let reason = context.actor.reason().map(str::trim);
        let mut entry = SubjectEntry {
            number: subject.entries,
            at: context.now,
            actor: context.actor.name(),
            kind,
            reservation,
            named: named.cloned(),
            paid_by,
            reason: reason.filter(|reason| !reason.is_empty()).map(str::to_owned),
            units,
            used,
            reserved,
            hash: [0; 32],
        };
        entry.hash = entry.computed_hash(subject.head);
        subject.head = entry.hash;
        if let Some(named) = named {
            self.named.insert(named.clone(), entry.clone());
        }
        self.effects.entries.push(entry);
    }
}

/// Decides one command. Everything is computed before anything is kept, so that a refusal leaves the
/// state as it was.
pub fn decide(
    state: &mut SubjectState,
    command: &SubjectCommand,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    match command {
        SubjectCommand::Limit(quantity, limits) => limit(state, *quantity, *limits, context),
        SubjectCommand::PayIn(payment) => payments::pay_in(state, payment, context),
        SubjectCommand::PayOut(payment) => payments::pay_out(state, payment, context),
        SubjectCommand::Credit(quantity) => payments::credit(state, *quantity, context),
        SubjectCommand::Reserve(wanted) => reserve(state, wanted, context),
        SubjectCommand::Capture(id) => capture(state, *id, context),
        SubjectCommand::Release(id) => release(state, *id, context),
    }
}

fn limit(
    state: &mut SubjectState,
    quantity: Quantity,
    limits: Limits,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let mut subject = subject_for(state, quantity)?;
    let before = subject.limits;
    if before == limits && state.subject.is_some() {
        return Ok(SubjectAnswer::Limited(limits));
    }
    subject.limits = limits;
    subject.whole.close_to(limits.total)?;
    state.subject = Some(subject);
    note_limits(state, (before, limits), context);
    Ok(SubjectAnswer::Limited(limits))
}

fn note_limits(state: &mut SubjectState, (before, after): (Limits, Limits), context: &Context) {
    let kinds = [
        (SubjectEntryKind::Limit, before.total, after.total),
        (SubjectEntryKind::HolderLimit, before.holder, after.holder),
    ];
    for (kind, _, after) in kinds.into_iter().filter(|(_, before, after)| before != after) {
        state.enter(kind, (None, after), context);
    }
}

/// The subject, if it counts this; a new one, if it is not known.
pub(super) fn subject_for(
    state: &SubjectState,
    quantity: Quantity,
) -> Result<Subject, SubjectRefusal> {
    match &state.subject {
        Some(subject) if subject.measure != quantity.measure => Err(SubjectRefusal::OtherMeasure),
        Some(subject) => Ok(subject.clone()),
        None => Ok(Subject::new(state.key.clone(), quantity.measure)),
    }
}

fn reserve(
    state: &mut SubjectState,
    wanted: &Reserve,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let known = state.reservations.get(&wanted.id).or_else(|| state.held_for(wanted.order));
    let known = known.or_else(|| state.of_name(wanted));
    if let Some(known) = known {
        return Ok(SubjectAnswer::Reservation(Box::new(known.clone())));
    }
    let whole = subject_for(state, wanted.quantity)?.whole;
    let limits = state.subject.as_ref().map_or(wanted.limits, |subject| subject.limits);
    let units = wanted.quantity.units;
    if !whole.has_room(units, limits.total)? {
        return Err(SubjectRefusal::UsedUp);
    }
    let mut share = state.share(wanted.holder.as_ref());
    if let Some((_, tally)) = &mut share {
        if !tally.has_room(units, limits.holder)? {
            return Err(SubjectRefusal::ShareUsedUp);
        }
        tally.close_to(limits.holder)?;
        tally.hold(units)?;
    }
    // From here on nothing is refused. A subject that is not known is made with these limits.
    limit(state, wanted.quantity, limits, context)?;
    let mut subject = subject_for(state, wanted.quantity)?;
    subject.whole.hold(units)?;
    let reservation = Reservation {
        id: wanted.id,
        subject: state.key.clone(),
        order: wanted.order,
        line: wanted.line,
        placing: wanted.placing,
        holder: wanted.holder.clone(),
        units,
        state: ReservationState::Held,
        reserved_at: context.now,
        settled_at: None,
        look_at: wanted.look_at,
    };
    state.keep((subject, share), reservation.clone());
    let named = wanted.named.as_ref();
    let entry = Entered { reservation: Some(wanted.id), units: Some(units), named, paid_by: None };
    state.enter_named(SubjectEntryKind::Reserve, entry, context);
    Ok(SubjectAnswer::Reservation(Box::new(reservation)))
}

fn capture(
    state: &mut SubjectState,
    id: ReservationId,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let reservation = known(state, id)?;
    match reservation.state {
        // Captured already; or released, because the order was taken back before this came.
        ReservationState::Captured | ReservationState::Released => {
            Ok(SubjectAnswer::Reservation(Box::new(reservation)))
        }
        ReservationState::Held => {
            let to = (ReservationState::Captured, SubjectEntryKind::Capture);
            settle(state, reservation, (to, Tally::capture), context)
        }
    }
}

fn release(
    state: &mut SubjectState,
    id: ReservationId,
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let reservation = known(state, id)?;
    let released = ReservationState::Released;
    match reservation.state {
        ReservationState::Released => Ok(SubjectAnswer::Reservation(Box::new(reservation))),
        ReservationState::Held => {
            let to = (released, SubjectEntryKind::Release);
            settle(state, reservation, (to, Tally::release), context)
        }
        // The delivery was taken back.
        ReservationState::Captured => {
            let to = (released, SubjectEntryKind::GiveBack);
            settle(state, reservation, (to, Tally::give_back), context)
        }
    }
}

fn known(state: &SubjectState, id: ReservationId) -> Result<Reservation, SubjectRefusal> {
    state.reservations.get(&id).cloned().ok_or(SubjectRefusal::NoSuchReservation)
}

type Moving = fn(&mut Tally, Units) -> Result<(), UnitsError>;

/// Moves a reservation on, with the same units on the whole and on its holder's share.
fn settle(
    state: &mut SubjectState,
    mut reservation: Reservation,
    ((to, kind), moving): ((ReservationState, SubjectEntryKind), Moving),
    context: &Context,
) -> Result<SubjectAnswer, SubjectRefusal> {
    let subject = state.subject.clone();
    let mut subject = subject.ok_or(SubjectRefusal::NoSuchReservation)?;
    let units = reservation.units;
    moving(&mut subject.whole, units)?;
    subject.whole.close_to(subject.limits.total)?;
    let mut share = state.share(reservation.holder.as_ref());
    if let Some((_, tally)) = &mut share {
        moving(tally, units)?;
        tally.close_to(subject.limits.holder)?;
    }
    reservation.state = to;
    reservation.settled_at = Some(context.now);
    state.keep((subject, share), reservation.clone());
    state.enter(kind, (Some(reservation.id), Some(units)), context);
    Ok(SubjectAnswer::Reservation(Box::new(reservation)))
}
